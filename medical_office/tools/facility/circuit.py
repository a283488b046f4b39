"""The wiring of a building as a graph: what goes dark, what shares a circuit, what is on it.

A panel holds breakers. A breaker feeds circuits, or a sub-panel, or both. A circuit has
outlets, an outlet has loads plugged into it. Panels without a feeding breaker are fed by
the utility or a generator. Ids are those of the caller; currents are in amperes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

ZERO = Decimal()


@dataclass(frozen=True, slots=True)
class Panel:
    """``fed_by``: the breaker of another panel that feeds it, or None."""

    id: int
    fed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Breaker:
    id: int
    panel: int


@dataclass(frozen=True, slots=True)
class Circuit:
    id: int
    breaker: int


@dataclass(frozen=True, slots=True)
class Outlet:
    id: int
    circuit: int


@dataclass(frozen=True, slots=True)
class Load:
    """Something plugged in; ``amps`` as its nameplate says, 0 where unknown."""

    id: int
    outlet: int
    amps: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Dark:
    """What has no power when a breaker is off, each kind in the order of the tree."""

    panels: tuple[int, ...]
    breakers: tuple[int, ...]
    circuits: tuple[int, ...]
    outlets: tuple[int, ...]
    loads: tuple[int, ...]


class Wiring:
    """The graph; made once from flat lists, then asked."""

    def __init__(
        self,
        panels: Iterable[Panel] = (),
        breakers: Iterable[Breaker] = (),
        circuits: Iterable[Circuit] = (),
        outlets: Iterable[Outlet] = (),
        loads: Iterable[Load] = (),
    ) -> None:
        self.panels = {panel.id: panel for panel in panels}
        self.breakers = {breaker.id: breaker for breaker in breakers}
        self.circuits = {circuit.id: circuit for circuit in circuits}
        self.outlets = {outlet.id: outlet for outlet in outlets}
        self.loads = {load.id: load for load in loads}
        self._breakers_of = _group((b.panel, b.id) for b in self.breakers.values())
        self._panels_fed_by = _group(
            (p.fed_by, p.id) for p in self.panels.values() if p.fed_by is not None
        )
        self._circuits_of = _group((c.breaker, c.id) for c in self.circuits.values())
        self._outlets_of = _group((o.circuit, o.id) for o in self.outlets.values())
        self._loads_of = _group((x.outlet, x.id) for x in self.loads.values())

    # ------------------------------------------------------------ one step down

    def breakers_of(self, panel: int) -> tuple[int, ...]:
        return self._breakers_of.get(panel, ())

    def panels_fed_by(self, breaker: int) -> tuple[int, ...]:
        return self._panels_fed_by.get(breaker, ())

    def circuits_of(self, breaker: int) -> tuple[int, ...]:
        return self._circuits_of.get(breaker, ())

    def outlets_of(self, circuit: int) -> tuple[int, ...]:
        return self._outlets_of.get(circuit, ())

    def loads_of(self, outlet: int) -> tuple[int, ...]:
        return self._loads_of.get(outlet, ())

    # -------------------------------------------------------------- the answers

    def breakers_below(self, breaker: int) -> tuple[int, ...]:
        """``breaker`` and every breaker fed through it, sub-panels of sub-panels too."""
        found: dict[int, None] = {}
        waiting = [breaker]
        while waiting:
            current = waiting.pop(0)
            if current in found:
                continue  # a cycle ends here; ``cycle`` names it
            found[current] = None
            for panel in self.panels_fed_by(current):
                waiting.extend(self.breakers_of(panel))
        return tuple(found)

    def dark(self, breaker: int) -> Dark:
        """Everything that has no power when ``breaker`` trips."""
        breakers = self.breakers_below(breaker)
        panels = tuple(p for b in breakers for p in self.panels_fed_by(b))
        circuits = tuple(c for b in breakers for c in self.circuits_of(b))
        outlets = tuple(o for c in circuits for o in self.outlets_of(c))
        loads = tuple(x for o in outlets for x in self.loads_of(o))
        return Dark(panels, breakers, circuits, outlets, loads)

    def shares_circuit(self, load: int) -> tuple[int, ...]:
        """The other loads on the circuit of ``load``."""
        circuit = self.outlets[self.loads[load].outlet].circuit
        on_it = (x for o in self.outlets_of(circuit) for x in self.loads_of(o))
        return tuple(other for other in on_it if other != load)

    def feed(self, breaker: int) -> tuple[tuple[int, int], ...]:
        """The way the current comes: (panel, breaker) pairs from the source down to
        ``breaker``. Of a cycle each pair is named once."""
        way: list[tuple[int, int]] = []
        seen: set[int] = set()
        current: int | None = breaker
        while current is not None and current in self.breakers and current not in seen:
            seen.add(current)
            panel = self.breakers[current].panel
            way.append((panel, current))
            current = self.panels[panel].fed_by if panel in self.panels else None
        return tuple(reversed(way))

    @cached_property
    def own_amps(self) -> Mapping[int, Decimal]:
        """Breaker -> the nameplate currents on its own circuits, without sub-panels."""
        total: dict[int, Decimal] = {}
        for load in self.loads.values():
            outlet = self.outlets.get(load.outlet)
            circuit = self.circuits.get(outlet.circuit) if outlet else None
            if circuit:
                total[circuit.breaker] = total.get(circuit.breaker, ZERO) + load.amps
        return total

    def amps(self, breaker: int) -> Decimal:
        """The nameplate currents of all that hangs on ``breaker``, added up.

        It is the most that can be drawn when everything runs at once, not a measurement.
        """
        return self.total(self.own_amps, breaker)

    def total(self, own: Mapping[int, Decimal], breaker: int) -> Decimal:
        """What is counted by breaker, added up over ``breaker`` and all below it.

        :param own: breaker -> what is on its own circuits
        """
        return sum((own.get(b, ZERO) for b in self.breakers_below(breaker)), ZERO)

    def cycle(self) -> tuple[int, ...]:
        """Panels that feed each other in a circle, in order; empty where there is none."""
        done: set[int] = set()
        for start in self.panels:
            way: list[int] = []
            panel: int | None = start
            while panel is not None and panel not in done:
                if panel in way:
                    return tuple(way[way.index(panel) :])
                way.append(panel)
                panel = self._panel_above(panel)
            done.update(way)
        return ()

    def _panel_above(self, panel: int) -> int | None:
        """The panel whose breaker feeds ``panel``."""
        found = self.panels.get(panel)
        if found is None or found.fed_by is None or found.fed_by not in self.breakers:
            return None
        return self.breakers[found.fed_by].panel


def _group(pairs: Iterable[tuple[int | None, int]]) -> dict[int, tuple[int, ...]]:
    grouped: dict[int, list[int]] = {}
    for parent, child in _known(pairs):
        grouped.setdefault(parent, []).append(child)
    return {parent: tuple(children) for parent, children in grouped.items()}


def _known(pairs: Iterable[tuple[int | None, int]]) -> Iterator[tuple[int, int]]:
    for parent, child in pairs:
        if parent is not None:
            yield parent, child

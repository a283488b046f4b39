"""Drawing the wiring: nodes for the tree on the screen."""

from collections.abc import Iterable, Sequence
from typing import Any

from ...engine.core.labels import labels_of

# a node as the screen draws it, and a badge: (text, tone)
Node = dict[str, Any]
Badge = tuple[str, str]

MOST_NODES = 600  # drawn at once; what lies beyond is counted


class PowerTree:
    """Makes nodes ``{"key", "kind", "id", "model", "name", "detail", "badges", "focus",
    "children"}`` of a wiring; a badge is (text, tone).

    :param env: the environment in which the records are read
    :param wiring: a ``tools.facility.circuit.Wiring``
    :param focus: id of the asset that is looked for
    """

    def __init__(self, env: Any, wiring: Any, focus: int | None = None) -> None:
        self.env = env
        self.wiring = wiring
        self.focus = focus
        self.left = MOST_NODES
        self.panels = env["medical.facility.panel"].browse(wiring.panels)
        self.breakers = env["medical.facility.breaker"].browse(wiring.breakers)
        self.circuits = env["medical.facility.circuit"].browse(wiring.circuits)
        self.outlets = env["medical.facility.outlet"].browse(wiring.outlets)
        self.assets = env["maintenance.equipment"].browse(wiring.loads)
        self.drawn: dict[int, Node] = {}  # asset id -> its node

    def _record(self, model: str, record_id: int) -> Any:
        """One record that shares its prefetch with all others of the tree."""
        records = getattr(self, model)
        return records.browse(record_id).with_prefetch(records._prefetch_ids)

    def _node(
        self,
        kind: str,
        record: Any,
        name: str,
        detail: str = "",
        badges: Iterable[Badge] = (),
        children: Iterable[Node | None] = (),
    ) -> Node:
        self.left -= 1
        return {
            "key": f"{kind}-{record.id}",
            "kind": kind,
            "id": record.id,
            "model": record._name,
            "name": name,
            "detail": detail,
            "badges": [{"text": text, "tone": tone} for text, tone in badges],
            "focus": kind == "asset" and record.id == self.focus,
            "children": list(children),
        }

    # -------------------------------------------------------------------- nodes

    def breaker(self, breaker_id: int, seen: tuple[int, ...] = ()) -> Node | None:
        """A breaker with all that hangs on it."""
        if breaker_id in seen:
            return None
        seen = (*seen, breaker_id)
        children = [self.circuit(c) for c in self.wiring.circuits_of(breaker_id)]
        children += [self.panel(p, seen) for p in self.wiring.panels_fed_by(breaker_id)]
        return self._breaker_node(breaker_id, children)

    def _breaker_node(self, breaker_id: int, children: Sequence[Node | None]) -> Node:
        _ = self.env._
        breaker = self._record("breakers", breaker_id)
        badges = []
        if breaker.load_state == "over":
            badges.append((_("over its rating"), "danger"))
        elif breaker.load_state == "near":
            badges.append((_("over 80%"), "warning"))
        if breaker.is_gfci:
            badges.append((_("GFCI"), "info"))
        detail = _(
            "%(amps)s of %(rating)s A",
            amps=f"{breaker.load_amps:g}",
            rating=f"{breaker.rating_amps:g}",
        )
        return self._node(
            "breaker", breaker, breaker.display_name, detail, badges, children
        )

    def panel(self, panel_id: int, seen: tuple[int, ...] = ()) -> Node:
        panel = self._record("panels", panel_id)
        below = [self.breaker(b, seen) for b in self.wiring.breakers_of(panel_id)]
        # a spare breaker is nothing that goes dark
        used = [node for node in below if node and node["children"]]
        return self._panel_node(panel, used)

    def _panel_node(self, panel: Any, children: Sequence[Node | None]) -> Node:
        badges = (
            [(self.env._("emergency power"), "success")]
            if panel.emergency_power
            else []
        )
        return self._node(
            "panel", panel, panel.name, panel.room_id.name, badges, children
        )

    def circuit(self, circuit_id: int) -> Node:
        circuit = self._record("circuits", circuit_id)
        outlets = self.wiring.outlets_of(circuit_id)
        children, badges = [], []
        if self.left > 0:
            children = [self.outlet(o) for o in outlets]
        elif outlets:
            badges.append(
                (self.env._("outlets: %(count)s", count=len(outlets)), "light")
            )
        purposes = labels_of(circuit, "purpose")
        detail = purposes.get(circuit.purpose, "")
        return self._node("circuit", circuit, circuit.name, detail, badges, children)

    def outlet(self, outlet_id: int) -> Node:
        _ = self.env._
        outlet = self._record("outlets", outlet_id)
        kinds = labels_of(outlet, "outlet_type")
        badges = [(kinds[outlet.outlet_type], "light")]
        if outlet.is_gfci and outlet.outlet_type != "gfci":
            badges.append((_("GFCI protected"), "light"))
        if outlet.has_emergency_power:
            badges.append((_("emergency power"), "success"))
        loads = self.wiring.loads_of(outlet_id)
        if self.left > 0:
            children = [self.asset(x) for x in loads]
        else:
            children = []
            if loads:
                badges.append((_("assets: %(count)s", count=len(loads)), "light"))
        return self._node(
            "outlet", outlet, outlet.name, self._where(outlet), badges, children
        )

    def _where(self, outlet: Any) -> str:
        return ", ".join(filter(None, [outlet.room_id.name, outlet.place]))

    def asset(self, load_id: int) -> Node:
        asset = self._record("assets", load_id)
        detail = f"{asset.medical_amps:g} A" if asset.medical_amps else ""
        badges = []
        if asset.medical_vaccine_storage:
            badges.append((self.env._("vaccines"), "danger"))
        elif asset.medical_life_safety:
            badges.append((self.env._("life safety"), "danger"))
        elif asset.medical_is_critical:
            badges.append((self.env._("critical"), "danger"))
        node = self._node("asset", asset, asset.name, detail, badges)
        self.drawn[load_id] = node
        return node

    # ----------------------------------------------------------------- the trees

    def below(self, breaker_id: int) -> Node | None:
        """What hangs on a breaker, with what is wrong with it."""
        return self._warned(self.breaker(breaker_id))

    def _warned(self, tree: Node | None) -> Node | None:
        """Mark the drawn assets that are plugged in where they should not be."""
        drawn = self.assets.browse(self.drawn)
        for asset, findings in drawn._medical_power_findings().items():
            self.drawn[asset.id]["badges"] += [
                {"text": asset._medical_power_text(one.code), "tone": "warning"}
                for one in findings
            ]
        return tree

    def way_to(self, load_id: int) -> Node | None:
        """From the source down to the circuit of a load, with all that shares it."""
        outlet = self.wiring.outlets[self.wiring.loads[load_id].outlet]
        node = self.circuit(outlet.circuit)
        breaker_id = self.wiring.circuits[outlet.circuit].breaker
        for panel_id, feeding in reversed(self.wiring.feed(breaker_id)):
            node = self._breaker_node(feeding, [node])
            node = self._panel_node(self._record("panels", panel_id), [node])
        return self._warned(node)

"""From empty places on shelves to quantities: store first, only the rest is bought.

The arithmetic of a single shelf is the host's own: below the reorder point (strictly),
order up to par from the forecast quantity, rounded up to packs. Every figure on the way
can be shown as a step, so that a person can check it line by line; steps are made when
they are asked for, since most plans are never opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from ..notes import Note, note
from ..quantity import ONE, ZERO, down_to, exact, up_to

TENTH = Decimal("0.1")


class Shelf(NamedTuple):
    """One item in one place, quantities in the item's unit.

    ``forecast`` is on hand plus what is on its way less what is promised away; ``rate``
    the use per working day.
    """

    key: str
    on_hand: Decimal
    forecast: Decimal
    reorder: Decimal
    par: Decimal
    pack: Decimal = ONE
    rate: float = 0.0

    @property
    def days_left(self) -> Decimal | None:
        """Working days the stock on hand lasts, to a tenth; None if nothing is used."""
        return days_left(self.on_hand, self.rate)


class Supply(NamedTuple):
    """What one shelf gets: ``wanted`` = ``from_store`` + ``to_buy``."""

    shelf: Shelf
    wanted: Decimal
    from_store: Decimal

    @property
    def key(self) -> str:
        """The shelf's key."""
        return self.shelf.key

    @property
    def to_buy(self) -> Decimal:
        """What the store does not give."""
        return self.wanted - self.from_store

    @property
    def steps(self) -> tuple[Note, ...]:
        """The lines of the calculation, as a person would write them down."""
        shelf = self.shelf
        goal = max(shelf.par, shelf.reorder)
        steps = [
            note("par_level", goal),
            note("forecast", shelf.forecast, on_hand=shelf.on_hand),
            note("lacking", goal - shelf.forecast),
        ]
        if self.wanted != goal - shelf.forecast:
            steps.append(note("whole_packs", self.wanted, pack=shelf.pack))
        steps += [
            note("from_store", self.from_store),
            note("rest_to_buy", self.to_buy),
        ]
        return tuple(steps)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an item needs at a site: what each shelf gets, what the store itself lacks
    after giving (None: it keeps none of its own), and what it gives in all."""

    supplies: tuple[Supply, ...]
    store: Decimal | None = None
    gives: Decimal = ZERO

    @property
    def store_wanted(self) -> Decimal:
        """What the store itself lacks."""
        return self.store or ZERO

    @property
    def to_buy(self) -> Decimal:
        """The quantity to buy, before vendor packs."""
        return self._rooms + self.store_wanted

    @property
    def steps(self) -> tuple[Note, ...]:
        """The lines of the calculation, summed up."""
        steps = [note("rooms_to_buy", self._rooms)]
        if self.store is not None:
            steps += [note("store_gives", self.gives), note("store_wants", self.store)]
        steps.append(note("to_buy", self.to_buy))
        return tuple(steps)

    @property
    def _rooms(self) -> Decimal:
        return sum((supply.to_buy for supply in self.supplies), ZERO)


def days_left(on_hand: Decimal, rate: float) -> Decimal | None:
    """Working days until ``on_hand`` is used up at ``rate`` a day, to a tenth."""
    if rate <= 0:
        return None
    return (max(on_hand, ZERO) / exact(rate)).quantize(TENTH, ROUND_HALF_UP)


def week_use(rate: float, days_a_week: int = 5) -> Decimal:
    """Use per week, to a tenth."""
    return exact(rate * days_a_week).quantize(TENTH, ROUND_HALF_UP)


def missing(shelf: Shelf) -> Decimal:
    """What to order for a shelf: 0 unless the forecast is below the reorder point."""
    if shelf.forecast >= shelf.reorder:
        return ZERO
    return up_to(max(shelf.par, shelf.reorder) - shelf.forecast, shelf.pack)


def plan(
    shelves: Sequence[Shelf], available: Decimal, store: Shelf | None = None
) -> Plan:
    """Share the store's stock among the shelves of one item, and sum up the rest.

    :param available: units in the store that may be given away (on hand, not promised)
    :param store: the store's own levels; what it gives is taken off its forecast first
    :return: if the store has too little, every shelf is brought to its reorder point
        before any is filled to par, and those that run empty first come first.
        Quantities are whole packs of the shelf.
    """
    wanting = [
        (shelf, wanted)
        for shelf in sorted(shelves, key=_urgency)
        if (wanted := missing(shelf))
    ]
    left = max(available, ZERO)
    given: dict[str, Decimal] = {}
    for urgent in (True, False):
        for shelf, wanted in wanting:
            if left <= 0:
                break
            goal = min(wanted, _to_reorder(shelf)) if urgent else wanted
            before = given.get(shelf.key, ZERO)
            part = min(goal - before, down_to(left, shelf.pack))
            if part > 0:
                given[shelf.key] = before + part
                left -= part
    supplies = tuple(
        [Supply(shelf, wanted, given.get(shelf.key, ZERO)) for shelf, wanted in wanting]
    )
    gives = sum(given.values(), ZERO)
    if store is None:
        return Plan(supplies, gives=gives)
    lacking = missing(store._replace(forecast=store.forecast - gives))
    return Plan(supplies, lacking, gives)


def _urgency(shelf: Shelf) -> tuple[bool, float, str]:
    """Those that run empty first come first, those of which nobody takes last."""
    if shelf.rate <= 0:
        return True, 0.0, shelf.key
    return False, max(float(shelf.on_hand), 0.0) / shelf.rate, shelf.key


def _to_reorder(shelf: Shelf) -> Decimal:
    return up_to(max(shelf.reorder - shelf.forecast, ZERO), shelf.pack)

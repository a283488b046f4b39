"""From empty places on shelves to quantities: store first, only the rest is bought.

The arithmetic of a single shelf is the host's own: below the reorder point (strictly),
order up to par from the forecast quantity, rounded up to packs. Every figure on the way
is kept as a step, so that a person can check it line by line.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from ..notes import Note, note
from ..quantity import ONE, ZERO, down_to, exact, up_to

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Shelf:
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


@dataclass(frozen=True, slots=True)
class Supply:
    """What one shelf gets: ``wanted`` = ``from_store`` + ``to_buy``, with the steps."""

    key: str
    wanted: Decimal
    from_store: Decimal
    to_buy: Decimal
    steps: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an item needs at a site: what each shelf gets, what the store itself lacks
    (after giving), and the quantity to buy, before vendor packs."""

    supplies: tuple[Supply, ...]
    store_wanted: Decimal
    to_buy: Decimal
    steps: tuple[Note, ...]


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
    wanting = sorted(
        ((shelf, missing(shelf)) for shelf in shelves),
        key=lambda pair: _urgency(pair[0]),
    )
    wanting = [(shelf, wanted) for shelf, wanted in wanting if wanted]
    left = max(available, ZERO)
    given: dict[str, Decimal] = dict.fromkeys(
        (shelf.key for shelf, _w in wanting), ZERO
    )
    for urgent in (True, False):
        for shelf, wanted in wanting:
            goal = min(wanted, _to_reorder(shelf)) if urgent else wanted
            part = min(goal - given[shelf.key], down_to(left, shelf.pack))
            if part > 0:
                given[shelf.key] += part
                left -= part
    supplies = tuple(
        _supply(shelf, wanted, given[shelf.key]) for shelf, wanted in wanting
    )
    total = sum((supply.to_buy for supply in supplies), ZERO)
    steps = [note("rooms_to_buy", total)]
    store_wanted = ZERO
    if store is not None:
        gives = sum(given.values(), ZERO)
        store_wanted = missing(replace(store, forecast=store.forecast - gives))
        steps += [note("store_gives", gives), note("store_wants", store_wanted)]
    to_buy = total + store_wanted
    steps.append(note("to_buy", to_buy))
    return Plan(supplies, store_wanted, to_buy, tuple(steps))


def _urgency(shelf: Shelf) -> tuple[bool, Decimal, str]:
    left = shelf.days_left
    return left is None, left if left is not None else ZERO, shelf.key


def _to_reorder(shelf: Shelf) -> Decimal:
    return up_to(max(shelf.reorder - shelf.forecast, ZERO), shelf.pack)


def _supply(shelf: Shelf, wanted: Decimal, given: Decimal) -> Supply:
    """The steps of one line, as a person would write them down."""
    goal = max(shelf.par, shelf.reorder)
    steps = [
        note("par_level", goal),
        note("forecast", shelf.forecast, on_hand=shelf.on_hand),
        note("lacking", goal - shelf.forecast),
    ]
    if wanted != goal - shelf.forecast:
        steps.append(note("whole_packs", wanted, pack=shelf.pack))
    to_buy = wanted - given
    steps += [note("from_store", given), note("rest_to_buy", to_buy)]
    return Supply(shelf.key, wanted, given, to_buy, tuple(steps))

"""What the par arithmetic is asked (policy, item) and what it answers (proposal)."""

from dataclasses import dataclass
from decimal import Decimal

from ..notes import Note
from ..quantity import ONE, ZERO


@dataclass(frozen=True, slots=True)
class Policy:
    """How a practice wants its shelves run.

    :param service: chance that a shelf lasts until it is filled (0.5 to 0.9999)
    :param review: working days between two counts of the shelf
    :param order_cost: dollars of work per filled line; 0 fills up at every count
    :param holding: yearly cost of money and space, as a share of the stock's value
    """

    service: float = 0.95
    review: float = 5.0
    order_cost: Decimal = ZERO
    holding: Decimal = Decimal("0.25")

    def __post_init__(self) -> None:
        if not 0.5 <= self.service <= 0.9999:
            raise ValueError("the service level lies between 50 % and 99.99 %")
        if not 0 < self.review < 1000:
            raise ValueError("the review interval is a positive number of days")
        if self.order_cost < 0 or self.holding <= 0:
            raise ValueError("order cost is not negative, holding cost is positive")


@dataclass(frozen=True, slots=True)
class Item:
    """What matters of the item and its place: quantities in its unit, dollars a unit.

    :param pack: multiple in which the shelf is filled; ``unit`` the smallest quantity
    :param shelf_days: working days the item keeps after it has come to the shelf
    :param minimum: always there, used or not (an emergency drug)
    :param capacity: what fits on the shelf
    :param par: with ``reorder``, the levels in force
    :param reference: use per working day of a like item or room, for an item that is
        new here; ``reference_name`` says which
    """

    cost: Decimal
    pack: Decimal = ONE
    unit: Decimal = ONE
    shelf_days: float | None = None
    minimum: Decimal = ZERO
    capacity: Decimal | None = None
    par: Decimal | None = None
    reorder: Decimal | None = None
    reference: float | None = None
    reference_name: str = ""

    def __post_init__(self) -> None:
        if self.unit <= 0 or self.pack < self.unit or self.pack % self.unit:
            raise ValueError("a pack is a whole number of units")
        if self.cost < 0 or self.minimum < 0:
            raise ValueError("cost and minimum are not negative")
        if self.shelf_days is not None and not self.shelf_days >= 0:
            raise ValueError("a shelf life is not negative")
        if self.reference is not None and not self.reference >= 0:
            raise ValueError("a reference use is not negative")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed par and reorder point with everything a manager needs to judge it.

    ``service`` is the chance the reorder point gives (None: no demand model),
    ``rate`` the expected use per working day, ``average_value`` the dollars usually on
    the shelf, ``par_value`` the dollars on a full shelf.
    """

    par: Decimal
    reorder: Decimal
    method: str
    rate: float
    service: float | None
    average_value: Decimal
    par_value: Decimal
    notes: tuple[Note, ...]

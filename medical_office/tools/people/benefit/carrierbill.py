"""A carrier's bill against who is enrolled: the differences, person by person."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ... import csvcells
from ...csvread import Column, Table, read_table
from ...money import ZERO

COLUMNS = (
    Column("person", "Employee", csvcells.text(120), aliases=("Name", "Subscriber")),
    Column("plan", "Plan", csvcells.text(120), aliases=("Product", "Coverage")),
    Column(
        "premium",
        "Premium",
        csvcells.number(-1_000_000, 1_000_000, 2),
        aliases=("Amount", "Monthly premium"),
    ),
)


@dataclass(frozen=True, slots=True)
class Part:
    """What one person's part in one plan costs a month, in dollars."""

    person: int
    plan: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Difference:
    """One person and plan, billed and enrolled; ``what`` says how they differ.

    ``same``, ``amount``, ``not_enrolled`` (billed alone) or ``not_billed``.
    """

    person: int
    plan: int
    billed: Decimal
    enrolled: Decimal
    what: str

    @property
    def amount(self) -> Decimal:
        """Billed less enrolled, in dollars."""
        return self.billed - self.enrolled


def read_bill(data: bytes) -> Table:
    """The rows of a bill and what is wrong with it; nothing is written anywhere."""
    return read_table(data, COLUMNS)


def compare(billed: Sequence[Part], enrolled: Sequence[Part]) -> list[Difference]:
    """Each person and plan that is billed or enrolled, once.

    Several parts of one person in one plan (a retroactive correction) are added up.
    """
    bill, ours = _summed(billed), _summed(enrolled)
    found = []
    for key in sorted(bill.keys() | ours.keys()):
        asked, due = bill.get(key, ZERO), ours.get(key)
        what = how_they_differ(asked, due)
        found.append(Difference(*key, asked, due or ZERO, what))
    return found


def how_they_differ(billed: Decimal, enrolled: Decimal | None) -> str:
    """The word of ``Difference.what``; ``enrolled`` is None where nobody is."""
    if enrolled is None:
        return "not_enrolled"
    if billed == enrolled:
        return "same"
    return "amount" if billed else "not_billed"


def _summed(parts: Sequence[Part]) -> dict[tuple[int, int], Decimal]:
    sums: dict[tuple[int, int], Decimal] = {}
    for part in parts:
        key = (part.person, part.plan)
        sums[key] = sums.get(key, ZERO) + part.amount
    return sums

"""What a category will probably take: last year's months, the run rate, and what is known.

The estimate out of the books is the base. What is known by itself (recurring bills, open
orders) is a part of it and shown as lines of its own; the rest of the base is one line
more. What is worked out in full (pay, supplies by use) replaces the base. What happens
once (a replacement) comes on top.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO, to_cents

RECENT_MONTHS = 3
# a quarter three times as dear as a year ago says more about a bill than about a trend
LEAST_FACTOR, MOST_FACTOR = Decimal("0.5"), Decimal("1.5")


@dataclass(frozen=True)
class Estimate:
    """What the books say: the amount, how it came about, and the growth in it."""

    amount: Decimal
    basis: str  # both, last_year, run_rate or nothing
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class Part:
    """Something known about a category.

    :param role: ``known`` is contained in the base, ``full`` replaces it, ``extra`` comes
        on top of it
    :param weights: one for each month asked for: pay falls on pay dates
    """

    source: str
    name: str
    amount: Decimal
    working: str
    role: str = "known"
    reason: str = ""
    weights: tuple[
        int, ...
    ] = ()  # of the months, where the line has a rhythm of its own


def estimate(
    last_year: Decimal,
    recent: Decimal,
    recent_before: Decimal,
    months: int,
    has_last_year: bool = True,
) -> Estimate:
    """Last year's same months, moved as the last three months moved against their year
    before; without a last year, the run rate.

    :param last_year: of the same months a year before
    :param recent: of the last three whole months
    :param recent_before: of the same three months a year before
    :param months: how many months are asked for
    :param has_last_year: whether the books go back so far
    """
    run_rate = Estimate(to_cents(recent / RECENT_MONTHS * months), "run_rate")
    if not has_last_year:
        # what there is of last year is a part of it
        return run_rate if recent > ZERO else Estimate(ZERO, "nothing")
    if last_year > ZERO and recent_before > ZERO:
        factor = min(max(recent / recent_before, LEAST_FACTOR), MOST_FACTOR)
        return Estimate(to_cents(last_year * factor), "both", factor)
    if last_year > ZERO:
        return Estimate(to_cents(last_year), "last_year")
    if recent > ZERO and recent_before <= ZERO:
        # new since a year ago: it goes on as it came
        return run_rate
    return Estimate(ZERO, "nothing")


def compose(base: Estimate, parts: Iterable[Part]) -> tuple[list[Part], Decimal]:
    """The lines of a category, and what of the base no part explains.

    :return: parts with an amount, and the rest of the base (0 where something replaces it)
    """
    kept = [part for part in parts if part.amount > ZERO]
    if any(part.role == "full" for part in kept):
        # what is known is contained in the full reckoning, too
        return [part for part in kept if part.role != "known"], ZERO
    known = sum((part.amount for part in kept if part.role == "known"), ZERO)
    return kept, max(base.amount - known, ZERO)

"""How far a month is off what was planned, and whether that needs a word."""

from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO, to_cents

RUN_MONTHS = 3
HUNDRED = Decimal(100)
# which figure a month is compared with, the best first
BUDGET, PRIOR, RUN = "budget", "prior", "run"


@dataclass(frozen=True, slots=True)
class Gap:
    """One category of one department, in dollars as practices read them: revenue and
    cost are both positive.

    :ivar difference: actual less base
    :ivar percent: of the base; None where there is no base
    :ivar favorable: whether the difference is good for the practice
    """

    actual: Decimal
    base: Decimal
    kind: str
    difference: Decimal
    percent: Decimal | None
    favorable: bool


def base_of(
    budget: Decimal | None, prior: Decimal | None, run: Decimal | None
) -> tuple[Decimal, str]:
    """What the month is compared with: the budget, else the same month of the year
    before, else the mean of the last months.

    :param run: the sum of the last ``RUN_MONTHS`` months
    :return: (dollars, which of the three)
    """
    if budget is not None:
        return budget, BUDGET
    if prior is not None:
        return prior, PRIOR
    return to_cents((run or ZERO) / RUN_MONTHS), RUN


def gap(actual: Decimal, base: Decimal, kind: str, is_revenue: bool) -> Gap:
    """Compare a month with its base."""
    difference = actual - base
    percent = None
    if base:
        percent = (HUNDRED * difference / abs(base)).quantize(Decimal("0.1"))
    return Gap(actual, base, kind, difference, percent, (difference >= 0) == is_revenue)


def is_over(found: Gap, amount: Decimal, percent: Decimal) -> bool:
    """Whether the gap is beyond both tolerances: a large sum and a large part.

    :param amount: dollars; a difference up to it needs no word
    :param percent: of the base; without a base the dollars alone decide
    """
    if abs(found.difference) <= amount:
        return False
    return found.percent is None or abs(found.percent) > percent


def needs_new_word(explained: Decimal, difference: Decimal, amount: Decimal) -> bool:
    """Whether a difference has moved on by more than the tolerance since somebody
    explained it."""
    return abs(difference - explained) > amount

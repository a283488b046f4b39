"""Form 940, line 10: the worksheet for state tax that was excluded or paid late."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.working import Step, Worked

MAXIMUM = Decimal("0.054")  # 26 USC 3302(b)
LATE = Decimal("0.90")  # 26 USC 3302(a)(3)
SOURCE = "Instructions for Form 940 (2022), Worksheet - Line 10"


@dataclass(frozen=True, slots=True)
class StateCredit:
    """State unemployment tax of one state (and experience rate), in dollars.

    ``wages`` are those the state taxed at ``rate`` percent; ``on_time`` was paid by the
    due date of Form 940, ``late`` after it.
    """

    state: str
    wages: Decimal
    rate: Decimal
    on_time: Decimal
    late: Decimal = ZERO


def worksheet(line_7: Decimal, credits: Sequence[StateCredit]) -> Worked:
    """Return line 10 in dollars: the part of the credit that was not earned.

    :param line_7: FUTA wages of the year
    """
    highest = line_7 * MAXIMUM
    on_time = sum((credit.on_time for credit in credits), ZERO)
    steps = [
        Step("1 Maximum allowable credit", highest, SOURCE),
        Step("2 Paid on time", on_time, SOURCE),
    ]
    if on_time >= highest:
        return Worked(ZERO, (*steps, Step("Line 10", ZERO, SOURCE)))
    additional = sum(
        (c.wages * max(ZERO, MAXIMUM - c.rate / 100) for c in credits), ZERO
    )
    earned = on_time + additional
    steps += [
        Step("3 Additional credit", additional, SOURCE),
        Step("4 Lines 2 and 3", earned, SOURCE),
    ]
    if earned >= highest:
        return Worked(ZERO, (*steps, Step("Line 10", ZERO, SOURCE)))
    late = sum((credit.late for credit in credits), ZERO)
    counted = min(highest - earned, late)
    credit = earned + counted * LATE
    amount = to_cents(highest - credit)
    steps += [
        Step("5a Remaining allowable credit", highest - earned, SOURCE),
        Step("5b Paid late", late, SOURCE),
        Step("5d 90 % of the smaller", counted * LATE, SOURCE),
        Step("6 FUTA credit", credit, SOURCE),
        Step("7 Adjustment: line 10", amount, SOURCE),
    ]
    return Worked(amount, tuple(steps))

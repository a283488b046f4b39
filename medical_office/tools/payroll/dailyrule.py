"""Daily overtime promised by contract or asked by a state, as a creditable premium."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..money import ZERO, to_cents
from .overtime import HALF, Work, by_day
from .working import Step, Worked


@dataclass(frozen=True, slots=True)
class DailyRule:
    """Time and a half after ``after`` hours of a day, double after ``double_after``.

    A rule of the employer or of the work state, set by the accountant: no state's law
    is shipped with it. California's seventh-day rule is not covered.
    """

    after: Decimal
    double_after: Decimal | None = None
    source: str = ""


def daily_premium(
    work: Sequence[Work], rule: DailyRule, regular_rate: Decimal
) -> Worked:
    """Premium, above straight time, that ``rule`` gives for the days of one workweek.

    Pass the amount to :func:`overtime.weekly` as ``Extra.creditable``: the person then
    gets the larger of the daily and the federal premium and no hour is paid twice
    (29 USC 207(e)(5), 207(h)).

    :param regular_rate: dollars an hour
    :return: dollars to the cent
    """
    halves, doubles = ZERO, ZERO
    for hours in by_day(work).values():
        halves += max(ZERO, hours - rule.after)
        if rule.double_after is not None:
            doubles += max(ZERO, hours - rule.double_after)
    amount = to_cents((halves + doubles) * HALF * regular_rate)
    steps = (
        Step(f"Hours over {rule.after} a day", halves, rule.source),
        Step("of which at double time", doubles, rule.source),
        Step("Daily overtime premium", amount, rule.source),
    )
    return Worked(amount, steps)

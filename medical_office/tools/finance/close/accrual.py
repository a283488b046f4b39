"""What belongs to a month although no bill or pay run of the month says so.

Dollars are ``Decimal``, days are dates; a month is named by its first day.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from ...dates import month_end
from ...money import ZERO, to_cents
from ..cash.recurring import monthly

SATURDAY = 5


def reversal_day(month: date) -> date:
    """The first day of the next month: there an accrual is taken back."""
    return month_end(month) + timedelta(days=1)


def days_between(start: date, end: date) -> list[date]:
    """Each day from ``start`` to ``end``, both included."""
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def worked_share(
    start: date, end: date, last: date, hours: Mapping[date, Decimal] | None = None
) -> Decimal:
    """The part of a pay period that was worked up to a day.

    :param start, end: first and last day of the period, both included
    :param last: last day that counts
    :param hours: hours by day of who writes them down; else weekdays count alike, and
        every day where the period has no weekday
    :return: 0 to 1, unrounded
    :raises ValueError: the period ends before it starts
    """
    if end < start:
        raise ValueError("The pay period ends before it starts.")
    days = days_between(start, end)
    weights = {day: hours.get(day, ZERO) for day in days} if hours else {}
    if not any(weights.values()):
        weights = {day: Decimal(day.weekday() < SATURDAY) for day in days}
    if not any(weights.values()):
        weights = dict.fromkeys(days, Decimal(1))
    worked = sum((weights[day] for day in days if day <= last), ZERO)
    return worked / sum(weights.values(), ZERO)


def spread_to(
    amount: Decimal, first: date, months: int, day: date, by_days: bool = False
) -> Decimal:
    """How much of an amount that is spread over months is used up by the end of a day.

    :param first: first day it covers
    :param months: over how many months; the last ends the day before ``first`` comes
        round again (January 31 for one month ends on February 27, for two on March 30)
    :param by_days: by calendar days; else each month it begins in takes the same, the
        month of ``first`` included
    :return: dollars and cents, from 0 to ``amount``, exactly ``amount`` at the end
    :raises ValueError: less than one month
    """
    if months < 1:
        raise ValueError("An amount is spread over one month at least.")
    if day < first:
        return ZERO
    if by_days:
        stop = monthly(first, months)  # the day after the last
        passed = min((day - first).days + 1, (stop - first).days)
        return to_cents(amount * passed / (stop - first).days)
    passed = (day.year - first.year) * 12 + day.month - first.month + 1
    return to_cents(amount * min(passed, months) / months)


def due_now(used: Decimal, posted: Decimal) -> Decimal:
    """What is to be posted: what is used up by now less what was posted before. A
    changed amount is caught up so, and what was posted stays."""
    return used - posted

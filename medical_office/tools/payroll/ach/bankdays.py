"""Banking days: when the Federal Reserve settles payments."""

from datetime import date, timedelta
from functools import cache

from ...dates import MONDAY, SATURDAY, SUNDAY, THURSDAY, last_weekday, nth_weekday

PRENOTE_DAYS = 3  # Nacha Operating Rules, subsection 2.6.2


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Holidays of the Federal Reserve Banks in ``year``.

    Those of 5 USC 6103 without the District of Columbia's own; one on a Sunday is kept
    on Monday, one on a Saturday not at all (Federal Reserve financial services holiday
    schedule). So they differ from the legal holidays that move tax deposits.
    """
    fixed = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)]
    days = {date(year, month, day) for month, day in fixed}
    days |= {day + timedelta(days=1) for day in days if day.weekday() == SUNDAY}
    return frozenset(days) | {
        nth_weekday(year, 1, MONDAY, 3),
        nth_weekday(year, 2, MONDAY, 3),
        last_weekday(year, 5, MONDAY),
        nth_weekday(year, 9, MONDAY, 1),
        nth_weekday(year, 10, MONDAY, 2),
        nth_weekday(year, 11, THURSDAY, 4),
    }


def is_banking_day(day: date) -> bool:
    """Whether payments settle on ``day``."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def add_banking_days(day: date, count: int) -> date:
    """Return the ``count``-th banking day after ``day`` (before it if negative)."""
    step = timedelta(days=1 if count > 0 else -1)
    for _each in range(abs(count)):
        day += step
        while not is_banking_day(day):
            day += step
    return day


def settles_on(written: date, wanted: date) -> date:
    """Day on which a file written on a day pays: ``wanted`` while it is still ahead.

    On or after that day no file reaches it any more: the next banking day it can reach.

    :param written: day on the practice's clock on which the file is written
    :param wanted: the pay date, which stays the date of the pay for all taxes
    """
    if wanted > written:
        return wanted
    return add_banking_days(written, 1)


def banking_days_left(written: date, settles: date) -> int:
    """Banking days from the day after ``written`` to ``settles``, both counted."""
    day, count = written, 0
    while day < settles:
        day = add_banking_days(day, 1)
        count += 1
    return count


def prenote_clears(settled: date) -> date:
    """First day on which live entries may follow a prenote that settled on a day.

    The third banking day after it (Nacha Operating Rules, subsection 2.6.2).
    """
    return add_banking_days(settled, PRENOTE_DAYS)

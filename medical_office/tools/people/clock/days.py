"""Counting days as the law does: working days, months, later and earlier.

Day 0 is the day of the trigger, the due day itself is on time. Working days are Monday to
Friday without the days the practice is closed (few rules define the term; the calendar
stands beside the date on the screen).
"""

from collections.abc import Collection
from datetime import date, timedelta

from ...dates import month_end

FRIDAY = 4


def working_days_after(day: date, count: int, closed: Collection[date] = ()) -> date:
    """The ``count``-th working day after ``day``; ``day`` itself where it is 0.

    >>> working_days_after(date(2026, 6, 11), 3, {date(2026, 6, 19)})   # a Thursday
    datetime.date(2026, 6, 16)

    :raises ValueError: ``count`` is negative
    """
    if count < 0:
        raise ValueError("count working days from 0 up")
    while count:
        day += timedelta(days=1)
        if day.weekday() <= FRIDAY and day not in closed:
            count -= 1
    return day


def duty_after(day: date, months: int) -> date:
    """``months`` later; where that day does not exist, the month's last (the earlier)."""
    first = _month_after(day, months)
    return first.replace(day=min(day.day, month_end(first).day))


def keep_until(day: date, months: int) -> date:
    """``months`` later; where that day does not exist, the next month's first (later)."""
    last = month_end(_month_after(day, months))
    if day.day > last.day:
        return last + timedelta(days=1)
    return last.replace(day=day.day)


def _month_after(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)

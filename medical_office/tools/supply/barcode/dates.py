"""Dates of two-digit years as labels write them.

Century by the nearest year (GS1 General Specifications, section 7.12): a year more than
50 ahead of this one is of the last century, one 50 or more behind of the next. HIBC
states no rule; the same is used, so that an old label never looks good for 70 years.
Nor does it say what day 00 is: it is the last of the month, as GS1 has it.
"""

import calendar
from datetime import date, time, timedelta

from .problems import Unreadable


def full_year(two_digits: int, today: date) -> int:
    """The year of two digits that is nearest to today."""
    century = today.year - today.year % 100
    ahead = two_digits - today.year % 100
    if ahead > 50:
        return century - 100 + two_digits
    if ahead <= -50:
        return century + 100 + two_digits
    return century + two_digits


def yymmdd(text: str, today: date, field: str, zero_day: bool = False) -> date:
    """The date of six digits; with ``zero_day`` day 00 is the last of the month.

    :raises Unreadable: no such day
    """
    return _day(text, text[:2], text[2:4], text[4:6], today, field, zero_day)


def mmddyy(text: str, today: date, field: str) -> date:
    """The date of six digits, month first; day 00 is the last of the month.

    :raises Unreadable: no such day
    """
    return _day(text, text[4:6], text[:2], text[2:4], today, field, True)


def mmyy(text: str, today: date, field: str) -> date:
    """The last day of a month given as four digits.

    :raises Unreadable: no such month
    """
    return _day(text, text[2:4], text[:2], "00", today, field, True)


def yyjjj(text: str, today: date, field: str) -> date:
    """The date of two digits of the year and three of the day in it.

    :raises Unreadable: the year has no such day
    """
    year, day = full_year(int(text[:2]), today), int(text[2:5])
    if not 1 <= day <= 365 + calendar.isleap(year):
        raise Unreadable("date", field=field, value=text)
    return date(year, 1, 1) + timedelta(days=day - 1)


def yyyymmdd(text: str, field: str) -> date:
    """The date of eight digits; day 00 is the last of the month.

    :raises Unreadable: no such day
    """
    return _on(text, int(text[:4]), text[4:6], text[6:8], field, True)


def clock(text: str, field: str) -> time:
    """The time of two (hour) or four digits.

    :raises Unreadable: no such time
    """
    try:
        return time(int(text[:2]), int(text[2:4] or 0))
    except ValueError:
        raise Unreadable("time", field=field, value=text) from None


def _day(
    text: str,
    yy: str,
    mm: str,
    dd: str,
    today: date,
    field: str,
    zero_day: bool,
) -> date:
    return _on(text, full_year(int(yy), today), mm, dd, field, zero_day)


def _on(text: str, year: int, mm: str, dd: str, field: str, zero_day: bool) -> date:
    month, day = int(mm), int(dd)
    try:
        if day == 0 and zero_day:
            day = calendar.monthrange(year, month)[1]
        return date(year, month, day)
    except ValueError:
        raise Unreadable("date", field=field, value=text) from None

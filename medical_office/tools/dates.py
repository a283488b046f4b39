"""Calendar rules of the US payroll office: legal holidays, business days, quarters."""

from datetime import date, timedelta
from functools import cache

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


def us_day(day: date) -> str:
    """A day in the English sentences of the arithmetic, as US offices write it.

    >>> us_day(date(2026, 6, 26))
    '06/26/2026'
    """
    return f"{day:%m/%d/%Y}"


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """Return the ``nth`` (from 1) ``weekday`` (Monday is 0) of a month.

    >>> nth_weekday(2026, 11, THURSDAY, 4)      # Thanksgiving
    datetime.date(2026, 11, 26)
    """
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def last_weekday(year: int, month: int, weekday: int) -> date:
    """Return the last ``weekday`` (Monday is 0) of a month."""
    last = month_end(date(year, month, 1))
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _observed(day: date) -> date:
    """A holiday on a Saturday is kept on Friday, one on a Sunday on Monday."""
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


@cache
def legal_holidays(year: int) -> frozenset[date]:
    """Return the legal holidays observed in the District of Columbia in ``year``.

    They are the holidays that move tax deposits and filings (IRC 7503; listed in IRS
    Pub. 15, section 11): the federal holidays of 5 USC 6103, observed on the nearest
    weekday, and DC's Emancipation Day. Inauguration Day is not listed there. A New
    Year's Day observed on the last day of December counts in the year of that day.
    """
    fixed = [date(year, 1, 1), date(year, 4, 16), date(year, 7, 4)]
    fixed += [date(year, 11, 11), date(year, 12, 25), date(year + 1, 1, 1)]
    if year >= 2021:  # P.L. 117-17, in force since 2021-06-17
        fixed.append(date(year, 6, 19))
    moving = [
        nth_weekday(year, 1, MONDAY, 3),  # Birthday of Martin Luther King, Jr.
        nth_weekday(year, 2, MONDAY, 3),  # Washington's Birthday
        last_weekday(year, 5, MONDAY),  # Memorial Day
        nth_weekday(year, 9, MONDAY, 1),  # Labor Day
        nth_weekday(year, 10, MONDAY, 2),  # Columbus Day
        nth_weekday(year, 11, THURSDAY, 4),  # Thanksgiving
    ]
    observed = {_observed(day) for day in fixed}
    return frozenset(day for day in (*observed, *moving) if day.year == year)


def is_business_day(day: date) -> bool:
    """Whether ``day`` is neither Saturday, Sunday nor a legal holiday (IRC 7503)."""
    return day.weekday() < SATURDAY and day not in legal_holidays(day.year)


def next_business_day(day: date) -> date:
    """Return ``day`` itself if it is a business day, else the first one after it."""
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def add_business_days(day: date, count: int) -> date:
    """Return the ``count``-th business day after ``day`` (``count`` from 1 up).

    :raises ValueError: ``count`` is below 1
    """
    if count < 1:
        raise ValueError("count business days from 1 up")
    for _each in range(count):
        day = next_business_day(day + timedelta(days=1))
    return day


def month_end(day: date) -> date:
    """Return the last day of the month of ``day``."""
    first = day.replace(day=1)
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def quarter(day: date) -> int:
    """Return the calendar quarter of ``day``, 1 to 4."""
    return (day.month + 2) // 3


def quarter_span(year: int, number: int) -> tuple[date, date]:
    """Return first and last day of calendar quarter ``number`` (1 to 4).

    :raises ValueError: there is no such quarter
    """
    if not 1 <= number <= 4:
        raise ValueError(f"{number!r} is not a quarter: use 1 to 4")
    return date(year, number * 3 - 2, 1), month_end(date(year, number * 3, 1))

"""The days on which a practice may be closed: the federal holidays by their names."""

from datetime import date, timedelta

from ..dates import MONDAY, SATURDAY, SUNDAY, THURSDAY, last_weekday, nth_weekday


def federal_holidays(year: int) -> list[tuple[date, str]]:
    """Return the federal holidays of a year: (the day on which each is kept, its name).

    They are those of 5 USC 6103(a). One that falls on a Saturday is kept on the Friday
    before (5 USC 6103(b)(1)), on a Sunday on the Monday after (Executive Order 11582).
    A private practice is not bound by them; it may close on them, or not.

    >>> federal_holidays(2026)[6]
    (datetime.date(2026, 9, 7), 'Labor Day')
    """
    days = [
        (date(year, 1, 1), "New Year's Day"),
        (nth_weekday(year, 1, MONDAY, 3), "Birthday of Martin Luther King, Jr."),
        (nth_weekday(year, 2, MONDAY, 3), "Washington's Birthday"),
        (last_weekday(year, 5, MONDAY), "Memorial Day"),
        (date(year, 6, 19), "Juneteenth National Independence Day"),
        (date(year, 7, 4), "Independence Day"),
        (nth_weekday(year, 9, MONDAY, 1), "Labor Day"),
        (nth_weekday(year, 10, MONDAY, 2), "Columbus Day"),
        (date(year, 11, 11), "Veterans Day"),
        (nth_weekday(year, 11, THURSDAY, 4), "Thanksgiving Day"),
        (date(year, 12, 25), "Christmas Day"),
    ]
    moved = {SATURDAY: -1, SUNDAY: 1}
    return [
        (day + timedelta(days=moved.get(day.weekday(), 0)), name) for day, name in days
    ]

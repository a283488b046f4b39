"""Working days of a site: shelves empty on days when patients come, not on Sundays."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

DAYS_A_WEEK = 7


class Workdays:
    """The days a site is open: its weekdays (Monday is 0) without its closed dates.

    >>> from datetime import date
    >>> days = Workdays(closed=[date(2026, 11, 26)])      # Thanksgiving, a Thursday
    >>> days.between(date(2026, 11, 24), date(2026, 12, 1))
    4
    """

    __slots__ = ("_closed", "per_week", "weekdays")

    def __init__(
        self, weekdays: Iterable[int] = range(5), closed: Iterable[date] = ()
    ) -> None:
        """:raises ValueError: no weekday, or one outside 0..6"""
        self.weekdays = frozenset(weekdays)
        if not self.weekdays or not self.weekdays <= frozenset(range(DAYS_A_WEEK)):
            raise ValueError("weekdays are numbers from 0 (Monday) to 6, at least one")
        self._closed = sorted({day for day in closed if day.weekday() in self.weekdays})
        self.per_week = len(self.weekdays)

    def is_open(self, day: date) -> bool:
        """Whether the site works on ``day``."""
        if day.weekday() not in self.weekdays:
            return False
        place = bisect_right(self._closed, day)
        return not place or self._closed[place - 1] != day

    def between(self, after: date, until: date) -> int:
        """Number of open days after ``after`` up to and with ``until`` (0 if none)."""
        span = (until - after).days
        if span <= 0:
            return 0
        weeks, rest = divmod(span, DAYS_A_WEEK)
        odd = sum(
            (after.weekday() + step) % DAYS_A_WEEK in self.weekdays
            for step in range(1, rest + 1)
        )
        closed = bisect_right(self._closed, until) - bisect_right(self._closed, after)
        return weeks * self.per_week + odd - closed

    def dates(self, first: date, last: date) -> Iterator[date]:
        """The open days from ``first`` to ``last``, both included."""
        day = first
        while day <= last:
            if self.is_open(day):
                yield day
            day += timedelta(days=1)

    def of_calendar(self, calendar_days: float) -> float:
        """Calendar days (of a lead time, a shelf life) as average working days."""
        return calendar_days * self.per_week / DAYS_A_WEEK

"""On which days a site is open: the hours of the week, less what is closed on a day.

A day is closed when no hours are left of it: a holiday that takes the afternoon leaves
an open day, one that covers all hours closes it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Hours = tuple[dt.time, dt.time]


@dataclass(frozen=True)
class Closure:
    """A stretch of the site's wall clock in which it is closed, both ends included."""

    start: dt.datetime
    stop: dt.datetime


@dataclass(frozen=True)
class Opening:
    """The opening days of one site.

    ``hours`` gives the stretches of a weekday (Monday 0 to Sunday 6; of two alternating
    weeks the second has 7 to 13); a weekday that is absent is closed. Without any hours
    at all (a site without set hours) every day is open until a closure covers it from
    morning to night.
    """

    hours: Mapping[int, Sequence[Hours]] = field(default_factory=dict)
    closures: Sequence[Closure] = ()
    two_weeks: bool = False

    def is_closed(self, day: dt.date) -> bool:
        """Whether the site has no open hour on ``day``."""
        return all(self._covered(day, one) for one in self._hours_of(day))

    def _hours_of(self, day: dt.date) -> Sequence[Hours]:
        if not self.hours:
            return [(dt.time(0), dt.time(23, 59))]
        weekday = day.weekday()
        # which of two alternating weeks: the host counts weeks from the year 1
        if self.two_weeks and (day.toordinal() - 1) // 7 % 2:
            weekday += 7
        return self.hours.get(weekday, ())

    def _covered(self, day: dt.date, hours: Hours) -> bool:
        """Whether closures, one after the other, take all of ``hours`` on ``day``."""
        reached, end = (dt.datetime.combine(day, time) for time in hours)
        for closure in sorted(self.closures, key=lambda one: one.start):
            if closure.start <= reached <= closure.stop:
                reached = closure.stop + dt.timedelta(minutes=1)
        return reached >= end

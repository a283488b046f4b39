"""Which hours a state counts as one day: not everywhere the calendar's."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from ...money import ZERO
from .attendance import Interval, hours, instant
from .workperiod import Span

DAY = timedelta(hours=24)
WEEK = timedelta(days=7)
# a break of up to an hour is a meal, which does not end the shift
BREAK = timedelta(hours=1)


class Workday(Enum):
    """How a state counts the hours of a day."""

    CALENDAR = "calendar"  # from midnight to midnight
    ROLLING = "rolling"  # 24 hours from the begin of work (NRS 608.0126)
    SHIFT = "shift"  # by the calendar or by the shift, whichever pays more (Colorado)


class Unit(NamedTuple):
    """Hours of one workday in a workweek; ``before``: those it had before the week."""

    day: date
    hours: Decimal
    before: Decimal = ZERO


def clipped(stretches: Iterable[Interval], span: Span) -> list[Interval]:
    """The parts of attendances in ``span`` and the week before it, in time order.

    A stretch over the begin of the span is cut there: a workday that began before it
    goes on.
    """
    days = (span.start - WEEK, span.start, span.end + timedelta(days=1))
    found = []
    for one in sorted(stretches, key=lambda item: instant(item.start)):
        zone = one.start.tzinfo
        edges = [datetime.combine(day, time(), tzinfo=zone) for day in days]
        for first, last in pairwise(edges):
            start, end = max(one.start, first), min(one.end, last)
            if start < end:
                found.append(Interval(start, end))
    return found


def rolling(stretches: Sequence[Interval], since: date = date.min) -> list[Unit]:
    """Hours of each workday of 24 hours, which begins when work begins.

    :param stretches: in time order, without overlap, cut at the begin of ``since``
    :return: workdays with hours from ``since`` on, by the day on which they began
    """
    found = _Units(since)
    begun: datetime | None = None
    for one in stretches:
        start, end, day = instant(one.start), instant(one.end), one.start.date()
        while start < end:
            if begun is None or start >= begun + DAY:
                begun = start
                found.begin(day)
            stop = min(end, begun + DAY)
            found.add(one, int((stop - start).total_seconds()))
            day = (one.start + (stop - instant(one.start))).date()
            start = stop
    return found.units()


def by_shift(stretches: Sequence[Interval], since: date = date.min) -> list[Unit]:
    """Hours of each shift; a break of more than an hour ends it.

    :param stretches: in time order, without overlap, cut at the begin of ``since``
    :return: shifts with hours from ``since`` on, by the day on which they began,
        without the breaks
    """
    found = _Units(since)
    ended: datetime | None = None
    for one in stretches:
        if ended is None or instant(one.start) - ended > BREAK:
            found.begin(one.start.date())
        found.add(one, one.seconds)
        ended = instant(one.end)
    return found.units()


class _Units:
    """Workdays in the making: seconds before and from the begin of ``since``."""

    def __init__(self, since: date) -> None:
        self.since = since
        self.rows: list[tuple[date, int, int]] = []

    def begin(self, day: date) -> None:
        self.rows.append((max(day, self.since), 0, 0))

    def add(self, stretch: Interval, seconds: int) -> None:
        day, before, within = self.rows.pop()
        if stretch.start.date() < self.since:
            before += seconds
        else:
            within += seconds
        self.rows.append((day, before, within))

    def units(self) -> list[Unit]:
        return [
            Unit(day, hours(within), hours(before))
            for day, before, within in self.rows
            if within
        ]

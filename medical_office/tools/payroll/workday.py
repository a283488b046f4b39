"""Which hours a state counts as one day: not everywhere the calendar's."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum

from .attendance import Interval, hours, instant
from .workperiod import Span

DAY = timedelta(hours=24)
# a break of up to an hour is a meal, which does not end the shift
BREAK = timedelta(hours=1)


class Workday(Enum):
    """How a state counts the hours of a day."""

    CALENDAR = "calendar"  # from midnight to midnight
    ROLLING = "rolling"  # 24 hours from the begin of work (NRS 608.0126)
    SHIFT = "shift"  # by the calendar or by the shift, whichever pays more (Colorado)


Units = list[tuple[date, Decimal]]


def clipped(stretches: Iterable[Interval], span: Span) -> list[Interval]:
    """The parts of attendances that lie in ``span``, in time order."""
    found = []
    for one in sorted(stretches, key=lambda item: instant(item.start)):
        zone = one.start.tzinfo
        first = datetime.combine(span.start, time(), tzinfo=zone)
        last = datetime.combine(span.end + timedelta(days=1), time(), tzinfo=zone)
        start, end = max(one.start, first), min(one.end, last)
        if start < end:
            found.append(Interval(start, end))
    return found


def rolling(stretches: Sequence[Interval]) -> Units:
    """Hours of each workday of 24 hours, which begins when work begins.

    :param stretches: in time order, without overlap
    :return: the day on which the workday began, and its hours
    """
    seconds: dict[datetime, int] = {}
    days: dict[datetime, date] = {}
    begun: datetime | None = None
    for one in stretches:
        start, end, day = instant(one.start), instant(one.end), one.start.date()
        while start < end:
            if begun is None or start >= begun + DAY:
                begun = start
                days[begun] = day
            stop = min(end, begun + DAY)
            length = int((stop - start).total_seconds())
            seconds[begun] = seconds.get(begun, 0) + length
            day = (one.start + (stop - instant(one.start))).date()
            start = stop
    return [(days[begin], hours(total)) for begin, total in seconds.items()]


def by_shift(stretches: Sequence[Interval]) -> Units:
    """Hours of each shift; a break of more than an hour ends it.

    :param stretches: in time order, without overlap
    :return: the day on which the shift began, and its hours without the breaks
    """
    seconds: list[tuple[date, int]] = []
    ended: datetime | None = None
    for one in stretches:
        if ended is not None and instant(one.start) - ended <= BREAK:
            day, before = seconds.pop()
            seconds.append((day, before + one.seconds))
        else:
            seconds.append((one.start.date(), one.seconds))
        ended = instant(one.end)
    return [(day, hours(total)) for day, total in seconds]

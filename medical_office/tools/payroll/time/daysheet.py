"""A day of a timesheet: what the clock says, what was typed, and when that was worked.

Times of a day are seconds since its first moment on the practice's clock. A day has
86,400 of them, 3,600 fewer or more where the clocks change: hours are hours worked.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from .attendance import SECONDS_PER_HOUR, hours

# what is typed without a time was worked from then on
BEGINS = 8 * SECONDS_PER_HOUR
# figures are shown with two decimals: what differs by less is the same
SAME = Decimal("0.005")

Stretch = tuple[int, int | None]


class Zone(Protocol):
    """A time zone of pytz."""

    def localize(self, moment: datetime) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Day:
    """One day in a time zone."""

    date: date
    zone: Zone

    @property
    def begin(self) -> datetime:
        """Its first moment, in UTC."""
        return _first_moment(self.date, self.zone)

    @property
    def length(self) -> int:
        """Its seconds."""
        end = _first_moment(self.date + timedelta(days=1), self.zone)
        return int((end - self.begin).total_seconds())

    def second(self, moment: datetime) -> int:
        """The second of the day at ``moment``; before it negative."""
        return int((moment - self.begin).total_seconds())

    def moment(self, second: int) -> datetime:
        """The moment of a second of the day, in UTC."""
        return self.begin + timedelta(seconds=second)


def _first_moment(day: date, zone: Zone) -> datetime:
    return zone.localize(datetime.combine(day, time())).astimezone(timezone.utc)


def split(
    start: datetime, end: datetime | None, zone: Zone
) -> Iterator[tuple[date, Stretch]]:
    """The stretch of each day of one attendance: cut at the practice's midnights.

    :param start: check-in, aware
    :param end: check-out, aware, after ``start``; None where there is none yet: the
        stretch then has no end
    """
    day = Day(start.astimezone(zone).date(), zone)  # type: ignore[arg-type]
    if end is None:
        yield day.date, (day.second(start), None)
        return
    while True:
        first = max(0, day.second(start))
        last = day.second(end)
        if last <= day.length:
            if first < last:
                yield day.date, (first, last)
            return
        yield day.date, (first, day.length)
        day = Day(day.date + timedelta(days=1), zone)


def seconds(stretches: Iterable[Stretch]) -> int:
    """Seconds of the stretches that have an end."""
    return sum(end - start for start, end in stretches if end is not None)


def clocked(stretches: Iterable[Stretch]) -> Decimal:
    """Hours of the stretches that have an end, to the millionth."""
    return hours(seconds(stretches))


def laid(
    count: Decimal, stretches: Sequence[Stretch], length: int, begin: int | None = None
) -> list[tuple[int, int]]:
    """When the hours of a day were worked, for differentials and daily overtime.

    Fewer than the clock says: its first ones. More: the last stretch goes on, to the end
    of the day at most; what is left over was worked before the first. Without a clock,
    and where somebody typed when work began, in one stretch from there.

    :param count: hours of the day
    :param stretches: of the clock, in time order; one without an end begins where it says
    :param length: seconds of the day
    :param begin: second at which work began, where somebody typed it
    :return: stretches in time order, together ``count`` hours, within the day
    :raises ValueError: the day has not so many hours
    """
    wanted = int((count * SECONDS_PER_HOUR).to_integral_value(ROUND_HALF_UP))
    if not 0 <= wanted <= length:
        raise ValueError(
            f"A day of {length // SECONDS_PER_HOUR} hours has not {count}."
        )
    if not wanted:
        return []
    if begin is not None or not stretches:
        return [_within(BEGINS if begin is None else begin, wanted, length)]
    known = [(start, start if end is None else end) for start, end in stretches]
    left, kept = wanted, []
    for start, end in known:
        part = min(left, end - start)
        if part or (end == start and left):
            kept.append((start, start + part))
        left -= part
    if left:
        start, end = kept[-1]
        more = min(left, length - end)
        kept[-1] = (start, end + more)
        left -= more
    if left:
        start, end = kept[0]
        if left > start:  # only the breaks are left: they were none
            return [_within(0, wanted, length)]
        kept[0] = (start - left, end)
    return [(start, end) for start, end in kept if end > start]


def _within(begin: int, wanted: int, length: int) -> tuple[int, int]:
    start = max(0, min(begin, length - wanted))
    return start, start + wanted


def is_same(one: Decimal, other: Decimal) -> bool:
    """Whether two counts of hours read the same on a screen."""
    return abs(one - other) < SAME

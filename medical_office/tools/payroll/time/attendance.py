"""Turns check-ins and check-outs into hours of work per workday and rate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from itertools import pairwise

from ...money import ZERO
from .overtime import Shift, Work

SECONDS_PER_HOUR = 3600
# A millionth of an hour: finer than any clock, so that thirds of an hour add up.
HOUR_GRAIN = Decimal("0.000001")


class AttendanceError(ValueError):
    """Attendances that cannot be paid as they stand; the message names the first."""


@dataclass(frozen=True, slots=True)
class Interval:
    """One stretch of work, in the time of the practice (all aware, or all naive).

    ``rate`` and ``shifts`` are as in :class:`overtime.Work`.
    """

    start: datetime
    end: datetime
    rate: Decimal = ZERO
    shifts: tuple[Shift, ...] = ()

    @property
    def seconds(self) -> int:
        """Elapsed seconds; in the night of a clock change the hour really worked."""
        return int((instant(self.end) - instant(self.start)).total_seconds())


def instant(moment: datetime) -> datetime:
    """The moment on a clock that never changes; a naive time stands for itself."""
    return moment if moment.tzinfo is None else moment.astimezone(timezone.utc)


def hours(seconds: int) -> Decimal:
    """Hours of a number of seconds, to the millionth."""
    exact = Decimal(seconds) / SECONDS_PER_HOUR
    return exact.quantize(HOUR_GRAIN).normalize() + ZERO


def rounded(interval: Interval, minutes: int) -> Interval:
    """Round both clock times to the nearest ``minutes``, half up (29 CFR 785.48(b)).

    :raises ValueError: the regulation knows 5, 6 and 15 minutes only
    """
    if minutes not in (5, 6, 15):
        raise ValueError("Clock times are rounded to 5, 6 or 15 minutes.")
    step = timedelta(minutes=minutes)

    def nearest(moment: datetime) -> datetime:
        midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + step * ((moment - midnight + step / 2) // step)

    return replace(interval, start=nearest(interval.start), end=nearest(interval.end))


def work_of(intervals: Iterable[Interval]) -> tuple[Work, ...]:
    """Hours of work per day, rate and shift, in time order.

    A stretch over midnight is split there, so that each workday gets its own hours. Who
    taps in and out within one second has worked no time: such a stretch counts nothing.

    :raises AttendanceError: a stretch ends before it starts, mixes aware and naive
        times, or overlaps the one before it
    """
    ordered = _checked(intervals)
    seconds: dict[tuple[date, Decimal, tuple[Shift, ...]], int] = {}
    for interval in ordered:
        for piece in by_midnight(interval):
            key = (piece.start.date(), piece.rate, piece.shifts)
            seconds[key] = seconds.get(key, 0) + piece.seconds
    return tuple(
        Work(day, hours(total), rate, shifts)
        for (day, rate, shifts), total in seconds.items()
    )


def _checked(intervals: Iterable[Interval]) -> Sequence[Interval]:
    every = [item for item in intervals if item.start != item.end]
    if len({item.start.tzinfo is None for item in every}) > 1:
        raise AttendanceError("Give all attendances with a time zone, or all without.")
    for item in every:
        if item.seconds < 0:
            raise AttendanceError(
                f"The attendance from {item.start:%Y-%m-%d %H:%M} ends at "
                f"{item.end:%Y-%m-%d %H:%M}, before it starts: correct it."
            )
    ordered = sorted(every, key=lambda item: instant(item.start))
    for before, after in pairwise(ordered):
        if instant(after.start) < instant(before.end):
            raise AttendanceError(
                f"The attendance from {after.start:%Y-%m-%d %H:%M} starts before the "
                f"one from {before.start:%Y-%m-%d %H:%M} ends: correct one of them."
            )
    return ordered


def by_midnight(interval: Interval) -> Iterable[Interval]:
    """The pieces of a stretch, one for each day it touches."""
    rest = interval
    while True:
        tomorrow = rest.start.date() + timedelta(days=1)
        midnight = datetime.combine(tomorrow, time(), tzinfo=rest.start.tzinfo)
        if rest.end <= midnight:
            yield rest
            return
        yield replace(rest, end=midnight)
        rest = replace(rest, start=midnight)

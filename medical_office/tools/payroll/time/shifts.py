"""Shift differentials: more an hour for the evening, the night or the weekend."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from itertools import pairwise

from ...money import ZERO, to_cents
from ..law.working import Step
from .attendance import Interval
from .earning import Earning
from .overtime import Shift, Work

MINUTES_OF_DAY = 1440
CODE = "DIFF"
SOURCE = "29 CFR 778.207(b)"


@dataclass(frozen=True, slots=True)
class Differential:
    """What an hour earns beside its rate between ``begins`` and ``ends`` of some days.

    ``begins`` and ``ends`` are minutes after midnight; an end at or before the begin
    lies on the next day. ``weekdays`` (0 is Monday) are the days on which the window
    begins. Either dollars an hour (``amount``) or a ``percent`` of the rate. In force
    for windows that begin from ``start`` until ``end``.
    """

    key: str
    name: str
    begins: int
    ends: int
    weekdays: frozenset[int]
    amount: Decimal = ZERO
    percent: Decimal = ZERO
    start: date = date.min
    end: date | None = None

    def __post_init__(self) -> None:
        if not (0 <= self.begins < MINUTES_OF_DAY and 0 <= self.ends <= MINUTES_OF_DAY):
            raise ValueError(f"{self.name}: its hours lie outside the day.")
        if min(self.amount, self.percent) < 0 or not (self.amount or self.percent):
            raise ValueError(f"{self.name}: enter what an hour earns, above zero.")

    def begins_on(self, day: date) -> bool:
        """Whether a window begins on ``day``."""
        in_force = self.start <= day and (self.end is None or day <= self.end)
        return in_force and day.weekday() in self.weekdays

    def shift(self, rate: Decimal) -> Shift:
        """What it adds to an hour paid at ``rate`` dollars."""
        return Shift(self.key, self.name, self.amount + rate * self.percent / 100)


Localize = Callable[[datetime], datetime]


def with_shifts(
    intervals: Iterable[Interval],
    differentials: Callable[[date], Sequence[Differential]],
    base_on: Callable[[date], Decimal],
    localize: Localize | None = None,
) -> list[Interval]:
    """Cut attendances where a differential begins or ends, and lay it on the pieces.

    :param differentials: those of the person on a day
    :param base_on: dollars an hour that a percentage counts from, on a day
    :param localize: makes a wall-clock time of the practice aware; without it the time
        zone of the attendance is used
    :return: pieces in time order within each attendance, together as long as before
    """
    found: list[Interval] = []
    for interval in intervals:
        windows = list(_windows(interval, differentials, localize))
        cuts = sorted(
            {
                moment
                for _one, first, last in windows
                for moment in (first, last)
                if interval.start < moment < interval.end
            }
        )
        edges = [interval.start, *cuts, interval.end]
        for first, last in pairwise(edges):
            base = base_on(first.date())
            shifts = tuple(
                one.shift(base)
                for one, begin, stop in windows
                if begin <= first and last <= stop
            )
            found.append(replace(interval, start=first, end=last, shifts=shifts))
    return found


def _windows(
    interval: Interval,
    differentials: Callable[[date], Sequence[Differential]],
    localize: Localize | None,
) -> Iterable[tuple[Differential, datetime, datetime]]:
    zone = interval.start.tzinfo
    day = interval.start.date() - timedelta(days=1)
    while day <= interval.end.date():
        for one in differentials(day):
            if one.begins_on(day):
                length = (one.ends - one.begins) % MINUTES_OF_DAY or MINUTES_OF_DAY
                stop = one.begins + length
                yield (
                    one,
                    _moment(day, one.begins, zone, localize),
                    _moment(day, stop, zone, localize),
                )
        day += timedelta(days=1)


def _moment(
    day: date, minutes: int, zone: tzinfo | None, localize: Localize | None
) -> datetime:
    naive = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return localize(naive) if localize else naive.replace(tzinfo=zone)


def earnings(work: Iterable[Work]) -> Iterable[Earning]:
    """An earning for each differential and amount an hour, by the hours of ``work``."""
    hours: dict[Shift, Decimal] = {}
    for item in work:
        for shift in item.shifts:
            hours[shift] = hours.get(shift, ZERO) + item.hours
    for shift, count in sorted(
        hours.items(), key=lambda pair: (pair[0].key, pair[0].rate)
    ):
        amount = to_cents(count * shift.rate)
        label = f"{count.normalize():f} hours x {shift.rate.normalize():f}"
        step = Step(label, amount, SOURCE)
        yield Earning(
            CODE, amount, shift.name, f"shift:{shift.key}", count, shift.rate, (step,)
        )

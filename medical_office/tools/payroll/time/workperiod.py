"""Workweeks and 14-day work periods, and where in them the overtime hours lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from ...money import ZERO
from .overtime import DAILY_HOURS, FORTNIGHT_HOURS, WEEKLY_HOURS, Work, by_day


class Scheme(Enum):
    """The work period overtime is counted in; the value is its length in days."""

    WEEK = 7  # 29 USC 207(a)
    FORTNIGHT = 14  # 29 USC 207(j), "8 and 80"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"The period {self.start} to {self.end} runs backwards.")

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def days(self) -> tuple[date, ...]:
        """Each day of the span."""
        return _days(self.start, self.end)


@lru_cache(maxsize=1024)  # the people of a run share their spans
def _days(start: date, end: date) -> tuple[date, ...]:
    count = (end - start).days + 1
    return tuple(start + timedelta(days=number) for number in range(count))


def ending_in(pay: Span, scheme: Scheme, anchor: date) -> tuple[Span, ...]:
    """Work periods that end within the pay period ``pay``.

    Overtime of a work period is paid on the payday of the pay period in which it ends
    (29 CFR 778.106), so a week that straddles two pay periods belongs to the second.

    :param anchor: first day of any one work period, past or future
    """
    length = timedelta(days=scheme.value)
    offset = (pay.start - anchor).days % scheme.value
    start = pay.start - timedelta(days=offset)
    found = []
    while (end := start + length - timedelta(days=1)) <= pay.end:
        found.append(Span(start, end))
        start += length
    return tuple(found)


def overtime_by_day(work: Sequence[Work], scheme: Scheme) -> dict[date, Decimal]:
    """Overtime hours of one work period, laid on the days on which they were worked.

    The last hours of the week are the overtime ones; in the 8-and-80 system first
    those over 8 a day, then, if more than 80 were worked, the last others.
    """
    days = dict(sorted(by_day(work).items()))
    total = sum(days.values(), ZERO)
    if scheme is Scheme.WEEK:
        return _last(days, max(ZERO, total - WEEKLY_HOURS))
    daily = {day: max(ZERO, count - DAILY_HOURS) for day, count in days.items()}
    left = max(ZERO, total - FORTNIGHT_HOURS - sum(daily.values(), ZERO))
    others = _last({day: count - daily[day] for day, count in days.items()}, left)
    merged = {day: daily[day] + others.get(day, ZERO) for day in days}
    return {day: count for day, count in merged.items() if count}


def _last(days: dict[date, Decimal], wanted: Decimal) -> dict[date, Decimal]:
    taken: dict[date, Decimal] = {}
    for day in reversed(days):
        part = min(wanted, days[day])
        if part:
            taken[day] = part
        wanted -= part
    return taken

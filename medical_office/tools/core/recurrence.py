"""When a round falls due: a calendar rule, the days a site is closed, a time zone.

The rule is a frozen value; the functions take a window and give back what lies in it.
They are additive: the occurrences of two adjacent windows are exactly those of the two
taken as one, so a generator may stop anywhere and go on from there.

* A month's 31st falls on the last day of a shorter month and is on the 31st again in
  the next long one: each occurrence is counted from the rule's first day, never from
  the previous occurrence, hence there is no drift.
* Quarterly is every 3 months, yearly every 12.
* Times are wall-clock times of the site. A time which the change to summer time leaves
  out is moved on by what was left out; a time that comes twice in autumn is taken once,
  the first time (PEP 495, fold=0).
* What falls on a closed day is left out, moved to the next or the previous open day, or
  kept: ``Rule.closed``. Several that land on the same day are one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Unit = Literal["once", "day", "week", "month"]
ClosedRule = Literal["skip", "next", "previous", "keep"]
IsClosed = Callable[[dt.date], bool]

# how far a closed day may push an occurrence; closed for longer, it is left out
REACH = 31

LAST = -1


class RecurrenceError(ValueError):
    """A rule that names no day at all, or one that no calendar has."""


class TimesError(ValueError):
    """A time of day that cannot be read; ``piece`` is the text as it was typed."""

    def __init__(self, piece: str) -> None:
        super().__init__(f"not a time of day: {piece!r}")
        self.piece = piece


@dataclass(frozen=True)
class Rule:
    """A recurrence. ``weekdays`` and ``weekday`` count from Monday = 0.

    ``unit`` "month" needs either ``month_day`` (1 to 31, LAST for the last day) or
    ``week_of_month`` (1 to 4, LAST) with ``weekday``. Raises RecurrenceError for a rule
    that can name no day.
    """

    unit: Unit
    first: dt.date
    last: dt.date | None = None
    every: int = 1
    times: tuple[dt.time, ...] = (dt.time(8),)
    weekdays: frozenset[int] = frozenset()
    month_day: int | None = None
    week_of_month: int | None = None
    weekday: int | None = None
    closed: ClosedRule = "skip"

    def __post_init__(self) -> None:
        if self.every < 1:
            raise RecurrenceError("every must be 1 or more")
        if not self.times:
            raise RecurrenceError("a round needs a time of day")
        if self.unit == "week" and not self.weekdays:
            raise RecurrenceError("a weekly rule needs a weekday")
        if self.unit == "week" and not self.weekdays <= set(range(7)):
            raise RecurrenceError("weekdays count from 0 to 6")
        if self.unit == "month":
            self._check_month()

    def _check_month(self) -> None:
        by_day = self.month_day is not None
        by_week = self.week_of_month is not None and self.weekday is not None
        if by_day == by_week:
            raise RecurrenceError(
                "a monthly rule needs a day or a weekday of the month"
            )
        if by_day and self.month_day not in (LAST, *range(1, 32)):
            raise RecurrenceError("the day of the month counts from 1 to 31")
        if by_week and (
            self.week_of_month not in (LAST, 1, 2, 3, 4) or self.weekday not in range(7)
        ):
            raise RecurrenceError(
                "the weekday of the month is the first to fourth or the last"
            )


@dataclass(frozen=True, order=True)
class Occurrence:
    """One due time: ``at`` in UTC; ``day`` and ``time`` as set on the wall clock."""

    at: dt.datetime
    day: dt.date
    time: dt.time


def nominal_days(rule: Rule, start: dt.date, stop: dt.date) -> Iterator[dt.date]:
    """The days of ``rule`` from ``start`` to ``stop``, both included, as if no day were
    closed."""
    start = max(start, rule.first)
    stop = stop if rule.last is None else min(stop, rule.last)
    if start > stop:
        return
    if rule.unit == "once":
        if start <= rule.first <= stop:
            yield rule.first
    elif rule.unit == "day":
        yield from _every_days(rule, start, stop)
    elif rule.unit == "week":
        yield from _every_weeks(rule, start, stop)
    else:
        yield from _every_months(rule, start, stop)


def days(
    rule: Rule, start: dt.date, stop: dt.date, is_closed: IsClosed
) -> list[dt.date]:
    """The days on which a round is due from ``start`` to ``stop``, both included.

    In order and without repeats.
    ``is_closed`` must be able to answer for 2 * REACH days before and after the window.
    """
    if rule.closed == "keep":
        return list(nominal_days(rule, start, stop))
    if rule.closed == "skip":
        return [day for day in nominal_days(rule, start, stop) if not is_closed(day)]
    reach = dt.timedelta(days=REACH)
    step = 1 if rule.closed == "next" else -1
    moved = {
        target
        for day in nominal_days(rule, start - reach, stop + reach)
        if (target := _open_day(day, step, is_closed)) is not None
    }
    low = max(start, rule.first)
    high = stop if rule.last is None else min(stop, rule.last)
    return sorted(day for day in moved if low <= day <= high)


def occurrences(
    rule: Rule, start: dt.date, stop: dt.date, is_closed: IsClosed, zone: dt.tzinfo
) -> list[Occurrence]:
    """Every due time on the days from ``start`` to ``stop``, both included, in order.

    ``zone`` is the site's time zone (PEP 495 aware, such as ``zoneinfo.ZoneInfo``). Two
    times that the change to summer time makes the same instant are one occurrence.
    """
    found: dict[dt.datetime, Occurrence] = {}
    for day in days(rule, start, stop, is_closed):
        for time in rule.times:
            at = to_utc(day, time, zone)
            found.setdefault(at, Occurrence(at, day, time))
    return sorted(found.values())


def to_utc(day: dt.date, time: dt.time, zone: dt.tzinfo) -> dt.datetime:
    """The instant at which the wall clock of ``zone`` shows ``time`` on ``day``."""
    return dt.datetime.combine(day, time.replace(fold=0), tzinfo=zone).astimezone(
        dt.timezone.utc
    )


def parse_times(text: str) -> tuple[dt.time, ...]:
    """Read "07:30, 16:00" or "7:30 am; 4 pm" into times of day, in order, each once.

    Raises TimesError with the piece that is no time, and for a text without any.
    """
    pieces = [piece.strip() for piece in re.split(r"[,;\n]", text) if piece.strip()]
    if not pieces:
        raise TimesError(text.strip())
    return tuple(sorted({_parse_time(piece) for piece in pieces}))


def _parse_time(piece: str) -> dt.time:
    match = re.fullmatch(r"(\d{1,2})(?::(\d{2}))?\s*(?:([ap])\.?m\.?)?", piece.lower())
    if match is None:
        raise TimesError(piece)
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half is None and match[2] is None:
        raise TimesError(piece)  # a bare "4" is morning or afternoon: do not guess
    if half is not None:
        if not 1 <= hour <= 12:
            raise TimesError(piece)
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise TimesError(piece)
    return dt.time(hour, minute)


def _every_days(rule: Rule, start: dt.date, stop: dt.date) -> Iterator[dt.date]:
    gap = (start - rule.first).days
    day = start + dt.timedelta(days=-gap % rule.every)
    while day <= stop:
        yield day
        day += dt.timedelta(days=rule.every)


def _every_weeks(rule: Rule, start: dt.date, stop: dt.date) -> Iterator[dt.date]:
    origin = rule.first - dt.timedelta(days=rule.first.weekday())
    monday = start - dt.timedelta(days=start.weekday())
    monday += dt.timedelta(weeks=-((monday - origin).days // 7) % rule.every)
    while monday <= stop:
        for weekday in sorted(rule.weekdays):
            day = monday + dt.timedelta(days=weekday)
            if start <= day <= stop:
                yield day
        monday += dt.timedelta(weeks=rule.every)


def _every_months(rule: Rule, start: dt.date, stop: dt.date) -> Iterator[dt.date]:
    origin = _month_number(rule.first)
    month = _month_number(start)
    month += -(month - origin) % rule.every
    while month <= _month_number(stop):
        day = _day_of_month(rule, *divmod(month, 12))
        if start <= day <= stop:
            yield day
        month += rule.every


def _month_number(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _day_of_month(rule: Rule, year: int, month0: int) -> dt.date:
    first_weekday, length = calendar.monthrange(year, month0 + 1)
    if rule.month_day is not None:
        day = length if rule.month_day == LAST else min(rule.month_day, length)
        return dt.date(year, month0 + 1, day)
    if (
        rule.week_of_month is None or rule.weekday is None
    ):  # __post_init__ refuses such a rule
        raise RecurrenceError("a monthly rule needs a day or a weekday of the month")
    day = 1 + (rule.weekday - first_weekday) % 7
    if rule.week_of_month == LAST:
        day += (length - day) // 7 * 7
    else:
        day += (rule.week_of_month - 1) * 7
    return dt.date(year, month0 + 1, day)


def _open_day(day: dt.date, step: int, is_closed: IsClosed) -> dt.date | None:
    for _ in range(REACH + 1):
        if not is_closed(day):
            return day
        day += dt.timedelta(days=step)
    return None

"""When preventive work is due next: by date, by completion, by a usage counter."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Literal

Unit = Literal["day", "week", "month", "year"]
Basis = Literal["date", "completion", "counter"]


def add(day: dt.date, every: int, unit: Unit, month_day: int = 0) -> dt.date:
    """``day`` and so many units later; the 31st becomes a month's last day.

    :param month_day: the day of the month the rhythm began on, 1 to 31, where ``day``
        may lie in a month too short for it; 0: that of ``day``

    >>> add(dt.date(2026, 1, 31), 1, "month")
    datetime.date(2026, 2, 28)
    >>> add(dt.date(2026, 2, 28), 1, "month", 31)
    datetime.date(2026, 3, 31)
    """
    if every < 1:
        raise ValueError("an interval counts from 1")
    if unit in ("day", "week"):
        return day + dt.timedelta(days=every * (7 if unit == "week" else 1))
    months = every * (12 if unit == "year" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(month_day or day.day, last))


def after(
    basis: Basis,
    due: dt.date,
    closed: dt.date,
    today: dt.date,
    every: int,
    unit: Unit,
    *,
    done: bool,
    month_day: int = 0,
) -> dt.date | None:
    """The next due day after an occurrence was done or missed.

    :param due: when the occurrence was due
    :param closed: when it was signed, or its window ended
    :param done: whether the work was done (False: missed)
    :param month_day: by date: the day of the month the rhythm began on, 0 where that is
        the due day's
    :return: by date, the interval counts from the due day and never lies in the past;
        by completion, from the day of the work, and work that was missed is due at once
        again; by counter, None after work that was done (the counter decides)
    """
    if basis == "date":
        following = add(due, every, unit, month_day or due.day)
        while following < today:
            following = add(following, every, unit, month_day or due.day)
        return following
    if not done:
        return today + dt.timedelta(days=1)
    return add(closed, every, unit) if basis == "completion" else None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the counter showed on a day; it only counts up."""

    day: dt.date
    value: Decimal


def daily_use(readings: Sequence[Reading]) -> Decimal | None:
    """Units a day between the first and the last reading, or None where unknown."""
    if len(readings) < 2:
        return None
    ordered = sorted(readings, key=lambda reading: (reading.day, reading.value))
    days = (ordered[-1].day - ordered[0].day).days
    return (ordered[-1].value - ordered[0].value) / days if days else None


def counter_due(
    readings: Sequence[Reading], last_done: Decimal, every: Decimal, lead_days: int
) -> dt.date | None:
    """The day on which ``last_done + every`` is reached, by the use so far.

    The day of the reading that passed it, if one has; else foreseen from the daily use,
    when that lies within ``lead_days`` after the latest reading; else None.
    """
    if not readings:
        return None
    ordered = sorted(readings, key=lambda reading: (reading.day, reading.value))
    target = last_done + every
    for reading in ordered:
        if reading.value >= target:
            return reading.day
    use = daily_use(ordered[-12:])
    if not use or use <= 0:
        return None
    # the day on which the target is reached, rounded up to a whole day
    days = int(((target - ordered[-1].value) / use).to_integral_value(ROUND_CEILING))
    return ordered[-1].day + dt.timedelta(days=days) if days <= lead_days else None

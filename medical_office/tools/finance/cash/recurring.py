"""When something that recurs falls due, safe at the ends of months."""

from collections.abc import Iterator
from datetime import date, timedelta

from ...dates import month_end

STEPS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def monthly(anchor: date, months: int) -> date:
    """The anchor's day so many months later, or that month's last day.

    Always counted from the anchor: January 31 gives February 28 and then March 31.
    """
    index = anchor.year * 12 + anchor.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    return first.replace(day=min(anchor.day, month_end(first).day))


def due_dates(anchor: date, every: str, start: date, end: date) -> Iterator[date]:
    """The days from ``start`` to ``end``, both included, on which it falls due.

    :param anchor: the first time
    :param every: week, two_weeks, month, quarter, half_year or year
    :raises ValueError: ``every`` is none of these
    """
    if every in ("week", "two_weeks"):
        step = 7 if every == "week" else 14
        skipped = max(0, -(-(start - anchor).days // step))
        day = anchor + timedelta(days=skipped * step)
        while day <= end:
            yield day
            day += timedelta(days=step)
        return
    if every not in STEPS:
        raise ValueError(f"{every!r} is no rhythm")
    step = STEPS[every]
    passed = (start.year - anchor.year) * 12 + start.month - anchor.month - step
    number = max(0, passed // step)
    while (day := monthly(anchor, number * step)) <= end:
        if day >= start:
            yield day
        number += 1

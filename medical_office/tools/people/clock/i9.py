"""The clocks of Form I-9 (8 CFR 274a.2)."""

from collections.abc import Collection
from datetime import date, timedelta

from .days import keep_until, working_days_after

SECTION_2_DAYS = 3
RECEIPT_DAYS = 90
SHORT_JOB = 3  # working days; a shorter job has no three days


def section_2_due(
    first_day: date, closed: Collection[date] = (), planned_days: int | None = None
) -> date:
    """Until when the employer looks at the documents and signs section 2.

    Three working days after the first day of work for pay, which is not counted; a job
    planned for fewer than three working days: the first day (8 CFR 274a.2(b)(1)(ii), (iii)).
    """
    if planned_days and planned_days < SHORT_JOB:
        return first_day
    return working_days_after(first_day, SECTION_2_DAYS, closed)


def receipt_allowed(planned_days: int | None) -> bool:
    """A receipt for a lost document is no use in a job of fewer than three days."""
    return not planned_days or planned_days >= SHORT_JOB


def receipt_due(day: date) -> date:
    """Until when the document itself is shown: 90 days from hire or reverification."""
    return day + timedelta(days=RECEIPT_DAYS)


def i9_keep_until(hired: date, left: date | None) -> date | None:
    """The later of three years after hire and one after the end; None while employed."""
    if not left:
        return None
    return max(keep_until(hired, 36), keep_until(left, 12))

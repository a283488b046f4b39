"""When to begin an enrollment, so that it is effective on the day it is needed."""

from dataclasses import dataclass
from datetime import date, timedelta

from ...dates import is_business_day


@dataclass(frozen=True, slots=True)
class Plan:
    """Three days: begin to gather, submit, effective."""

    start: date
    submit: date
    needed: date


def _business_day_before(day: date) -> date:
    """``day`` itself if the office works on it, else the last business day before."""
    while not is_business_day(day):
        day -= timedelta(days=1)
    return day


def plan(needed: date, gather_days: int, review_days: int) -> Plan:
    """Count back from the day on which claims are to be paid.

    Days are calendar days; a day that is no business day moves to the one before it,
    so that nothing is a day late.

    :param needed: first day of work, or the day from which visits are to be billed
    :param gather_days: calendar days for papers and signatures
    :param review_days: calendar days that the payer takes from submission to effect
    :raises ValueError: a number of days is negative
    """
    if gather_days < 0 or review_days < 0:
        raise ValueError("days are counted from 0 up")
    submit = _business_day_before(needed - timedelta(days=review_days))
    start = _business_day_before(submit - timedelta(days=gather_days))
    return Plan(start, submit, needed)

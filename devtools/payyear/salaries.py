"""Salaries by the year or period, and the 27th (53rd) pay date that a year may have."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tools.money import to_cents

from . import codes, rates
from .person import Life, Payment
from .scenario import BadScenario, Event


def of_period(life: Life, event: Event, span: rates.Span) -> Decimal:
    """Dollars of a line of regular pay without an amount: the salary of the period.

    A salary by the year is divided by the pay periods of a year; in a year with one pay
    date more, by all its dates where the setting ``extra_salary`` says ``spread``.

    :raises BadScenario: no salary is set
    """
    terms = life.terms
    if terms.annual_salary is None and terms.salary is None:
        raise BadScenario(
            f"Line {event.line}: there is no amount: write the dollars, or set "
            "'annual_salary' (dollars a year) or 'salary' (dollars a pay period)."
        )
    rate = rates.rate_of(life.raises, terms, event.line, span.start)
    if terms.annual_salary is None:
        return to_cents(rate)
    parts = terms.frequency.per_year
    if terms.extra_salary == "spread" and _has_extra(life, event.day):
        parts += 1
    return to_cents(rate / parts)


def is_extra(life: Life, day: date) -> bool:
    """Whether as many regular pay dates of the year lie before as a year has periods."""
    before = [one for one in _regular(life.refs.values(), day.year) if one.day < day]
    paid = {one.day for one in before if one.ref not in life.voided}
    return len(paid) >= life.terms.frequency.per_year


def _has_extra(life: Life, day: date) -> bool:
    """Whether the year has a pay date more: by its payments, or by the calendar from the
    first of them on where the file holds a part of the year."""
    usual = life.terms.frequency.per_year
    days = {one.day for one in _regular(life.refs.values(), day.year)}
    step = rates.DAYS.get(life.terms.frequency, 0)
    if len(days) > usual or step < rates.WEEK:
        return len(days) > usual
    first = min(days)
    before = (first - date(day.year, 1, 1)).days // step
    after = (date(day.year, 12, 31) - first).days // step
    return before + 1 + after > usual


def _regular(payments: Iterable[Payment], year: int) -> list[Payment]:
    return [
        one
        for one in payments
        if one.day.year == year
        and any(codes.pay_code(e.code) in codes.TIMED for e in one.lines)
    ]

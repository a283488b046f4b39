"""Salary of a pay period in which it changed, began or ended, by working days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import ZERO, to_cents
from ..law.working import Step, Worked
from .workperiod import Span


@dataclass(frozen=True, slots=True)
class Pay:
    """Salary for a whole pay period, in dollars, in force during ``span``."""

    span: Span
    salary: Decimal


def weekday(day: date) -> bool:
    """Monday to Friday: the working days of a person without a schedule."""
    return day.weekday() < 5


def prorate(
    period: Span, pays: Sequence[Pay], works: Callable[[date], bool] = weekday
) -> Worked:
    """Salary for ``period`` when ``pays`` holds for parts of it.

    Each salary earns its share of the period's working days. Days under no salary (not
    yet hired, already gone) earn nothing. Parts are rounded so that they add up to the
    rounded whole: the same salary before and after a change gives exactly that salary.

    :param works: whether the person works on a day by schedule
    :return: dollars to the cent, one step per part
    :raises ValueError: two salaries hold on one day, or the period has no working day
    """
    days = [day for day in period.days() if works(day)]
    if not days:
        raise ValueError(f"No working day from {period.start} to {period.end}.")
    for day in days if len(pays) > 1 else ():
        if sum(day in pay.span for pay in pays) > 1:
            raise ValueError(f"Two salaries are in force on {day}: end one of them.")
    exact, paid = ZERO, ZERO
    steps = [Step("Working days in the pay period", Decimal(len(days)))]
    for pay in sorted(pays, key=lambda item: item.span.start):
        whole = pay.span.start <= period.start and period.end <= pay.span.end
        count = len(days) if whole else sum(day in pay.span for day in days)
        exact += pay.salary * count / len(days)
        part = to_cents(exact) - paid
        paid += part
        label = f"{pay.salary} for {count} of {len(days)} working days"
        steps.append(Step(label, part))
    return Worked(paid, tuple(steps))

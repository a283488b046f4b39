"""One amount spread over months: by calendar days, equally, or as last year went."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from ...dates import month_end
from ...money import ZERO, to_cents

METHODS = ("days", "equal", "shape")


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from one day's month to another's, both included."""
    start, end = (day.year * 12 + day.month - 1 for day in (first, last))
    return [
        date(index // 12, index % 12 + 1, 1)
        for index in range(start, max(start, end) + 1)
    ]


def shift(month: date, months: int) -> date:
    """The first day of the month so many months later (earlier, if negative)."""
    index = month.year * 12 + month.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def phase(
    amount: Decimal,
    months: Sequence[date],
    method: str,
    shape: Sequence[Decimal] = (),
) -> list[Decimal]:
    """Spread an amount over months; the parts add up to it to the cent.

    :param months: first days of months
    :param method: ``days`` by the days of each month; ``equal``; ``shape`` by what each of
        the same months of last year took, and equally where last year has nothing
    :param shape: last year's amounts, one for each month; what is negative counts as 0
    :return: an amount for each month, in cents
    :raises ValueError: the method is not known, or the shape has another length
    """
    if method not in METHODS:
        raise ValueError(f"{method!r} is no way to spread an amount")
    weights = [Decimal(1)] * len(months)
    if method == "days":
        weights = [Decimal(month_end(month).day) for month in months]
    elif method == "shape":
        if len(shape) != len(months):
            raise ValueError("the shape needs an amount for each month")
        known = [max(part, ZERO) for part in shape]
        weights = known if any(known) else weights
    total, passed, before, parts = sum(weights, ZERO), ZERO, ZERO, []
    for weight in weights:
        passed += weight
        so_far = to_cents(amount * passed / total)
        parts.append(so_far - before)
        before = so_far
    return parts

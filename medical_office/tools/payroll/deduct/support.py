"""Shares what may be taken for support between several orders, to the cent."""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum

from ...money import CENT, ZERO, down_to_cents


class Allocation(Enum):
    """How a state has employers share between families (45 CFR 303.100(a)(5))."""

    PROPORTIONAL = "proportional"  # by each order's part of the total: most states
    EQUAL = "equal"  # the same to each until it is paid: e.g. Texas


def allocate(
    dues: Sequence[tuple[Decimal, Decimal]],
    available: Decimal,
    how: Allocation = Allocation.PROPORTIONAL,
) -> tuple[Decimal, ...]:
    """Dollars for each order, given (current support, arrears) of each.

    Current support of all orders comes before any arrears. The parts add up to the
    smaller of ``available`` (whole cents) and all that is due.
    """
    divide = proportional if how is Allocation.PROPORTIONAL else equal
    current = divide([due for due, _arrears in dues], available)
    left = available - sum(current, ZERO)
    arrears = divide([arrears for _due, arrears in dues], left)
    return tuple(a + b for a, b in zip(current, arrears, strict=True))


def proportional(dues: Sequence[Decimal], available: Decimal) -> tuple[Decimal, ...]:
    """Split by each one's part of the total; leftover cents go to the largest rests."""
    total = sum(dues, ZERO)
    if total <= available:
        return tuple(dues)
    exact = [available * due / total for due in dues]
    parts = [down_to_cents(share) for share in exact]
    cents = int((available - sum(parts, ZERO)) / CENT)
    order = sorted(range(len(dues)), key=lambda i: (parts[i] - exact[i], i))
    for index in order[:cents]:
        parts[index] += CENT
    return tuple(parts)


def equal(dues: Sequence[Decimal], available: Decimal) -> tuple[Decimal, ...]:
    """Give each the same until it is paid; leftover cents go to the first orders."""
    parts = [ZERO] * len(dues)
    left = min(available, sum(dues, ZERO))
    while left >= CENT:
        unpaid = [i for i, due in enumerate(dues) if parts[i] < due]
        step = max(CENT, down_to_cents(left / len(unpaid)))
        for index in unpaid:
            part = min(step, dues[index] - parts[index], left)
            parts[index] += part
            left -= part
    return tuple(parts)

"""Quantities on a shelf: exact decimals in whole steps, and the rounding to packs."""

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

ZERO = Decimal(0)
ONE = Decimal(1)


def exact(value: Decimal | float | str) -> Decimal:
    """``value`` as an exact, finite Decimal (a float through its shortest text).

    :raises ValueError: no finite number
    """
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"{value} is not a quantity")
    return number


def up_to(value: Decimal, step: Decimal) -> Decimal:
    """The smallest multiple of ``step`` that is not below ``value``."""
    return (value / step).to_integral_value(ROUND_CEILING) * step


def down_to(value: Decimal, step: Decimal) -> Decimal:
    """The largest multiple of ``step`` that is not above ``value``."""
    return (value / step).to_integral_value(ROUND_FLOOR) * step


def steps_up(level: float, step: Decimal) -> Decimal:
    """A computed level as the next multiple of ``step``, 17.0000001 being 17."""
    return Decimal(math.ceil(level / float(step) - 1e-6)) * step

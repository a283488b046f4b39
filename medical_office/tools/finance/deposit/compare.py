"""Whether a day's takings agree: day sheet, drawer count and bank."""

from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Difference:
    """What one place has more (positive, over) or less (negative, short) than another."""

    counted: Decimal  # drawer less day sheet
    banked: Decimal | None  # bank less drawer; None while nothing is matched
    within: bool


def compare(
    sheet: Decimal, drawer: Decimal, bank: Decimal | None, tolerance: Decimal
) -> Difference:
    """Compare the three totals of a day.

    :param sheet: what the day sheet says was taken
    :param drawer: what was counted, less the float that stays in the drawer
    :param bank: what the bank received for the day, or None while it is not known
    :param tolerance: differences up to and with this are accepted
    :raises ValueError: the tolerance is negative
    """
    if tolerance < 0:
        raise ValueError("a tolerance is not negative")
    counted = drawer - sheet
    banked = None if bank is None else bank - drawer
    within = abs(counted) <= tolerance and abs(banked or ZERO) <= tolerance
    return Difference(counted, banked, within)

"""Where a person's pay stands: in the pay grade, and beside others in the same job."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

FULL_TIME_HOURS = Decimal(2080)  # 52 weeks of 40 hours
HUNDREDTH = Decimal("0.01")


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def hourly(amount: Decimal, per: str) -> Decimal:
    """Dollars an hour of a full-time wage that is ``per`` hour or year, unrounded.

    :raises ValueError: ``per`` is neither
    """
    if per == "hour":
        return amount
    if per == "year":
        return amount / FULL_TIME_HOURS
    raise ValueError(f"{per!r} is neither hour nor year.")


@dataclass(frozen=True, slots=True)
class Range:
    """A pay grade's range: dollars, all in one unit."""

    minimum: Decimal
    midpoint: Decimal
    maximum: Decimal

    def __post_init__(self) -> None:
        """:raises ValueError: the three do not rise, or are not above zero"""
        if not 0 < self.minimum <= self.midpoint <= self.maximum:
            raise ValueError("Minimum, midpoint and maximum must rise from above zero.")

    def compa_ratio(self, pay: Decimal) -> Decimal:
        """Pay as a part of the midpoint, to the hundredth: 0.95 is 5% below it."""
        return _rounded(pay / self.midpoint)

    def position(self, pay: Decimal) -> Decimal | None:
        """How far into the range: 0 at the minimum, 1 at the maximum; outside beyond.

        None where the range is a single figure.
        """
        width = self.maximum - self.minimum
        return _rounded((pay - self.minimum) / width) if width else None

    def place(self, pay: Decimal) -> str:
        """``below``, ``within`` or ``above`` the range."""
        if pay < self.minimum:
            return "below"
        return "above" if pay > self.maximum else "within"


@dataclass(frozen=True, slots=True)
class Spread:
    """The pay of several people in one job."""

    count: int
    lowest: Decimal
    middle: Decimal
    highest: Decimal

    @property
    def ratio(self) -> Decimal | None:
        """The highest as a multiple of the lowest, to the hundredth."""
        return _rounded(self.highest / self.lowest) if self.lowest else None


def spread(pays: Sequence[Decimal]) -> Spread | None:
    """The spread of pays in one unit; None where there are none."""
    if not pays:
        return None
    return Spread(len(pays), min(pays), _rounded(median(pays)), max(pays))


def gap(pay: Decimal, others: Sequence[Decimal]) -> Decimal | None:
    """How far ``pay`` is from the middle of others' in the job: 0.05 is 5% above.

    None where there is nobody to compare with.
    """
    found = spread(others)
    if found is None or not found.middle:
        return None
    return _rounded(pay / found.middle - 1)

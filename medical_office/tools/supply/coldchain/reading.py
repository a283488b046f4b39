"""One reading of a logger, always in degrees Celsius."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

TENTH = Decimal("0.1")
HUNDREDTH = Decimal("0.01")


class Reading(NamedTuple):
    """A temperature in degrees Celsius at a time.

    ``low`` and ``high`` are the lowest and the highest since the reading before, for a
    logger that keeps them; None otherwise. Whether a reading is outside is judged by
    both ends.
    """

    at: datetime
    celsius: Decimal
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def lowest(self) -> Decimal:
        """The lowest that the reading stands for."""
        return self.celsius if self.low is None else min(self.low, self.celsius)

    @property
    def highest(self) -> Decimal:
        """The highest that the reading stands for."""
        return self.celsius if self.high is None else max(self.high, self.celsius)


def to_celsius(fahrenheit: Decimal) -> Decimal:
    """Fahrenheit as Celsius, to a hundredth: a tenth could hide an excursion."""
    return ((fahrenheit - 32) * 5 / 9).quantize(HUNDREDTH, ROUND_HALF_UP)


def to_fahrenheit(celsius: Decimal) -> Decimal:
    """Celsius as Fahrenheit, to a tenth."""
    return (celsius * 9 / 5 + 32).quantize(TENTH, ROUND_HALF_UP)

"""What is granted for a department's pay, against what its people cost and a change adds."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import to_cents

YEAR = 12  # months


@dataclass(frozen=True, slots=True)
class PayBudget:
    """Some months of one department, in dollars with the employer's taxes and benefits.

    :param first: first day of the first month
    :param last: first day of the last month that has a grant
    :param months: how many months with a grant there are
    :param granted: for pay and benefits in these months
    :param needed: what the people there are cost in these months
    """

    first: date
    last: date
    months: int
    granted: Decimal
    needed: Decimal

    @property
    def left(self) -> Decimal:
        """What is left before a change; below zero: short already."""
        return self.granted - self.needed

    def added(self, year_change: Decimal) -> Decimal:
        """What a change of so many dollars a year adds in these months.

        >>> quarter = PayBudget(date(2027, 1, 1), date(2027, 3, 1), 3, Decimal(0), Decimal(0))
        >>> quarter.added(Decimal(1200))
        Decimal('300.00')
        """
        return to_cents(year_change * self.months / YEAR)

    def after(self, year_change: Decimal) -> Decimal:
        """What is left with the change."""
        return self.left - self.added(year_change)

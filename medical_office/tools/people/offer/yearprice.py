"""What a person costs and takes home in a year: the answer pay gives to an offer."""

from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO


@dataclass(frozen=True, slots=True)
class YearPrice:
    """Dollars of the pay dates of one calendar year, worked and paid in full.

    ``employer_benefits`` are what the payslip adds for the employer: a match, a
    contribution to a savings account. ``first_net`` is what the first paycheck pays out.
    """

    year: int
    paychecks: int
    gross: Decimal
    taxes: Decimal
    deductions: Decimal
    net: Decimal
    employer_taxes: Decimal
    employer_benefits: Decimal
    first_net: Decimal
    notes: tuple[str, ...] = ()

    @property
    def cost(self) -> Decimal:
        """What pay costs the practice: gross, its own taxes, what it adds."""
        return self.gross + self.employer_taxes + self.employer_benefits


NOTHING = YearPrice(0, 0, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO)

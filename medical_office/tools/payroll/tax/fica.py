"""Social Security and Medicare tax, employee and employer (IRC 3101, 3102, 3111)."""

from dataclasses import dataclass
from decimal import Decimal

from ..law.contributions import contributions
from ..law.working import Worked
from .accumulated import SoFar, accumulated_tax


@dataclass(frozen=True, slots=True)
class Fica:
    """The five taxes on one payment; the employer pays no Additional Medicare."""

    social_security: Worked
    medicare: Worked
    additional_medicare: Worked
    employer_social_security: Worked
    employer_medicare: Worked

    @property
    def employee(self) -> Decimal:
        """What is withheld from the employee, dollars."""
        withheld = (self.social_security, self.medicare, self.additional_medicare)
        return sum((tax.amount for tax in withheld), Decimal(0))

    @property
    def employer(self) -> Decimal:
        """What the employer owes on top of the wages, dollars."""
        return self.employer_social_security.amount + self.employer_medicare.amount


def fica(
    year: int,
    social_security_wages: Decimal,
    social_security_before: Decimal | SoFar,
    medicare_wages: Decimal,
    medicare_before: Decimal | SoFar,
    additional_before: SoFar | None = None,
) -> Fica:
    """Return all FICA taxes of one payment.

    The two kinds of wages may differ, so each comes with its own year to date.

    :param additional_before: what was really taxed by the Additional Medicare Tax; left
        out, as it should have been for the wages before
    Other parameters and errors as in ``social_security``.
    """
    pension = social_security(year, social_security_wages, social_security_before)
    hospital = medicare(year, medicare_wages, medicare_before)
    before: Decimal | SoFar | None = additional_before
    if before is None:
        wages = medicare_before
        before = wages.wages if isinstance(wages, SoFar) else wages
    additional = additional_medicare(year, medicare_wages, before)
    return Fica(pension, hospital, additional, pension, hospital)


def social_security(year: int, wages: Decimal, before: Decimal | SoFar) -> Worked:
    """Return the Social Security tax of one side, employee or employer.

    :param year: calendar year of the pay date
    :param wages: Social Security wages of this payment, dollars
    :param before: those this employer paid earlier in the year, dollars, or what was
        really taxed of them
    :return: dollars and cents, rounded as ``accumulated_tax`` says; never above the
        rate on the year's wage base
    :raises TaxYearMissing: no figures of that year are shipped
    :raises ValueError: the wages of the year would be negative
    """
    law = contributions(year)
    return accumulated_tax(
        wages,
        before,
        law.social_security_rate,
        up_to=law.social_security_base,
        source=f"IRC 3101(a), 3111(a); {law.source}",
    )


def medicare(year: int, wages: Decimal, before: Decimal | SoFar) -> Worked:
    """Return the Medicare tax of one side; there is no wage base.

    Parameters and errors as in ``social_security``.
    """
    law = contributions(year)
    return accumulated_tax(
        wages,
        before,
        law.medicare_rate,
        source=f"IRC 3101(b)(1), 3111(b); {law.source}",
    )


def additional_medicare(year: int, wages: Decimal, before: Decimal | SoFar) -> Worked:
    """Return the Additional Medicare tax to withhold from the employee.

    It starts in the payment that takes this employer's wages of the year above the
    threshold, whatever the filing status. Parameters and errors as in
    ``social_security``.
    """
    law = contributions(year)
    return accumulated_tax(
        wages,
        before,
        law.additional_medicare_rate,
        above=law.additional_medicare_threshold,
        source=f"IRC 3101(b)(2), 3102(f); {law.source}",
    )

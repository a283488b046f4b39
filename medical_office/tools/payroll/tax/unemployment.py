"""Unemployment tax of the employer: federal (FUTA) and state (SUTA)."""

from dataclasses import dataclass
from decimal import Decimal

from ...money import ZERO
from ..law import limits
from ..law.contributions import contributions
from ..law.lawtable import kept, rows
from ..law.limits import Status
from ..law.working import Worked
from .accumulated import SoFar, accumulated_tax


class WageBaseMissing(LookupError):
    """No settled state unemployment wage base of that state and year is shipped."""


@dataclass(frozen=True, slots=True)
class WageBase:
    """The yearly wages of one employee that a state taxes, dollars."""

    state: str
    year: int
    amount: Decimal
    status: Status
    note: str
    source: str


def futa(
    year: int,
    wages: Decimal,
    before: Decimal | SoFar,
    credit_reduction: Decimal = ZERO,
) -> Worked:
    """Return the federal unemployment tax the employer owes on one payment.

    :param year: calendar year of the pay date
    :param wages: FUTA wages of this payment, dollars
    :param before: those paid to this employee earlier in the year, or what was really
        taxed of them
    :param credit_reduction: percentage points by which the credit of the work state
        is reduced (see ``credit_reduction``); the law adds it to the fourth quarter
    :return: dollars and cents, the full credit of 5.4 points taken
    :raises TaxYearMissing: no figures of that year are shipped
    :raises ValueError: the wages of the year or the reduction would be negative
    """
    if credit_reduction < ZERO:
        raise ValueError("A credit reduction cannot be negative")
    law = contributions(year)
    rate = law.futa_rate - law.futa_credit + credit_reduction / 100
    source = f"IRC 3301, 3302, 3306(b)(1); {law.source}"
    return accumulated_tax(wages, before, rate, up_to=law.futa_base, source=source)


def credit_reduction(state: str, year: int) -> Decimal:
    """Return the FUTA credit reduction of a state in percentage points, 0 for most.

    :param state: two letters
    :raises LimitMissing: the state may have one in ``year`` and it is not final
    """
    item = f"futa_credit_reduction_{state}"
    if any(row["item"] == item for row in rows(limits.TABLE)):
        return limits.settled(item, year).value
    return ZERO


def suta(
    state: str,
    year: int,
    wages: Decimal,
    before: Decimal | SoFar,
    rate: Decimal,
    base: Decimal | None = None,
) -> Worked:
    """Return the state unemployment contribution of the employer on one payment.

    :param state: two letters
    :param year: calendar year of the pay date
    :param wages: wages of this payment subject to it, dollars
    :param before: those paid to this employee earlier in the year in that state, or what
        was really taxed of them
    :param rate: the employer's own rate of the year as a fraction (0.027)
    :param base: the wage base from the state's rate notice; ours when left out
    :return: dollars and cents
    :raises WageBaseMissing: ``base`` is left out and none is settled
    :raises ValueError: the wages of the year or the rate would be negative
    """
    if rate < ZERO:
        raise ValueError("A contribution rate cannot be negative")
    source = f"{state} rate notice of {year}"
    if base is None:
        found = wage_base(state, year)
        base, source = found.amount, found.source
    return accumulated_tax(wages, before, rate, up_to=base, source=source)


def wage_base(state: str, year: int) -> WageBase:
    """Return the settled wage base of a state in a year.

    :raises WageBaseMissing: none is shipped, or it is not verified; the message says
        what is known and what to do
    """
    found = wage_bases().get((state, year))
    if found and found.status is Status.PUBLISHED:
        return found
    known = f" ({found.amount} is {found.note})" if found else ""
    raise WageBaseMissing(
        f"The {year} unemployment wage base of {state} is not verified{known}: "
        f"enter the base from the state's rate notice of {year}."
    )


@kept
def wage_bases() -> dict[tuple[str, int], WageBase]:
    """Return all shipped wage bases by state and year, settled or not."""
    return {
        (row["state"], int(row["year"])): WageBase(
            row["state"],
            int(row["year"]),
            Decimal(row["wage_base"]),
            Status(row["status"]),
            row["note"],
            row["source"],
        )
        for row in rows("suta_wage_bases")
    }

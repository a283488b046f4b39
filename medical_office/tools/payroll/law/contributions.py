"""The yearly rates and bases of Social Security, Medicare, FUTA and bonus pay."""

from dataclasses import dataclass
from decimal import Decimal

from .federal_tables import TaxYearMissing
from .lawtable import kept, rows


@dataclass(frozen=True, slots=True)
class Contributions:
    """Rates as fractions (6.2% is 0.062), bases in dollars a year."""

    year: int
    social_security_rate: Decimal  # each of employee and employer
    social_security_base: Decimal
    medicare_rate: Decimal  # each of employee and employer
    additional_medicare_rate: Decimal  # employee only
    additional_medicare_threshold: Decimal
    futa_rate: Decimal
    futa_credit: Decimal  # for state contributions paid in full and in time
    futa_base: Decimal
    supplemental_rate: Decimal
    supplemental_mandatory_rate: Decimal
    supplemental_threshold: Decimal
    source: str


@kept
def contributions(year: int) -> Contributions:
    """Return the figures for wages paid in the calendar ``year``.

    :raises TaxYearMissing: that year is not shipped
    """
    for row in rows("federal_contributions"):
        if row["year"] == str(year):
            return Contributions(
                year,
                _percent(row["social_security_percent"]),
                Decimal(row["social_security_base"]),
                _percent(row["medicare_percent"]),
                _percent(row["additional_medicare_percent"]),
                Decimal(row["additional_medicare_threshold"]),
                _percent(row["futa_percent"]),
                _percent(row["futa_credit_percent"]),
                Decimal(row["futa_base"]),
                _percent(row["supplemental_percent"]),
                _percent(row["supplemental_mandatory_percent"]),
                Decimal(row["supplemental_threshold"]),
                row["source"],
            )
    raise TaxYearMissing(
        f"The Social Security, Medicare and FUTA figures of {year} are not shipped: "
        "add the row to federal_contributions.csv as docs/payroll-year.md says."
    )


def _percent(text: str) -> Decimal:
    return Decimal(text) / 100

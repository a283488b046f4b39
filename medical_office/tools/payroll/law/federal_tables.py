"""The yearly figures of federal income tax withholding (IRS Pub. 15-T)."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .certificates import FilingStatus
from .lawtable import kept, rows
from .period import PayPeriod


class TaxYearMissing(LookupError):
    """No federal table of that year is shipped."""


class Bracket(NamedTuple):
    """A row of an annual schedule: columns A, C and D (as a fraction, not percent)."""

    at_least: Decimal
    base: Decimal
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Schedule:
    """An annual percentage method table, rows by rising column A, dollars a year."""

    brackets: tuple[Bracket, ...]
    starts: tuple[Decimal, ...]
    source: str

    def bracket(self, annual: Decimal) -> Bracket:
        """Return the row in which ``annual`` (not negative) falls."""
        return self.brackets[bisect_right(self.starts, annual) - 1]


@dataclass(frozen=True, slots=True)
class FederalYear:
    """Everything Worksheet 1A takes from the publication of one year."""

    year: int
    line_1g: Mapping[FilingStatus, Decimal]
    allowance: Decimal  # line 1k, dollars a year for each allowance
    standard: Mapping[FilingStatus, Schedule]
    step2: Mapping[FilingStatus, Schedule]  # Form W-4, Step 2, Checkbox
    source: str
    verified_by: str


@kept
def federal_year(year: int) -> FederalYear:
    """Return the figures for wages paid in the calendar ``year``.

    :raises TaxYearMissing: that year is not shipped
    """
    for row in rows("federal_parameters"):
        if row["year"] == str(year):
            break
    else:
        raise TaxYearMissing(
            f"The federal withholding tables of {year} are not shipped "
            f"(there are {', '.join(map(str, shipped_years()))}): "
            "import the law package of that year (docs/payroll-year.md) before paying its "
            "wages."
        )
    other = Decimal(row["line_1g_other"])
    return FederalYear(
        year,
        dict.fromkeys(FilingStatus, other)
        | {FilingStatus.MARRIED: Decimal(row["line_1g_married"])},
        Decimal(row["allowance"]),
        _schedules(year, "standard"),
        _schedules(year, "step2_checkbox"),
        row["source"],
        row["verified_by"],
    )


@kept
def shipped_years() -> tuple[int, ...]:
    """Return the years with federal tables, oldest first."""
    return tuple(sorted(int(row["year"]) for row in rows("federal_parameters")))


@kept
def nonresident_addition(year: int, *, before_2020: bool, period: PayPeriod) -> Decimal:
    """Return what Pub. 15-T adds to a nonresident alien's wages, dollars a period.

    Table 1 is for a Form W-4 of 2019 or earlier, Table 2 for later ones. The amount
    counts for income tax withholding only.

    :raises TaxYearMissing: the tables of that year are not shipped
    """
    form = "pre2020" if before_2020 else "2020+"
    for row in rows("federal_nonresident"):
        key = (row["year"], row["form"], row["pay_period"])
        if key == (str(year), form, period.name.lower()):
            return Decimal(row["amount"])
    raise TaxYearMissing(
        f"The nonresident alien amounts of {year} are not shipped: take them from "
        f"Pub. 15-T ({year}), Tables 1 and 2, into federal_nonresident.csv."
    )


def _schedules(year: int, name: str) -> dict[FilingStatus, Schedule]:
    return {status: _schedule(year, name, status) for status in FilingStatus}


def _schedule(year: int, name: str, status: FilingStatus) -> Schedule:
    found = [
        row
        for row in rows("federal_schedules")
        if (row["year"], row["schedule"]) == (str(year), name)
        and row["filing_status"] == status.value
    ]
    brackets = tuple(
        Bracket(
            Decimal(row["at_least"]),
            Decimal(row["base_amount"]),
            Decimal(row["rate_percent"]) / 100,
        )
        for row in found
    )
    starts = tuple(bracket.at_least for bracket in brackets)
    return Schedule(brackets, starts, found[0]["source"])

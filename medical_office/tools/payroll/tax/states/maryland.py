"""Maryland: state and county tax on one base, in one line."""

from decimal import Decimal

from ....money import ZERO
from .bracket import deductions
from .counties import county_of, county_tax
from .inputs import StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax of state and county; 0 where the period's wages are below the floor.

    Nonresidents pay the lowest county rate instead of one. Without a county the
    highest rate is taken and a note says so.

    :raises StateInputError: an unknown county
    """
    floor = law.find("no_tax_below", given.period.name.lower())
    if floor is None:
        floor = law.amount("no_tax_below", "annual") / given.period.per_year
    wages = sheet.annual_wages()
    if given.wages < floor:
        return sheet.line("No tax: wages of the period are below the floor", ZERO)
    taxable = max(ZERO, wages - deductions(law, given, sheet))
    sheet.line("Annual taxable amount", taxable)
    tax = sheet.table_tax(law.schedule(given.filing_status.column), taxable)
    return tax + sheet.line("County tax", _county(law, given, sheet, taxable))


def _county(law: Law, given: StateInput, sheet: Sheet, taxable: Decimal) -> Decimal:
    percent = given.county_percent
    if percent is None and not given.resident:
        percent = law.amount("nonresident_percent")
    elif percent is None and not given.county:
        percent = law.amount("county_percent_unknown")
        sheet.note(
            "county_missing",
            "Maryland: no county of residence is entered, so the highest county rate "
            f"({percent} percent) is withheld.",
            percent=str(percent),
        )
    if percent is not None:
        return taxable * percent * PERCENT
    county = county_of(law, given.county)
    return county_tax(county, given.filing_status.column, taxable)

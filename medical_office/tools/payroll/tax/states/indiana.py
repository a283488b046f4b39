"""Indiana: four kinds of exemptions, each rounded within the period; county tax."""

from decimal import Decimal

from ....money import ZERO, to_cents
from .counties import county_of
from .errors import StateInputError
from .inputs import StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """State tax of a year: the rate on the period's wages less exemptions."""
    taxable = taxable_of_period(law, given, sheet)
    percent = law.schedule(given.filing_status.column).brackets[0].percent
    tax = sheet.line(f"{percent} percent of it", taxable * percent * PERCENT)
    return tax * given.period.per_year


def county_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """County tax of a year, on the same base; it is a line of its own.

    The county is where the employee lived on 1 January, else worked.

    :raises StateInputError: no or an unknown county
    """
    taxable = taxable_of_period(law, given, sheet)
    percent = given.county_percent
    if percent is None:
        if not given.county:
            raise StateInputError("IN", "county", "enter the county of residence.")
        county = county_of(law, given.county)
        percent = county.bands["all"][0][1]
        sheet.line(f"Rate of {county.name} County, percent", percent)
    tax = sheet.line("County tax", taxable * percent * PERCENT)
    return tax * given.period.per_year


def taxable_of_period(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Lines for the exemptions of form WH-4, each to the cent of the period."""
    taxable = sheet.line("Taxable wages of the period", max(ZERO, given.wages))
    for label, name, count in (
        ("personal exemptions (line 5)", "personal", given.allowances),
        ("dependents (line 6)", "dependent", given.dependents),
        (
            "first-time dependents (line 7)",
            "first_time_dependent",
            given.first_time_dependents,
        ),
        ("adopted children (line 8)", "adopted_child", given.adopted_children),
    ):
        share = to_cents(law.amount(name) * count / given.period.per_year)
        taxable -= sheet.less(f"Less: {count} {label}", share)
    return sheet.line("Taxable of the period", max(ZERO, taxable))

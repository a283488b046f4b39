"""Oregon: federal tax is subtracted up to a limit; two schedules by wages."""

from decimal import Decimal

from ....money import ZERO
from .bracket import credited
from .errors import StateInputError
from .inputs import StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - federal tax - standard deduction) less 263 an allowance.

    Who claims three or more allowances reads the married table and deduction. From
    annual wages of 50,000 on another schedule counts, the federal subtraction falls
    in steps by filing status, and above 100,000 (married 200,000) allowances end.
    Without form OR-W-4: 8 percent.

    :raises StateInputError: the federal tax is not given
    """
    wages = sheet.annual_wages()
    if not given.form_on_file:
        percent = law.amount("rate_without_form")
        tax = wages * percent * PERCENT
        return sheet.line(f"No form OR-W-4: {percent} percent of the wages", tax)
    if given.federal_tax is None:
        raise StateInputError(
            "OR", "federal_tax", "compute the federal income tax first; it is deducted."
        )
    status = given.filing_status.column
    column = status
    if given.allowances >= law.amount("married_table_from_allowances"):
        column = "married_jointly"
    caps = law.steps("federal_tax_cap", status)
    federal = max(ZERO, given.federal_tax * given.period.per_year)
    federal = min(federal, ZERO if caps is None else caps.at_least(wages))
    taxable = wages - sheet.less("Less: federal tax of a year, to its limit", federal)
    taxable -= sheet.less(
        "Less: standard deduction", law.amount("standard_deduction", column)
    )
    taxable = sheet.line("BASE", max(ZERO, taxable))
    high = wages >= law.amount("high_wages_from")
    schedule = law.schedule(column, "from_high_wages" if high else "annual")
    tax = sheet.table_tax(schedule, taxable)
    if wages > law.amount("allowances_end_above", status):
        return tax
    return credited(law, given, sheet, tax)

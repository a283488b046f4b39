"""California, Method B (exact calculation): a low-income limit and credits."""

from decimal import Decimal

from ....money import ZERO
from .bracket import credited
from .inputs import StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax, 0 at or below the low-income exemption.

    A married employee whose spouse works, or with two jobs, reads the single column
    throughout; a married one with fewer than two allowances its deduction and
    exemption only. ``additional_allowances`` are those for estimated deductions.
    """
    column = given.filing_status.column
    if given.married and (given.spouse_works or given.two_jobs):
        column = "single"
    limits = column
    if given.married and given.allowances < law.amount("married_doubles_from"):
        limits = "single"
    wages = sheet.annual_wages()
    exemption = sheet.line("Low income exemption", law.amount("low_income", limits))
    if wages <= exemption:
        return sheet.line("No tax: wages do not exceed it", ZERO)
    estimated = sheet.less(
        f"Less: {given.additional_allowances} estimated deduction allowances",
        law.amount("estimated_deduction") * given.additional_allowances,
    )
    deduction = sheet.less(
        "Less: standard deduction", law.amount("standard_deduction", limits)
    )
    taxable = max(ZERO, wages - estimated - deduction)
    sheet.line("Annual taxable amount", taxable)
    tax = sheet.table_tax(law.schedule(column), taxable)
    return credited(law, given, sheet, tax)

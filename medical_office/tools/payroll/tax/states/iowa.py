"""Iowa: one rate, a deduction by status and period, a credit in dollars."""

from decimal import Decimal

from ....money import ZERO, to_cents
from .inputs import StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: 3.8 percent after the period's deduction, less the W-4 allowance.

    The deduction of a married employee is the double one unless the spouse works.
    The allowance is dollars of tax a year (``allowance_amount``), on forms of 2023
    and before 40 for each allowance.
    """
    periods = given.period.per_year
    column = given.filing_status.column
    if given.married and not given.spouse_works:
        column = "married_sole_earner"
    wages = sheet.line("Taxable wages of the period", max(ZERO, given.wages))
    deduction = sheet.less(
        "Less: deduction of the period",
        to_cents(law.amount("deduction", column) / periods),
    )
    taxable = sheet.line(
        "T1: taxable of a year", max(ZERO, wages - deduction) * periods
    )
    tax = sheet.table_tax(law.schedule(given.filing_status.column), taxable)
    allowance = given.allowance_amount
    if allowance is None:
        allowance = law.amount("allowance_credit") * given.allowances
    return max(ZERO, tax - sheet.less("Less: W-4 allowance of a year", allowance))

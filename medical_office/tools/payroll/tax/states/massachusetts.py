"""Massachusetts: payroll taxes are deductible up to a limit; credits by status."""

from decimal import Decimal

from ....money import ZERO
from .inputs import FilingStatus, StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax; 0 for who claims an exemption and earns less than 8,000 a year.

    Social Security and Medicare count at their percentage of the annual wages, up to
    2,000 a year. ``blind`` counts the employee and the spouse.
    """
    wages = sheet.annual_wages()
    if given.allowances and wages < law.amount("no_tax_below"):
        return sheet.line("No tax: annual wages are below the limit", ZERO)
    payroll = wages * law.amount("payroll_tax_percent") * PERCENT
    payroll = min(payroll, law.amount("payroll_tax_cap"))
    taxable = wages - sheet.less("Less: Social Security and Medicare", payroll)
    if given.allowances:
        further = law.amount("allowance") * (given.allowances - 1)
        taxable -= sheet.less(
            f"Less: {given.allowances} exemptions",
            law.amount("first_allowance") + further,
        )
    taxable = sheet.line("Annual taxable amount", max(ZERO, taxable))
    tax = sheet.table_tax(law.schedule(given.filing_status.column), taxable)
    if given.filing_status is FilingStatus.HEAD_OF_HOUSEHOLD:
        tax -= sheet.less(
            "Less: head of household", law.amount("head_of_household_credit")
        )
    tax -= sheet.less("Less: blindness", law.amount("blind_credit") * given.blind)
    return max(ZERO, tax)

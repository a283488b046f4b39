"""Mississippi: the employee states the exemption in dollars on form 89-350."""

from decimal import Decimal

from ....money import ZERO
from .inputs import StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - standard deduction - exemption).

    Without an amount on the form the usual exemption of the status counts, and none
    where there is no form.
    """
    column = given.filing_status.column
    exemption = given.allowance_amount
    if exemption is None:
        exemption = law.amount("exemption", column) if given.form_on_file else ZERO
    wages = sheet.annual_wages()
    taxable = wages - sheet.less(
        "Less: standard deduction", law.amount("standard_deduction", column)
    )
    taxable -= sheet.less("Less: exemption (form 89-350)", exemption)
    taxable = sheet.line("Annual taxable amount", max(ZERO, taxable))
    return sheet.table_tax(law.schedule(column), taxable)

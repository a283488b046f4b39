"""Missouri: the married deduction depends on whether the spouse works."""

from decimal import Decimal

from ....money import ZERO
from .inputs import StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - deduction); the double deduction unless the spouse works."""
    column = given.filing_status.column
    name = "married_sole_earner" if given.married and not given.spouse_works else column
    wages = sheet.annual_wages()
    deduction = sheet.less(
        "Less: standard deduction", law.amount("standard_deduction", name)
    )
    taxable = sheet.line("Annual taxable amount", max(ZERO, wages - deduction))
    return sheet.table_tax(law.schedule(column), taxable)

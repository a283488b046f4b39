"""Kansas: the first allowance, married the first two, is worth more."""

from decimal import Decimal

from ....money import ZERO
from .inputs import StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - allowances)."""
    column = given.filing_status.column
    firsts = min(given.allowances, int(law.amount("first_allowance_count", column)))
    wages = sheet.annual_wages()
    exemption = sheet.less(
        f"Less: {firsts} first allowances", law.amount("first_allowance") * firsts
    )
    further = given.allowances - firsts
    exemption += sheet.less(
        f"Less: {further} further allowances", law.amount("allowance") * further
    )
    taxable = sheet.line("Annual taxable amount", max(ZERO, wages - exemption))
    return sheet.table_tax(law.schedule(column), taxable)

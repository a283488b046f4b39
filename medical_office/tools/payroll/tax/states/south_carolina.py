"""South Carolina: the standard deduction is a share of the wages."""

from decimal import Decimal

from ....money import ZERO
from .bracket import allowances
from .inputs import StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - deduction - allowances).

    The deduction, 10 percent of W up to 7,500, is only for who claims an allowance.
    """
    wages = sheet.annual_wages()
    deduction = ZERO
    if given.allowances:
        share = wages * law.amount("deduction_percent") * PERCENT
        deduction = sheet.less(
            "Less: standard deduction", min(share, law.amount("deduction_cap"))
        )
    taxable = max(ZERO, wages - deduction - allowances(law, given, sheet))
    sheet.line("Annual taxable amount", taxable)
    return sheet.table_tax(law.schedule(given.filing_status.column), taxable)

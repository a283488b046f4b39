"""Rhode Island: allowances end at high wages."""

from decimal import Decimal

from ....money import ZERO
from .bracket import allowances
from .inputs import StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - allowances), without them when W exceeds 290,800."""
    wages = sheet.annual_wages()
    taxable = wages
    if wages <= law.amount("allowances_end_above"):
        taxable = max(ZERO, wages - allowances(law, given, sheet))
    sheet.line("Annual taxable amount", taxable)
    return sheet.table_tax(law.schedule(given.filing_status.column), taxable)

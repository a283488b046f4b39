"""Wisconsin: the deduction slides down with the wages."""

from decimal import Decimal

from ....money import ZERO
from .bracket import allowances
from .inputs import StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - sliding deduction - exemptions)."""
    column = given.filing_status.column
    wages = sheet.annual_wages()
    deduction = sheet.less("Less: deduction", sliding_deduction(law, column, wages))
    taxable = max(ZERO, wages - deduction - allowances(law, given, sheet))
    sheet.line("Annual taxable amount", taxable)
    return sheet.table_tax(law.schedule(column), taxable)


def sliding_deduction(law: Law, column: str, wages: Decimal) -> Decimal:
    """Full up to an edge of the annual ``wages``, then less a share of the excess."""
    over = max(ZERO, wages - law.amount("deduction_full_to", column))
    share = law.amount("deduction_taper_percent", column) * PERCENT
    return max(ZERO, law.amount("deduction", column) - over * share)

"""New York State: the exact calculation, and one flat rate for the highest wages."""

from decimal import Decimal

from ....money import ZERO
from .bracket import deductions
from .inputs import StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax by Method II, from 1,077,550 (married 2,155,350) of net wages by
    Method III: one rate on all of them. New York City and Yonkers are not in it."""
    column = given.filing_status.column
    wages = sheet.annual_wages()
    taxable = max(ZERO, wages - deductions(law, given, sheet))
    sheet.line("Annual net wages", taxable)
    rates = law.steps("top_rate_percent", column)
    percent = ZERO if rates is None else rates.at_least(taxable)
    if percent:
        return sheet.line(f"Method III: {percent} percent", taxable * percent * PERCENT)
    return sheet.table_tax(law.schedule(column), taxable)

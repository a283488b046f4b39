"""Maine: the standard deduction falls in a straight line to nothing."""

from decimal import Decimal

from ....money import ZERO
from .bracket import allowances
from .inputs import StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - falling deduction - allowances).

    The printed examples measure the fall by the annual wages themselves.
    """
    column = given.filing_status.column
    wages = sheet.annual_wages()
    exemption = allowances(law, given, sheet)
    deduction = sheet.less(
        "Less: standard deduction", standard_deduction(law, column, wages)
    )
    taxable = max(ZERO, wages - exemption - deduction)
    sheet.line("Annual taxable amount", taxable)
    return sheet.table_tax(law.schedule(column), taxable)


def standard_deduction(law: Law, column: str, wages: Decimal) -> Decimal:
    """The deduction at annual ``wages``: full up to an edge, none from the next."""
    start = law.amount("phase_out_from", column)
    end = law.amount("phase_out_to", column)
    full = law.amount("standard_deduction", column)
    if wages <= start:
        return full
    if wages >= end:
        return ZERO
    return full * (end - wages) / (end - start)

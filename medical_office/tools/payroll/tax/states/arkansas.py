"""Arkansas: the table is read at the middle of a 100-dollar step."""

from decimal import ROUND_FLOOR, Decimal

from ....money import ZERO, to_dollars
from .bracket import credited
from .inputs import StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax, to the dollar, less 29 for each exemption.

    Net taxable income below 100,001 is taken at the middle of its 100-dollar step,
    the tax on it rounded to the dollar (steps 2 and 3 of the formula method).
    """
    wages = sheet.annual_wages()
    deduction = sheet.less("Less: standard deduction", law.amount("standard_deduction"))
    net = sheet.line("Net taxable income", max(ZERO, wages - deduction))
    step = law.amount("midrange_step")
    if ZERO < net < law.amount("midrange_below"):
        steps = (net / step).to_integral_value(ROUND_FLOOR)
        net = sheet.line("Middle of its step", steps * step + step / 2)
    tax = sheet.table_tax(law.schedule("all"), net)
    tax = sheet.line("Annual tax to the dollar", to_dollars(tax))
    return credited(law, given, sheet, tax)

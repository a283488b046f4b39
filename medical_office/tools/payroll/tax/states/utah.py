"""Utah: one rate less a credit that melts with the wages."""

from decimal import Decimal

from ....money import ZERO
from .inputs import StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Tax of a year: the period's wages through the schedule of Publication 14.

    Line by line as printed: tax (2), credit (3), wages over the threshold (4), 1.3
    percent of them (5), credit left (6), tax less credit (7). The guide rounds every
    line to the dollar, the credit and the threshold of the period too.
    """
    column, periods = given.filing_status.column, given.period.per_year
    line = sheet.rounded_line
    wages = line("1: taxable wages of the period", max(ZERO, given.wages))
    percent = law.schedule(column).brackets[0].percent
    tax = line(f"2: {percent} percent of line 1", wages * percent * PERCENT)
    credit = line("3: base allowance", law.amount("credit", column) / periods)
    full_to = law.amount("credit_full_to", column) / periods
    full_to = line("Threshold of the period", full_to)
    over = line("4: wages over the threshold", max(ZERO, wages - full_to))
    taper = law.amount("credit_taper_percent") * PERCENT
    left = max(ZERO, credit - line("5: taper of line 4", over * taper))
    left = line("6: line 3 less line 5", left)
    return line("7: line 2 less line 6", max(ZERO, tax - left)) * periods

"""Nebraska: the common rule, with a remark where little is withheld."""

from decimal import Decimal

from . import bracket
from .inputs import StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - allowances).

    Below 1.5 percent of the wages a note reminds of the special procedure: an
    employer of more than 24 has to withhold that much or keep the proof for less.
    """
    tax = bracket.annual_tax(law, given, sheet)
    percent = law.amount("minimum_percent")
    if tax < given.annual_wages * percent * PERCENT:
        sheet.note(
            "nebraska_minimum",
            f"Nebraska: less than {percent} percent of the wages is withheld. An "
            "employer of 25 or more keeps the employee's proof for it, or withholds "
            f"{percent} percent (Circular EN, special withholding procedure).",
            percent=str(percent),
        )
    return tax

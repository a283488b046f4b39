"""Connecticut: the code of form CT-W4 picks five tables which act on each other."""

from decimal import Decimal

from ....money import ZERO
from .errors import StateInputError
from .inputs import StateInput
from .law import Law
from .schedule import PERCENT
from .sheet import Sheet

# code of form CT-W4 -> column of Table B; E withholds nothing
_COLUMNS = {
    "A": "single",
    "B": "head_of_household",
    "C": "married_jointly",
    "D": "single",
    "F": "single",
}


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax by the withholding calculation rules (TPG-211).

    Without a form (no code) the rate for it on all wages; code E: nothing.

    :raises StateInputError: a code which form CT-W4 does not have
    """
    code = given.code.upper()
    wages = sheet.annual_wages()
    if not code:
        percent = law.amount("rate_without_form")
        return sheet.line(
            f"No form CT-W4: {percent} percent of the wages", wages * percent * PERCENT
        )
    if code == "E":
        return sheet.line("Code E: nothing is withheld", ZERO)
    if code not in _COLUMNS:
        raise StateInputError(
            "CT", "code", f"form CT-W4 has no code {given.code!r}: A, B, C, D, E or F."
        )
    exemption = sheet.less(
        "Table A: personal exemption", _by_wages(law, "exemption", code, wages)
    )
    taxable = sheet.line("Annual taxable amount", max(ZERO, wages - exemption))
    tax = sheet.table_tax(law.schedule(_COLUMNS[code]), taxable)
    tax += sheet.less(
        "Table C: phase-out add-back", _by_wages(law, "phase_out", code, wages)
    )
    tax += sheet.less("Table D: recapture", _by_wages(law, "recapture", code, wages))
    credit = sheet.less(
        "Table E: personal credit (share of the tax)",
        _by_wages(law, "credit", code, wages),
    )
    return sheet.line("Annual tax after the credit", tax * (1 - credit))


def _by_wages(law: Law, table: str, code: str, wages: Decimal) -> Decimal:
    steps = law.steps(table, code)
    return ZERO if steps is None else steps.over(wages)

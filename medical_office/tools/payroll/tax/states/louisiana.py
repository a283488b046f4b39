"""Louisiana: block A of form L-4 (0, 1 or 2) picks the standard deduction."""

from decimal import Decimal

from ....money import ZERO
from .errors import StateInputError
from .inputs import FilingStatus, StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: 3.09 percent over the standard deduction; none without form L-4.

    Where the block is not entered, the filing status stands for it: 1 for single or
    married filing separately, 2 for the others.

    :raises StateInputError: a code other than 0, 1 or 2
    """
    block = given.code or _block(given)
    if law.find("standard_deduction", block) is None:
        raise StateInputError(
            "LA", "code", f"block A of form L-4 is 0, 1 or 2, not {given.code!r}."
        )
    wages = sheet.annual_wages()
    deduction = sheet.less(
        f"Less: standard deduction (block A: {block})",
        law.amount("standard_deduction", block),
    )
    taxable = sheet.line("Annual taxable amount", max(ZERO, wages - deduction))
    return sheet.table_tax(law.schedule(block), taxable)


def _block(given: StateInput) -> str:
    if not given.form_on_file:
        return "0"
    double = (FilingStatus.MARRIED_JOINTLY, FilingStatus.HEAD_OF_HOUSEHOLD)
    return "2" if given.filing_status in double else "1"

"""Alabama: the deduction falls in steps, and federal tax is deductible."""

from decimal import ROUND_CEILING, Decimal

from ....money import ZERO
from .errors import StateInputError
from .inputs import FilingStatus, StateInput
from .law import Law
from .sheet import Sheet

# form A-4 letter -> column of the bracket table
_COLUMNS = {
    "0": "single",
    "S": "single",
    "MS": "single",
    "M": "married_jointly",
    "H": "head_of_household",
}
_LETTERS = {
    FilingStatus.SINGLE: "S",
    FilingStatus.MARRIED_JOINTLY: "M",
    FilingStatus.MARRIED_SEPARATELY: "MS",
    FilingStatus.HEAD_OF_HOUSEHOLD: "H",
}


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax after deduction, federal tax, personal exemption and dependents.

    The letter of form A-4 (by default the filing status) picks deduction, exemption
    and table; ``allowances`` are the dependents.

    :raises StateInputError: unknown letter, or the federal tax is not given
    """
    letter = given.code.upper() or _LETTERS[given.filing_status]
    if letter not in _COLUMNS:
        raise StateInputError(
            "AL", "code", f"form A-4 has no exemption {given.code!r}: 0, S, MS, M or H."
        )
    if given.federal_tax is None:
        raise StateInputError(
            "AL", "federal_tax", "compute the federal income tax first; it is deducted."
        )
    wages = sheet.annual_wages()
    taxable = wages - sheet.less(
        "Less: standard deduction", standard_deduction(law, letter, wages)
    )
    taxable -= sheet.less(
        "Less: federal income tax of a year",
        max(ZERO, given.federal_tax * given.period.per_year),
    )
    taxable -= sheet.less(
        f"Less: personal exemption {letter}", law.amount("personal_exemption", letter)
    )
    table = law.steps("dependent_exemption")
    each = ZERO if table is None else table.over(wages)
    taxable -= sheet.less(
        f"Less: {given.allowances} dependents at {each} each", each * given.allowances
    )
    taxable = sheet.line("Annual taxable amount", max(ZERO, taxable))
    return sheet.table_tax(law.schedule(_COLUMNS[letter]), taxable)


def standard_deduction(law: Law, letter: str, wages: Decimal) -> Decimal:
    """The deduction of a letter: it falls by a step for each started 500 (MS: 250)
    dollars of annual ``wages`` over the edge, down to its floor."""
    over = max(ZERO, wages - law.amount("deduction_from", letter))
    started = (over / law.amount("deduction_step_wages", letter)).to_integral_value(
        ROUND_CEILING
    )
    full = law.amount("deduction", letter)
    fallen = full - started * law.amount("deduction_step", letter)
    return max(law.amount("deduction_floor", letter), fallen)

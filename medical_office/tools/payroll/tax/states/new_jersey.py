"""New Jersey: a lettered rate table for each pay period."""

from decimal import Decimal

from ....money import ZERO
from .errors import StateInputError
from .inputs import FilingStatus, StateInput
from .law import Law
from .sheet import Sheet

_LETTERS = {
    FilingStatus.SINGLE: "A",
    FilingStatus.MARRIED_SEPARATELY: "A",
    FilingStatus.MARRIED_JOINTLY: "B",
    FilingStatus.HEAD_OF_HOUSEHOLD: "B",
}


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Tax of a year: that of the period, from the printed table of the period.

    The letter is that of form NJ-W4 line 3, by default A for single and B for joint
    filers and heads of household. Periods for which no table is kept here (daily,
    quarterly, semiannual) are annualised through the annual table.

    :raises StateInputError: a letter other than A to E
    """
    letter = given.code.upper() or _LETTERS[given.filing_status]
    if ("annual", letter) not in law.schedules:
        raise StateInputError(
            "NJ", "code", f"form NJ-W4 has no rate table {given.code!r}: A to E."
        )
    period = given.period.name.lower()
    times = 1
    if (period, letter) not in law.schedules:
        period, times = "annual", given.period.per_year
    wages = sheet.line(f"Taxable wages ({period})", max(ZERO, given.wages) * times)
    allowance = law.amount("allowance", period)
    exemption = sheet.less(
        f"Less: {given.allowances} allowances of {allowance}",
        allowance * given.allowances,
    )
    taxable = sheet.line("Taxable amount", max(ZERO, wages - exemption))
    sheet.line(f"Rate table {letter}, {period}", taxable)
    tax = sheet.table_tax(law.schedule(letter, period), taxable)
    return tax if times > 1 else tax * given.period.per_year

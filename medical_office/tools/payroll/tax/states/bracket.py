"""The rule most states share: annualise, deduct, look up the table, credit.

Flat states are a table of one bracket. An accountant's own table runs here too.
"""

from decimal import Decimal

from ....money import ZERO
from .inputs import StateInput
from .law import Law
from .sheet import Sheet


def annual_tax(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Annual tax: T(W - standard deduction - allowances) - credits, not below 0.

    T is the state's table, W the annual wages. Allowances of a second kind (line 2
    of the Illinois form) and credits by allowance count where the state has them;
    where its form states the annual deduction itself (Colorado DR 0004), the amount
    on the form replaces the standard one.
    """
    wages = sheet.annual_wages()
    taxable = max(ZERO, wages - deductions(law, given, sheet))
    sheet.line("Annual taxable amount", taxable)
    tax = sheet.table_tax(law.schedule(given.filing_status.column), taxable)
    return credited(law, given, sheet, tax)


def deductions(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """Lines for the standard deduction and the allowances; returns their sum."""
    column = given.filing_status.column
    standard = law.find("standard_deduction", column) or ZERO
    if law.find("form_replaces_deduction") and given.allowance_amount is not None:
        standard = given.allowance_amount
    total = sheet.less("Less: standard deduction", standard)
    total += allowances(law, given, sheet)
    second = law.find("additional_allowance") or ZERO
    return total + sheet.less(
        f"Less: {given.additional_allowances} additional allowances of {second}",
        second * given.additional_allowances,
    )


def allowances(law: Law, given: StateInput, sheet: Sheet) -> Decimal:
    """A line for the allowances claimed at their value."""
    value = law.find("allowance") or ZERO
    return sheet.less(
        f"Less: {given.allowances} allowances of {value}", value * given.allowances
    )


def credited(law: Law, given: StateInput, sheet: Sheet, tax: Decimal) -> Decimal:
    """Lines for the credit by allowances; returns the tax less it, not below 0."""
    credit = law.find("allowance_credit") or ZERO
    return max(
        ZERO,
        tax
        - sheet.less(
            f"Less: credit of {credit} for each of {given.allowances} allowances",
            credit * given.allowances,
        ),
    )

"""The accountant's own dated bracket table, for a state (or a city) without one."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from .errors import BadTable
from .inputs import FilingStatus
from .law import Law, Method, Proof, RoundsTo, WageBase
from .schedule import Bracket, Schedule

# a base tax further than this from what the bracket below reaches is worth a look
SLIP = Decimal(1)


def entered_table(
    state: str,
    valid_from: date,
    valid_to: date | None,
    brackets: Mapping[FilingStatus, Sequence[Bracket]],
    *,
    citation: str,
    standard_deduction: Mapping[FilingStatus, Decimal] | None = None,
    allowance: Decimal = Decimal(0),
    allowance_credit: Decimal = Decimal(0),
    rounds_to: RoundsTo = RoundsTo.CENT,
    wage_base: WageBase = WageBase.FEDERAL,
) -> Law:
    """A law made of annual brackets (dollars, percents), run by the common rule.

    Statuses without brackets of their own read the single ones. ``allowance`` comes
    off the wages, ``allowance_credit`` off the tax, for each allowance claimed.

    :raises BadTable: brackets that do not rise, no single column, no citation, a
        negative amount, or an end before the beginning
    """
    if FilingStatus.SINGLE not in brackets:
        raise BadTable("Enter the brackets of the single column; others may follow it.")
    if not citation.strip():
        raise BadTable("Name the guide the table was read from, with its date.")
    if valid_to is not None and valid_to < valid_from:
        raise BadTable(f"The table would end on {valid_to}, before it begins.")
    deductions = dict(standard_deduction or {})
    for amount in (allowance, allowance_credit, *deductions.values()):
        if amount < 0:
            raise BadTable(f"A deduction or allowance cannot be {amount}.")
    schedules = {
        ("annual", status.column): Schedule(tuple(rows))
        for status, rows in brackets.items()
    }
    schedules["annual", "all"] = schedules["annual", FilingStatus.SINGLE.column]
    parameters = {
        ("standard_deduction", status.column): amount
        for status, amount in deductions.items()
    }
    parameters["allowance", "all"] = allowance
    parameters["allowance_credit", "all"] = allowance_credit
    return Law(
        state=state,
        valid_from=valid_from,
        valid_to=valid_to,
        method=Method.ENTERED,
        proof=Proof.ENTERED,
        citation=citation.strip(),
        rounds_to=rounds_to,
        wage_base=wage_base,
        parameters=parameters,
        schedules=schedules,
    )


def doubtful_brackets(law: Law) -> list[tuple[str, Bracket, Decimal]]:
    """Brackets whose base tax is off by a dollar or more from what the one below
    reaches: (column, bracket, dollars off). To be shown when a table is entered; a
    few states mean it, most such jumps are slips of the pen."""
    return [
        (column, row, off)
        for (_, column), schedule in law.schedules.items()
        if column != "all"
        for row, off in schedule.jumps()
        if abs(off) >= SLIP
    ]

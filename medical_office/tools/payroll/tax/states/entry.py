"""The way in: from a state's code and a pay date to a withholding."""

from collections.abc import Sequence
from datetime import date

from ...law.statenames import NAMES, name_of
from . import indiana
from .engine import evaluate
from .errors import NoStateTable, StateInputError, UnknownState
from .inputs import StateInput, Withheld
from .law import Law, Method, WageBase
from .tables import laws

# The data's license asks for this line wherever the figures are shown or passed on.
ATTRIBUTION = (
    "State withholding figures: US payroll tax tables by PayStub Desk "
    "(https://paystubdesk.com, github.com/Nyaksik/us-payroll-tax-tables), licensed "
    "under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/); rearranged, "
    "dated and checked against further sources."
)


def law_on(
    state: str,
    pay_date: date,
    given: StateInput | None = None,
    custom: Sequence[Law] = (),
) -> Law:
    """The rules in force for a pay. A table the practice entered goes before ours,
    the one that began last before older ones.

    States that date a change by the pay period (Ohio, Utah) decide by the period's
    dates in ``given``, else by the pay date.

    :raises UnknownState: no such state, and no entered table for it
    :raises NoStateTable: nothing is in force on that day
    """
    entered = [law for law in custom if law.state == state and law.covers(pay_date)]
    if entered:
        return max(entered, key=lambda law: law.valid_from)
    if state not in NAMES:
        raise UnknownState(state)
    known = [law for law in laws()[state] if law.covers(pay_date)]
    if not known:
        raise NoStateTable(state, pay_date)
    if given is None:
        return known[0]
    # a period across the edge of what we have is paid by the table of its pay date
    day = known[0].deciding_day(pay_date, given)
    return next((law for law in laws()[state] if law.covers(day)), known[0])


def withhold(
    state: str, pay_date: date, given: StateInput, custom: Sequence[Law] = ()
) -> Withheld:
    """State income tax to withhold from one pay, in dollars and cents.

    ``custom`` are the practice's own tables (see ``entered_table``). The result
    carries the worksheet, each line with its citation, and notes for the user: what
    is unproven, what was assumed.

    :raises UnknownState: no such state
    :raises NoStateTable: no table in force; the accountant has to enter one
    :raises StateInputError: an entry of the state form is missing or cannot be right
    """
    return evaluate(law_on(state, pay_date, given, custom), given)


def withhold_county(
    state: str, pay_date: date, given: StateInput, custom: Sequence[Law] = ()
) -> Withheld:
    """County income tax that is a line of its own (Indiana), in dollars and cents.

    Maryland's is part of the state's line. What the employee asked to be withheld in
    addition belongs to the state's line and is not repeated here.

    :raises StateInputError: a state without such a tax; no or an unknown county
    :raises UnknownState, NoStateTable: as for ``withhold``
    """
    law = law_on(state, pay_date, given, custom)
    if law.state != "IN" or law.method is not Method.SPECIAL:
        raise StateInputError(
            state, "county", f"{name_of(state)} has no county tax line of its own."
        )
    if given.extra or given.reduced:
        raise StateInputError(
            state, "extra", "additional withholding belongs to the state's line."
        )
    return evaluate(law, given, indiana.county_tax)


def wage_base(state: str, pay_date: date, custom: Sequence[Law] = ()) -> WageBase:
    """Which pre-tax deductions lower the state's taxable wages (see ``WageBase``).

    :raises UnknownState, NoStateTable: as for ``withhold``
    """
    return law_on(state, pay_date, None, custom).wage_base

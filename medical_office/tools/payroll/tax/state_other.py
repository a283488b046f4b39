"""Employee taxes of states beside income tax: disability, paid leave and the like.

A tax is a dated row of ``tables/state_other.csv``. Several are ceilings: the employer
may deduct up to so much and pay the rest (``elective``); what the practice has chosen
is its own record and comes in as ``elected_percent``.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import Enum

from ...money import ZERO, to_cents
from ..law.lawtable import kept
from ..law.period import PayPeriod
from ..law.statenames import NAMES, name_of
from ..law.working import Step
from .accumulated import capped
from .states.errors import BadTable, StateInputError, UnknownState
from .states.inputs import Note, Withheld
from .states.law import WageBase
from .states.schedule import PERCENT
from .states.tables import Row, read

COLUMNS = (
    "code,state,program,valid_from,valid_to,kind,percent,amount,annual_wage_cap,"
    "annual_max,weekly_max,elective,min_employees,max_employees,wage_base,rounding,"
    "proof,mark,citation,url"
)
_WEEKS = 52
_MILL = Decimal("0.001")


class Kind(Enum):
    """PERCENT of wages at each pay, or an AMOUNT once a quarter."""

    PERCENT = "percent"
    PER_QUARTER = "per_quarter"


class CentRule(Enum):
    """CENT: half a cent rises. MILLS_DROPPED: what is beyond the third place is
    dropped first (Pennsylvania)."""

    CENT = "cent"
    MILLS_DROPPED = "mills_dropped"


@dataclass(frozen=True, slots=True)
class OtherTax:
    """One tax in one span of time; caps are dollars, ``None`` is "no such cap"."""

    code: str
    state: str
    program: str
    valid_from: date
    valid_to: date
    kind: Kind
    percent: Decimal
    amount: Decimal
    annual_wage_cap: Decimal | None
    annual_max: Decimal | None
    weekly_max: Decimal | None
    elective: bool
    min_employees: int | None
    max_employees: int | None
    wage_base: WageBase
    rounding: CentRule
    proven: bool
    mark: str
    citation: str
    url: str

    @property
    def name(self) -> str:
        return f"{name_of(self.state)} {self.program}"


@dataclass(frozen=True, slots=True)
class OtherInput:
    """One pay of one employee; wages are those of the tax's ``wage_base``.

    ``ytd_wages`` and ``ytd_withheld`` are this calendar year before this pay, with
    this employer; ``ytd_taxed`` the part of the wages that was really taxed under the
    cap (left out: as much as the cap allows). ``quarter_end``: the employee works on
    the last day of the quarter and this is the pay to take a quarterly fee from, less
    what the month had of it: two payments close a quarter where one is a bonus.
    ``period_paid``: another payment carries the maximum of the period.
    """

    wages: Decimal
    period: PayPeriod
    ytd_wages: Decimal = ZERO
    ytd_withheld: Decimal = ZERO
    elected_percent: Decimal | None = None
    quarter_end: bool = False
    ytd_taxed: Decimal | None = None
    month_withheld: Decimal = ZERO
    period_paid: bool = False


@kept
def everything() -> tuple[OtherTax, ...]:
    """Every tax of every span, in the order of the table; read once.

    :raises BadTable: a wrong cell
    """
    return tuple(_tax(row) for row in read("state_other", COLUMNS))


def taxes(state: str, pay_date: date, employees: int | None = None) -> list[OtherTax]:
    """The employee taxes of a state in force on a pay date.

    ``employees`` is the employer's head count, which decides in Delaware.

    :raises UnknownState: no such state
    :raises StateInputError: the head count decides and is not given
    """
    if state not in NAMES:
        raise UnknownState(state)
    found = []
    for tax in everything():
        if tax.state != state or not tax.valid_from <= pay_date <= tax.valid_to:
            continue
        if tax.min_employees is not None and employees is None:
            raise StateInputError(
                state, "employees", f"{tax.program} depends on your head count."
            )
        low, high, count = tax.min_employees, tax.max_employees, employees or 0
        if (low is None or count >= low) and (high is None or count <= high):
            found.append(tax)
    return found


def withhold(tax: OtherTax, given: OtherInput) -> Withheld:
    """What one tax takes from one pay, in dollars and cents.

    Wages count up to the annual cap, less what has been taxed under it: the room that a
    payment taken back leaves is filled by the next ones. The sum of the year never
    exceeds the cap times the rate (or the annual maximum) to the cent.

    :raises StateInputError: an elected percent above the law's, or where the law
        leaves no choice
    """
    steps: list[Step] = []
    notes = _notes(tax, given)
    if tax.kind is Kind.PER_QUARTER:
        due = max(ZERO, tax.amount - max(ZERO, given.month_withheld))
        fee = due if given.quarter_end else ZERO
        steps.append(Step("Fee of the quarter", fee, tax.citation))
        return Withheld(fee, tuple(steps), tuple(notes))
    percent = _percent(tax, given)
    wages = max(ZERO, given.wages)
    steps.append(Step("Wages of the period", wages, tax.citation))
    if tax.annual_wage_cap is not None:
        room = capped(tax.annual_wage_cap, wages, given.ytd_wages, given.ytd_taxed)
        wages = room.amount
        steps += [replace(step, source=tax.citation) for step in room.steps]
    amount = _cents(tax, wages * percent * PERCENT)
    steps.append(Step(f"{percent} percent", amount, tax.citation))
    for label, limit in _limits(tax, given, percent):
        if amount > limit:
            amount = limit
            steps.append(Step(label, limit, tax.citation))
    return Withheld(amount, tuple(steps), tuple(notes))


def _percent(tax: OtherTax, given: OtherInput) -> Decimal:
    if given.elected_percent is None:
        return tax.percent
    if not tax.elective or not 0 <= given.elected_percent <= tax.percent:
        allowed = f"0 to {tax.percent}" if tax.elective else f"{tax.percent}, no other"
        raise StateInputError(
            tax.state,
            "elected_percent",
            f"{tax.program} is {allowed} percent, not {given.elected_percent}.",
        )
    return given.elected_percent


def _limits(
    tax: OtherTax, given: OtherInput, percent: Decimal
) -> list[tuple[str, Decimal]]:
    """What the amount may not exceed: by week, and by what the year leaves."""
    limits = []
    if tax.weekly_max is not None:
        of_period = to_cents(tax.weekly_max * _WEEKS / given.period.per_year)
        if given.period_paid:
            of_period = ZERO
        limits.append(("Maximum of the period", of_period))
    of_year = tax.annual_max
    if tax.annual_wage_cap is not None:
        of_year = to_cents(tax.annual_wage_cap * percent * PERCENT)
    if of_year is not None:
        left = max(ZERO, of_year - given.ytd_withheld)
        limits.append(("Left of the annual maximum", left))
    return limits


def _cents(tax: OtherTax, amount: Decimal) -> Decimal:
    if tax.rounding is CentRule.MILLS_DROPPED:
        amount = amount.quantize(_MILL, ROUND_DOWN)
    return to_cents(amount)


def _notes(tax: OtherTax, given: OtherInput) -> list[Note]:
    notes = []
    if not tax.proven:
        text = f"{tax.name}: this deduction is not proven. {tax.mark}"
        notes.append(Note("unproven", text, {"tax": tax.name, "why": tax.mark}))
    if tax.elective and given.elected_percent is None:
        text = (
            f"{tax.name}: the law's highest share, {tax.percent} percent, is deducted. "
            "Enter the share which your practice passes on."
        )
        values = {"tax": tax.name, "percent": str(tax.percent)}
        notes.append(Note("share_not_chosen", text, values))
    if tax.weekly_max is not None and _WEEKS % given.period.per_year:
        text = (
            f"{tax.name}: the law states its maximum by the week ({tax.weekly_max}); "
            "the period's is taken as its share of 52 weeks."
        )
        notes.append(Note("weekly_maximum", text, {"tax": tax.name}))
    return notes


def _tax(row: Row) -> OtherTax:
    """One row, checked.

    :raises BadTable: a wrong cell, or one that contradicts another
    """
    kind = row.choice("kind", Kind)
    elective = row.text("elective")
    proof = row.text("proof")
    mark = row.text("mark", optional=True)
    if elective not in ("yes", "no"):
        raise row.bad("elective", "not one of yes, no")
    if proof not in ("proven", "unproven") or (proof == "unproven") != bool(mark):
        raise row.bad("proof", "proven, or unproven with a mark that says why")
    valid_from, valid_to = row.day("valid_from"), row.day("valid_to")
    if valid_to < valid_from:
        raise row.bad("valid_to", "before valid_from")
    return OtherTax(
        code=row.text("code"),
        state=row.key[0],
        program=row.text("program"),
        valid_from=valid_from,
        valid_to=valid_to,
        kind=kind,
        percent=row.number("percent") if kind is Kind.PERCENT else ZERO,
        amount=row.number("amount") if kind is Kind.PER_QUARTER else ZERO,
        annual_wage_cap=_maybe(row, "annual_wage_cap"),
        annual_max=_maybe(row, "annual_max"),
        weekly_max=_maybe(row, "weekly_max"),
        elective=elective == "yes",
        min_employees=_count(row, "min_employees"),
        max_employees=_count(row, "max_employees"),
        wage_base=row.choice("wage_base", WageBase),
        rounding=row.choice("rounding", CentRule),
        proven=proof == "proven",
        mark=mark,
        citation=row.text("citation"),
        url=row.text("url"),
    )


def _maybe(row: Row, column: str) -> Decimal | None:
    return row.number(column) if row.cells[column] else None


def _count(row: Row, column: str) -> int | None:
    number = _maybe(row, column)
    if number is not None and number != int(number):
        raise BadTable(f"{row.table}.csv line {row.line}, {column}: no whole number")
    return None if number is None else int(number)

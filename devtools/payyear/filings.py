"""The returns of the year from its books: 941 and 941-X, 940, W-2, the state's reports."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tools.dates import quarter, quarter_span
from tools.money import ZERO
from tools.payroll.books.posting import EXPENSES
from tools.payroll.law.limits import LimitMissing
from tools.payroll.returns import deposits
from tools.payroll.returns.corrected import NOT_CORRECTED
from tools.payroll.returns.form940 import Form940, Paid, States, form940
from tools.payroll.returns.form941 import Form941, Other, PayDay, form941
from tools.payroll.returns.quarters import place
from tools.payroll.returns.w2 import (
    W2,
    StateBoxes,
    YearTotals,
    qualified_overtime,
    w2,
)
from tools.payroll.tax.state_other import everything

from .books import SLIP, Books, Entry, amount, keys, taxed, wages
from .terms import Terms

QUARTERS = (1, 2, 3, 4)
HEALTH = ("health_125", "health_employer")  # box 12, code DD
DEFERRALS = ("401k", "403b", "roth_401k", "roth_403b")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter's return as filed, and as it is right: by line of the form."""

    number: int
    filed: Form941
    right: Form941

    @property
    def corrections(self) -> dict[str, Decimal]:
        """What Form 941-X changes, line by line (its column 3)."""
        old, new = self.filed.lines, self.right.lines
        return {
            line: new[line] - old[line]
            for line in new
            if line not in NOT_CORRECTED and new[line] != old[line]
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a state for a span: as filed, and what a later report corrects."""

    filed: Mapping[str, Decimal]
    corrections: Mapping[str, Decimal]


@dataclass
class Filings:
    """All returns of one year."""

    year: int
    quarters: list[Quarter]
    federal_deposits: Sequence[deposits.Deposit]
    futa_deposits: Sequence[deposits.Deposit]
    form_940: Form940
    w2: W2
    state: dict[tuple[str, str], Report]
    notes: list[str] = field(default_factory=list)


def file(books: Books, places: Sequence[Terms], year: int) -> Filings:
    """Fill the returns of a year.

    :param places: the terms of each state of work, those in force last
    """
    terms = places[-1]
    entries = books.year(year)
    quarters = [
        _quarter(entries, number, year, terms)
        for number in QUARTERS
        if any(quarter(e.belongs) == number for e in entries)
    ]
    form, notes = _form_940(entries, year)
    liabilities = [form.lines[f"16{letter}"] for letter in "abcd"]
    found = Filings(
        year,
        quarters,
        _deposits(quarters, terms),
        deposits.futa_calendar(year, liabilities),
        form,
        _w2(entries, places[0], year),
        _state(entries, places, year),
        notes,
    )
    for one in quarters:
        found.notes += [
            f"941 of {year}Q{one.number}: {text}" for text in one.filed.problems
        ]
    return found


# ------------------------------------------------------------------ Form 941, 941-X


def _is_filed(entry: Entry) -> bool:
    return not place(entry.belongs, entry.entered).late


def _quarter(entries: Sequence[Entry], number: int, year: int, terms: Terms) -> Quarter:
    own = [e for e in entries if quarter(e.belongs) == number]

    def form(these: Sequence[Entry], paid: Decimal) -> Form941:
        left = amount(these, "UNC")
        other = Other(_heads(these, year, number), paid, tips_and_life=-left)
        return form941(year, number, _paydays(these), other, terms.deposit)

    filed = [e for e in own if _is_filed(e)]
    paid = sum(form(filed, ZERO).by_day.values(), ZERO)
    return Quarter(number, form(filed, paid), form(own, paid))


def _heads(entries: Sequence[Entry], year: int, number: int) -> int:
    """1 if somebody was paid in the month with the 12th that the form asks for."""
    month = number * 3
    return int(any(e.belongs.month == month and e.source == SLIP for e in entries))


def _paydays(entries: Sequence[Entry]) -> list[PayDay]:
    found = []
    for day in sorted({e.belongs for e in entries}):
        own = [e for e in entries if e.belongs == day]
        found.append(
            PayDay(
                day=day,
                checks=len({e.ref for e in own}),
                wages=taxed(own, "FIT"),
                income_tax=-amount(own, "FIT"),
                ss_wages=taxed(own, "SS"),
                medicare_wages=wages(own, "MED"),
                employee_ss=-amount(own, "SS"),
                employee_medicare=-amount(own, "MED"),
                employer_ss=amount(own, "ER_SS"),
                employer_medicare=amount(own, "ER_MED"),
                additional_wages=taxed(own, "ADDMED"),
                employee_additional=-amount(own, "ADDMED"),
            )
        )
    return found


def _deposits(quarters: Sequence[Quarter], terms: Terms) -> Sequence[deposits.Deposit]:
    due = {
        day: tax for one in quarters for day, tax in one.filed.by_day.items() if tax > 0
    }
    return deposits.calendar(due, terms.deposit)


# -------------------------------------------------------------------------- Form 940


def _form_940(entries: Sequence[Entry], year: int) -> tuple[Form940, list[str]]:
    paid, exempt = [ZERO] * 4, [ZERO] * 4
    for entry in entries:
        index = quarter(entry.belongs) - 1
        if EXPENSES.get(entry.code) == "wages" or entry.code == "IMP":
            paid[index] += entry.amount
            exempt[index] += entry.amount
        elif entry.code == "FUTA":
            exempt[index] -= entry.wages
    one, two, three, four = paid
    free = (exempt[0], exempt[1], exempt[2], exempt[3])
    people = [Paid((one, two, three, four), free)]
    where = {e.ref: _of_key(e) for e in entries if e.code == "SUTA"}
    covered: dict[str, Decimal] = {}
    for entry in entries:
        if entry.code == "FUTA" and entry.taxed:
            state = where.get(entry.ref) or next(iter(where.values()), "")
            covered[state] = covered.get(state, ZERO) + entry.taxed
    try:
        form = form940(year, people, States(covered))
    except LimitMissing as error:
        none = dict.fromkeys(covered, ZERO)
        form = form940(year, people, States(covered, reductions=none))
        return form, [f"940 without a credit reduction: {error}"]
    return form, []


# --------------------------------------------------------------------------- Form W-2


def _w2(entries: Sequence[Entry], terms: Terms, year: int) -> W2:
    by_kind = kinds_taken(entries)
    other = {
        e.name: -_sum(entries, "SOTH", e.key, "amount")
        for e in entries
        if e.code == "SOTH"
    }
    local = next((e.name for e in entries if e.code == "LIT"), "")
    states = [key.removeprefix("state:") for key in keys(entries, "SIT")]
    if local and terms.state not in states:
        states.append(terms.state)
    boxes = tuple(
        StateBoxes(
            state,
            "",
            _sum(entries, "SIT", f"state:{state}", "wages"),
            -_sum(entries, "SIT", f"state:{state}", "amount"),
            *(
                (local, wages(entries, "LIT"), -amount(entries, "LIT"))
                if local and state == terms.state
                else ()
            ),
        )
        for state in states
    )
    return w2(
        year,
        YearTotals(
            wages=taxed(entries, "FIT"),
            income_tax=-amount(entries, "FIT"),
            ss_wages=taxed(entries, "SS"),
            ss_tax=-amount(entries, "SS"),
            medicare_wages=wages(entries, "MED"),
            medicare_tax=-amount(entries, "MED", "ADDMED"),
            by_kind=by_kind,
            health_cost=sum((by_kind.get(key, ZERO) for key in HEALTH), ZERO),
            qualified_overtime=qualified_overtime(
                (e.code, e.key, e.amount) for e in entries
            ),
            other=other,
            uncollected_ss=_sum(entries, "UNC", "SS", "amount"),
            uncollected_medicare=_sum(entries, "UNC", "MED", "amount"),
            retirement_plan=any(by_kind.get(key) for key in DEFERRALS),
            states=boxes,
        ),
    )


def kinds_taken(entries: Sequence[Entry]) -> dict[str, Decimal]:
    """The money of each kind of deduction, imputed income and contribution, positive."""
    found: dict[str, Decimal] = {}
    for entry in entries:
        which = entry.key.removeprefix("election:")
        if which != entry.key and not entry.key.startswith("match:"):
            sign = 1 if entry.code in ("IMP", "ER_BEN") else -1
            found[which] = found.get(which, ZERO) + sign * entry.amount
    return found


def _sum(entries: Sequence[Entry], code: str, key: str, name: str) -> Decimal:
    own = (e for e in entries if e.code == code and e.key == key)
    return sum((getattr(e, name) for e in own), ZERO)


# ------------------------------------------------------------------------- the state


def _state(
    entries: Sequence[Entry], places: Sequence[Terms], year: int
) -> dict[tuple[str, str], Report]:
    """{(state, "2026Q1"): the quarter's report, ..., (state, "2026"): the year,
    corrections included}."""
    found = {}
    of_tax = {tax.code: tax.state for tax in everything()}
    for terms in places:
        here = [e for e in entries if _in_state(e, terms.state, places[0], of_tax)]
        for number in QUARTERS:
            first, last = quarter_span(year, number)
            own = [e for e in here if first <= e.belongs <= last]
            if own:
                filed, right = _figures(own, _is_filed), _figures(own, lambda _e: True)
                report = Report(filed, _differences(filed, right))
                found[terms.state, f"{year}Q{number}"] = report
        if here:
            report = Report(_figures(here, lambda _e: True), {})
            found[terms.state, str(year)] = report
    return found


def _of_key(entry: Entry) -> str:
    return entry.key.partition(":")[2]


def _in_state(
    entry: Entry, state: str, first: Terms, of_tax: Mapping[str, str]
) -> bool:
    """Whether an entry is a tax of a state; a local tax is of the first one."""
    if entry.code in ("SIT", "SUTA"):
        return _of_key(entry) == state
    if entry.code == "SOTH":
        return of_tax.get(_of_key(entry)) == state
    return entry.code == "LIT" and state == first.state


def _differences(
    filed: Mapping[str, Decimal], right: Mapping[str, Decimal]
) -> dict[str, Decimal]:
    every = dict.fromkeys([*filed, *right])
    found = {key: right.get(key, ZERO) - filed.get(key, ZERO) for key in every}
    return {key: value for key, value in found.items() if value}


def _figures(
    entries: Sequence[Entry], keep: Callable[[Entry], bool]
) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for entry in filter(keep, entries):
        for name, value in _parts(entry):
            found[name] = found.get(name, ZERO) + value
    return found


def _parts(entry: Entry) -> Iterator[tuple[str, Decimal]]:
    if entry.code in ("SIT", "SUTA", "SOTH", "LIT"):
        name = entry.code
        if entry.code == "SOTH":
            name = entry.key.removeprefix("other:")
        sign = 1 if entry.code == "SUTA" else -1
        yield name, sign * entry.amount
        yield f"{name}.wages", entry.wages
        yield f"{name}.taxed", entry.taxed

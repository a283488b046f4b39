"""Opening balances: what another payroll paid before the first payment here.

Amounts are positive, as they stand on the old payroll's reports. A tax line may be
followed by lines ``SS.wages`` and ``SS.taxed`` of the same date. What is not said is
taken as it should have been: the flat taxes by their rates and bases, the wages of
income taxes by the kinds of deductions.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tools.money import ZERO, to_cents
from tools.payroll.books.opening import PAY, Figure, book
from tools.payroll.deduct.deductions import Election, Taken, above_limit
from tools.payroll.deduct.deductions import wages as all_wages
from tools.payroll.law.contributions import contributions
from tools.payroll.law.deductionkinds import Base, kind
from tools.payroll.tax import states, sutawages, unemployment

from . import codes
from .books import OPENING, Books, Entry, amount, taxed
from .scenario import BadScenario, Event, plain
from .terms import Terms

FLAT = ("SS", "MED", "ADDMED", "FUTA", "SUTA")
INCOME = ("FIT", "SIT")
PARTS = ("wages", "taxed")
WORDS = {
    "social_security": "SS",
    "medicare": "MED",
    "additional_medicare": "ADDMED",
    "federal_income_tax": "FIT",
    "state_income_tax": "SIT",
    "gross": "REG",
}


def open_books(
    books: Books, events: Iterable[Event], terms: Terms, first: date | None
) -> None:
    """Put the opening balances of a file into the books.

    :param first: the first pay date here
    :raises BadScenario: a code is unknown, or the day is not before the first pay date
    """
    days: dict[date, list[Event]] = {}
    for event in events:
        if first is not None and event.day >= first:
            raise BadScenario(
                f"Line {event.line}: an opening balance has to lie before {first}, the "
                "first pay date."
            )
        days.setdefault(event.day, []).append(event)
    for day in sorted(days):
        figures = _figures(days[day], day, terms, books)
        above = _above_limits(figures, day, terms, books)
        for item in book(figures):
            books.entries.append(
                Entry(
                    OPENING,
                    OPENING,
                    day,
                    day,
                    item.code,
                    item.key,
                    item.name,
                    item.amount,
                    item.wages,
                    above.get(item.key, item.taxed),
                )
            )


def _figures(
    events: Sequence[Event], day: date, terms: Terms, books: Books
) -> list[Figure]:
    """The figures of one day: those written, then those that follow from them."""
    written: dict[tuple[str, str], Figure] = {}
    parts: list[tuple[tuple[str, str], str, Decimal]] = []
    for event in events:
        name, _dot, part = event.code.partition(".")
        figure = _figure(replace(event, code=name), terms)
        where = (figure.what, figure.of)
        if part:
            if part not in PARTS:
                raise codes.unknown(event)
            parts.append((where, part, figure.amount))
        else:
            written[where] = figure
    pay = [f for f in written.values() if f.what in PAY]
    gross = sum((f.amount for f in pay), ZERO)
    plans = [f for f in written.values() if f.what == "PLAN"]
    for what in (*INCOME, *FLAT):
        _complete(written, parts, what, (gross, plans), day, terms, books)
    for where, figure in written.items():
        if figure.what in ("SOTH", "LIT"):
            written[where] = replace(figure, wages=gross, taxed=gross)
    for where, part, value in parts:
        if where in written:
            written[where] = _with(written[where], part, value)
    return list(written.values())


def _with(figure: Figure, part: str, amount: Decimal) -> Figure:
    if part == "wages":
        return replace(figure, wages=amount)
    return replace(figure, taxed=amount)


def _figure(event: Event, terms: Terms) -> Figure:
    amount = codes.dollars(event)
    if amount < ZERO:
        raise BadScenario(
            f"Line {event.line}: {amount} of {event.code}: opening balances are written "
            "positive, as on the reports of the payroll before."
        )
    row = f"Line {event.line}"
    word, _colon, tail = event.code.partition(":")
    code = codes.pay_code(word) or WORDS.get(plain(word), word.upper())
    if code in ("SIT", "SUTA"):
        return Figure(row, 1, event.day, code, amount, of=tail or terms.state)
    if code in ("SOTH", "LIT"):
        if not tail and code == "SOTH":
            raise codes.unknown(event)
        of = tail or "local"
        return Figure(row, 1, event.day, code, amount, of=of)
    if code in (*PAY, "REIMB", "FIT", *FLAT, "ER_SS", "ER_MED"):
        return Figure(row, 1, event.day, code, amount)
    which = codes.deduction(event.code)
    if which:
        return Figure(row, 1, event.day, "PLAN", amount, of=which, kind=which)
    raise codes.unknown(event)


def _complete(
    written: dict[tuple[str, str], Figure],
    parts: Sequence[tuple[tuple[str, str], str, Decimal]],
    what: str,
    pay: tuple[Decimal, Sequence[Figure]],
    day: date,
    terms: Terms,
    books: Books,
) -> None:
    """Give one tax its wages, their taxed part and, if not written, its amount."""
    of = terms.state if what in ("SIT", "SUTA") else ""
    if what == "SIT" and not _taxes_income(terms, day):
        return
    gross, plans = pay
    taken = _taken(plans, day, books)
    figure = written.get((what, of))
    said = {part: a for where, part, a in parts if where == (what, of)}
    if figure is None and not gross and not said:
        return
    wages = said.get("wages", _wages(what, gross, taken, day, terms))
    taxed = said.get("taxed", _taxed(what, wages, taken, gross, day, terms, books))
    if figure is None:
        amount = ZERO if what in INCOME else to_cents(taxed * _rate(what, day, terms))
        figure = Figure(f"{day}", 1, day, what, amount, of=of)
    if what == "ADDMED" and not (taxed or figure.amount):
        return
    written[what, of] = replace(figure, wages=wages, taxed=taxed)


def _taxes_income(terms: Terms, day: date) -> bool:
    try:
        return states.law_on(terms.state, day).method is not states.Method.NONE
    except states.NoStateTable:
        return False


_BASE = {"FIT": Base.FIT, "SIT": Base.STATE, "FUTA": Base.FUTA}


def _taken(plans: Sequence[Figure], day: date, books: Books) -> list[Taken]:
    """The deductions of an opening as a payslip has them, after earlier openings."""
    found = []
    for plan in plans:
        this, key = kind(plan.kind, day), f"election:{plan.of}"
        own = [e for e in books.year(day.year) if e.key == key]
        before, above = abs(amount(own, "S125")), taxed(own, "S125")
        asked = Election(plan.kind, plan.amount, taken=before, above=above)
        found.append(Taken(asked, this, plan.amount, plan.amount))
    return found


def _above_limits(
    figures: Sequence[Figure], day: date, terms: Terms, books: Books
) -> dict[str, Decimal]:
    """{key: what the state taxed of a deduction, above a limit of its own}."""
    plans = [f for f in figures if f.what == "PLAN"]
    gross = sum((f.amount for f in figures if f.what in PAY), ZERO)
    taken = _taken(plans, day, books)
    above = above_limit(gross, taken, day, terms.state, separate=terms.married_separate)
    return {f"election:{p.of}": a for p, a in zip(plans, above, strict=True) if a}


def _wages(
    what: str, gross: Decimal, taken: Sequence[Taken], day: date, terms: Terms
) -> Decimal:
    if what == "SUTA":
        return sutawages.wages(gross, taken, terms.state, day)
    bases = all_wages(gross, taken, day, terms.state, separate=terms.married_separate)
    return bases[_BASE.get(what, Base.FICA)]


def _taxed(
    what: str,
    wages: Decimal,
    taken: Sequence[Taken],
    gross: Decimal,
    day: date,
    terms: Terms,
    books: Books,
) -> Decimal:
    """The wages within the base, after those of earlier openings of the year."""
    law = contributions(day.year)
    key = f"state:{terms.state}" if what == "SUTA" else ""
    of = "MED" if what == "ADDMED" else what
    year = [e for e in books.year(day.year) if e.key == key]
    before = sum((e.wages for e in year if e.code == of), ZERO)
    if what == "FIT":
        return all_wages(gross, taken, day)[Base.BOX1]
    if what == "SS":
        return min(wages, max(ZERO, law.social_security_base - before))
    if what == "FUTA":
        return min(wages, max(ZERO, law.futa_base - before))
    if what == "SUTA":
        return min(wages, max(ZERO, suta_base(terms, day.year) - before))
    if what == "ADDMED":
        above = law.additional_medicare_threshold
        return max(ZERO, before + wages - max(above, before))
    return wages


def suta_base(terms: Terms, year: int) -> Decimal:
    """The wage base of the state: as set, else ours.

    :raises BadScenario: neither is known
    """
    if terms.suta_base is not None:
        return terms.suta_base
    try:
        return unemployment.wage_base(terms.state, year).amount
    except LookupError as error:
        raise BadScenario(f"{error} Here it is the setting 'suta_base'.") from None


def _rate(what: str, day: date, terms: Terms) -> Decimal:
    law = contributions(day.year)
    return {
        "SS": law.social_security_rate,
        "MED": law.medicare_rate,
        "ADDMED": law.additional_medicare_rate,
        "FUTA": law.futa_rate - law.futa_credit,
        "SUTA": terms.suta_rate or ZERO,
    }[what]

"""Puts wages where they belong when a void has moved a wage base.

When a payment under a wage base is taken back, later payments come under the base that
lay above it. The engine taxes them with the next payment. On the returns these wages are
of the quarter of those later payments; and when no payment followed, the year still owes
the tax, or owes it back. Both become entries of their own here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tools.money import ZERO, to_cents
from tools.payroll.law.contributions import contributions
from tools.payroll.law.deductionkinds import kind, state_effect
from tools.payroll.tax.state_other import taxes

from .books import SETTLE, SLIP, VOID, Books, Entry, amount, taxed
from .opening import suta_base
from .terms import Terms

EMPLOYER = frozenset({"ER_SS", "FUTA", "SUTA"})


@dataclass(frozen=True, slots=True)
class Base:
    """A tax of the year's wages between two bounds; ``of`` carries all its wages."""

    code: str
    key: str
    of: str
    rate: Decimal
    above: Decimal = ZERO
    up_to: Decimal | None = None

    @property
    def sign(self) -> int:
        """Of the amount on a payslip."""
        return 1 if self.code in EMPLOYER else -1

    def fair(self, wages: Decimal) -> Decimal:
        """What of a year's wages is taxed."""
        capped = wages if self.up_to is None else min(wages, self.up_to)
        return max(ZERO, capped - self.above)


def bases(places: Sequence[Terms], year: int) -> Iterator[Base]:
    """The taxes with a base or a threshold that a year can have.

    :param places: the terms of each state of work
    """
    law = contributions(year)
    pension = law.social_security_rate
    for code in ("SS", "ER_SS"):
        yield Base(code, "", code, pension, up_to=law.social_security_base)
    yield Base(
        "ADDMED",
        "",
        "MED",
        law.additional_medicare_rate,
        law.additional_medicare_threshold,
    )
    futa = law.futa_rate - law.futa_credit
    yield Base("FUTA", "", "FUTA", futa, up_to=law.futa_base)
    for terms in places:
        yield from _state_bases(terms, year)
    for terms in places[:1]:
        if terms.local_wage_cap is not None:
            rate = terms.local_percent / 100
            cap = terms.local_wage_cap
            yield Base("LIT", "local:local", "LIT", rate, up_to=cap)


def _state_bases(terms: Terms, year: int) -> Iterator[Base]:
    key = f"state:{terms.state}"
    rate = terms.suta_rate or ZERO
    yield Base("SUTA", key, "SUTA", rate, up_to=suta_base(terms, year))
    for tax in taxes(terms.state, date(year, 12, 31), terms.headcount):
        if tax.annual_wage_cap is not None:
            percent = terms.shares.get(tax.code, tax.percent)
            key = f"other:{tax.code}"
            cap = tax.annual_wage_cap
            yield Base("SOTH", key, "SOTH", percent / 100, up_to=cap)


def place(books: Books, places: Sequence[Terms], year: int) -> None:
    """Split and add the entries of a year, tax by tax."""
    for base in bases(places, year):
        _place(books, base, year)
        _settle(books, base, year)
    _settle_limits(books, places, year)


def _of(books: Books, base: Base, year: int) -> list[Entry]:
    return [
        entry
        for entry in books.year(year)
        if entry.code == base.code and entry.key == base.key
    ]


def _live(books: Books, base: Base, year: int) -> dict[date, tuple[Decimal, Decimal]]:
    """{pay day: (wages, taxed)} of what stands, voids taken off, in their order."""
    found: dict[date, tuple[Decimal, Decimal]] = {}
    key = base.key if base.of == base.code else ""
    for entry in sorted(books.year(year), key=lambda e: e.belongs):
        wages, taxed = found.get(entry.belongs, (ZERO, ZERO))
        if entry.code == base.of and entry.key == key and entry.source != SETTLE:
            wages += entry.wages
        if entry.code == base.code and entry.key == base.key:
            taxed += entry.taxed
        found[entry.belongs] = (wages, taxed)
    return found


def _place(books: Books, base: Base, year: int) -> None:
    """Move what a payment was taxed beyond its own wages to the payments before it."""
    for index, entry in enumerate(books.entries):
        mine = entry.belongs.year == year and entry.source == SLIP
        if not mine or (entry.code, entry.key) != (base.code, base.key):
            continue
        own = min(max(entry.taxed, ZERO), _own_wages(books, base, entry))
        excess = entry.taxed - own
        if not excess or any(
            e.source == VOID and e.ref == entry.ref for e in books.entries
        ):
            continue
        moved = list(_spread(books, base, year, excess, entry))
        done = sum((e.taxed for e in moved), ZERO)
        tax = sum((e.amount for e in moved), ZERO)
        books.entries[index] = replace(
            entry, taxed=entry.taxed - done, amount=entry.amount - tax
        )
        books.entries += moved


def _own_wages(books: Books, base: Base, entry: Entry) -> Decimal:
    return sum(
        (
            e.wages
            for e in books.of(entry.ref)
            if e.code == base.of and (base.of != base.code or e.key == base.key)
        ),
        ZERO,
    )


def _settle(books: Books, base: Base, year: int) -> None:
    """What a year still owes, or owes back, because nothing was paid after a void."""
    live = _live(books, base, year)
    wages = sum((w for w, _taxed in live.values()), ZERO)
    taxed = sum((t for _wages, t in live.values()), ZERO)
    rest = base.fair(wages) - taxed
    if not rest:
        return
    voids = [e.entered for e in books.year(year) if e.source == VOID]
    last = max(voids, default=date(year, 12, 31))  # as soon as it is known
    pattern = Entry(
        SETTLE, SETTLE, last, last, base.code, base.key, base.code, ZERO, ZERO, rest
    )
    found = list(_spread(books, base, year, rest, pattern))
    books.entries += found
    owed = sum((e.amount for e in found), ZERO)
    if owed:
        books.notes.append(_sentence(base, rest, owed, year))


def _sentence(base: Base, rest: Decimal, owed: Decimal, year: int) -> str:
    what = base.code if not base.key else f"{base.code} ({base.key})"
    text = f"{what}: after the last void of {year}, {abs(rest)} of wages are taxed "
    if base.code in EMPLOYER:
        return f"{text}anew and {abs(owed)} is owed by the employer."
    if rest > 0:
        return (
            f"{text}anew: collect {abs(owed)} from the person by 31 December "
            "(26 CFR 31.6205-1(d)), or the employer bears it."
        )
    return (
        f"{text}no longer: repay {abs(owed)} to the person by 31 December "
        "(26 CFR 31.6413(a)-1)."
    )


def _settle_limits(books: Books, places: Sequence[Terms], year: int) -> None:
    """State wages of the year where a void left room below a state's own limit on a
    deduction and no payment followed that fills it."""
    spans: dict[tuple[str, int], list[Entry]] = {}
    for entry in books.year(year):
        which = entry.key.removeprefix("election:")
        if entry.code == "S125" and which != entry.key:
            month = kind(which, entry.belongs).is_monthly and entry.month[1]
            spans.setdefault((which, int(month)), []).append(entry)
    for (which, _month), own in spans.items():
        last = max(own, key=lambda e: e.belongs)
        taken, above = -amount(own, "S125"), taxed(own, "S125")
        this = kind(which, last.belongs)
        for terms in places:
            rest = state_effect(
                this,
                terms.state,
                last.belongs,
                ZERO,
                taken,
                above,
                separate=terms.married_separate,
            )
            key = f"state:{terms.state}"
            sit = next((e for e in books.year(year) if e.key == key), None)
            if rest and sit:
                pattern = replace(last, source=SETTLE, ref=SETTLE, amount=ZERO)
                books.entries += [
                    replace(pattern, wages=ZERO, taxed=rest),
                    replace(
                        pattern, code="SIT", key=key, name="SIT", wages=rest, taxed=rest
                    ),
                ]
                books.notes.append(
                    f"{which}: after the last void of {year}, {-rest} more of it lies "
                    f"below the limit of {terms.state}: box 16 is so much lower."
                )
                break


def _spread(
    books: Books, base: Base, year: int, rest: Decimal, pattern: Entry
) -> Iterator[Entry]:
    """Lay taxed wages on the payments that have room for them, the latest first."""
    live = _live(books, base, year)
    days = [day for day in live if day <= pattern.belongs or pattern.source == SETTLE]
    pieces: list[tuple[date, Decimal]] = []
    for day in sorted(days, reverse=True):
        if pattern.source == SLIP and day == pattern.belongs:
            continue
        wages, taxed = live[day]
        part = min(rest, wages - taxed) if rest > 0 else -min(-rest, taxed)
        if part * rest > 0:
            pieces.append((day, part))
            rest -= part
    yield from _entries(base, pattern, pieces)


def _entries(
    base: Base, pattern: Entry, pieces: Sequence[tuple[date, Decimal]]
) -> Iterator[Entry]:
    for day, part in pieces:
        yield replace(
            pattern,
            source=SETTLE if pattern.source == SETTLE else "moved",
            belongs=day,
            taxed=part,
            wages=ZERO,
            amount=base.sign * to_cents(part * base.rate),
        )

"""Does the year tie? The same figure from different returns has to agree to the cent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tools.money import ZERO
from tools.payroll.books.posting import EXPENSES
from tools.payroll.law.deductionkinds import Follows, kind, state_effect, state_rule
from tools.payroll.returns.w2 import taxable
from tools.payroll.returns.w2check import problems

from .books import SETTLE, Books, Entry, amount, taxed, wages
from .filings import Filings, Quarter, kinds_taken
from .placing import bases
from .terms import Terms

# a check's taxes may each be half a cent away from the rate on all wages of the year
CENT_A_CHECK = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tie:
    """Two figures that have to agree; ``within``: by how much they may differ."""

    item: str
    label: str
    one: Decimal
    other: Decimal
    within: Decimal = ZERO

    @property
    def difference(self) -> Decimal:
        """The first less the second."""
        return self.one - self.other

    @property
    def holds(self) -> bool:
        """Whether they agree."""
        return abs(self.difference) <= self.within


def ties(books: Books, places: Sequence[Terms], filings: Filings) -> list[Tie]:
    """Every comparison of a year."""
    entries = books.year(filings.year)
    return [
        *_returns(filings),
        *_unemployment(entries, filings),
        *_bases(entries, places, filings.year),
        *_treatment(entries, filings),
        *_state_limits(entries, places),
    ]


def sentences(filings: Filings, found: Sequence[Tie]) -> Iterator[str]:
    """What does not tie, in words."""
    for tie in found:
        if not tie.holds:
            yield f"{filings.year}: {tie.label}: {tie.one} is not {tie.other}."
    for text in problems(filings.w2):
        yield f"W-2 of {filings.year}: {text}"


def _both(quarter: Quarter, line: str) -> Decimal:
    """A line of the return as filed with what its correction adds."""
    return quarter.filed.lines[line] + quarter.corrections.get(line, ZERO)


def _returns(filings: Filings) -> Iterator[Tie]:
    """Forms 941 and 941-X against the W-2."""
    for box, line, name in (
        ("1", "2", "wages"),
        ("2", "3", "income tax"),
        ("3", "5a", "Social Security wages"),
        ("5", "5c", "Medicare wages"),
    ):
        total = sum((_both(one, line) for one in filings.quarters), ZERO)
        label = f"{name}, line {line} of Forms 941 and 941-X with box {box} of the W-2"
        yield Tie(f"941+941-X.{line}-box{box}", label, total, _box(filings, box))
    half = sum((_employee_half(one) for one in filings.quarters), ZERO)
    yield Tie(
        "941+941-X.employee-box4-box6",
        "the employee's Social Security and Medicare of Forms 941 and 941-X with boxes "
        "4 and 6",
        half,
        _box(filings, "4") + _box(filings, "6"),
        CENT_A_CHECK * max(1, len(filings.quarters)),
    )


def _box(filings: Filings, box: str) -> Decimal:
    return filings.w2.money.get(box, ZERO)


def _employee_half(quarter: Quarter) -> Decimal:
    both = sum((_both(quarter, line) for line in ("5a2", "5b2", "5c2")), ZERO)
    adjusted = _both(quarter, "7") + _both(quarter, "9")
    return both / 2 + _both(quarter, "5d2") + adjusted


def _unemployment(entries: Sequence[Entry], filings: Filings) -> Iterator[Tie]:
    lines = filings.form_940.lines
    yield Tie(
        "940.7-FUTA.taxed",
        "FUTA wages of Form 940 with those of the payments",
        lines["7"],
        taxed(entries, "FUTA"),
    )
    checks = len({e.ref for e in entries})
    yield Tie(
        "940.8-FUTA",
        "FUTA tax of Form 940 with that of the payments",
        lines["8"],
        amount(entries, "FUTA"),
        CENT_A_CHECK * checks,
    )
    reported = ZERO
    for (_state, span), report in filings.state.items():
        if "Q" in span:
            reported += report.filed.get("SUTA.taxed", ZERO)
            reported += report.corrections.get("SUTA.taxed", ZERO)
    yield Tie(
        "state.SUTA.taxed",
        "the state's unemployment wages by quarter with those of the payments",
        reported,
        taxed(entries, "SUTA"),
    )


def _bases(
    entries: Sequence[Entry], places: Sequence[Terms], year: int
) -> Iterator[Tie]:
    """The year's wages at once against what was taxed payment by payment."""
    for base in bases(places, year):
        own = [e for e in entries if e.code == base.code and e.key == base.key]
        if not own:
            continue
        of = [
            e
            for e in entries
            if e.code == base.of and (base.of != base.code or e.key == base.key)
        ]
        name = base.code if base.code != "SOTH" else base.key.removeprefix("other:")
        if base.code == "SUTA" and len(places) > 1:
            name = f"SUTA.{base.key.removeprefix('state:')}"
        yield Tie(
            f"{name}.taxed-at-once",
            f"{name}: what was taxed with the year's wages taxed at once",
            taxed(own, base.code),
            base.fair(wages(of, base.of)),
        )


def _state_limits(entries: Sequence[Entry], places: Sequence[Terms]) -> Iterator[Tie]:
    """What one state left out of its wages up to a limit of its own, at once."""
    if len(places) > 1:
        return
    terms = places[0]
    own: dict[str, list[Entry]] = {}
    for entry in entries:
        which = entry.key.removeprefix("election:")
        if entry.code == "S125" and which != entry.key:
            own.setdefault(which, []).append(entry)
    for which, these in own.items():
        day = max(e.belongs for e in these)
        this, taken = kind(which, day), -amount(these, "S125")
        rule = state_rule(which, terms.state, day)
        if this.is_monthly or rule is None or rule.follows is not Follows.LIMITED:
            continue
        fair = state_effect(
            this, terms.state, day, taken, separate=terms.married_separate
        )
        yield Tie(
            f"{which}.{terms.state}-at-once",
            f"{which}: what {terms.state} left out with its limit on the year's at once",
            taken - taxed(these, "S125"),
            -fair,
        )


def _treatment(entries: Sequence[Entry], filings: Filings) -> Iterator[Tie]:
    """Boxes 1 and 5 as they follow from gross pay and the kinds of deductions."""
    codes = [code for code, what in EXPENSES.items() if what == "wages"]
    gross = amount((e for e in entries if e.source != SETTLE), *codes)
    income, _pension, hospital = taxable(filings.year, gross, kinds_taken(entries))
    yield Tie("box1-gross", "box 1 with gross pay", _box(filings, "1"), income)
    yield Tie("box5-gross", "box 5 with gross pay", _box(filings, "5"), hospital)

"""Writes ``docs/payroll-deductions.md``: what each state makes of each deduction."""

from collections.abc import Iterator
from datetime import date

from tools.payroll.law.deductionkinds import (
    KINDS,
    STATES,
    Base,
    Follows,
    Kind,
    Phase,
    kind,
    state_rule,
)
from tools.payroll.law.lawtable import rows, rows_on
from tools.payroll.law.statenames import NAMES
from tools.payroll.tax import sutawages
from tools.payroll.tax.states.law import Method
from tools.payroll.tax.states.tables import laws

DAY = date(2026, 7, 1)
_FEDERAL = {-1: "lowers", 0: "not counted", 1: "adds"}

_INTRO = """\
# Deductions: what each state makes of them

This page is written from the tables of `medical_office/tools/payroll/tables` by
`devtools/deductionpage.py`; a test compares the two. To write it anew after a change of
the tables: `UPDATE_DOCS=1 pytest tests/payroll/test_deduction_docs.py`.

*lowers*: the deduction lowers the state's taxable wages. *taxed*: the wages stay as they
are. *adds*: money that is not paid in cash is added (*not counted*: it is not). *lowers up
to*: the state leaves out that much in the year (commuting: in the month), the rest of the
deduction is taxed; in parentheses for a person married filing separately. **Bold** is
a rule of the state whose source was read, listed below. Everything else is **taken as
the federal rule, and no source of the state was read**: compare it with the state's guide
before the first such deduction there. A state without a tax on wages has no row.
"""


def _kinds() -> list[Kind]:
    """Kinds that touch the wages of some tax: before tax, imputed, by the employer."""
    found = [kind(row["kind"], DAY) for row in rows_on(KINDS, DAY)]
    departs = {row["kind"] for row in rows_on(STATES, DAY)}
    return [
        one
        for one in found
        if one.phase in (Phase.PRETAX, Phase.IMPUTED) or one.key in departs
    ]


def markdown() -> str:
    """The page, for pay dates in the middle of 2026."""
    kinds = _kinds()
    lines = [_INTRO, "## Income tax", ""]
    lines.append(f"| state | {' | '.join(one.label for one in kinds)} |")
    lines.append(f"|---|{'---|' * len(kinds)}")
    for state, name in NAMES.items():
        law = next(law for law in laws()[state] if law.covers(DAY))
        if law.method is not Method.NONE:
            cells = [_cell(one, state) for one in kinds]
            lines.append(f"| {state} {name} | {' | '.join(cells)} |")
    lines += ["", "## Sources read", "", *_sources(), "", "## Unemployment wages", ""]
    lines += [*_unemployment(), ""]
    return "\n".join(lines)


def _cell(one: Kind, state: str) -> str:
    rule = state_rule(one.key, state, DAY)
    federal = _FEDERAL[one.sign(Base.STATE)]
    if rule is None:
        return federal
    if rule.follows is Follows.LIMITED:
        separate = ""
        if rule.limit_separate != rule.limit:
            separate = f" ({rule.limit_separate:,})"
        return f"**{federal} up to {rule.limit:,}{separate}**"
    added = one.phase in (Phase.EMPLOYER, Phase.IMPUTED)
    text = {
        Follows.FEDERAL: federal,
        Follows.TAXED: "adds" if added else "taxed",
        Follows.LEFT_OUT: "not counted",
    }
    return f"**{text[rule.follows]}**"


def _sources() -> Iterator[str]:
    """Each source once, with the states and kinds that it was read for."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in rows(STATES):
        label = kind(row["kind"], DAY).label
        found.setdefault((row["source"], label), []).append(NAMES[row["state"]])
    merged: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (source, label), names in found.items():
        merged.setdefault((source, tuple(names)), []).append(label)
    for (source, places), labels in merged.items():
        yield f"- {', '.join(places)}; {', '.join(labels)}: {source}"


def _unemployment() -> Iterator[str]:
    yield (
        "As for the federal unemployment tax, except where a source was read; what the "
        "practice enters under State Accounts goes before both."
    )
    yield ""
    for row in rows(sutawages.TABLE):
        what = sutawages.GROUPS[row["group"]]
        taxed = "taxed" if row["taxed"] == "1" else "not taxed"
        yield f"- {NAMES[row['state']]}, {what}: {taxed} ({row['source']})"

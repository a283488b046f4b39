"""Writes ``docs/payroll-states.md``: what we know of each jurisdiction."""

from collections.abc import Iterator, Mapping
from datetime import date

from tools.payroll.law.lawtable import rows
from tools.payroll.law.statenames import NAMES
from tools.payroll.tax import state_other
from tools.payroll.tax.states.entry import ATTRIBUTION
from tools.payroll.tax.states.law import Law, Method, Proof, RoundsTo, WageBase
from tools.payroll.tax.states.tables import laws

_PROOF = {
    Proof.NO_WAGE_TAX: "no tax",
    Proof.PROVEN: "proven",
    Proof.PARTLY_PROVEN: "proven in part",
    Proof.UNPROVEN: "**unproven**",
}
_BASE = {
    WageBase.NONE: "",
    WageBase.GROSS: "gross",
    WageBase.FEDERAL: "as federal",
    WageBase.LESS_SECTION_125: "401(k) stays taxable",
    WageBase.LESS_RETIREMENT: "section 125 stays taxable",
}
_ROUNDS = {
    RoundsTo.CENT: "cent",
    RoundsTo.DOLLAR: "dollar",
    RoundsTo.EACH_LINE: "dollar, each line",
}
_WORKDAY = {
    "calendar": "calendar",
    "rolling": "24 hours from the begin of work",
    "shift": "calendar or shift, the larger",
}
_DATED = {
    "period_start": " (first day of the pay period)",
    "period_end": " (last day of the pay period)",
}

_INTRO = """\
# States: how payroll withholds, and how sure we are

This page is written from the tables of `medical_office/tools/payroll/tables` by
`devtools/statepage.py`; a test compares the two. To write it anew after a change
of the tables: `UPDATE_DOCS=1 pytest tests/payroll/test_state_docs.py`.

*Proven* means: published results of the state (examples of its guide, cells of its
printed tables, answers of its calculator) come out to the cent or within the rounding
of the print; *examples* counts them, they are rows of `tests/payroll/data/state_*.csv`
with their source. Guides were read through public transcriptions, not in the original:
before the first pay in a state, compare a slip with the guide named here. What is
unproven is computed, and says so on the slip and in the preflight of the run.

A pay date without a table (every state with a wage tax from 1 January 2027 on) stops
the run, until a law package brings it (payroll-year.md) or the accountant enters a dated
bracket table, which then goes before ours.
"""


def markdown(examples: Mapping[str, int]) -> str:
    """The whole page. ``examples`` counts the tested examples of each state."""
    return "\n".join(
        [
            _INTRO,
            "## Income tax withholding",
            "",
            "| state | from | to | method | proof | examples | wages | rounds to "
            "| source |",
            "|---|---|---|---|---|---|---|---|---|",
            *(
                _law_row(law, examples.get(state, 0))
                for state in NAMES
                for law in laws()[state]
            ),
            "",
            "### Why not (wholly) proven",
            "",
            *_marks(),
            "",
            "New York City and Yonkers, the cities of Alabama, Delaware, Kentucky, "
            "Michigan, Missouri, Ohio,",
            "Pennsylvania and West Virginia and the districts of Oregon tax wages too: "
            "enter those you owe as local taxes.",
            "",
            "## Other employee taxes",
            "",
            "| state | tax | from | to | employee pays | cap | proof | source |",
            "|---|---|---|---|---|---|---|---|",
            *(_other_row(tax) for tax in state_other.everything()),
            "",
            "*up to*: the employer may pay a part; enter once what share your practice "
            "deducts. Hawaii's",
            "temporary disability insurance depends on the employer's own premium and "
            "is not in the table.",
            "",
            "## Minimum wages",
            "",
            "The preflight compares each person who is not exempt with the higher of the "
            "federal minimum",
            "(7.25, 29 USC 206) and the one of the state of work. *Checked*: two public "
            "sources name it.",
            "",
            "| state | from | to | dollars an hour | checked | law | note |",
            "|---|---|---|---|---|---|---|",
            *(_minimum_row(row) for row in rows("state_minimum_wages")),
            "",
            "## Daily overtime",
            "",
            "| state | from | over hours a day | double over | seventh day | workday "
            "| checked | law | note |",
            "|---|---|---|---|---|---|---|---|---|",
            *(_daily_row(row) for row in rows("state_daily_overtime")),
            "",
            "## Attribution",
            "",
            ATTRIBUTION,
            "",
        ]
    )


def _law_row(law: Law, examples: int) -> str:
    none = law.method is Method.NONE
    cells = (
        f"{law.state} {NAMES[law.state]}",
        f"{law.valid_from}{_DATED.get(law.dated_by.value, '')}",
        _day(law.valid_to),
        _method_name(law),
        _PROOF[law.proof],
        "" if none else str(examples),
        _BASE[law.wage_base],
        "" if none else _ROUNDS[law.rounds_to],
        f"[{law.citation}]({law.url})",
    )
    return f"| {' | '.join(cells)} |"


def _marks() -> Iterator[str]:
    for state, name in NAMES.items():
        for law in laws()[state]:
            if law.mark:
                yield f"- {name}, from {law.valid_from}: {law.mark}"


def _other_row(tax: state_other.OtherTax) -> str:
    pays = f"{tax.percent} percent"
    if tax.kind is state_other.Kind.PER_QUARTER:
        pays = f"{tax.amount} a quarter"
    if tax.elective:
        pays = f"up to {pays}"
    if tax.min_employees is not None:
        most = f"to {tax.max_employees}" if tax.max_employees else "or more"
        pays += f" ({tax.min_employees} {most} employees)"
    cells = (
        tax.state,
        tax.program,
        str(tax.valid_from),
        str(tax.valid_to),
        pays,
        _cap(tax),
        "proven" if tax.proven else f"**unproven**: {tax.mark}",
        f"[{tax.citation}]({tax.url})",
    )
    return f"| {' | '.join(cells)} |"


def _minimum_row(row: Mapping[str, str]) -> str:
    cells = (
        f"{row['state']} {NAMES[row['state']]}",
        row["valid_from"],
        row["valid_to"],
        row["amount"],
        "yes" if row["checked"] == "yes" else "**no**",
        row["law"],
        row["note"],
    )
    return f"| {' | '.join(cells)} |"


def _daily_row(row: Mapping[str, str]) -> str:
    below = row["below_minimums"]
    cells = (
        f"{row['state']} {NAMES[row['state']]}",
        row["valid_from"],
        row["half_after"] + (f" (paid below {below} x the minimum)" if below else ""),
        row["double_after"],
        row["seventh_day"],
        _WORKDAY[row["workday"]],
        row["checked"],
        row["law"],
        row["note"],
    )
    return f"| {' | '.join(cells)} |"


def _cap(tax: state_other.OtherTax) -> str:
    if tax.annual_wage_cap is not None:
        return f"wages of {tax.annual_wage_cap:,}"
    if tax.annual_max is not None:
        return f"{tax.annual_max} a year"
    if tax.weekly_max is not None:
        return f"{tax.weekly_max} a week"
    return "none"


def _day(day: date | None) -> str:
    return "open" if day is None else str(day)


def _method_name(law: Law) -> str:
    """How the law withholds, in two or three words for a list."""
    if law.method is Method.BRACKETS and law.flat:
        return "flat rate"
    return {
        Method.NONE: "no tax on wages",
        Method.BRACKETS: "bracket table",
        Method.SPECIAL: "own rule",
        Method.ENTERED: "entered table",
    }[law.method]

"""Audit libraries as files: the shipped ones, and a practice's own, read strictly."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ..csvcells import choice, code, flag, number, text, whole
from ..csvproblems import TEXTS as CELL_TEXTS
from ..csvproblems import Problem
from ..csvread import Column, Row, Table, read_table
from ..marked import _lt

TABLES = Path(__file__).parent / "tables"
MOST_ITEMS = 2_000
SEVERITIES = ("low", "medium", "high", "critical")
REQUIREMENTS = ("required", "addressable", "guidance", "practice")
ANSWERS = ("pass_fail", "number", "text", "photo", "signature")

TEXTS: dict[str, tuple[str, str]] = CELL_TEXTS | {
    "code_twice": (
        _lt('Row %(other)s has the code "%(code)s" already.'),
        _lt("Each code stands for one item: correct or remove one of them."),
    ),
    "unknown_measure": (
        _lt('There is no evidence called "%(name)s".'),
        _lt("Use one of: %(known)s, or leave the cell empty."),
    ),
    "no_citation": (
        _lt("An item that a law requires has no citation."),
        _lt("Enter the rule, or choose “practice” as its requirement."),
    ),
}


def columns() -> list[Column]:
    """What a library's file may hold; code, section and question are needed."""
    same = {word: word for word in SEVERITIES}
    return [
        Column("code", "Code", code(40)),
        Column("section", "Section", text(120)),
        Column("question", "Question", text(500)),
        Column("citation", "Citation", text(250), required=False, default=""),
        Column(
            "requirement",
            "Requirement",
            choice({word: word for word in REQUIREMENTS}),
            required=False,
            default="required",
        ),
        Column("weight", "Weight", number(0, 100, places=2), required=False, default=1),
        Column("severity", "Severity", choice(same), required=False, default="medium"),
        Column(
            "answer",
            "Answer",
            choice({word: word for word in ANSWERS}),
            required=False,
            default="pass_fail",
            aliases=("Kind of answer", "Type"),
        ),
        Column("help", "How to check", text(1000), required=False, aliases=("Help",)),
        Column("measure", "Evidence", text(60), required=False, aliases=("Measure",)),
        Column(
            "days",
            "Period in days",
            whole(1, 3660),
            required=False,
            default=365,
            aliases=("Days",),
        ),
        Column(
            "checked",
            "Checked",
            flag,
            required=False,
            default=False,
            aliases=("Checked at its source",),
        ),
    ]


@dataclass(frozen=True, slots=True)
class LibraryItem:
    """One item of a library, ready to be written.

    :param code: what tells it from others over all versions
    :param checked: whether somebody has read the rule that is cited
    """

    code: str
    section: str
    question: str
    citation: str
    requirement: str
    weight: float
    severity: str
    answer: str
    help: str
    measure: str
    days: int
    checked: bool


def read_library(
    data: bytes, measures: Sequence[str]
) -> tuple[list[LibraryItem], list[Problem], Table]:
    """The items of a file, and a problem for each bad cell.

    :param measures: codes of the evidence that items may name
    :return: (items of the good rows, problems in the order of the rows, the table)
    """
    table = read_table(data, columns(), max_rows=MOST_ITEMS)
    problems = list(table.errors)
    items: list[LibraryItem] = []
    seen: dict[str, int] = {}
    for row in table.rows:
        item = _item(row)
        found = _problems_of(row.number, item, seen, measures)
        problems += found
        if not found:
            items.append(item)
    return items, sorted(problems, key=lambda one: one.row), table


def _problems_of(
    row: int, item: LibraryItem, seen: dict[str, int], measures: Sequence[str]
) -> list[Problem]:
    found = []
    key = item.code.casefold()
    if key in seen:
        values = {"code": item.code, "other": str(seen[key])}
        found.append(Problem(row, "Code", "code_twice", values))
    seen.setdefault(key, row)
    if item.measure and item.measure not in measures:
        values = {"name": item.measure, "known": ", ".join(sorted(measures))}
        found.append(Problem(row, "Evidence", "unknown_measure", values))
    if item.requirement in ("required", "addressable") and not item.citation:
        found.append(Problem(row, "Citation", "no_citation"))
    return found


def _item(row: Row) -> LibraryItem:
    values = row.values
    return LibraryItem(
        code=str(values["code"]),
        section=str(values["section"]),
        question=str(values["question"]),
        citation=str(values["citation"] or ""),
        requirement=str(values["requirement"]),
        weight=float(str(values["weight"])),
        severity=str(values["severity"]),
        answer=str(values["answer"]),
        help=str(values["help"] or ""),
        measure=str(values["measure"] or ""),
        days=int(str(values["days"])),
        checked=bool(values["checked"]),
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """What a file would change in a library, by codes."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    same: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        return not (self.new or self.changed or self.removed)


def compare(
    before: Mapping[str, LibraryItem], after: Sequence[LibraryItem]
) -> Difference:
    """What would be new, changed, removed and the same.

    :param before: {code: item} as the library stands
    """
    coming = {item.code: item for item in after}
    return Difference(
        new=tuple(code for code in coming if code not in before),
        changed=tuple(
            code for code in coming if code in before and before[code] != coming[code]
        ),
        removed=tuple(code for code in before if code not in coming),
        same=tuple(code for code in coming if before.get(code) == coming[code]),
    )


@cache
def shipped() -> tuple[dict[str, str], ...]:
    """The libraries that come with the program: code, name, program, citation, source,
    edition, valid_from and checked_on (ISO days), as text."""
    with (TABLES / "libraries.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def shipped_file(library: str) -> bytes:
    """The items of a shipped library, in the form that ``read_library`` reads.

    :param library: its code
    :raises KeyError: no such library comes with the program
    """
    if library not in {one["code"] for one in shipped()}:
        raise KeyError(library)
    return (TABLES / "library" / f"{library}.csv").read_bytes()

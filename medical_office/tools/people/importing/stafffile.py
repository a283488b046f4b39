"""Files of staff, credentials and benefits: their columns, other headings, who stands twice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ... import csvcells
from ...csvcells import CellError
from ...csvproblems import TEXTS, Problem
from ...csvread import Column, Row, Table, read_table
from ...marked import _lt

IMPORT_TEXTS: dict[str, tuple[str, str]] = TEXTS | {
    "person_twice": (
        _lt("%(cell)s is already in row %(other)s."),
        _lt("Keep one row for each person."),
    ),
    "credential_twice": (
        _lt("%(cell)s has this credential from that day in row %(other)s already."),
        _lt("Keep one of the two rows."),
    ),
    "enrollment_twice": (
        _lt("%(cell)s is in this plan from that day in row %(other)s already."),
        _lt("Keep one of the two rows."),
    ),
    "no_email": (
        _lt('"%(cell)s" is no email address.'),
        _lt("Write it like ada@practice.example."),
    ),
    "ends_before": (
        _lt("It ends before it begins."),
        _lt("Correct the first or the last day."),
    ),
    "unknown_title": (
        _lt('"%(cell)s" is no column of ours.'),
        _lt("Write their heading = our column, such as Badge = Number."),
    ),
}


def _email(cell: str) -> str:
    address = str(csvcells.code(120)(cell)).casefold()
    name, _at, host = address.rpartition("@")
    if not (name and host):
        raise CellError("no_email", cell=cell[:40])
    return address


STAFF: tuple[Column, ...] = (
    Column("email", "Work email", _email, aliases=("email", "e-mail")),
    Column("name", "Name", required=False, aliases=("employee", "full name")),
    Column("job", "Job", required=False, aliases=("position", "job title")),
    Column("department", "Department", required=False, aliases=("dept",)),
    Column("manager", "Manager email", _email, required=False, aliases=("manager",)),
    Column("phone", "Work phone", required=False, aliases=("phone",)),
    Column("first_day", "First day", csvcells.day, required=False, aliases=("hired",)),
    Column("private_email", "Private email", _email, required=False),
    Column("street", "Street", required=False, aliases=("address",)),
    Column("city", "City", required=False),
    Column("state", "State", csvcells.code(2), required=False),
    Column(
        "zip", "ZIP", csvcells.identifier(10), required=False, aliases=("zip code",)
    ),
    Column("contact", "Emergency contact", required=False),
    Column("contact_phone", "Emergency phone", required=False),
)
CREDENTIALS: tuple[Column, ...] = (
    Column("email", "Work email", _email, aliases=("email", "e-mail")),
    Column("type", "Credential", aliases=("type", "license type", "code")),
    Column("number", "Number", csvcells.identifier(), required=False),
    Column("issuer", "Issued by", required=False, aliases=("board", "issuer")),
    Column("state", "State", csvcells.code(2), required=False),
    Column("date_from", "From", csvcells.day, aliases=("issued", "in force from")),
    Column(
        "date_to",
        "Last day",
        csvcells.day,
        required=False,
        aliases=("expires", "until"),
    ),
    Column("registered_name", "Registered as", required=False),
)
MOST_MONEY = 1_000_000
_TIERS = {
    "employee": "employee",
    "employee only": "employee",
    "spouse": "spouse",
    "employee and spouse": "spouse",
    "children": "children",
    "employee and children": "children",
    "family": "family",
}
_EVENTS = {
    "new hire": "hire",
    "open enrollment": "open",
    "marriage": "marriage",
    "birth": "birth",
    "other coverage": "coverage",
    "work": "work",
    "other": "other",
}
BENEFITS: tuple[Column, ...] = (
    Column("email", "Work email", _email, aliases=("email", "e-mail")),
    Column("plan", "Plan", csvcells.text(120), aliases=("benefit", "product")),
    Column(
        "tier",
        "Coverage",
        csvcells.choice(_TIERS),
        required=False,
        aliases=("tier", "coverage tier"),
    ),
    Column("date_from", "From", csvcells.day, aliases=("effective", "start")),
    Column("date_to", "Until", csvcells.day, required=False, aliases=("end",)),
    Column(
        "event",
        "Life event",
        csvcells.choice(_EVENTS),
        required=False,
        aliases=("event", "reason"),
    ),
    Column(
        "amount",
        "Per paycheck",
        csvcells.number(0, MOST_MONEY, 2),
        required=False,
        aliases=("deduction", "amount"),
    ),
    Column(
        "percent",
        "Percent of pay",
        csvcells.number(0, 100, 3),
        required=False,
        aliases=("percent",),
    ),
    Column(
        "employer_month",
        "Employer pays a month",
        csvcells.number(0, MOST_MONEY, 2),
        required=False,
        aliases=("employer",),
    ),
)


def mapped(
    columns: Sequence[Column], mapping: Mapping[str, str]
) -> tuple[tuple[Column, ...], list[Problem]]:
    """Columns that also answer to the headings of somebody else's file.

    :param mapping: {their heading: title of our column}
    :return: the columns, and a problem for each title that is none of ours
    """
    ours = {column.title.casefold(): column.key for column in columns}
    aliases: dict[str, list[str]] = {}
    problems = []
    for theirs, title in mapping.items():
        key = ours.get(title.strip().casefold())
        if key is None:
            problems.append(Problem(0, "", "unknown_title", {"cell": title}))
        else:
            aliases.setdefault(key, []).append(theirs)
    return tuple(
        replace(column, aliases=(*column.aliases, *aliases.get(column.key, ())))
        for column in columns
    ), problems


def _twice(
    rows: Sequence[Row], key: Callable[[Row], object], code: str
) -> list[Problem]:
    seen: dict[object, int] = {}
    problems = []
    for row in rows:
        value = key(row)
        if value in seen:
            said = {"cell": str(row.values["email"]), "other": str(seen[value])}
            problems.append(Problem(row.number, "Work email", code, said))
        else:
            seen[value] = row.number
    return problems


def read_staff(data: bytes, mapping: Mapping[str, str]) -> Table:
    """Rows of a staff file; a person who stands twice is a problem of the second row."""
    columns, problems = mapped(STAFF, mapping)
    table = read_table(data, columns)
    problems += _twice(table.rows, lambda row: row.values["email"], "person_twice")
    return replace(table, errors=(*problems, *table.errors))


def read_credentials(data: bytes, mapping: Mapping[str, str]) -> Table:
    """Rows of a credential file; an end before the issue is a problem of its row."""
    columns, problems = mapped(CREDENTIALS, mapping)
    table = read_table(data, columns)
    problems += _twice(
        table.rows,
        lambda row: (
            row.values["email"],
            str(row.values["type"]).casefold(),
            row.values["date_from"],
        ),
        "credential_twice",
    )
    for row in table.rows:
        first, last = row.values["date_from"], row.values["date_to"]
        if last is not None and str(last) < str(first):  # days, as YYYY-MM-DD
            problems.append(Problem(row.number, "Last day", "ends_before", {}))
    return replace(table, errors=(*problems, *table.errors))


def read_benefits(data: bytes, mapping: Mapping[str, str]) -> Table:
    """Rows of a benefits file; somebody twice in a plan from a day is a problem."""
    columns, problems = mapped(BENEFITS, mapping)
    table = read_table(data, columns)
    problems += _twice(
        table.rows,
        lambda row: (
            row.values["email"],
            str(row.values["plan"]).casefold(),
            row.values["date_from"],
        ),
        "enrollment_twice",
    )
    for row in table.rows:
        first, last = row.values["date_from"], row.values["date_to"]
        if last is not None and str(last) < str(first):  # days, as YYYY-MM-DD
            problems.append(Problem(row.number, "Until", "ends_before", {}))
    return replace(table, errors=(*problems, *table.errors))

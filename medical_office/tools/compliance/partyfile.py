"""Reads the parties to be screened: people, vendors, owners, contractors, applicants.

A party may have several rows with the same id, one for each name it had.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..csvcells import CellError, choice, day, text
from ..csvproblems import TEXTS, Problem
from ..csvread import Column, Row, read_table
from ..marked import _lt
from ..npi import npi_is_valid
from .identifiers import known_day
from .letters import fold
from .wordtable import rows

MOST_BYTES = 100_000_000
MOST_ROWS = 1_000_000
KINDS = {"person": "person", "business": "business"}

PARTY_TEXTS: dict[str, tuple[str, str]] = TEXTS | {
    "no_name": (
        _lt("This person has no name."),
        _lt("Fill in last and first; without a name nobody can be screened."),
    ),
    "no_business": (
        _lt("This business has no name."),
        _lt("Fill in business, or write person as its kind."),
    ),
    "no_letters": (
        _lt('"%(cell)s" has no letter of the Latin alphabet.'),
        _lt("Write the name as in the passport's machine-readable lines."),
    ),
    "not_an_npi": (
        _lt('"%(cell)s" is not a National Provider Identifier.'),
        _lt("Write its ten digits, or leave the cell empty."),
    ),
    "npi_check": (
        _lt("The check digit of the NPI %(cell)s is wrong."),
        _lt("Correct it; until then it counts only beside a name that agrees."),
    ),
    "not_a_state": (
        _lt('"%(cell)s" is not a state.'),
        _lt("Write two letters such as TX, or leave the cell empty."),
    ),
}


class Party(NamedTuple):
    """One name of a party; ``birth`` is YYYYMMDD or empty, as ``npi`` and ``state``."""

    id: str
    kind: str
    last: str
    first: str
    middle: str
    business: str
    npi: str
    birth: str
    state: str


def _npi(cell: str) -> str:
    digits = cell.removesuffix(".0")
    if not digits.strip("0"):
        return ""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        raise CellError("not_an_npi", cell=cell[:40])
    return digits


def _born(cell: str) -> str:
    if cell.isdigit() and len(cell) == 8:  # as the lists write it
        cell = f"{cell[:4]}-{cell[4:6]}-{cell[6:]}"
    found = day(cell)
    return known_day(*_parts(found)) if isinstance(found, date) else ""


def _parts(day_found: date) -> tuple[int, int, int]:
    return day_found.year, day_found.month, day_found.day


def _state(cell: str) -> str:
    plain = fold(cell)
    names = {row["name"]: row["code"] for row in rows("states")}
    if plain in names:
        return names[plain]
    if len(plain) != 2 or not plain.isalpha():
        raise CellError("not_a_state", cell=cell[:40])
    return plain


def columns() -> list[Column]:
    """The columns of a file of parties; only id and kind are always needed."""
    name = text(200)
    return [
        Column("id", "id", text(100)),
        Column("kind", "kind", choice(KINDS)),
        Column("last", "last", name, False, ("last name", "surname"), ""),
        Column("first", "first", name, False, ("first name",), ""),
        Column("middle", "middle", name, False, ("middle name",), ""),
        Column("business", "business", name, False, ("business name",), ""),
        Column("npi", "npi", _npi, False, (), ""),
        Column("birth_date", "birth_date", _born, False, ("dob",), ""),
        Column("state", "state", _state, False, (), ""),
    ]


def read_parties(data: bytes) -> tuple[list[Party], list[Problem], list[Problem]]:
    """Read a CSV file of parties.

    :return: the parties, what makes the file unusable (row, field, remedy), and what is
        only doubtful: an NPI with a wrong check digit
    """
    table = read_table(data, columns(), MOST_BYTES, MOST_ROWS)
    problems = list(table.errors)
    doubts: list[Problem] = []
    parties: list[Party] = []
    for row in table.rows:
        party = _party(row)
        problems += _nameless(row.number, party)
        if party.npi and not npi_is_valid(party.npi):
            doubts.append(Problem(row.number, "npi", "npi_check", {"cell": party.npi}))
        parties.append(party)
    return parties, problems, doubts


def _party(row: Row) -> Party:
    values = {column.key: row.take(column.key, str) for column in columns()}
    values["birth"] = values.pop("birth_date")
    return Party(**values)


def _nameless(number: int, party: Party) -> Iterable[Problem]:
    if party.kind == "business":
        field, names, code = "business", party.business, "no_business"
    else:
        field, names, code = "last", party.last + party.first, "no_name"
    if not names.strip():
        yield Problem(number, field, code)
    elif not fold(names):
        yield Problem(number, field, "no_letters", {"cell": names[:40]})

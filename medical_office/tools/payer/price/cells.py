"""Cells that the payer files share: procedure codes, modifiers, places, months.

No file of this domain holds anything of a patient: a heading that looks like it refuses
the file, so that nothing of it is read or kept.
"""

import re
from collections.abc import Sequence

from ... import csvcells
from ...csvproblems import TEXTS, Problem
from ...csvread import Column, Table, read_table
from ...marked import _lt

_CODE = re.compile(r"[0-9A-Z]\d{3}[0-9A-Z]")
_MODIFIER = re.compile(r"[0-9A-Z]{2}")
_PLACE = re.compile(r"\d{2}")
_PATIENT = re.compile(
    r"patient|member|subscriber|insured|birth|\bdob\b|\bmrn\b|\bssn\b|social security|"
    r"chart|diagnos|\bicd|\bdx\b|first name|last name|policy (no|number|id)",
    re.IGNORECASE,
)

PAYER_TEXTS: dict[str, tuple[str, str]] = TEXTS | {
    "not_a_code": (
        _lt('"%(cell)s" is not a procedure code.'),
        _lt("Write a CPT or HCPCS code of five characters, such as 99213 or J1885."),
    ),
    "not_a_modifier": (
        _lt('"%(cell)s" is not a modifier.'),
        _lt("Write two characters such as 25 or TC, or leave it empty."),
    ),
    "not_a_place": (
        _lt('"%(cell)s" is not a place of service.'),
        _lt("Write two digits such as 11, or leave it empty for every place."),
    ),
    "future_month": (
        _lt("%(cell)s is not over yet."),
        _lt("Enter months that are over."),
    ),
    "patient_data": (
        _lt('The column "%(title)s" looks like data of a patient.'),
        _lt("Take the column out of the file; nothing of it was read or kept."),
    ),
    "two_prices": (
        _lt("%(code)s has another price from %(day)s on in row %(other)s."),
        _lt("Keep one price for each code, modifier, place and day."),
    ),
    "ends_before": (
        _lt("The last day %(last)s is before the first day %(first)s."),
        _lt("Correct one of the two dates."),
    ),
    "twice": (
        _lt("The same is in row %(other)s already."),
        _lt("Keep one of the two rows."),
    ),
    "unknown_payer": (
        _lt('"%(cell)s" is not a payer of this practice.'),
        _lt(
            "Write the payer's name or payer ID as it stands under Payers, or add it there."
        ),
    ),
    "reasons_above": (
        _lt("The reasons add up to %(sum)s denied claims, the row says %(denied)s."),
        _lt("Check the numbers of this row."),
    ),
    "denied_above": (
        _lt("%(denied)s denied claims are more than %(claims)s claims."),
        _lt("Check both numbers."),
    ),
}


def code(cell: str) -> str:
    """A CPT or HCPCS code in capitals."""
    value = cell.upper()
    if not _CODE.fullmatch(value):
        raise csvcells.CellError("not_a_code", cell=cell[:40])
    return value


def modifier(cell: str) -> str:
    """A modifier of two characters in capitals."""
    value = cell.upper()
    if not _MODIFIER.fullmatch(value):
        raise csvcells.CellError("not_a_modifier", cell=cell[:40])
    return value


def place(cell: str) -> str:
    """A place of service of two digits; a single digit gets its zero."""
    value = cell.zfill(2)
    if not _PLACE.fullmatch(value):
        raise csvcells.CellError("not_a_place", cell=cell[:40])
    return value


CODE = Column("code", "Code", code, aliases=("CPT", "HCPCS", "CPT code", "Procedure"))
MODIFIER = Column(
    "modifier", "Modifier", modifier, required=False, aliases=("Mod",), default=""
)
PLACE = Column(
    "place",
    "Place",
    place,
    required=False,
    aliases=("POS", "Place of service"),
    default="",
)


def read(data: bytes, columns: Sequence[Column]) -> Table:
    """Read a payer file; one with a column of patients is refused as a whole."""
    table = read_table(data, columns)
    bad = [title for title in table.ignored if _PATIENT.search(title)]
    if not bad:
        return table
    problems = tuple(Problem(0, "", "patient_data", {"title": title}) for title in bad)
    return Table(errors=problems, encoding=table.encoding, delimiter=table.delimiter)

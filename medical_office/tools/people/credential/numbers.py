"""Numbers of credentials: check digits, letters, and how a state writes its licenses.

Nothing here proves that a number belongs to somebody: the board's own page does.
"""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...npi import npi_is_valid

TABLE = Path(__file__).parents[1] / "tables" / "license_numbers.csv"
_DEA = re.compile(r"([A-Z])([A-Z9])([0-9]{7})")
_CLIA = re.compile(r"[0-9]{2}D[0-9]{7}")
# A, B, F, G: practitioners, hospitals, clinics, pharmacies; M: mid-level; P, R: distributors,
# researchers (DEA Pharmacist's Manual; the X of the buprenorphine waiver has ended)
DEA_LETTERS = frozenset("ABFGMPR")


class Pattern(NamedTuple):
    """How licenses of one type look in one state."""

    state: str
    credential: str
    pattern: str
    example: str
    board: str
    date_from: date
    source: str
    is_checked: bool


def normal(number: str) -> str:
    """A number without blanks and dashes around it, letters in capitals."""
    return re.sub(r"\s+", "", number or "").upper()


def npi_problem(number: str) -> str:
    """What is wrong with an NPI: "shape", "first", "check", or nothing.

    Ten digits, the first 1 or 2 (45 CFR 162.406), the last a check digit.
    """
    number = normal(number)
    if not re.fullmatch(r"[0-9]{10}", number):
        return "shape"
    if number[0] not in "12":
        return "first"
    return "" if npi_is_valid(number) else "check"


def dea_problem(number: str, names: tuple[str, ...] = ()) -> str:
    """What is wrong with a DEA number: "shape", "letter", "check", "name", or nothing.

    Two characters and seven digits; the sum of digits 1, 3 and 5 and twice that of 2, 4
    and 6 ends in digit 7. The second character is the first letter of the registrant's
    last name, or 9 for a business.

    :param names: last name and other names the registration may run on; without any,
        the letter is not compared
    """
    found = _DEA.fullmatch(normal(number))
    if not found:
        return "shape"
    kind, initial, digits = found.groups()
    if kind not in DEA_LETTERS:
        return "letter"
    values = [int(digit) for digit in digits]
    total = sum(values[0:6:2]) + 2 * sum(values[1:6:2])
    if total % 10 != values[6]:
        return "check"
    initials = {name.strip()[:1].upper() for name in names if name.strip()}
    if initials and initial != "9" and initial not in initials:
        return "name"
    return ""


def clia_problem(number: str) -> str:
    """Tell "shape" where a CLIA number is not two digits, D and seven digits, or nothing.

    It has no check digit.
    """
    return "" if _CLIA.fullmatch(normal(number)) else "shape"


@cache
def patterns() -> tuple[Pattern, ...]:
    """All rows of the table of license numbers."""
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Pattern(
                row["state"],
                row["credential"],
                row["pattern"],
                row["example"],
                row["board"],
                date.fromisoformat(row["date_from"]),
                row["source"],
                row["checked"] == "yes",
            )
            for row in csv.DictReader(handle)
        )


def pattern_of(state: str, credential: str, day: date) -> Pattern | None:
    """The latest pattern in force for a state's license, or None where none is known.

    :param state: two letters
    :param credential: code of the credential type, such as ``license_rn``
    """
    known = [
        row
        for row in patterns()
        if (row.state, row.credential) == (state, credential) and row.date_from <= day
    ]
    return max(known, key=lambda row: row.date_from, default=None)


def fits(pattern: Pattern, number: str) -> bool:
    """Whether a number is written as the state's board writes it."""
    return bool(re.fullmatch(pattern.pattern, normal(number)))

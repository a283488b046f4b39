"""The identifiers of GS1 (AIs): which there are, how long they are, what they hold.

The table beside this file is GS1's own machine-readable list (see its ATTRIBUTION.md).
Of the checks it names, those of goods are made: check digits, dates, times; countries,
currencies, package types and the check pairs of GMN and MUDI are not looked at.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "tables" / "gs1_identifiers.csv"
_SETS = {
    "n": "[0-9]",
    # the 82 characters of GS1 (ISO/IEC 646 without blank, # $ @ and brackets of arrays)
    "x": "[!\"%&'()*+,./0-9:;<=>?A-Z_a-z-]",
    "y": "[#/0-9A-Z-]",
    "z": "[0-9A-Za-z_=-]",
}
_PART = re.compile(
    r"(?P<maybe>\[)?(?P<set>[nxyz])(?P<upto>\.\.)?(?P<size>[0-9]+)\]?"
    r"(?:\+(?P<check>\w+)[+\w]*)?"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a value: which characters, how many, may it be missing, which check."""

    characters: str
    least: int
    most: int
    optional: bool
    check: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier. ``predefined``: no separator need follow its value."""

    ai: str
    title: str
    predefined: bool
    parts: tuple[Part, ...]

    @property
    def least(self) -> int:
        """The shortest value."""
        return sum(part.least for part in self.parts if not part.optional)

    @property
    def most(self) -> int:
        """The longest value."""
        return sum(part.most for part in self.parts)

    def pieces(self, value: str) -> list[tuple[Part, str]]:
        """The parts of a value with what each holds; optional ones only if there."""
        found, place = [], 0
        for part in self.parts:
            piece = value[place : place + part.most]
            place += part.most
            if piece or not part.optional:
                found.append((part, piece))
        return found

    def first_wrong(self, value: str) -> str:
        """The first character that may not stand where it is, or an empty text."""
        for part, piece in self.pieces(value):
            for sign in piece:
                if not re.fullmatch(_SETS[part.characters], sign):
                    return sign
        return ""

    def needed(self, value: str) -> int:
        """How many characters the value needs: more than it has if it was cut."""
        pieces = self.pieces(value)
        return sum(max(part.least, len(piece)) for part, piece in pieces)


@cache
def identifiers() -> dict[str, Identifier]:
    """All identifiers by their digits, ranges unrolled."""
    found = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            parts = tuple(_part(text) for text in row["form"].split())
            first, _, last = row["ai"].partition("-")
            for number in range(int(first), int(last or first) + 1):
                ai = str(number).zfill(len(first))
                predefined = row["predefined"] == "yes"
                found[ai] = Identifier(ai, row["title"], predefined, parts)
    return found


def identifier_at(text: str, place: int) -> Identifier | None:
    """The identifier that begins at ``place``; none is the beginning of another."""
    known = identifiers()
    for size in (2, 3, 4):
        found = known.get(text[place : place + size])
        if found:
            return found
    return None


def _part(text: str) -> Part:
    found = _PART.fullmatch(text)
    if not found:
        raise ValueError(f"{TABLE.name}: {text} is no form of a value")
    size = int(found["size"])
    least = 1 if found["upto"] else size
    optional = bool(found["maybe"])
    return Part(found["set"], least, size, optional, found["check"] or "")

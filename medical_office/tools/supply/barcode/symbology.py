"""What stands around the data: the scanner's announcement, separators, line ends.

A scanner may send three characters first that name the kind of code (ISO/IEC 15424);
for GS1 they are listed in the General Specifications, figure 5.1-1. The separator is
ASCII 29; keyboard wedges type other things for it. Those accepted cannot stand in a GS1
value (# | ~ ^ are not among its characters, nor the pictures of ASCII 29, U+241D and
U+2194, or the e with grave that stands for FNC1 in DataMatrix), or are spelled out
(``<GS>``, ``Alt029``, ``^]``).
"""

import re
from dataclasses import dataclass

from .elements import GS

GS1_MARKED = ("]C1", "]d2", "]d8", "]Q3", "]J1", "]e0", "]e1", "]e2")
RETAIL, RETAIL_ADDED, EAN_8, ITF = "]E0", "]E3", "]E4", "]I"
# Code 128, 39, 93, DataMatrix, QR, Aztec, PDF417, DotCode, Codabar: text of any kind
PLAIN = "ACGdQzLJF"
_ANNOUNCED = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_SEPARATOR = re.compile(
    r"<(?:GS|FNC1|F8)>|\{(?:GS|FNC1|F8)\}|\[(?:GS|FNC1)\]|Alt\+?029|\\x1d|\\u001d|\\035"
    r"|\^\]"
    r"|\][Cde][012]|\]d8|\]Q3|\]J1|[\x1c-\x1f\r\n\t\u241d\u2194\xe8#|~^]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Scan:
    """A text and the symbology identifier it came with (empty if none was sent)."""

    symbology: str
    text: str


def scanned(text: str) -> Scan:
    """The text without announcement and line ends; blanks at its end stay."""
    text = text.lstrip("\ufeff\0\r\n\t ").rstrip("\0\r\n\t")
    announced = _ANNOUNCED.match(text)
    if not announced:
        return Scan("", text)
    return Scan(announced[0], text[announced.end() :])


def with_separators(text: str) -> str:
    """The text of a GS1 code with each spelling of the separator as ASCII 29.

    The announcement of a second bar, sent in one go with the first, parts them as well.
    """
    return _SEPARATOR.sub(GS, text.rstrip(" "))

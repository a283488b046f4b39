"""Text in the characters that banks' and agencies' files accept."""

import csv
import unicodedata
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "tables" / "letters.csv"
# typographic marks that word processors put for those of a keyboard
_MARKS = str.maketrans("‘’ʼ′“”″–—−\N{NO-BREAK SPACE}", "''''\"\"\"--- ")
# letters and signs by their category, and yet blank on every screen
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


@cache
def plain_letters() -> dict[int, str]:
    """Letters that Unicode does not decompose (Ł, Đ, ø) -> their plain capitals.

    Keys are code points, as ``str.translate`` takes them; the table names its reasons.
    """
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {ord(row["letter"]): row["plain"] for row in csv.DictReader(file)}


@cache
def _kept_case() -> dict[int, str]:
    """The same, written as in a name: small for a small one, Th for a capital thorn."""
    return {
        code: letters.lower() if chr(code).islower() else letters.capitalize()
        for code, letters in plain_letters().items()
    }


def plain(text: str) -> str:
    """Return ``text`` in printable ASCII: accents dropped, other characters blank.

    A letter that only looks accented becomes its plain one (Łukasz is Lukasz, Søren
    Soren, Weiß Weiss); what has no Latin letters is left blank.
    """
    flat = unicodedata.normalize("NFKD", text.translate(_MARKS).translate(_kept_case()))
    flat = "".join(c for c in flat if not unicodedata.combining(c))
    return "".join(c if " " <= c <= "~" else " " for c in flat.translate(_kept_case()))


def storable(text: object) -> str:
    """Return ``text`` without what no database stores: NUL and halves of surrogates.

    What is no text (a file sent in its place, nothing) becomes an empty one.

    >>> storable("a\\x00b")
    'ab'
    """
    bare = text.replace("\0", "") if isinstance(text, str) else ""
    return bare.encode("utf-8", "ignore").decode("utf-8")


def said(text: object) -> str:
    """Return ``text`` without blanks around it; an empty one where nothing of it is seen.

    Characters without width, control characters and marks without a letter say nothing.
    What is no text is an empty one.

    >>> said(" \\u200b "), said("Flu season ")
    ('', 'Flu season')
    """
    bare = text.strip() if isinstance(text, str) else ""
    if bare.isascii() and bare.isprintable():
        return bare
    seen = any(c not in _BLANK and unicodedata.category(c)[0] in "LNPS" for c in bare)
    return bare if seen else ""

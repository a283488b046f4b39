"""Text in the characters that banks' and agencies' files accept."""

import csv
import unicodedata
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "tables" / "letters.csv"
# typographic marks that word processors put for those of a keyboard
_MARKS = str.maketrans("‘’ʼ′“”″–—−\N{NO-BREAK SPACE}", "''''\"\"\"--- ")


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

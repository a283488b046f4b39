"""The names of a business, taken apart: its own words, words of the trade, legal form."""

import re
from dataclasses import dataclass
from functools import cache

from .letters import fold
from .person import WIDTHS
from .wordtable import rows

_SPLIT = re.compile(
    r"\b(?:D\W?B\W?A|A\W?K\W?A|F\W?K\W?A|N\W?K\W?A|T/A)\b\W*"
    r"|\bDOING BUSINESS AS\b|\bFORMERLY(?: KNOWN AS)?\b|\bALSO KNOWN AS\b|[;()]",
    re.IGNORECASE,
)
_SPACED = re.compile(r"\b(?:[A-Z0-9] )+[A-Z0-9]\b")


@dataclass(frozen=True, slots=True)
class Business:
    """One name of a business.

    ``own`` the words that tell it from others, ``trade`` words like HOME, HEALTH and
    PHARMACY, both in their short form (MED, CTR); ``together`` all of them in order;
    ``cut``: the field is as long as its column, so that the end may be missing.
    """

    own: tuple[str, ...]
    trade: tuple[str, ...]
    together: str
    cut: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its own, then those of the trade."""
        return self.own + self.trade


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {row["word"]: (row["means"], row["kind"]) for row in rows("business_words")}


def businesses(name: str) -> tuple[Business, ...]:
    """All names in the field: "Acme Holdings LLC DBA Sunrise Care" has two.

    Legal forms, articles and "&" are left out; words with a usual abbreviation are
    written in it; single letters are joined (J & J is JJ).
    """
    cut = len(name.strip()) >= WIDTHS["business"] - 1
    parts = [part for part in _SPLIT.split(name) if part and fold(part)]
    found = [_business(part, cut and part is parts[-1]) for part in parts]
    return tuple(each for each in found if each.together)


def _business(part: str, cut: bool) -> Business:
    tokens = _expanded(_joined_letters(fold(part.replace("&", " AND "))))
    own = tuple(t for t, kind in tokens if kind != "generic")
    trade = tuple(t for t, kind in tokens if kind == "generic")
    return Business(own, trade, "".join(t for t, _kind in tokens), cut)


def _joined_letters(text: str) -> list[str]:
    """L L C is LLC, J AND J is JJ; the S that an apostrophe left goes to its word."""
    text = re.sub(r"\b([A-Z]) AND (?=[A-Z]\b)", r"\1 ", text)
    text = re.sub(r"(?<=[A-Z]{3}) S\b", "S", text)
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), text).split()


def _expanded(tokens: list[str]) -> list[tuple[str, str]]:
    """The words that count, in their short form, with their kind.

    If only legal forms and articles are there, they are the name.
    """
    found: list[tuple[str, str]] = []
    for place, token in enumerate(tokens):
        means, kind = _table().get(token, ("", "own"))
        if kind == "drop" or (kind == "legal" and place):
            continue
        found += [(word, kind) for word in (means or token).split()]
    return found or [(token, "own") for token in tokens]

"""The names of a business, taken apart: its own words, words of the trade, legal form."""

import re
from dataclasses import dataclass
from functools import cache

from .letters import fold
from .person import may_be_cut
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
    ``written`` the words as written. ``cut``: the field is as long as its column; its
    last word may be the beginning of one and stands in ``tail`` alone.
    """

    own: tuple[str, ...]
    trade: tuple[str, ...]
    together: str
    written: tuple[str, ...]
    cut: bool = False
    tail: str = ""

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
    cut = may_be_cut(name, "business")
    parts = [part for part in _SPLIT.split(name) if part and fold(part)]
    return tuple(_business(part, cut and part is parts[-1]) for part in parts)


def _business(part: str, cut: bool) -> Business:
    written = _joined_letters(fold(part.replace("&", " AND ")))
    tail = written[-1] if cut and len(written) > 1 else ""
    tokens = _short_forms(written[:-1] if tail else written)
    own = tuple(t for t, kind in tokens if kind != "generic")
    trade = tuple(t for t, kind in tokens if kind == "generic")
    together = "".join(t for t, _kind in tokens)
    return Business(own, trade, together, tuple(written), cut, tail)


def _joined_letters(text: str) -> list[str]:
    """L L C is LLC, J AND J is JJ; the S that an apostrophe left goes to its word."""
    text = re.sub(r"\b([A-Z]) AND (?=[A-Z]\b)", r"\1 ", text)
    text = re.sub(r"(?<=[A-Z]{3}) S\b", "S", text)
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), text).split()


def _short_forms(tokens: list[str]) -> list[tuple[str, str]]:
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


def short_forms(word: str) -> list[str]:
    """One word in its short form; nothing for a legal form or an article."""
    means, kind = _table().get(word, ("", "own"))
    return [] if kind in ("drop", "legal") else (means or word).split()


@cache
def begun(text: str) -> frozenset[str]:
    """The short forms of the words of the table that begin so."""
    return frozenset(
        form
        for word, (means, _kind) in _table().items()
        if word.startswith(text)
        for form in (means or word).split()
    )


@cache
def begins_legal(text: str) -> bool:
    """Whether a legal form or an article begins with this."""
    return any(
        word.startswith(text)
        for word, (_means, kind) in _table().items()
        if kind in ("legal", "drop", "split")
    )

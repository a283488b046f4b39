"""The names of a business, taken apart: its own words, words of the trade, legal form."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from .letters import fold
from .person import may_be_cut
from .wordtable import rows

_SPLIT = re.compile(
    r"\b(?:D\W?B\W?A|A\W?K\W?A|F\W?K\W?A|N\W?K\W?A|T/A)\b\W*"
    r"|\bDOING BUSINESS AS\b|\bFORMERLY(?: KNOWN AS)?\b|\bALSO KNOWN AS\b|[;()]",
    re.IGNORECASE,
)
# What the letters of a field hold if one of these parts two names in it
_PARTS = ("DBA", "AKA", "FKA", "NKA", "FORMERLY", "BUSINESSAS", "KNOWNAS")
_NO_LETTERS = {code: None for code in range(128) if not chr(code).isalpha()}
_DEGREE = re.compile(
    r"[DN]\W?(?:[OCP]|D\W?S|M\W?D|P\W?M|N\W?P)\b|M\W?D\b|O\W?D\b|PH\W?D", re.I
)
_SPACED = re.compile(r"\b(?:[A-Z0-9] )+[A-Z0-9]\b")


class Business(NamedTuple):
    """One name of a business.

    ``own`` the words that tell it from others, ``trade`` words like HOME, HEALTH and
    PHARMACY, both in their short form (MED, CTR); ``together`` all of them in order;
    ``written`` the words as written. ``cut``: the field is as long as its column; its
    last word may be the beginning of one and stands in ``tail`` alone. ``whole`` are all
    words with that one, sorted: it may be complete as well.
    """

    own: tuple[str, ...]
    trade: tuple[str, ...]
    together: str
    written: tuple[str, ...]
    cut: bool = False
    tail: str = ""
    shortened: tuple[tuple[str, str], ...] = ()  # words as written, their short form

    trade_set: frozenset[str] = frozenset()
    whole: tuple[str, ...] = ()
    spelled: str = ""  # the words as written, without legal forms, written together

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its own, then those of the trade."""
        return self.own + self.trade


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {row["word"]: (row["means"], row["kind"]) for row in rows("business_words")}


@lru_cache(maxsize=50_000)
def _entry(word: str) -> tuple[str, str]:
    """Short form and kind of a word; the plural of one in the table is that one."""
    found = _table().get(word)
    if found is None and word.endswith("S") and len(word) > 4:
        means, kind = _table().get(word[:-1], ("", ""))
        if kind == "generic":
            return means or word[:-1], kind
    return found or ("", "own")


@lru_cache(maxsize=1_000)
def businesses(name: str) -> tuple[Business, ...]:
    """All names in the field: "Acme Holdings LLC DBA Sunrise Care" has two.

    Legal forms, articles and "&" are left out; words with a usual abbreviation are
    written in it; single letters are joined (J & J is JJ).
    """
    cut = may_be_cut(name, "business")
    parts = [part for part in _parted(name) if part and fold(part)]
    return tuple(_business(part, cut and part is parts[-1]) for part in parts)


def _parted(name: str) -> list[str]:
    """The names in a field; most have one, and the slow search is spared for them."""
    letters = name.upper().translate(_NO_LETTERS)
    if any(part in letters for part in _PARTS) or any(sign in name for sign in ";()/"):
        return _SPLIT.split(name)
    return [name]


def _business(part: str, cut: bool) -> Business:
    written = _joined_letters(fold(part.replace("&", " AND ")))
    tail = written[-1] if cut and len(written) > 1 else ""
    known = [(word, *_entry(word)) for word in written]
    tokens = _short_forms(known[:-1] if tail else known)
    own = tuple(t for t, kind in tokens if kind != "generic")
    trade = tuple(t for t, kind in tokens if kind == "generic")
    shortened = tuple(
        (word, means) for word, means, _kind in known if means not in ("", word)
    )
    words = [t for t, _kind in (_short_forms(known) if tail else tokens)]
    return Business(
        own,
        trade,
        "".join([t for t, _kind in tokens]),
        tuple(written),
        cut,
        tail,
        shortened,
        frozenset(trade),
        tuple(sorted(words)),
        "".join(_telling(known)),
    )


def _telling(known: list[tuple[str, str, str]]) -> list[str]:
    """The words as written, without legal forms behind the first, articles and AND."""
    return [
        word
        for place, (word, _means, kind) in enumerate(known)
        if kind not in ("drop", "split") and not (place and kind == "legal")
    ]


def _joined_letters(text: str) -> list[str]:
    """L L C is LLC, J AND J is JJ; the S that an apostrophe left goes to its word."""
    if min(map(len, text.split()), default=0) > 1:
        return text.split()  # no single letter
    text = re.sub(r"\b([A-Z]) AND (?=[A-Z]\b)", r"\1 ", text)
    text = re.sub(r"(?<=[A-Z]{3})(?<!\bTHE) S (?=[A-Z]{2})", "S ", text)
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), text).split()


def _short_forms(known: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    """The words that count, in their short form, with their kind.

    If only legal forms and articles are there, they are the name.
    """
    found: list[tuple[str, str]] = []
    for place, (word, means, kind) in enumerate(known):
        if kind == "drop" or (kind == "legal" and place):
            continue
        if " " in means:
            found += [(each, kind) for each in means.split()]
        else:
            found.append((means or word, kind))
    return found or [(word, "own") for word, _means, _kind in known]


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


# Degrees that practices bear in their names
_OWNERS = frozenset(["MD", "DO", "DDS", "DMD", "DPM", "DC", "OD", "PHD", "DNP", "NP"])


def owner_words(name: str) -> str:
    """The name before the degree in the name of a practice, else nothing.

    "John A. Smith, M.D., P.C." is the practice of John A Smith; two or three words.
    """
    if not _DEGREE.search(name):
        return ""
    written = _joined_letters(fold(name))
    for place, word in enumerate(written):
        if word in _OWNERS or word.removesuffix("PC").removesuffix("PA") in _OWNERS:
            before = written[:place]
            plain = all(
                each.isalpha() and (len(each) == 1 or each not in _table())
                for each in before
            )
            return " ".join(before) if plain and 2 <= place <= 3 else ""
    return ""

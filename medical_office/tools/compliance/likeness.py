"""How far two words of a name speak for the same person, and how common they are.

Weights and costs are decimal logarithms of odds (Fellegi and Sunter, A Theory for
Record Linkage, 1969): a name that one of a thousand people bears weighs 3, a cost of 1
makes agreement by chance ten times as likely.
"""

import re
from functools import cache, lru_cache
from math import log10
from typing import NamedTuple

from .edits import edits
from .wordtable import frequency, rows

RARE_SURNAME = 4.5  # a name outside the table: at most one of 30,000 people
RARE_GIVEN = 3.5
SHORTEST_CUT = 3  # letters that must be left of a word cut at the column's end


class Like(NamedTuple):
    """Two words that may be the same: what it costs, and how they are alike."""

    cost: float
    how: str  # same, spelling, nickname, other_name, typo, typos, initial


SAME = Like(0.0, "same")


@cache
def weight(word: str, surname: bool) -> float:
    """How much it says that two people share this name."""
    table, most = ("surnames", RARE_SURNAME) if surname else ("given_names", RARE_GIVEN)
    share = frequency(table).get(word)
    return most if share is None else min(most, -log10(share))


@cache
def _roots() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("nicknames"):
        name = row["name"].replace(" ", "")
        for variant in (name, *row["variants"].split()):
            found.setdefault(variant, {variant}).add(name)
    return {word: frozenset(names) for word, names in found.items()}


@cache
def _formal() -> frozenset[str]:
    return frozenset(row["name"].replace(" ", "") for row in rows("nicknames"))


def roots(word: str) -> frozenset[str]:
    """The full names a given name can stand for, itself among them."""
    return _roots().get(word) or frozenset((word,))


@lru_cache(maxsize=200_000)
def surnames_alike(first: str, second: str) -> Like | None:
    """How two words of surnames are alike, or None."""
    return SAME if first == second else _typed_alike(first, second, "surnames")


@lru_cache(maxsize=200_000)
def givens_alike(first: str, second: str) -> Like | None:
    """How two given names are alike, or None; an initial is like what it begins."""
    if first == second:
        return SAME
    if not first or not second:
        return None
    if len(first) == 1 or len(second) == 1:
        return Like(1.0, "initial") if first[0] == second[0] else None
    typed = _typed_alike(first, second, "given_names")
    if roots(first) & roots(second):
        other = first in _formal() and second in _formal()
        named = Like(1.8, "other_name") if other else Like(0.7, "nickname")
        return min(named, typed) if typed else named
    return typed


def _typed_alike(first: str, second: str, table: str) -> Like | None:
    shorter = min(len(first), len(second))
    most = 0 if shorter < 2 else 1 if shorter < 4 else 2
    number = edits(first, second, most)
    if number > most:
        return None
    if sound(first) == sound(second):
        return Like(0.5, "spelling")
    known = frequency(table)
    cost = 0.7 if number == 1 else 2.0
    if first in known and second in known:
        cost += 1.6  # two names that people bear, rather than one mistyped
    if first[0] != second[0]:
        cost += 0.3
    if shorter < 3 + 2 * number:
        cost += 0.2
    return Like(cost, "typo" if number == 1 else "typos")


_SOUNDS = (
    (re.compile("PH"), "F"),
    (re.compile("CK|C(?=[AOUKLR])|Q(?=U[AO])"), "K"),
    (re.compile("[ZX]|C(?=[EI])"), "S"),
    (re.compile("Y|IE|EY|EE"), "I"),
    (re.compile("W"), "V"),
    (re.compile(r"(?<=[AEIOUNMKT])H"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=..)E$"), ""),
)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A rough spelling by sound: GONZALEZ and GONZALES, CLARK and CLARKE are equal."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word

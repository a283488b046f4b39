"""Finds numbered names by words that are similar: mistyped, short forms, cut, initials.

A set of names is a ``Mask``: a whole number in which bit 5 stands for name 5. To join and
to cut such sets takes a tenth of the time that sets of numbers take.
"""

from collections.abc import Iterator
from typing import TypeVar

from .business import Business, businesses
from .edits import allowed, edits, letters_of, shadows
from .likeness import roots

MOST_REMEMBERED = 100_000  # fields of the list whose candidates are kept
MOST_BITS = 200_000_000  # of the masks that are kept, fewer fields for many parties
CUT_FROM = 4  # letters of a word that is looked up by its beginning
BEGINNING = 14  # letters of a firm's name whose end is missing that are compared first
END = 5  # letters at either end of a firm's name, one of which has no mistake
# Given names are few and close to each other, so that two mistakes are searched for in
# the long ones only; with a birth date the others are found by that
TWO_IN_GIVEN, TWO_IN_OTHERS = 7, 4
Mask = int
_Any = TypeVar("_Any")


def members(mask: Mask) -> Iterator[int]:
    """The numbers in a mask, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def remember(known: dict[str, _Any], key: str, found: _Any, size: int) -> _Any:
    """Keep an answer whose masks have ``size`` bits; the others go if they are many."""
    if len(known) >= min(MOST_REMEMBERED, MOST_BITS // (size + 1)):
        known.clear()
    known[key] = found
    return found


class WordIndex:
    """Words of names, each with the numbers of the names that have it."""

    def __init__(self, nicknames: bool = False, two_from: int = TWO_IN_OTHERS) -> None:
        """Make an empty index; ``nicknames``: Bill finds William, B finds Bill.

        :param two_from: letters of the words in which two mistakes are searched for
        """
        self._two_from = TWO_IN_GIVEN if nicknames else two_from
        self._numbers: dict[str, Mask] = {}
        self._shadows: dict[str, list[str]] = {}
        self._letters: dict[str, int] = {}
        self._roots: dict[str, list[str]] = {}
        self._starts: dict[str, Mask] = {}
        self._heads: dict[str, list[str]] = {}
        self._given = nicknames
        self._like: dict[str, Mask] = {}
        self.size = 0  # bits of a mask

    def add(self, word: str, number: int) -> None:
        """Put a word of the name ``number`` into the index."""
        known = self._numbers.get(word, 0)
        if not known:
            self._spread(word)
        self._numbers[word] = known | 1 << number
        self.size = max(self.size, number + 1)
        if self._given:
            _put(self._starts, word[0], number)

    def _spread(self, word: str) -> None:
        if len(word) < 2:
            return
        self._letters[word] = letters_of(word)
        for shadow in shadows(word, allowed(len(word), self._two_from)):
            self._shadows.setdefault(shadow, []).append(word)
        if len(word) >= CUT_FROM:
            self._heads.setdefault(word[:CUT_FROM], []).append(word)
        if self._given:
            for root in roots(word):
                self._roots.setdefault(root, []).append(word)

    def like(self, word: str) -> Mask:
        """The names that have a word like this one."""
        known = self._like.get(word)
        if known is None:
            known = remember(self._like, word, self._find(word), self.size)
        return known

    def _find(self, word: str) -> Mask:
        if len(word) == 1:
            return self._starts.get(word, 0)
        found = self._numbers.get(word[0], 0) if self._given else 0
        for other in self._similar(word):
            found |= self._numbers[other]
        return found

    def _similar(self, word: str) -> set[str]:
        found = {word} if word in self._numbers else set()
        if self._given:
            for root in roots(word):
                found.update(self._roots.get(root, ()))
        most = allowed(len(word), self._two_from)
        seen: set[str] = set()
        for shadow in shadows(word, most) & self._shadows.keys():
            seen.update(self._shadows[shadow])
        letters = letters_of(word)
        for other in seen - found:
            # a cheap look at the letters spares most of the alignments
            if (letters ^ self._letters[other]).bit_count() <= 2 * most:
                limit = min(most, allowed(len(other), self._two_from))
                if edits(word, other, limit) <= limit:
                    found.add(other)
        return found

    def same(self, word: str) -> Mask:
        """The names that have this very word."""
        return self._numbers.get(word, 0)

    def starting(self, text: str) -> Mask:
        """The names with a word that begins with ``text``, or with which it begins."""
        found = 0
        for word in self._heads.get(text[:CUT_FROM], ()):
            if word.startswith(text) or text.startswith(word):
                found |= self._numbers[word]
        return found


def _put(masks: dict[str, Mask], key: str, number: int) -> None:
    masks[key] = masks.get(key, 0) | 1 << number


class FirmIndex:
    """Businesses by their own words and by all words written together."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._words = WordIndex()
        # either end -> length -> names written together
        self._ends: dict[str, dict[int, set[str]]] = {}
        self._starts: dict[str, set[str]] = {}
        self._whole: dict[str, Mask] = {}
        self._few: Mask = 0  # names with one own word, or with none
        self._cut: Mask = 0  # names whose end may be missing
        self._short: Mask = 0  # an own word has a short form
        self._long = WordIndex()  # own words that have a short form, as written
        self._trade: dict[str, Mask] = {}

    def add(self, name: Business, number: int) -> None:
        """Put one name of the business ``number`` into the index."""
        for word in set(name.own):
            self._words.add(word, number)
        for whole in (name.together, name.spelled):
            _put(self._whole, whole, number)
            self._starts.setdefault(whole[:END], set()).add(whole)
            for end in _both_ends(whole):
                lengths = self._ends.setdefault(end, {})
                lengths.setdefault(len(whole), set()).add(whole)
        _put(self._trade, "".join(name.trade[:1]), number)
        if len(set(name.own)) < 2:
            self._few |= 1 << number
        if _has_short(name):
            self._short |= 1 << number
        for written, short in name.shortened:
            if short in name.own:
                self._long.add(written, number)
        if name.cut:
            self._cut |= 1 << number

    def like(self, field: str) -> Mask:
        """The businesses that are worth being compared with the field's.

        They have two own words like it, or one and the same trade, or no more than one.
        """
        found = 0
        for name in businesses(field):
            found |= self._written(name.together)
            if name.spelled != name.together:
                found |= self._written(name.spelled)
            if name.cut:
                found |= self._begun(name.spelled)
            found |= self._by_words(name)
        return found

    def _begun(self, text: str) -> Mask:
        """Those that begin like a name whose end is missing, two letters at most apart."""
        found = 0
        letters = letters_of(text[:BEGINNING])
        for whole in self._starts.get(text[:END], ()):
            # a letter more or less moves another one over the end
            if (letters ^ letters_of(whole[:BEGINNING])).bit_count() < 5:
                found |= self._whole[whole]
        return found

    def _written(self, whole: str) -> Mask:
        """Those that differ by two letters at most, one end being the same."""
        found = self._whole.get(whole, 0)
        for end in _both_ends(whole):
            lengths = self._ends.get(end)
            if lengths is None:
                continue
            letters = letters_of(whole)
            for length in range(len(whole) - 2, len(whole) + 3):
                for other in lengths.get(length, ()):
                    if (letters ^ letters_of(other)).bit_count() < 5:
                        found |= self._whole[other]
        return found

    def _by_words(self, name: Business) -> Mask:
        """By two own words; by one where the others may be cut off or shortened.

        Where each has an own word that the other has not, only a mistake in a word with
        a short form explains it, so that the trade has to be the same then.
        """
        words = set(name.own)
        if len(words) == 1:
            numbers = self._words.like(name.own[0])
            odd = name.cut or _has_short(name)
            return numbers if odd else numbers & (self._few | self._short)
        once = twice = 0
        for word in words:
            numbers = self._words.like(word)
            twice |= once & numbers
            once |= numbers
        few = self._few & self._cut
        trade = self._trade.get("".join(name.trade[:1]), 0)
        once &= few | (trade & self._mended(name) if once & trade else 0)
        return twice | once

    def _mended(self, name: Business) -> Mask:
        """Where a mistake hides a word with a short form (SAINTT and ST), on any side."""
        found = 0
        for word in set(name.own):
            found |= self._long.like(word)
        for written, short in name.shortened:
            if short in name.own:
                found |= self._words.like(written)
        return found


def _both_ends(whole: str) -> tuple[str, str]:
    return whole[:END], "-" + whole[-END:]


def _has_short(name: Business) -> bool:
    """Whether an own word was written by its short form (SAINT, FIRST)."""
    return any(short in name.own for _written, short in name.shortened)

"""Finds numbered names by words that are similar: mistyped, short forms, cut, initials."""

from functools import lru_cache

from .business import Business, businesses
from .edits import allowed, edits, shadows
from .likeness import roots

MOST_REMEMBERED = 100_000  # fields of the list whose candidates are kept
CUT_FROM = 4  # letters of a word that is looked up by its beginning
END = 5  # letters at either end of a firm's name, one of which has no mistake
# Given names are few and close to each other, so that two mistakes are searched for in
# the long ones only; with a birth date the others are found by that
TWO_IN_GIVEN, TWO_IN_OTHERS = 7, 4
_EMPTY: set[int] = set()


class WordIndex:
    """Words of names, each with the numbers of the names that have it."""

    def __init__(self, nicknames: bool = False, two_from: int = TWO_IN_OTHERS) -> None:
        """Make an empty index; ``nicknames``: Bill finds William, B finds Bill.

        :param two_from: letters of the words in which two mistakes are searched for
        """
        self._two_from = TWO_IN_GIVEN if nicknames else two_from
        self._numbers: dict[str, set[int]] = {}
        self._shadows: dict[str, list[str]] = {}
        self._letters: dict[str, int] = {}
        self._roots: dict[str, list[str]] = {}
        self._starts: dict[str, set[int]] = {}
        self._heads: dict[str, list[str]] = {}
        self._given = nicknames
        self._like: dict[str, frozenset[int]] = {}

    def add(self, word: str, number: int) -> None:
        """Put a word of the name ``number`` into the index."""
        numbers = self._numbers.get(word)
        if numbers is None:
            numbers = self._numbers[word] = set()
            self._spread(word)
        numbers.add(number)
        if self._given:
            self._starts.setdefault(word[0], set()).add(number)

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

    def like(self, word: str) -> frozenset[int]:
        """The names that have a word like this one."""
        known = self._like.get(word)
        if known is None:
            if len(self._like) >= MOST_REMEMBERED:
                self._like.clear()
            known = self._like[word] = self._find(word)
        return known

    def _find(self, word: str) -> frozenset[int]:
        if len(word) == 1:
            return frozenset(self._starts.get(word, ()))
        found = set(self._numbers.get(word[0], ())) if self._given else set()
        for other in self._similar(word):
            found |= self._numbers[other]
        return frozenset(found)

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

    def same(self, word: str) -> set[int]:
        """The names that have this very word."""
        return self._numbers.get(word, _EMPTY)

    def starting(self, text: str) -> set[int]:
        """The names with a word that begins with ``text``, or with which it begins."""
        found: set[int] = set()
        for word in self._heads.get(text[:CUT_FROM], ()):
            if word.startswith(text) or text.startswith(word):
                found |= self._numbers[word]
        return found


@lru_cache(maxsize=50_000)
def letters_of(word: str) -> int:
    """One bit for each letter or digit, another one each time that it comes again.

    A mistake changes two bits at most.
    """
    found = 0
    for letter in word:
        bit = 1 << ord(letter)
        while found & bit:
            bit <<= 64
        found |= bit
    return found


class FirmIndex:
    """Businesses by their own words and by all words written together."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._words = WordIndex()
        # length and either end -> names written together
        self._ends: dict[tuple[int, str], set[str]] = {}
        self._starts: dict[str, set[str]] = {}
        self._whole: dict[str, set[int]] = {}
        self._few: set[int] = set()  # names with one own word, or with none
        self._cut: set[int] = set()  # names whose end may be missing
        self._short: set[int] = set()  # an own word has a short form
        self._trade: dict[str, set[int]] = {}

    def add(self, name: Business, number: int) -> None:
        """Put one name of the business ``number`` into the index."""
        for word in set(name.own):
            self._words.add(word, number)
        for whole in (name.together, name.spelled):
            self._whole.setdefault(whole, set()).add(number)
            self._starts.setdefault(whole[:END], set()).add(whole)
            for end in _both_ends(whole):
                self._ends.setdefault((len(whole), end), set()).add(whole)
        self._trade.setdefault("".join(name.trade[:1]), set()).add(number)
        if len(set(name.own)) < 2:
            self._few.add(number)
        if _has_short(name):
            self._short.add(number)
        if name.cut:
            self._cut.add(number)

    def like(self, field: str) -> set[int]:
        """The businesses that are worth being compared with the field's.

        They have two own words like it, or one and the same trade, or no more than one.
        """
        found: set[int] = set()
        for name in businesses(field):
            found |= self._written(name.together)
            if name.spelled != name.together:
                found |= self._written(name.spelled)
            if name.cut:
                for whole in self._starts.get(name.spelled[:END], ()):
                    found |= self._whole[whole]
            found |= self._by_words(name)
        return found

    def _written(self, whole: str) -> set[int]:
        """Those that differ by two letters at most, one end being the same."""
        found = set(self._whole.get(whole, ()))
        letters = letters_of(whole)
        for length in range(len(whole) - 2, len(whole) + 3):
            for end in _both_ends(whole):
                for other in self._ends.get((length, end), ()):
                    if (letters ^ letters_of(other)).bit_count() < 5:
                        found |= self._whole[other]
        return found

    def _by_words(self, name: Business) -> set[int]:
        """By two own words; by one where the others may be cut off or shortened.

        Where each has an own word that the other has not, only a mistake in a word with
        a short form explains it, so that the trade has to be the same then.
        """
        words = set(name.own)
        if len(words) == 1:
            numbers = self._words.like(name.own[0])
            odd = name.cut or _has_short(name)
            return {*(numbers if odd else numbers & (self._few | self._short))}
        once: set[int] = set()
        twice: set[int] = set()
        for word in words:
            numbers = self._words.like(word)
            twice |= once & numbers
            once |= numbers
        few = self._few & self._cut
        trade = self._trade.get("".join(name.trade[:1]), _EMPTY)
        short = trade if _has_short(name) else trade & self._short
        return twice | (once & (few | short))


def _both_ends(whole: str) -> tuple[str, str]:
    return whole[:END], "-" + whole[-END:]


def _has_short(name: Business) -> bool:
    """Whether an own word was written by its short form (SAINT, FIRST)."""
    return any(short in name.own for _written, short in name.shortened)

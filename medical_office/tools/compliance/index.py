"""Finds numbered names by words that are similar: mistyped, short forms, cut, initials."""

from collections.abc import Collection, Iterable

from .edits import allowed, edits, shadows
from .likeness import roots

CUT_FROM = 4  # letters of a word that is looked up by its beginning


class WordIndex:
    """Words of names, each with the numbers of the names that have it."""

    def __init__(self, nicknames: bool = True) -> None:
        """Make an empty index; ``nicknames``: Bill finds William."""
        self._numbers: dict[str, set[int]] = {}
        self._shadows: dict[str, list[str]] = {}
        self._roots: dict[str, list[str]] = {}
        self._starts: dict[str, set[int]] = {}
        self._initials: dict[str, set[int]] = {}
        self._nicknames = nicknames
        self._like: dict[str, frozenset[int]] = {}

    def add(self, word: str, number: int) -> None:
        """Put a word of the name ``number`` into the index."""
        numbers = self._numbers.get(word)
        if numbers is None:
            numbers = self._numbers[word] = set()
            self._spread(word)
        numbers.add(number)
        self._starts.setdefault(word[0], set()).add(number)
        if len(word) == 1:
            self._initials.setdefault(word, set()).add(number)

    def _spread(self, word: str) -> None:
        if len(word) > 1:
            for shadow in shadows(word, allowed(len(word))):
                self._shadows.setdefault(shadow, []).append(word)
            if self._nicknames:
                for root in roots(word):
                    self._roots.setdefault(root, []).append(word)

    def like(self, words: Iterable[str]) -> frozenset[int]:
        """The names that have a word like one of these."""
        found: set[int] = set()
        for word in words:
            known = self._like.get(word)
            if known is None:
                known = self._like[word] = frozenset(self._find(word))
            found |= known
        return frozenset(found)

    def _find(self, word: str) -> set[int]:
        if len(word) == 1:
            return self._starts.get(word, set())
        found = set(self._initials.get(word[0], ()))
        for other in self._similar(word):
            found |= self._numbers[other]
        return found

    def _similar(self, word: str) -> set[str]:
        most = allowed(len(word))
        found = {word} if word in self._numbers else set()
        seen: set[str] = set()
        for shadow in shadows(word, most):
            seen.update(self._shadows.get(shadow, ()))
        for other in seen:
            limit = min(most, allowed(len(other)))
            if limit and edits(word, other, limit) <= limit:
                found.add(other)
        if self._nicknames:
            for root in roots(word):
                found.update(self._roots.get(root, ()))
        return found

    def shared(self, words: Collection[str]) -> set[int]:
        """The names that have words like at least half of these, or all of their own."""
        found: set[int] = set()
        for word in words:
            found |= self.like((word,))
        return found

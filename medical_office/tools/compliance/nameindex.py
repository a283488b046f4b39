"""Finds numbered people by the fields of their names, and by their birth dates."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from .index import CUT_FROM, MOST_REMEMBERED, WordIndex
from .letters import fold
from .person import Person, glued, may_be_cut, person
from .weigh import near_births

_NOBODY: frozenset[int] = frozenset()


class FieldIndex:
    """Looks up a field of the list as it is written, and remembers the answer."""

    def __init__(self, index: WordIndex) -> None:
        """Over an empty index of words."""
        self._index = index
        self._known: dict[str, frozenset[int]] = {}

    def add(self, words: Iterable[str], number: int) -> None:
        """Put all words of the name ``number`` into the index."""
        for word in words:
            self._index.add(word, number)

    def like(self, field: str) -> frozenset[int]:
        """The names with a word like one of the field's words."""
        found = self._known.get(field)
        if found is None:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            found = self._known[field] = self._find(field)
        return found

    def same(self, field: str) -> set[int]:
        """The names with a word of the field, or with all of them as one."""
        if " " not in field and field.isalpha():
            return self._index.same(field.upper() if field.isascii() else fold(field))
        words = fold(field).split()
        asked = {word for word in words if len(word) > 1} | {"".join(words)}
        asked.update(glued(words))
        return set().union(*(self._index.same(word) for word in asked))

    def _find(self, field: str) -> frozenset[int]:
        words = fold(field).split()
        if not words:
            return _NOBODY
        together = "".join(words)
        asked = {*words, *glued(words), together}
        asked |= {a + b for a, b in pairwise(words)}
        if len(words) > 1:  # an initial beside a word says nothing
            asked = {word for word in asked if len(word) > 1}
        found = frozenset().union(*(self._index.like(word) for word in asked))
        if (may_be_cut(field, "last") or may_be_cut(field, "first")) and len(
            together
        ) > CUT_FROM:
            found |= self._index.starting(together)
        return found


def family_words(name: Person) -> set[str]:
    """The words under which a surname is found."""
    words = {*name.surnames, name.whole, "".join(name.surnames)}
    return {word for word in words if word}


def given_words(name: Person) -> set[str]:
    """The words under which given names are found; a middle initial is none."""
    words = {word for word in name.given if len(word) > 1}
    words |= {name.together, *name.given[:1]}
    words |= {a + b for a, b in pairwise(name.given)}
    return {word for word in words if word}


class NameIndex:
    """People by surname and first name, in either column, former names among them."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._families = FieldIndex(WordIndex())
        self._givens = FieldIndex(WordIndex(nicknames=True))
        self._middles: dict[str, set[int]] = {}
        self._empty = True

    def add(self, name: Person, number: int) -> None:
        """Put a name of the party ``number`` into the index."""
        self._empty = False
        self._families.add(family_words(name), number)
        self._givens.add(given_words(name), number)
        for word in name.given[1:]:
            self._middles.setdefault(word, set()).add(number)

    def named(self, last: str, first: str, middle: str) -> set[int]:
        """Those whose surname and first name are both like a line's."""
        if self._empty:
            return set()
        if not last or not first:
            return self.in_one_field(last or first)
        found: set[int] = set()
        family = self._families.like(last)
        given = self._givens.like(first)
        if family:
            found |= family & given
            if len(middle) > 2:
                found |= family & self._givens.like(middle)
                found |= family & self._givens.same(first + middle)
        if given:
            if len(middle) > 2:  # the surname of a former name
                found |= self._families.same(middle) & given
            former = self._formerly(last)
            if former:
                found |= former & given
        self._turned(found, last, first)
        return found

    def _turned(self, found: set[int], last: str, first: str) -> None:
        """Add those whose columns are exchanged, one of the names without a mistake."""
        turned = self._families.same(first)
        if turned:
            found |= turned & self._givens.like(last)
        turned = self._givens.same(last)
        if turned:
            found |= turned & self._families.like(first)

    def _formerly(self, last: str) -> set[int]:
        """Those who bear a word of this surname in the middle."""
        if last.isalpha() and last.isascii():
            return self._middles.get(last.upper()) or set()
        words = [word for word in fold(last).split() if len(word) > 2]
        return set().union(*(self._middles.get(word, ()) for word in words))

    def in_one_field(self, field: str) -> set[int]:
        """Those like a whole name that stands in one field."""
        whole = person(field, "")
        if self._empty or not whole.given:
            return set()
        family = self._families.like(" ".join(whole.surnames))
        return {*family} & self._givens.like(" ".join(whole.given))


class BirthIndex:
    """People by their birth date; by half of it together with a word of the name."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._days: dict[str, set[int]] = {}
        self._halves: dict[str, dict[int, str]] = {}

    def add(self, birth: str, name: Person, number: int) -> None:
        """Put a birth date (YYYYMMDD) of the party ``number`` into the index."""
        self._days.setdefault(birth, set()).add(number)
        for word in family_words(name) | given_words(name):
            for half in (birth[:4], birth[4:]):
                self._halves.setdefault(half + word, {})[number] = birth

    def near(self, birth: str, last: str, first: str) -> set[int]:
        """Those born that day, and those of a similar name near it.

        One wrong digit, or day and month exchanged, leaves the year or the day of the
        year as it is; a word of the name must be the same then.
        """
        found = set(self._days.get(birth, ()))
        for word in _plain_words(last, first):
            for half in (birth[:4], birth[4:]):
                for number, other in self._halves.get(half + word, {}).items():
                    if near_births(birth, other):
                        found.add(number)
        return found


def _plain_words(last: str, first: str) -> Iterator[str]:
    for field in (last, first):
        if field.isalpha() and field.isascii():
            yield field.upper()
        else:
            yield from glued(fold(field).split())

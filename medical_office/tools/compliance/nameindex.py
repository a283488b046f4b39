"""Finds numbered people by the fields of their names, and by their birth dates."""

from collections.abc import Callable, Collection, Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .agreement import initials
from .index import (
    CUT_FROM,
    MOST_REMEMBERED,
    TWO_IN_OTHERS,
    Mask,
    WordIndex,
    remember,
)
from .letterindex import Asked, LetterIndex
from .letters import fold
from .likeness import roots
from .person import Person, glued, may_be_cut, person
from .weigh import near_births

MOST_LETTERS = 1000  # longer than any word
FEW = 2  # people of like surnames, who are in any practice


class FamilyIndex:
    """Looks up a surname of the list as it is written, and remembers what was asked."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._letters = LetterIndex(TWO_IN_OTHERS)
        self._heads: dict[str, set[str]] = {}
        self._asked: dict[str, Asked] = {}
        self._all: list[tuple[str, int]] = []
        self._whole: WordIndex | None = None
        self.size = 0  # bits of a mask

    def add(self, words: Iterable[str], number: int) -> None:
        """Put all words of the surname of ``number`` into the index."""
        self._whole = None
        self.size = max(self.size, number + 1)
        for word in words:
            self._all.append((word, number))
            self._letters.add(word, number)
            if len(word) >= CUT_FROM:
                self._heads.setdefault(word[:CUT_FROM], set()).add(word)

    def like(self, field: str, among: Mask) -> Mask:
        """Who of ``among`` has a word like one of the field's words."""
        asked = self._asked.get(field)
        if asked is None:
            asked = self._ask(field)
            remember(self._asked, field, asked, self.size)
        return self._letters.like(asked, among)

    def crowd(self, field: str) -> int:
        """How many names have a word like one of the field's words.

        Asked for a few fields only, for which all names would be too many to compare.
        """
        if self._whole is None:
            self._whole = WordIndex()
            for word, number in self._all:
                self._whole.add(word, number)
        words = plain_words(field)
        found = self._ask(field).sure
        for word in asked_words(words):
            found |= self._whole.like(word)
        return found.bit_count()

    def same(self, field: str) -> Mask:
        """The names with a word of the field, or with all of them as one."""
        return _same_as(self._letters.same, plain_words(field))

    def _ask(self, field: str) -> Asked:
        words = plain_words(field)
        together = "".join(words)
        sure = 0
        if _cut(field, together):
            for word in self._heads.get(together[:CUT_FROM], ()):
                if word.startswith(together) or together.startswith(word):
                    sure |= self._letters.same(word)
        return self._letters.asked(asked_words(words), sure)


class GivenIndex:
    """Looks up given names of the list as they are written, and remembers the answers."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._index = WordIndex(nicknames=True)
        self._alike: dict[str, Mask] = {}

    def add(self, words: Iterable[str], number: int) -> None:
        """Put all words of the name ``number`` into the index."""
        for word in words:
            self._index.add(word, number)

    def like(self, field: str) -> Mask:
        """The names with a word like one of the field's words."""
        found = self._alike.get(field)
        if found is None:
            found = remember(self._alike, field, self._find(field), self._index.size)
        return found

    def same(self, field: str) -> Mask:
        """The names with a word of the field, or with all of them as one."""
        return _same_as(self._index.same, plain_words(field))

    def _find(self, field: str) -> Mask:
        words = plain_words(field)
        together = "".join(words)
        found = 0
        for word in asked_words(words):
            found |= self._index.like(word)
        if _cut(field, together):
            found |= self._index.starting(together)
        return found


def _same_as(same: Callable[[str], Mask], words: list[str]) -> Mask:
    if len(words) == 1:
        return same(words[0])
    asked = {word for word in words if len(word) > 1} | {"".join(words)}
    found = 0
    for word in asked.union(glued(words)):
        found |= same(word)
    return found


def asked_words(words: list[str]) -> Collection[str]:
    """What is looked up of the words of a field: each, and neighbors as one.

    An initial beside a word says nothing.
    """
    if len(words) < 2:
        return words
    asked = {*words, *glued(words), "".join(words)}
    asked |= {a + b for a, b in pairwise(words)}
    return {word for word in asked if len(word) > 1}


def _cut(field: str, together: str) -> bool:
    """Whether the end of a field may be missing."""
    return len(together) > CUT_FROM and (
        may_be_cut(field, "last") or may_be_cut(field, "first")
    )


def plain_words(field: str) -> list[str]:
    """The words of a field in capitals, without accents."""
    if field.isalpha() and field.isascii():
        return [field.upper()]
    return fold(field).split()


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


class _Lasts(NamedTuple):
    """What is known of a surname of the list.

    ``same`` are those with this very surname, ``turned`` with this very given name,
    ``formerly`` who may have had one like it.
    """

    same: Mask
    turned: Mask
    formerly: Asked


class NameIndex:
    """People by surname and first name, in either column, former names among them."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._families = FamilyIndex()
        self._givens = GivenIndex()
        # one mistake only: a middle name is rarely a former surname
        self._middles = LetterIndex(two_from=MOST_LETTERS)
        self._lasts: dict[str, _Lasts] = {}
        self._firsts: dict[str, tuple[Mask, Mask]] = {}
        self._initials: dict[str, Mask] = {}
        self._shares: dict[str, float] = {}
        self._numbers: Mask = 0

    def add(self, name: Person, number: int) -> None:
        """Put a name of the party ``number`` into the index."""
        self._numbers |= 1 << number
        self._families.add(family_words(name), number)
        self._givens.add(given_words(name), number)
        key = initials(name)
        self._initials[key] = self._initials.get(key, 0) | 1 << number
        for word in name.given[1:]:
            if len(word) > 2:
                self._middles.add(word, number)

    def named(self, last: str, first: str, middle: str) -> Mask:
        """Those whose surname and first name are both like a line's."""
        if not self._numbers:
            return 0
        if not last or not first:
            return self.in_one_field(last or first)
        lasts = self._lasts.get(last) or self._last(last)
        given, turned = self._firsts.get(first) or self._first(first)
        families = self._families
        found = 0
        if given:
            found = families.like(last, given)
            found |= self._middles.like(lasts.formerly, given)
        if lasts.same and middle:
            # called by the middle name, each with the other's initial
            key = middle[0] + first[0]
            key = (
                key if key.isascii() and key.isupper() and key.isalpha() else fold(key)
            )
            found |= lasts.same & self._initials.get(key, 0)
        if len(middle) > 2:
            found |= self._by_middle(last, given, first, middle)
        # exchanged columns, one of the names without a mistake
        if turned:
            found |= turned & self._givens.like(last)
        if lasts.turned:
            found |= families.like(first, lasts.turned)
        return found

    def _last(self, last: str) -> "_Lasts":
        words = tuple(word for word in plain_words(last) if len(word) > 2)
        found = _Lasts(
            self._families.same(last),
            self._givens.same(last),
            self._middles.asked(words),
        )
        return remember(self._lasts, last, found, self._numbers.bit_length())

    def _first(self, first: str) -> tuple[Mask, Mask]:
        """Those with such a given name, and those with this very surname."""
        found = self._givens.like(first), self._families.same(first)
        return remember(self._firsts, first, found, self._numbers.bit_length())

    def _by_middle(self, last: str, given: Mask, first: str, middle: str) -> Mask:
        givens = self._givens
        by_middle = givens.like(middle) | givens.same(first + middle)
        found = self._families.like(last, by_middle) if by_middle else 0
        if given:  # the surname of a former name
            found |= self._families.same(middle) & given
        return found

    def share(self, last: str) -> float:
        """The share of the people whose surname is like this one; 0 for a few."""
        share = self._shares.get(last)
        if share is None:
            crowd = self._families.crowd(last) - FEW
            share = crowd / self._numbers.bit_count() if crowd > FEW else 0.0
            remember(self._shares, last, share, 1)
        return share

    def in_one_field(self, field: str) -> Mask:
        """Those like a whole name that stands in one field."""
        whole = person(field, "")
        if not self._numbers or not whole.given:
            return 0
        given = self._givens.like(" ".join(whole.given))
        return self._families.like(" ".join(whole.surnames), given)


class BirthIndex:
    """People by their birth date; by half of it together with a word of the name."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._days: dict[str, dict[int, frozenset[str]]] = {}
        # year, or month and day -> word of the name -> number and birth date
        self._halves: dict[str, dict[str, dict[int, str]]] = {}

    def __len__(self) -> int:
        """How many birth dates are known."""
        return len(self._days)

    def add(self, birth: str, name: Person, number: int) -> None:
        """Put a birth date (YYYYMMDD) of the party ``number`` into the index."""
        families, givens = family_words(name), given_words(name)
        letters = _first_letters(families | givens)
        self._days.setdefault(birth, {})[number] = letters
        keys = families | givens
        keys |= {_pair(last, first) for last in families for first in givens}
        for half in (birth[:4], birth[4:]):
            known = self._halves.setdefault(half, {})
            for key in keys:
                known.setdefault(key, {})[number] = birth

    def near(self, birth: str, last: str, first: str) -> set[int]:
        """Those born that day, and those of a similar name near it.

        Of those born that day a name begins alike. One wrong digit, or day and month
        exchanged, leaves the year or the day of the year as it is; a word of the name,
        or the first letter of both, must be the same then.
        """
        found: set[int] = set()
        born = self._days.get(birth)
        if born:
            letters = _letters_of(last) | _letters_of(first)
            found.update(
                n for n, known in born.items() if not known.isdisjoint(letters)
            )
        year, day = self._halves.get(birth[:4]), self._halves.get(birth[4:])
        if not year and not day:
            return found
        families, givens = _keys_of(last), _keys_of(first)
        keys = families + givens
        if families and givens:
            keys += (_pair(families[0], givens[0]),)
        for known in (year or {}, day or {}):
            for key in keys:
                if key in known:
                    for number, other in known[key].items():
                        if number not in found and near_births(birth, other):
                            found.add(number)
        return found


def _pair(last: str, first: str) -> str:
    """The first letters of both names, in small type, columns exchanged or not.

    They are the same after a mistake in each name.
    """
    a, b = last[0], first[0]
    return (a + b if a < b else b + a).lower()


@lru_cache(maxsize=MOST_REMEMBERED)
def _keys_of(field: str) -> tuple[str, ...]:
    return tuple(glued(plain_words(field)))


@lru_cache(maxsize=MOST_REMEMBERED)
def _letters_of(field: str) -> frozenset[str]:
    return _first_letters(_keys_of(field))


def _first_letters(names: Iterable[str]) -> frozenset[str]:
    """The letters that names begin with, and those that their full forms begin with."""
    return frozenset(root[0] for name in names for root in (name, *roots(name)))

"""Finds numbered people by the fields of their names, and by their birth dates."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .agreement import initials
from .index import CUT_FROM, MOST_REMEMBERED, Mask, WordIndex, remember
from .letters import fold
from .likeness import roots
from .person import Person, glued, may_be_cut, person
from .weigh import near_births

MOST_LETTERS = 1000  # longer than any word
FEW = 2  # people of like surnames, who are in any practice


class FieldIndex:
    """Looks up a field of the list as it is written, and remembers the answers."""

    def __init__(self, index: WordIndex) -> None:
        """Over an empty index of words."""
        self._index = index
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
        words = plain_words(field)
        if len(words) == 1:
            return self._index.same(words[0])
        asked = {word for word in words if len(word) > 1} | {"".join(words)}
        found = 0
        for word in asked.union(glued(words)):
            found |= self._index.same(word)
        return found

    def _find(self, field: str) -> Mask:
        words = plain_words(field)
        if not words:
            return 0
        if len(words) == 1:
            together = words[0]
            found = self._index.like(together)
        else:
            together = "".join(words)
            asked = {*words, *glued(words), together}
            asked |= {a + b for a, b in pairwise(words)}
            # an initial beside a word says nothing
            asked = {word for word in asked if len(word) > 1}
            found = 0
            for word in asked:
                found |= self._index.like(word)
        if len(together) > CUT_FROM and (
            may_be_cut(field, "last") or may_be_cut(field, "first")
        ):
            found |= self._index.starting(together)
        return found


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
    """Who is found by a surname of the list.

    ``family`` those with a surname like it, ``like`` with those who had one formerly,
    ``same`` those with this very surname, ``turned`` with this very given name.
    """

    family: Mask
    like: Mask
    same: Mask
    turned: Mask


class NameIndex:
    """People by surname and first name, in either column, former names among them."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._families = FieldIndex(WordIndex())
        self._givens = FieldIndex(WordIndex(nicknames=True))
        # one mistake only: a middle name is rarely a former surname
        self._middles = WordIndex(two_from=MOST_LETTERS)
        self._lasts: dict[str, _Lasts] = {}
        self._firsts: dict[str, tuple[Mask, Mask]] = {}
        self._initials: dict[str, Mask] = {}
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
        found = given & lasts.like
        if middle:
            found |= self._by_middle(lasts, given, first, middle)
        # exchanged columns, one of the names without a mistake
        if turned:
            found |= turned & self._givens.like(last)
        if lasts.turned:
            found |= lasts.turned & self._families.like(first)
        return found

    def _last(self, last: str) -> "_Lasts":
        families = self._families
        likely = families.like(last)
        found = _Lasts(
            likely,
            likely | self._formerly(last),
            families.same(last),
            self._givens.same(last),
        )
        return remember(self._lasts, last, found, self._numbers.bit_length())

    def _first(self, first: str) -> tuple[Mask, Mask]:
        """Those with such a given name, and those with this very surname."""
        found = self._givens.like(first), self._families.same(first)
        return remember(self._firsts, first, found, self._numbers.bit_length())

    def _by_middle(self, lasts: "_Lasts", given: Mask, first: str, middle: str) -> Mask:
        found = 0
        if len(middle) > 2:
            givens = self._givens
            if lasts.family:
                by_middle = givens.like(middle) | givens.same(first + middle)
                found |= lasts.family & by_middle
            if given:  # the surname of a former name
                found |= self._families.same(middle) & given
        if lasts.same:  # called by the middle name, each with the other's initial
            found |= lasts.same & self._initials.get(fold(middle[:1] + first[:1]), 0)
        return found

    def share(self, last: str) -> float:
        """The share of the people whose surname is like this one; 0 for a few."""
        crowd = self._families.like(last).bit_count() - FEW
        return crowd / self._numbers.bit_count() if crowd > FEW else 0.0

    def _formerly(self, last: str) -> Mask:
        """Those who bear a word like one of this surname in the middle."""
        found = 0
        for word in plain_words(last):
            if len(word) > 2:
                found |= self._middles.like(word)
        return found

    def in_one_field(self, field: str) -> Mask:
        """Those like a whole name that stands in one field."""
        whole = person(field, "")
        if not self._numbers or not whole.given:
            return 0
        family = self._families.like(" ".join(whole.surnames))
        return family & self._givens.like(" ".join(whole.given))


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

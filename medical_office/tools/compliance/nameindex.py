"""Finds numbered people by the fields of their names, and by their birth dates."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from .agreement import initials
from .index import CUT_FROM, MOST_REMEMBERED, WordIndex
from .letters import fold
from .likeness import roots
from .person import Person, glued, may_be_cut, person
from .weigh import near_births

MOST_LETTERS = 1000  # longer than any word
FEW = 2  # people of like surnames, who are in any practice
_NOBODY: frozenset[int] = frozenset()


class FieldIndex:
    """Looks up a field of the list as it is written, and remembers the answers."""

    def __init__(self, index: WordIndex) -> None:
        """Over an empty index of words."""
        self._index = index
        self._alike: dict[str, frozenset[int]] = {}
        self._same: dict[str, frozenset[int]] = {}

    def add(self, words: Iterable[str], number: int) -> None:
        """Put all words of the name ``number`` into the index."""
        for word in words:
            self._index.add(word, number)

    def like(self, field: str) -> frozenset[int]:
        """The names with a word like one of the field's words."""
        found = self._alike.get(field)
        if found is None:
            found = _remember(self._alike, field, self._find(field))
        return found

    def same(self, field: str) -> frozenset[int]:
        """The names with a word of the field, or with all of them as one."""
        found = self._same.get(field)
        if found is None:
            words = plain_words(field)
            asked = {word for word in words if len(word) > 1} | {"".join(words)}
            asked.update(glued(words))
            numbers = frozenset().union(*(self._index.same(word) for word in asked))
            found = _remember(self._same, field, numbers)
        return found

    def _find(self, field: str) -> frozenset[int]:
        words = plain_words(field)
        if not words:
            return _NOBODY
        if len(words) == 1:
            together = words[0]
            found = self._index.like(together)
        else:
            together = "".join(words)
            asked = {*words, *glued(words), together}
            asked |= {a + b for a, b in pairwise(words)}
            # an initial beside a word says nothing
            asked = {word for word in asked if len(word) > 1}
            found = frozenset().union(*(self._index.like(word) for word in asked))
        if len(together) > CUT_FROM and (
            may_be_cut(field, "last") or may_be_cut(field, "first")
        ):
            found |= self._index.starting(together)
        return found


def _remember(
    known: dict[str, frozenset[int]], field: str, found: frozenset[int]
) -> frozenset[int]:
    if len(known) >= MOST_REMEMBERED:
        known.clear()
    known[field] = found
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


class NameIndex:
    """People by surname and first name, in either column, former names among them."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._families = FieldIndex(WordIndex())
        self._givens = FieldIndex(WordIndex(nicknames=True))
        # one mistake only: a middle name is rarely a former surname
        self._middles = WordIndex(two_from=MOST_LETTERS)
        self._former: dict[str, frozenset[int]] = {}
        self._initials: dict[str, set[int]] = {}
        self._numbers: set[int] = set()

    def add(self, name: Person, number: int) -> None:
        """Put a name of the party ``number`` into the index."""
        self._numbers.add(number)
        self._families.add(family_words(name), number)
        self._givens.add(given_words(name), number)
        self._initials.setdefault(initials(name), set()).add(number)
        for word in name.given[1:]:
            if len(word) > 2:
                self._middles.add(word, number)

    def named(self, last: str, first: str, middle: str) -> set[int]:
        """Those whose surname and first name are both like a line's."""
        if not self._numbers:
            return set()
        if not last or not first:
            return self.in_one_field(last or first)
        families, givens = self._families, self._givens
        family, given = families.like(last), givens.like(first)
        found = {*(family & given)}
        if len(middle) > 2:
            if family:
                found |= family & givens.like(middle)
                found |= family & givens.same(first + middle)
            if given:  # the surname of a former name
                found |= families.same(middle) & given
        if given:
            found |= self._formerly(last) & given
        if middle:  # called by the middle name, each with the other's initial
            exchanged = self._initials.get(fold(middle[:1] + first[:1]), _NOBODY)
            found |= exchanged & families.same(last)
        # exchanged columns, one of the names without a mistake
        turned = families.same(first)
        if turned:
            found |= turned & givens.like(last)
        turned = givens.same(last)
        if turned:
            found |= turned & families.like(first)
        return found

    def share(self, last: str) -> float:
        """The share of the people whose surname is like this one; 0 for a few."""
        crowd = len(self._families.like(last)) - FEW
        return crowd / len(self._numbers) if crowd > FEW else 0.0

    def _formerly(self, last: str) -> frozenset[int]:
        """Those who bear a word like one of this surname in the middle."""
        found = self._former.get(last)
        if found is None:
            words = [word for word in plain_words(last) if len(word) > 2]
            numbers = (self._middles.like(word) for word in words)
            found = _remember(self._former, last, frozenset().union(*numbers))
        return found

    def in_one_field(self, field: str) -> set[int]:
        """Those like a whole name that stands in one field."""
        whole = person(field, "")
        if not self._numbers or not whole.given:
            return set()
        family = self._families.like(" ".join(whole.surnames))
        return {*family} & self._givens.like(" ".join(whole.given))


class BirthIndex:
    """People by their birth date; by half of it together with a word of the name."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._days: dict[str, dict[int, frozenset[str]]] = {}
        # year, or month and day -> word of the name -> number and birth date
        self._halves: dict[str, dict[str, dict[int, str]]] = {}

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
        families, givens = _keys_of(last), _keys_of(first)
        keys = families + givens
        if families and givens:
            keys += (_pair(families[0], givens[0]),)
        for half in (birth[:4], birth[4:]):
            known = self._halves.get(half)
            if not known:
                continue
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

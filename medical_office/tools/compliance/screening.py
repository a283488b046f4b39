"""Screens parties against an exclusion list, line by line, without comparing all pairs.

The parties are indexed by the words of their names; a line of the list is compared only
with parties that share two similar words with it, a birth date or an NPI. Memory holds
the parties and the words that were seen, never the list.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol, TypeVar

from ..npi import npi_is_valid
from .business import Business, businesses, owner_words
from .exclusionfile import Entry
from .firms import firms
from .index import FieldIndex, FirmIndex, WordIndex, family_words, given_words
from .letters import fold
from .partyfile import Party
from .person import Person, person
from .weigh import CUT, Facts, Verdict, near_births, persons

STRONG = 75  # a score that is kept whatever else is found
MARGIN = 10  # a weaker one is kept within so many points of the party's best


class Hit(NamedTuple):
    """A party that may stand on a line of the list: score 50 to 100, and why."""

    party: str
    line: int
    score: int
    reason: str


class _Scored(Protocol):
    """What ``likeliest`` needs of a hit."""

    @property
    def party(self) -> Any:
        """Who was found."""

    @property
    def score(self) -> int:
        """How likely it is, 50 to 100."""


_Any = TypeVar("_Any", bound=_Scored)


def likeliest(hits: Iterable[_Any]) -> list[_Any]:
    """Without the weak hits of parties that are likelier to be on another line.

    One party is one person or firm: whoever is found with birth date or state on one
    line need not be asked about for namesakes that agree in the name alone. A hit of
    ``STRONG`` and more is always kept, a party without a better one keeps its weak ones.
    """
    known = list(hits)
    best: dict[Any, int] = {}
    for hit in known:
        best[hit.party] = max(hit.score, best.get(hit.party, 0))
    return [hit for hit in known if hit.score >= min(STRONG, best[hit.party] - MARGIN)]


class _Known(NamedTuple):
    """A row of the parties, taken apart."""

    id: str
    person: Person | None
    firms: tuple[Business, ...]
    facts: Facts


class Screen:
    """The parties, ready for any number of lines."""

    def __init__(self, parties: Iterable[Party]) -> None:
        """Take the parties apart and index them."""
        self._parties = [_known(party) for party in parties]
        self._families = FieldIndex(WordIndex())
        self._givens = FieldIndex(WordIndex(nicknames=True))
        self._middles: dict[str, set[int]] = {}
        self._firms = FirmIndex()
        self._by_npi: dict[str, set[int]] = {}
        self._by_birth: dict[str, set[int]] = {}
        for number, known in enumerate(self._parties):
            self._add(number, known)

    def _add(self, number: int, known: _Known) -> None:
        if known.facts.npi:
            self._by_npi.setdefault(known.facts.npi, set()).add(number)
        if known.person:
            if known.facts.birth:
                self._by_birth.setdefault(known.facts.birth, set()).add(number)
            self._families.add(family_words(known.person), number)
            self._givens.add(given_words(known.person), number)
            for word in known.person.given[1:]:
                self._middles.setdefault(word, set()).add(number)
        for name in known.firms:
            self._firms.add(name, number)

    def hits(self, entry: Entry) -> Iterator[Hit]:
        """The parties that may stand on this line, each once, the surest first."""
        numbers = self._candidates(entry)
        if not numbers:
            return
        line = _line(entry)
        best: dict[str, Hit] = {}
        for number in numbers:
            known = self._parties[number]
            verdict = _compared(known, line)
            if verdict is None or verdict.score < CUT:
                continue
            hit = Hit(known.id, entry.line, verdict.score, "; ".join(verdict.reasons))
            if known.id not in best or hit.score > best[known.id].score:
                best[known.id] = hit
        yield from sorted(best.values(), key=lambda each: (-each.score, each.party))

    def _candidates(self, entry: Entry) -> set[int]:
        found: set[int] = set()
        if entry.last or entry.first:
            found |= self._named(entry.last, entry.first, entry.middle)
            if entry.birth:
                found = self._still_possible(found, entry.birth)
                found |= self._by_birth.get(entry.birth, set())
        if entry.business:
            found |= self._firms.like(entry.business)
            owner = owner_words(entry.business)
            if owner:
                found |= self._in_one_field(owner)
        if entry.npi:
            found |= self._by_npi.get(entry.npi, set())
        return found

    def _still_possible(self, numbers: set[int], birth: str) -> set[int]:
        """Without those who were born on quite another day."""
        return {
            number
            for number in numbers
            if near_births(self._parties[number].facts.birth, birth)
        }

    def _named(self, last: str, first: str, middle: str) -> set[int]:
        if not last or not first:
            return self._in_one_field(last or first)
        found: set[int] = set()
        family = self._families.like(last)
        if family:
            found |= family & self._givens.like(first)
            if len(middle) > 2:
                found |= family & self._givens.like(middle)
        if len(middle) > 2:  # the surname of a former name
            found |= self._families.same(middle) & self._givens.like(first)
        former = self._formerly(last)
        if former:
            found |= former & self._givens.like(first)
        turned = self._families.same(first)  # the columns exchanged
        if turned:
            found |= turned & self._givens.like(last)
        return found

    def _formerly(self, last: str) -> set[int]:
        """Those who bear a word of this surname in the middle."""
        if last.isalpha() and last.isascii():
            return self._middles.get(last.upper(), set())
        words = [word for word in fold(last).split() if len(word) > 2]
        return set().union(*(self._middles.get(word, ()) for word in words))

    def _in_one_field(self, field: str) -> set[int]:
        whole = person(field, "")
        if not whole.given:
            return set()
        family = self._families.like(" ".join(whole.surnames))
        return {*family} & self._givens.like(" ".join(whole.given))


class _Line(NamedTuple):
    """A line of the list, taken apart."""

    person: Person | None
    firms: tuple[Business, ...]
    facts: Facts


def _line(entry: Entry) -> _Line:
    named = _owner(entry.business)
    if entry.last or entry.first:
        named = person(entry.last, entry.first, entry.middle, entry.suffix)
    facts = Facts(entry.npi, npi_is_valid(entry.npi), entry.birth, entry.state)
    return _Line(named, businesses(entry.business), facts)


def _owner(business: str) -> Person | None:
    """The person whose name a business bears (John Smith MD PC)."""
    words = owner_words(business)
    return person(words, "") if words else None


def _known(party: Party) -> _Known:
    named = _owner(party.business)
    if (party.last or party.first).strip():
        named = person(party.last, party.first, party.middle)
    checked = npi_is_valid(party.npi)
    facts = Facts(party.npi, checked, party.birth, party.state)
    return _Known(party.id, named, businesses(party.business), facts)


def _compared(known: _Known, line: _Line) -> Verdict | None:
    found = None
    if known.person and line.person:
        found = persons(known.person, line.person, known.facts, line.facts)
    if known.firms and line.firms:
        other = firms(known.firms, line.firms, known.facts, line.facts)
        if found is None or (other and other.weight > found.weight):
            found = other
    return found

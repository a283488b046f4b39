"""Screens parties against an exclusion list, line by line, without comparing all pairs.

The parties are indexed by the words of their names; a line of the list is compared only
with parties that share two similar words with it, a birth date or an NPI. Memory holds
the parties and the words that were seen, never the list.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .business import Business, businesses
from .exclusionfile import Entry
from .firms import firms
from .identifiers import npi_is_valid
from .index import WordIndex
from .letters import fold
from .partyfile import Party
from .person import Person, person
from .weigh import CUT, Facts, Verdict, persons

MOST_REMEMBERED = 100_000  # fields of the list whose candidates are kept


class Hit(NamedTuple):
    """A party that may stand on a line of the list: score 50 to 100, and why."""

    party: str
    line: int
    score: int
    reason: str


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
        self._people = WordIndex()
        self._firms = WordIndex(nicknames=False)
        self._by_npi: dict[str, set[int]] = {}
        self._by_birth: dict[str, set[int]] = {}
        for number, known in enumerate(self._parties):
            self._add(number, known)
        self._fields: dict[str, frozenset[int]] = {}

    def _add(self, number: int, known: _Known) -> None:
        if known.facts.npi:
            self._by_npi.setdefault(known.facts.npi, set()).add(number)
        if known.facts.birth and known.person:
            self._by_birth.setdefault(known.facts.birth, set()).add(number)
        if known.person:
            for word in person_words(known.person):
                self._people.add(word, number)
        for name in known.firms:
            for word in firm_words(name):
                self._firms.add(word, number)

    def hits(self, entry: Entry) -> Iterator[Hit]:
        """The parties that may stand on this line, each once, the surest first."""
        best: dict[str, Hit] = {}
        for number in self._candidates(entry):
            known = self._parties[number]
            verdict = _compared(known, entry)
            if verdict is None or verdict.score < CUT:
                continue
            hit = Hit(known.id, entry.line, verdict.score, "; ".join(verdict.reasons))
            if known.id not in best or hit.score > best[known.id].score:
                best[known.id] = hit
        yield from sorted(best.values(), key=lambda each: (-each.score, each.party))

    def _candidates(self, entry: Entry) -> set[int]:
        found: set[int] = set()
        if entry.npi:
            found |= self._by_npi.get(entry.npi, set())
        if entry.birth and not entry.business:
            found |= self._by_birth.get(entry.birth, set())
        if entry.last or entry.first:
            found |= self._named(entry.last, entry.first, entry.middle)
        if entry.business:
            found |= self._firms_like(entry.business)
        return found

    def _named(self, last: str, first: str, middle: str) -> set[int] | frozenset[int]:
        if not last or not first:
            return self._in_one_field(last or first)
        family = self._field(last)
        if not family:
            return family
        return family & (self._field(first) | self._field(middle))

    def _field(self, field: str) -> frozenset[int]:
        """Parties with a word like one of the field's."""
        found = self._fields.get(field)
        if found is None:
            if len(self._fields) >= MOST_REMEMBERED:
                self._fields.clear()
            found = self._people.like(field_words(field))
            self._fields[field] = found
        return found

    def _in_one_field(self, field: str) -> set[int]:
        whole = person(field, "")
        found: set[int] = set()
        for word in whole.surnames:
            found |= self._people.like((word,))
        if whole.given:
            found &= self._people.like(whole.given)
        return found

    def _firms_like(self, name: str) -> set[int]:
        found: set[int] = set()
        for each in businesses(name):
            found |= self._firms.shared(firm_words(each))
        return found


def _known(party: Party) -> _Known:
    named = None
    if (party.last or party.first).strip():
        named = person(party.last, party.first, party.middle)
    checked = npi_is_valid(party.npi)
    facts = Facts(party.npi, checked, party.birth, party.state)
    return _Known(party.id, named, businesses(party.business), facts)


def _compared(known: _Known, entry: Entry) -> Verdict | None:
    facts = Facts(entry.npi, npi_is_valid(entry.npi), entry.birth, entry.state)
    found = []
    if known.person and (entry.last or entry.first):
        other = person(entry.last, entry.first, entry.middle, entry.suffix)
        found.append(persons(known.person, other, known.facts, facts))
    if known.firms and entry.business:
        others = businesses(entry.business)
        found.append(firms(known.firms, others, known.facts, facts))
    return max((each for each in found if each), default=None, key=lambda v: v.weight)


def field_words(field: str) -> tuple[str, ...]:
    """The words of a field of the list by which parties are looked up."""
    words = fold(field).split()
    if len(words) > 1:
        words += [
            "".join(words),
            *(a + b for a, b in zip(words, words[1:], strict=False)),
        ]
    return tuple(words)


def person_words(name: Person) -> set[str]:
    """The words under which a person is found."""
    found = {*name.surnames, *name.given, name.whole, name.together}
    found |= {a + b for a, b in zip(name.given, name.given[1:], strict=False)}
    found.add("".join(name.surnames))
    return {word for word in found if word}


def firm_words(name: Business) -> set[str]:
    """The words under which a business is found."""
    return {*(name.own or name.trade), name.together}

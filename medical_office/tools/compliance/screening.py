"""Screens parties against an exclusion list, line by line, without comparing all pairs.

The parties are indexed by the words of their names; a line of the list is compared only
with parties that share two similar words with it, a birth date or an NPI. Memory holds
the parties and the words that were seen, never the list.
"""

from collections.abc import Callable, Iterable, Iterator
from math import log10
from typing import Any, NamedTuple, Protocol, TypeVar

from ..npi import npi_is_valid
from .business import Business, businesses, owner_words
from .exclusionfile import Entry
from .firms import firms
from .index import FirmIndex, members
from .nameindex import BirthIndex, NameIndex
from .partyfile import Party
from .person import Person, person
from .weigh import CUT, STRONG, Facts, Verdict, persons

USUAL_CROWD = 1000  # one party of so many has a surname like another's by chance
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
        self._undated = NameIndex()  # people whose birth date is not known
        self._dated = NameIndex()
        self._births = BirthIndex()
        self._firms = FirmIndex()
        self._by_npi: dict[str, set[int]] = {}
        for number, known in enumerate(self._parties):
            self._add(number, known)

    def _add(self, number: int, known: _Known) -> None:
        if known.facts.npi:
            self._by_npi.setdefault(known.facts.npi, set()).add(number)
        if known.person and known.facts.birth:
            self._dated.add(known.person, number)
            self._births.add(known.facts.birth, known.person, number)
        elif known.person:
            self._undated.add(known.person, number)
        for name in known.firms:
            self._firms.add(name, number)

    def hits(self, entry: Entry) -> Iterator[Hit]:
        """The parties that may stand on this line, each once, the surest first."""
        numbers = self._candidates(entry)
        if not numbers:
            return
        line = _line(entry)

        def crowd() -> float:
            return self._crowd(entry.last)

        best: dict[str, Hit] = {}
        for number in numbers:
            known = self._parties[number]
            verdict = _compared(known, line, crowd)
            if verdict is None or verdict.score < CUT:
                continue
            hit = Hit(known.id, entry.line, verdict.score, "; ".join(verdict.reasons))
            if known.id not in best or hit.score > best[known.id].score:
                best[known.id] = hit
        yield from sorted(best.values(), key=lambda each: (-each.score, each.party))

    def _crowd(self, last: str) -> float:
        """What a mistake in this surname costs more, as so many parties bear one like it.

        The Census shares tell how common a name is, not how many others are near to it.
        """
        share = self._undated.share(last) if last else 0.0
        return max(0.0, log10(share * USUAL_CROWD)) if share else 0.0

    def _candidates(self, entry: Entry) -> set[int]:
        mask = 0
        found: set[int] = set()
        if entry.last or entry.first:
            mask |= self._undated.named(entry.last, entry.first, entry.middle)
            if not entry.birth:
                mask |= self._dated.named(entry.last, entry.first, entry.middle)
            elif self._births:  # who was born on quite another day is not looked at
                found |= self._births.near(entry.birth, entry.last, entry.first)
        if entry.business:
            mask |= self._firms.like(entry.business)
            owner = owner_words(entry.business)
            if owner:
                mask |= self._undated.in_one_field(owner)
                mask |= self._dated.in_one_field(owner)
        if mask:
            found.update(members(mask))
        if entry.npi in self._by_npi:
            found |= self._by_npi[entry.npi]
        return found


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


def _compared(known: _Known, line: _Line, crowd: Callable[[], float]) -> Verdict | None:
    found = None
    if known.person and line.person:
        found = persons(known.person, line.person, known.facts, line.facts, crowd)
    if known.firms and line.firms:
        other = firms(known.firms, line.firms, known.facts, line.facts)
        if found is None or (other and other.weight > found.weight):
            found = other
    return found

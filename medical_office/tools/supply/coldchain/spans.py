"""Spans outside the limits: each one an excursion of its own.

The rule that joins readings into one span, and nothing else does:

* a span is an unbroken run of readings beyond **one** limit; the first reading that is
  not beyond it ends the span, however short the time between two spans;
* a time without readings longer than ``Rule.gap`` also ends it, with its end unknown;
  beside a look of a person at the display (a round) that time is ``LOOK_GAP``, because
  people look twice a day and not on closed days;
* too warm and too cold are judged apart: a reading with a minimum and a maximum can lie
  in a span of each kind.

The result depends on the set of readings alone, not on the order or on the files in
which they came: work it out anew from **all** readings of a unit whenever some arrive.

How far the truth lies from the readings: between two readings nobody looked. The true
start is after ``before`` (the last reading that was not beyond the limit) and not after
``start``; the true end is not before ``last`` and before ``end``. If ``before`` is None
the span may have begun at any time earlier, if ``end`` is None it may have lasted to
``after`` (the next reading) or, if that is None too, still last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby, pairwise
from typing import NamedTuple

from .reading import Reading

WARM, COLD = "warm", "cold"
LOOK_GAP = timedelta(days=4)  # a long weekend
USUAL_INTERVALS = 3  # a gap is longer than so many usual intervals, if none is told


def usual_interval(times: Sequence[datetime]) -> timedelta | None:
    """The median step between readings; None if there are fewer than two."""
    steps = sorted(abs(later - earlier) for earlier, later in pairwise(times))
    return steps[len(steps) // 2] if steps else None


@dataclass(frozen=True, slots=True)
class Rule:
    """What ends a span: ``gap``, the longest time between two readings of one span.

    None: no time is too long, for a logger that writes changes only.
    """

    gap: timedelta | None = None

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> "Rule":
        """Three usual (median) intervals of these readings; no gap if there are none.

        The same readings give the same rule in any order.
        """
        interval = usual_interval(sorted({reading.at for reading in readings}))
        return cls.of_interval(interval) if interval else cls()

    @classmethod
    def of_interval(cls, interval: timedelta) -> "Rule":
        """Three of these intervals."""
        return cls(interval * USUAL_INTERVALS)


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of time beyond one limit.

    ``start`` is the first reading outside, ``last`` the last one, ``end`` the first
    reading that was not outside any more (None: unknown). ``before`` and ``after`` are
    the neighbors that bound the truth, see the heading of this file. ``lowest`` and
    ``highest`` are those of the readings outside, in degrees Celsius. ``note`` is what
    else the logger itself says.
    """

    kind: str
    start: datetime
    last: datetime
    end: datetime | None
    lowest: Decimal
    highest: Decimal
    readings: int
    before: datetime | None = None
    after: datetime | None = None
    note: str = ""

    @property
    def worst(self) -> Decimal:
        """The reading farthest out."""
        return self.lowest if self.kind == COLD else self.highest

    @property
    def duration(self) -> timedelta:
        """Time outside as far as the readings tell, from ``start`` on."""
        return (self.end or self.last) - self.start


class Moment(NamedTuple):
    """All that is on record for one instant, judged already: by limits, or by what the
    checklist of a round asked for. ``seen``: a person looked."""

    at: datetime
    lowest: Decimal
    highest: Decimal
    warm: bool
    cold: bool
    seen: bool = False


def spans_of_moments(moments: Iterable[Moment], rule: Rule) -> list[Span]:
    """Every span of moments that come in order of time, in order of its start."""
    finder = SpanFinder(Decimal(0), Decimal(0), rule)
    for moment in moments:
        finder.see(moment)
    return finder.finish()


def overlapping_joined(found: Iterable[Span]) -> list[Span]:
    """Spans of days of several files: those of one kind that overlap are the same."""
    joined: list[Span] = []
    for span in sorted(found, key=lambda one: (one.kind, one.before or one.start)):
        other = joined[-1] if joined else None
        begin = span.before or span.start
        if other and other.kind == span.kind and begin < (other.after or other.last):
            joined[-1] = replace(
                other,
                start=min(other.start, span.start),
                last=max(other.last, span.last),
                lowest=min(other.lowest, span.lowest),
                highest=max(other.highest, span.highest),
                after=max(other.after or other.last, span.after or span.last),
            )
        else:
            joined.append(span)
    return sorted(joined, key=lambda one: (one.start, one.kind))


class OutOfOrder(ValueError):
    """Readings came that are not later than those before."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two readings of one instant that do not agree, in degrees Celsius."""

    at: datetime
    celsius: tuple[Decimal, ...]


def merged(readings: Iterable[Reading]) -> tuple[list[Reading], list[Conflict]]:
    """Readings in order of time, one for each instant, and where they disagree.

    Equal readings of an instant become one. If they differ, the one that is kept spans
    all of them, so that nothing outside the limits is lost, and the instant is named.
    """
    kept, conflicts = [], []
    ordered = sorted(readings, key=lambda one: one.at)
    for at, group in groupby(ordered, key=lambda one: one.at):
        same = list(dict.fromkeys(group))
        if len(same) == 1:
            kept.append(same[0])
            continue
        celsius = sorted({reading.celsius for reading in same})
        if len(celsius) > 1:
            conflicts.append(Conflict(at, tuple(celsius)))
        low = min(reading.lowest for reading in same)
        high = max(reading.highest for reading in same)
        kept.append(Reading(at, celsius[0], low, high))
    return kept, conflicts


def spans(
    readings: Iterable[Reading], low: Decimal, high: Decimal, rule: Rule | None = None
) -> list[Span]:
    """Every span outside the limits, in order of its start.

    :param readings: in any order, also twice; see ``merged`` for what disagrees
    :param low: lowest allowed temperature in degrees Celsius, itself allowed
    :param high: highest allowed, itself allowed
    :param rule: what ends a span; by default ``Rule.of`` the readings
    """
    kept, _conflicts = merged(readings)
    finder = SpanFinder(low, high, rule or Rule.of(kept))
    for reading in kept:
        finder.add(reading.at, reading.lowest, reading.highest)
    return finder.finish()


@dataclass(slots=True)
class _Run:
    """A span while it lasts."""

    before: datetime | None
    start: datetime
    last: datetime
    lowest: Decimal
    highest: Decimal
    readings: int = 1

    def add(self, at: datetime, lowest: Decimal, highest: Decimal) -> None:
        self.last = at
        self.lowest = min(self.lowest, lowest)
        self.highest = max(self.highest, highest)
        self.readings += 1

    def closed(self, kind: str, end: datetime | None, after: datetime | None) -> Span:
        return Span(
            kind,
            self.start,
            self.last,
            end,
            self.lowest,
            self.highest,
            self.readings,
            self.before,
            after,
        )


@dataclass(slots=True)
class SpanFinder:
    """Finds spans in readings that come in order of time; keeps no reading."""

    low: Decimal
    high: Decimal
    rule: Rule
    found: list[Span] = field(default_factory=list)
    _runs: dict[str, _Run] = field(default_factory=dict)
    _previous: datetime | None = None
    _was_seen: bool = False

    def add(self, at: datetime, lowest: Decimal, highest: Decimal) -> None:
        """Take the next reading.

        :raises OutOfOrder: it is not later than the one before
        """
        self.see(Moment(at, lowest, highest, highest > self.high, lowest < self.low))

    def see(self, moment: Moment) -> None:
        """Take the next moment, judged already.

        :raises OutOfOrder: it is not later than the one before
        """
        at, lowest, highest, warm, cold, seen = moment
        previous = self._previous
        if previous is not None and at <= previous:
            raise OutOfOrder("readings are not in order of time")
        gap = self.rule.gap
        if gap is not None and (seen or self._was_seen):
            gap = max(gap, LOOK_GAP)
        apart = previous is None or (gap is not None and at - previous > gap)
        if apart:
            self._close(at)
        for kind, outside in ((WARM, warm), (COLD, cold)):
            run = self._runs.get(kind)
            if outside and run:
                run.add(at, lowest, highest)
            elif outside:
                before = None if apart else previous
                self._runs[kind] = _Run(before, at, at, lowest, highest)
            elif run:
                self.found.append(self._runs.pop(kind).closed(kind, at, at))
        self._previous, self._was_seen = at, seen

    def add_calm(self, first: datetime, last: datetime) -> None:
        """Take readings that are all inside the limits and in order of time, at once.

        :raises OutOfOrder: the first is not later than the one before
        """
        self.add(first, self.low, self.high)
        self._previous = last

    def finish(self) -> list[Span]:
        """All spans, in order of start; those that still last have no end."""
        self._close(None)
        return sorted(self.found, key=lambda span: (span.start, span.kind))

    def _close(self, after: datetime | None) -> None:
        for kind, run in self._runs.items():
            self.found.append(run.closed(kind, None, after))
        self._runs.clear()

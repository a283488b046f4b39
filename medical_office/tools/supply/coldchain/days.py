"""Summaries of days: a minimum and a maximum, and when, but no readings.

A summary proves that a limit was passed on a day and how far, not when that began or
for how long. It is judged as such and never turned into readings with calm between.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from .spans import COLD, WARM, Span

_DAY = timedelta(days=1)
MINUTES = 1440


@dataclass(frozen=True, slots=True)
class Alarm:
    """What the logger says of one of its own limits on a day.

    ``minutes`` is the time beyond ``limit`` on that day, ``at`` when it gave alarm
    (None: it did not). The limit is the device's, no statement about others.
    """

    kind: str  # WARM or COLD
    limit: Decimal
    minutes: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Day:
    """Lowest and highest of a day in degrees Celsius (None: not measured), when (None:
    not said), on the logger's own clock."""

    day: date
    low: Decimal | None
    low_at: datetime | None
    high: Decimal | None
    high_at: datetime | None
    alarms: tuple[Alarm, ...] = ()
    note: str = ""
    start: datetime | None = None  # when the day begins; None: at its midnight

    def moved(self, move: Callable[[datetime], datetime]) -> "Day":
        """The day with all its times moved, to another clock."""
        moments = [one and move(one) for one in (self.low_at, self.high_at)]
        alarms = tuple(
            replace(alarm, at=alarm.at and move(alarm.at)) for alarm in self.alarms
        )
        start = move(datetime.combine(self.day, time()))
        return replace(
            self, low_at=moments[0], high_at=moments[1], alarms=alarms, start=start
        )


def day_spans(days: Sequence[Day], low: Decimal, high: Decimal) -> list[Span]:
    """What the days prove to have been outside, in order of start.

    One span for each day and limit that was passed; from one day to the next nothing is
    proven, unless the device counted all 1,440 minutes of one of the two beyond a limit
    that is not inside ours: then they are one span.

    ``start`` is the first moment for which the logger proves it: when the extreme was
    measured, or an alarm at such a limit, whichever is earlier; the day's begin if no time is said.
    ``before`` and ``after`` are the ends of the days, ``end`` is None: unknown.
    """
    found = []
    for kind, limit in ((WARM, high), (COLD, low)):
        sides = [
            _Side(one, kind, limit) for one in sorted(days, key=lambda one: one.day)
        ]
        outside = [side for side in sides if side.is_outside]
        while outside:
            run = [outside.pop(0)]
            while outside and run[-1].goes_on(outside[0]):
                run.append(outside.pop(0))
            found.append(_joined([side.span() for side in run]))
    return sorted(found, key=lambda span: (span.start, span.kind))


def _joined(spans: list[Span]) -> Span:
    """Spans of days that follow each other, as one."""
    first, last = spans[0], spans[-1]
    if len(spans) == 1:
        return first
    return replace(
        first,
        last=last.last,
        after=last.after,
        lowest=min(span.lowest for span in spans),
        highest=max(span.highest for span in spans),
        note=f"daily summaries of {len(spans)} days",
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """A day on one side of the limits."""

    one: Day
    kind: str
    limit: Decimal

    @property
    def _extreme(self) -> tuple[Decimal | None, datetime | None]:
        one = self.one
        if self.kind == WARM:
            return one.high, one.high_at
        return one.low, one.low_at

    @property
    def is_outside(self) -> bool:
        value = self._extreme[0]
        return value is not None and self._beyond(value) and value != self.limit

    def _beyond(self, value: Decimal) -> bool:
        return value >= self.limit if self.kind == WARM else value <= self.limit

    @property
    def _proofs(self) -> list[Alarm]:
        """What the device says of a limit that is not inside ours."""
        return [
            alarm
            for alarm in self.one.alarms
            if alarm.kind == self.kind and self._beyond(alarm.limit)
        ]

    @property
    def _is_whole(self) -> bool:
        return any(alarm.minutes >= MINUTES for alarm in self._proofs)

    def goes_on(self, later: "_Side") -> bool:
        """Whether the two days are one span."""
        follows = later.one.day - self.one.day == _DAY
        return follows and (self._is_whole or later._is_whole)

    def span(self) -> Span:
        """The day by itself."""
        one = self.one
        at = [alarm.at for alarm in self._proofs]
        moments = [moment for moment in (self._extreme[1], *at) if moment]
        midnight = one.start or datetime.combine(one.day, time())
        start = min(moments, default=midnight)
        known = [value for value in (one.low, one.high) if value is not None]
        alarms = [a for a in one.alarms if a.kind == self.kind and a.minutes]
        notes = ["daily summary", *map(_alarm_text, alarms), one.note]
        return Span(
            self.kind,
            start,
            max(moments, default=start),
            None,
            min(known),
            max(known),
            0,
            midnight,
            midnight + _DAY,
            "; ".join(note for note in notes if note),
        )


def _alarm_text(alarm: Alarm) -> str:
    side = "above" if alarm.kind == WARM else "below"
    said = f"{alarm.minutes} min {side} the device's limit {alarm.limit} °C"
    return f"{said}, alarm at {alarm.at:%H:%M}" if alarm.at else said


def with_days(found: Sequence[Span], of_days: Sequence[Span]) -> list[Span]:
    """Spans of readings together with those of days of the same logger and clock.

    The logger measures more often than it writes: an extreme between two readings is
    part of the span in which it lies, and a span of its own if it lies in none.
    """
    spans = list(found)
    for day in of_days:
        place = next((i for i, one in enumerate(spans) if _covers(one, day)), None)
        if place is None:
            spans.append(day)
            continue
        one = spans[place]
        spans[place] = replace(
            one,
            lowest=min(one.lowest, day.lowest) if day.kind == COLD else one.lowest,
            highest=max(one.highest, day.highest) if day.kind == WARM else one.highest,
            note=day.note,
        )
    return sorted(spans, key=lambda span: (span.start, span.kind))


def _covers(span: Span, day: Span) -> bool:
    """Whether the day's extreme can lie in the span: between its outer neighbors."""
    if span.kind != day.kind or not span.readings:
        return False
    start, end = span.before or span.start, span.after or span.last
    return start <= day.last and day.start <= end

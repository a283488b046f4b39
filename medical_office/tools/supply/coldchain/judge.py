"""What a logger's file says about the limits: spans, gaps, and a doubt about its unit.

The dry run, the import and bin/read-logger all call ``judge``, so that they agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import chain, islice, pairwise
from operator import sub

from ...csvproblems import Problem
from .days import day_spans, with_days
from .plan import Block
from .problems import LoggerError
from .reader import Logger
from .reading import to_celsius, to_fahrenheit
from .spans import Conflict, OutOfOrder, Rule, Span, SpanFinder, merged, usual_interval
from .summary import Gap

KEPT_GAPS = 1000
BEGINNING = 4  # blocks that tell the usual interval
SMALL_STEP = Decimal(10)  # kelvin between two readings that a unit can do by itself


@dataclass(slots=True)
class Findings:
    """Spans outside the limits, gaps (the first thousand), the usual interval, the rule
    that joined readings, readings of one instant that disagree, and a question about
    the unit (None: nothing speaks against it)."""

    spans: list[Span] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    interval: timedelta | None = None
    rule: Rule = field(default_factory=Rule)
    conflicts: list[Conflict] = field(default_factory=list)
    doubt: Problem | None = None

    @property
    def problems(self) -> list[Problem]:
        """What must be cleared up: the question, and what contradicts itself."""
        twice = [
            LoggerError(
                "two_temperatures",
                field="Time",
                time=one.at,
                other=f"{' and '.join(map(str, one.celsius))} °C",
            ).problem
            for one in self.conflicts
        ]
        return [self.doubt, *twice] if self.doubt else twice


def judge(
    logger: Logger,
    low: Decimal,
    high: Decimal,
    rule: Rule | None = None,
    unit_told: bool = False,
) -> Findings:
    """Read all of the file once and judge it; a file in order of time is not kept.

    :param low: lowest allowed temperature in degrees Celsius; ``high``: highest
    :param rule: what ends a span; else three usual intervals of the file's beginning
    :param unit_told: the user answered for the unit: no doubt is raised
    """
    doubt = UnitDoubt(logger.head.unit, low, high)
    try:
        found = _stream(logger, low, high, rule, doubt)
    except OutOfOrder:
        doubt = UnitDoubt(logger.head.unit, low, high)
        found = _sorted(logger, low, high, rule, doubt)
    found.spans = with_days(found.spans, day_spans(logger.days, low, high))
    doubt.add_days([v for day in logger.days for v in (day.low, day.high) if v])
    found.doubt = None if unit_told else doubt.problem()
    return found


def _stream(
    logger: Logger, low: Decimal, high: Decimal, rule: Rule | None, doubt: "UnitDoubt"
) -> Findings:
    """:raises OutOfOrder: the file is not in order of time"""
    blocks = logger.blocks()
    begin = list(islice(blocks, BEGINNING))
    interval = usual_interval([at for block in begin for at in block.times])
    found = Findings(interval=interval, rule=rule or _rule(logger, interval))
    finder = SpanFinder(low, high, found.rule)
    gaps = _Gaps(longest=found.rule.gap)
    for block in chain(begin, blocks):
        _find(finder, block)
        gaps.add(block.times)
        doubt.add(block)
    found.spans = finder.finish()
    found.gaps = gaps.found
    return found


def _find(finder: SpanFinder, block: Block) -> None:
    """Give a block to the finder; one that is all inside costs next to nothing."""
    times = block.times
    if finder.low <= block.lowest and block.highest <= finder.high:
        if times[-1] < times[0]:
            raise OutOfOrder("readings are not in order of time")
        finder.add_calm(times[0], times[-1])
        return
    for at, _celsius, lowest, highest in block.rows():
        finder.add(at, lowest, highest)


def _sorted(
    logger: Logger, low: Decimal, high: Decimal, rule: Rule | None, doubt: "UnitDoubt"
) -> Findings:
    """A file newest first or put together of parts: all of it is kept and sorted."""
    readings = list(logger.readings())
    kept, conflicts = merged(readings)
    logger.tally.repeated += len(readings) - len(kept)
    logger.tally.readings = len(kept)
    times = [reading.at for reading in kept]
    interval = usual_interval(times)
    found = Findings(
        interval=interval, conflicts=conflicts, rule=rule or _rule(logger, interval)
    )
    block = Block(
        times,
        [reading.celsius for reading in kept],
        [reading.lowest for reading in kept],
        [reading.highest for reading in kept],
    )
    finder = SpanFinder(low, high, found.rule)
    gaps = _Gaps(longest=found.rule.gap)
    if times:
        block = block.complete()
        _find(finder, block)
        gaps.add(times)
        doubt.add(block)
    found.spans, found.gaps = finder.finish(), gaps.found
    return found


def _rule(logger: Logger, interval: timedelta | None) -> Rule:
    if interval is None or logger.head.changes_only:
        return Rule()
    return Rule.of_interval(interval)


@dataclass(slots=True)
class _Gaps:
    """Times without readings that are longer than the rule allows within a span."""

    longest: timedelta | None = None
    found: list[Gap] = field(default_factory=list)
    _last: datetime | None = None

    def add(self, times: Sequence[datetime]) -> None:
        longest, last = self.longest, self._last
        if longest is not None and len(self.found) < KEPT_GAPS:
            every = times if last is None else [last, *times]
            if max(map(sub, every[1:], every), default=longest) > longest:
                self.found += [
                    Gap(earlier, later)
                    for earlier, later in pairwise(every)
                    if later - earlier > longest
                ]
        self._last = times[-1]


class UnitDoubt:
    """Whether the unit is likely the wrong one: 4.5 in a file in Fahrenheit.

    A reading is doubtful if it is outside the limits and would be inside in the other
    unit. The question is raised if more than half of all readings are doubtful, or if
    one stands right beside a reading that is inside, far from it as read and near it
    in the other unit: no refrigerator goes from 5 °C to 41 °C (its Fahrenheit) within one
    reading. A freezer that warms up does go from -15.5 to -14.9 °C: such a small step
    over the limit proves the unit, and then no share of doubtful readings speaks
    against it.
    """

    def __init__(self, unit: str, low: Decimal, high: Decimal) -> None:
        self.unit, self.low, self.high = unit, low, high
        self.readings = self.doubtful = 0
        self.example: Decimal | None = None
        self.jump: Decimal | None = None
        self.is_proven = False
        self._last: Decimal | None = None

    def add(self, block: Block) -> None:
        """Take the next readings."""
        values = block.celsius
        self.readings += len(values)
        if self.low <= block.lowest and block.highest <= self.high:
            if self._last is not None and self._was_doubtful():
                self._look_at_steps([self._last, values[0]])
            self._last = values[-1]
            return
        odd = {value for value in set(values) if self.is_doubtful(value)}
        if odd:
            self.doubtful += sum(value in odd for value in values)
            self.example = self.example or next(v for v in values if v in odd)
        before = [] if self._last is None else [self._last]
        if not (self.jump and self.is_proven) and (odd or self._was_doubtful()):
            self._look_at_steps([*before, *values])
        self._last = values[-1]

    def add_days(self, values: Iterable[Decimal]) -> None:
        """Take the extremes of days, which do not follow each other."""
        for value in values:
            self.readings += 1
            if self.is_doubtful(value):
                self.doubtful += 1
                self.example = self.example or value

    def is_doubtful(self, celsius: Decimal) -> bool:
        """Outside as read, inside in the other unit."""
        if self.low <= celsius <= self.high:
            return False
        return self.low <= self._other(celsius) <= self.high

    def _other(self, celsius: Decimal) -> Decimal:
        """The reading, had it been written in the other unit."""
        return to_fahrenheit(celsius) if self.unit == "F" else to_celsius(celsius)

    def problem(self) -> Problem | None:
        """The question, if there is one."""
        most = self.doubtful * 2 > self.readings and not self.is_proven
        value = self.example if most else self.jump
        if value is None:
            return None
        written = to_fahrenheit(value) if self.unit == "F" else value
        other = "C" if self.unit == "F" else "F"
        error = LoggerError("unit_doubtful", cell=written, unit=self.unit, other=other)
        return error.problem

    def _was_doubtful(self) -> bool:
        return self._last is not None and self.is_doubtful(self._last)

    def _is_nearer(self, celsius: Decimal, beside: Decimal) -> bool:
        """Whether the other unit explains a step: most of it goes away."""
        return abs(self._other(celsius) - beside) * 2 < abs(celsius - beside)

    def _look_at_steps(self, values: Sequence[Decimal]) -> None:
        for earlier, later in pairwise(values):
            for one, beside in ((earlier, later), (later, earlier)):
                if self.low <= beside <= self.high and self.is_doubtful(one):
                    step = abs(one - beside)
                    if step <= SMALL_STEP:
                        self.is_proven = True
                    elif self.jump is None and self._is_nearer(one, beside):
                        self.jump = one


def doubt_of_value(
    celsius: Decimal, unit: str, low: Decimal, high: Decimal
) -> Problem | None:
    """The question for one typed value: 4.5 typed where Fahrenheit is asked for.

    :param celsius: the value as understood; ``unit``: in which it was typed
    :return: None if nothing speaks against it
    """
    doubt = UnitDoubt(unit, low, high)
    doubt.add_days([celsius])
    return doubt.problem()

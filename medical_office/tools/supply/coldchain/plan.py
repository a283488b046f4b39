"""How a table is read, what comes out of it, and what was met on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from ...csvcells import CellError
from ...csvproblems import Problem
from .clock import Clock
from .columns import Choice
from .layout import Layout
from .problems import KEPT
from .stamps import DateOrder

Values = tuple[Decimal, Decimal, Decimal]  # reading, lowest, highest


class Block(NamedTuple):
    """Readings that follow each other, column by column.

    ``times`` are UTC if the clock is known, else as written. ``lows`` and ``highs`` are
    the same list as ``celsius`` if the file has no minimum and maximum. ``lowest`` and
    ``highest`` are the extremes of the block, worked out once for all who ask.
    """

    times: list[datetime]
    celsius: list[Decimal]
    lows: list[Decimal]
    highs: list[Decimal]
    lowest: Decimal = Decimal("-Infinity")
    highest: Decimal = Decimal("Infinity")

    def append(self, at: datetime, values: Values) -> None:
        """One more reading; the columns must be lists of their own."""
        self.times.append(at)
        self.celsius.append(values[0])
        self.lows.append(values[1])
        self.highs.append(values[2])

    def complete(self) -> "Block":
        """The block with its extremes; logged values repeat, so look at each once."""
        values = set(self.celsius)
        if self.lows is not self.celsius or self.highs is not self.celsius:
            values |= {*self.lows, *self.highs}
        return self._replace(lowest=min(values), highest=max(values))

    def rows(self) -> Iterator[tuple[datetime, Decimal, Decimal, Decimal]]:
        """(time, reading, lowest, highest) of each; a reading beyond its own minimum or
        maximum counts as well."""
        if self.lows is self.celsius and self.highs is self.celsius:
            yield from zip(*self[:4], strict=True)
            return
        for at, celsius, low, high in zip(*self[:4], strict=True):
            yield at, celsius, min(low, celsius), max(high, celsius)


@dataclass(slots=True)
class Tally:
    """What was met in the rows besides readings.

    ``nothing`` counts rows whose cell says that there is no reading, by the word;
    ``events`` rows with a time and blank cells; ``repeated`` rows that say the same as
    the row before; ``parts`` grows each time the file goes back to an earlier time.
    """

    readings: int = 0
    first: datetime | None = None
    last: datetime | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    nothing: dict[str, int] = field(default_factory=dict)
    events: int = 0
    repeated: int = 0
    parts: int = 1
    descending: bool | None = None
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0

    def blame(self, row: int, column: str, error: CellError) -> None:
        """Name a row that cannot be read; the first thousand word for word."""
        self.problem_count += 1
        if len(self.problems) < KEPT:
            self.problems.append(Problem(row, column, error.code, error.values))

    def take(self, block: Block) -> None:
        """Count the readings of a block that is complete."""
        self.readings += len(block.times)
        times = block.times
        ends = times[:1] + times[-1:] if self.parts == 1 else times
        self.first = min(ends if self.first is None else [*ends, self.first])
        self.last = max(ends if self.last is None else [*ends, self.last])
        low, high = block.lowest, block.highest
        self.lowest = low if self.lowest is None else min(low, self.lowest)
        self.highest = high if self.highest is None else max(high, self.highest)


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows are read: everything that was found out, told, or asked."""

    layout: Layout
    choice: Choice
    units: dict[int, str]  # by place of the column
    order: DateOrder
    clock: Clock | None
    sensor: "Sensor | None" = None


class Sensor(NamedTuple):
    """The column that names the sensor, and the one that is read."""

    place: int
    name: str
    told: bool

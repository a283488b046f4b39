"""Rows of a table to readings: many at a time where they are plain, one by one else.

The quick way takes rows of one shape in blocks and asks Python's own loops to do the
work; whatever is not plain in a block (a blank, another shape, a time that goes back, a
change of the clock) sends the block through the careful way, which names each row.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from operator import gt, lt

from ...csvcells import CellError
from .answers import is_second_heading
from .cells import Degrees, NoReading
from .layout import cell_of
from .order import Recent
from .plan import Block, Plan, Tally, Values
from .stamps import (
    DateOrder,
    is_stamp,
    parse_date,
    parse_epoch,
    parse_stamp,
    parse_time,
)
from .timeline import Timeline
from .titles import is_number_title

_TURN = timedelta(minutes=61)  # a clock set back for winter goes back no further
_ISO_LENGTHS = ({16}, {19})
_CLOCK = re.compile(r"\d[:.]\d")


class _NotPlain(Exception):
    pass


class _Days(dict[str, date]):
    def __init__(self, order: DateOrder) -> None:
        super().__init__()
        self.order = order

    def __missing__(self, cell: str) -> date:
        day = parse_date(cell, self.order)
        if day is None:
            raise _NotPlain
        self[cell] = day
        return day


class _Times(dict[str, time]):
    def __missing__(self, cell: str) -> time:
        moment = parse_time(cell)
        if moment is None:
            raise _NotPlain
        self[cell] = moment
        return moment


class RowReader:
    """Reads the rows of one table.

    ``tally`` is complete when all blocks were taken.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tally = Tally()
        self.width = len(plan.layout.columns)
        self._degrees = {
            one.place: Degrees(plan.units[one.place]) for one in plan.choice.columns
        }
        self._days, self._times = _Days(plan.order), _Times()
        self._last: datetime | None = None
        self._written: datetime | None = (
            None  # the last one as the logger's clock shows it
        )
        self._last_values: Values | None = None
        # a corrected clock goes back where the correction begins
        self._unordered = bool(plan.clock and plan.clock.corrections)
        self._timeline = Timeline(plan.clock)
        self._pending: Block | None = None
        self._index = next(
            (c.place for c in plan.layout.columns if is_number_title(c.title)), None
        )
        self._last_index: int | None = None
        self._after_blank = False
        self._recent = Recent()

    def blocks(self, chunks: Iterator[list[list[str]]], number: int) -> Iterator[Block]:
        """Blocks of readings.

        :param chunks: the rows of the table, many at a time
        :param number: of the first of them, as a spreadsheet counts
        """
        try:
            for chunk in chunks:
                if chunk:
                    yield from self._block(chunk, number)
                number += len(chunk)
        except csv.Error:
            self.tally.blame(number, "", CellError("broken_quotes"))
        yield from self._given()

    def _block(self, chunk: list[list[str]], number: int) -> Iterator[Block]:
        try:
            block = self._quick(chunk)
        except (_NotPlain, CellError, NoReading, ValueError, IndexError, TypeError):
            block = self._careful(chunk, number)
        if block.times:
            yield from self._given()
            self._pending = block

    def _given(self) -> Iterator[Block]:
        """The block before: its last reading can no longer change."""
        if self._pending:
            block = self._pending.complete()
            self.tally.take(block)
            yield block
        self._pending = None

    # ------------------------------------------------------------------- the quick way

    def _quick(self, chunk: list[list[str]]) -> Block:
        if self._timeline.twice or len(chunk[0]) != self.width:
            raise _NotPlain
        cells = list(zip(*chunk, strict=True))  # by column; raises if a row is shorter
        sensor = self.plan.sensor
        if sensor and set(cells[sensor.place]) != {sensor.name}:
            raise _NotPlain
        stamps = self._stamps(cells)
        times = self._moments(stamps)
        self._check_order(times)
        columns = self.plan.choice
        value, low, high = columns.value, columns.minimum, columns.maximum
        read = [
            list(map(self._degrees[one.place].__getitem__, cells[one.place]))
            for one in columns.columns
        ]
        if len(read) == 1 and value:
            block = Block(times, read[0], read[0], read[0])
        else:
            lows, highs = read[1 if low and value else 0], read[-1 if high else 0]
            block = Block(times, read[0], lows, highs)
        self._last, self._written = times[-1], stamps[-1]
        self._recent.add(times)
        self._last_values = block.celsius[-1], block.lows[-1], block.highs[-1]
        self._timeline.forget()
        self._last_index = self._index_of(chunk[-1])
        return block

    def _stamps(self, columns: Sequence[Sequence[str]]) -> list[datetime]:
        layout = self.plan.layout
        cells = columns[layout.time]
        if layout.date is not None:
            days = map(self._days.__getitem__, columns[layout.date])
            return list(
                map(datetime.combine, days, map(self._times.__getitem__, cells))
            )
        if cells[0][4:5] == "-" and set(map(len, cells)) in _ISO_LENGTHS:
            stamps = list(map(datetime.fromisoformat, cells))
            if stamps[0].tzinfo:  # with others that have none, the steps raise
                raise _NotPlain
            return stamps
        if parse_epoch(cells[0]):
            since = list(map(parse_epoch, cells))
            if not all(since):
                raise _NotPlain
            return [at for at in since if at]
        days_of, times_of, combine = self._days, self._times, datetime.combine
        return [
            combine(days_of[day], times_of[clock])
            for day, _blank, clock in (cell.partition(" ") for cell in cells)
        ]

    def _moments(self, stamps: list[datetime]) -> list[datetime]:
        clock = self.plan.clock
        if clock is None:
            return stamps
        first, last = sorted((stamps[0], stamps[-1]))
        add = clock.steady(first, last)
        if add is None:
            raise _NotPlain
        return [stamp + add for stamp in stamps] if add else stamps

    def _check_order(self, times: list[datetime]) -> None:
        """Pass times that go on in the direction of the file; no time twice."""
        before = self._last
        every = times if before is None else [before, *times]
        if len(every) < 2:
            return
        descending = every[1] < every[0]
        if self.tally.descending not in (None, descending):
            raise _NotPlain
        if not all(map(gt if descending else lt, every, islice(every, 1, None))):
            raise _NotPlain
        self.tally.descending = descending

    # ----------------------------------------------------------------- the careful way

    def _careful(self, chunk: list[list[str]], number: int) -> Block:
        block = Block([], [], [], [])
        self._recent.ahead = partial(self._plain_times, chunk)
        for row, cells in enumerate(chunk, number):
            goes_on = row == self.plan.layout.start + 1 and is_second_heading(cells)
            if not any(map(str.strip, cells)) or goes_on or self._is_heading(cells):
                self._after_blank = True
                continue
            try:
                if self._is_footer(cells):
                    self._count_nothing("footer")
                elif self._is_ours(cells):
                    self._row(cells, block)
            except _Bad as bad:
                self.tally.blame(row, bad.field, bad)
        return block

    def _is_heading(self, cells: Sequence[str]) -> bool:
        """The heading once more: parts that were joined together."""
        titles = [column.title for column in self.plan.layout.columns]
        return any(titles) and [cell.strip() for cell in cells] == titles

    def _is_footer(self, cells: Sequence[str]) -> bool:
        """Words below an empty line, where a time would stand or in a row that has
        neither time nor temperature: a summary, no reading."""
        words = self.plan.layout.stamp(cells)
        if is_stamp(words) or not self._after_blank:
            self._after_blank = False
            return False
        layout = self.plan.layout
        if layout.date is not None and not parse_time(cell_of(cells, layout.time)):
            words = cell_of(cells, layout.date).strip() or words  # "Max:" and a figure
        places = [column.place for column in self.plan.choice.columns]
        if not words and not any(cell_of(cells, place).strip() for place in places):
            words = next(filter(None, map(str.strip, cells)))
        return words[:1].isalpha() and not _CLOCK.search(words)

    def _is_ours(self, cells: Sequence[str]) -> bool:
        sensor = self.plan.sensor
        name = cell_of(cells, sensor.place).strip() if sensor else ""
        if not sensor or name == sensor.name:
            return True
        if not sensor.told:
            raise _Bad("", "sensor_unclear", sensors=f"{sensor.name}, {name}")
        return False

    def _row(self, cells: Sequence[str], block: Block) -> None:
        stamp = self.plan.layout.stamp(cells)
        found = parse_stamp(stamp, self.plan.order)
        if found is None:
            raise _Bad("Time", self._why_no_time(stamp), cell=stamp[:40])
        if any(cell.strip() for cell in cells[self.width :]):
            raise _Bad("", "extra_cells", cells=len(cells), expected=self.width)
        try:
            values = self._values(cells)
        except NoReading as nothing:
            self._count_nothing(str(nothing).strip())
            return
        try:
            at = self._timeline.moment(found, self._last, self.tally.descending)
        except CellError as error:
            raise _Bad("Time", error.code, **error.values) from None
        if at == self._last:
            self._again(at, values, block)
            return
        index = self._index_of(cells)
        if self._last is not None:
            self._check_half(found.at, at < self._last)
            self._check_step(at, at - self._last, self._is_moved(index))
        self._last_index, self._written = index, found.at
        block.append(at, values)
        self._recent.add([at])
        self._last, self._last_values = at, values

    def _plain_times(self, chunk: list[list[str]]) -> Iterator[datetime]:
        """The times of rows that hold a value, each taken by itself."""
        timeline = Timeline(self.plan.clock)
        for cells in chunk:
            found = parse_stamp(self.plan.layout.stamp(cells), self.plan.order)
            with suppress(CellError, NoReading):
                if found and self._values(cells):
                    yield timeline.moment(found, None, None)
                    timeline.forget()

    def _why_no_time(self, stamp: str) -> str:
        mixed = self.plan.order is not DateOrder.PLAIN and is_stamp(stamp)
        return "mixed_dates" if mixed else "bad_time"

    def _values(self, cells: Sequence[str]) -> Values:
        read: list[Decimal] = []
        nothing = NoReading("")
        for column in self.plan.choice.columns:
            if column.place >= len(cells):
                raise _Bad(column.title, "cut_row")
            try:
                read.append(self._degrees[column.place][cells[column.place].strip()])
            except NoReading as none:
                nothing = none
            except CellError as error:
                raise _Bad(column.title, error.code, **error.values) from None
        if not read:
            raise nothing
        return read[0], min(read), max(read)

    def _count_nothing(self, word: str) -> None:
        if word:
            self.tally.nothing[word] = self.tally.nothing.get(word, 0) + 1
        else:
            self.tally.events += 1

    def _again(self, at: datetime, values: Values, block: Block) -> None:
        """The same time once more: the same reading, or one that contradicts it; then
        both ends count and the row is named."""
        last = self._last_values
        if last is None or values == last:
            self.tally.repeated += 1
            return
        if not block.times and self._pending:
            before = self._pending
            before = before._replace(lows=[*before.lows], highs=[*before.highs])
            self._pending = block = before
        low, high = min(values[1], last[1]), max(values[2], last[2])
        if block.times:
            block.lows[-1], block.highs[-1] = low, high
        self._last_values = last[0], low, high
        raise _Bad("Time", "two_temperatures", time=at, other=f"{last[0]} °C")

    # ----------------------------------------------------------------------- the order

    def _index_of(self, cells: Sequence[str]) -> int | None:
        """The running number of a row, if the file has one."""
        text = cell_of(cells, self._index).strip() if self._index is not None else ""
        return int(text) if text.isdigit() else None

    def _is_moved(self, index: int | None) -> bool:
        last, descending = self._last_index, self.tally.descending
        if index is None or last is None or descending:
            return False
        return index < last

    def _check_half(self, written: datetime, earlier: bool) -> None:
        """Refuse 12:50 before 1:00 of one day: a clock of 12 hours without AM and PM."""
        last = self._written
        if last is None or written.date() != last.date():
            return
        if (
            (written.hour, last.hour) == (1, 12)
            if earlier
            else ((written.hour, last.hour) == (12, 1) and self.tally.descending)
        ):
            raise _Bad("Time", "no_half", time=written)

    def _check_step(self, at: datetime, step: timedelta, moved: bool) -> None:
        """Find the direction of the file; refuse a time that goes back a little (a clock
        set back). One that goes back further is another part of the file, and so is a
        row whose running number goes back as well, or (without one) whose time is
        nowhere near that of another row: it was moved, not the clock.
        """
        if self.tally.descending is None:
            self.tally.descending = step < timedelta()
        back = step if self.tally.descending else -step
        if back <= timedelta():
            return
        if self._index is None and not self._unordered and back <= _TURN:
            moved = self._recent.is_moved(at)
        if back <= _TURN and not moved and not self._unordered:
            raise _Bad("Time", "time_back", time=at)
        self.tally.parts += 1
        self._unordered = True


class _Bad(CellError):
    def __init__(self, field: str, code: str, **values: object) -> None:
        super().__init__(code, **values)
        self.field = field

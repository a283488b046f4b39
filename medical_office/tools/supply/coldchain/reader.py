"""A logger's file opened: what was found out about it, then its readings as a stream.

Nothing is guessed: what the file does not say and nobody told is asked for by a
``LoggerError`` whose problem has one of the codes ``problems.ASKED``.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from ...csvcells import CellError
from .answers import Rows, Told, clock_of, order_of, sensor_of, units_of
from .berlinger import TagFile, is_tag, read_tag
from .cells import Degrees, NoReading, figure_of
from .clock import Clock, MissingTime
from .columns import Choice, Column, choose
from .days import Day
from .layout import cell_of, find_layout
from .makers import maker_of
from .plan import Block, Plan, Tally
from .problems import LoggerError
from .reading import Reading
from .rows import RowReader
from .source import Text
from .stamps import DateOrder, parse_date, parse_stamp, parse_time
from .titles import Extreme, Role, extreme_of


@dataclass(frozen=True, slots=True)
class Head:
    """What was found out, each with where it was said, to be shown before an import.

    ``clock`` is None if nobody said it: then the times are as written.
    """

    maker: str
    columns: tuple[str, ...]
    why: str
    left_out: tuple[str, ...]
    unit: str
    unit_from: str
    clock: Clock | None
    clock_from: str
    order: str
    order_from: str
    warnings: tuple[str, ...] = ()
    changes_only: bool = False  # a pause is no gap: nothing is written while it stays


@dataclass(slots=True)
class Logger:
    """An opened file. ``days`` are summaries of days; ``tally`` is complete when all
    blocks were taken; ``blocks`` may be taken again."""

    head: Head
    days: tuple[Day, ...] = ()
    tally: Tally = field(default_factory=Tally)
    _plan: Plan | None = None
    _text: Text | None = None
    _readings: tuple[Reading, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """All readings from the beginning, in the order of the file."""
        if self._plan is None or self._text is None:
            yield from self._table_block()
            return
        reader = RowReader(self._plan)
        self.tally = reader.tally
        start = self._plan.layout.start
        chunks = _after(self._text.chunks(), start)
        yield from reader.blocks(chunks, start + 1)

    def readings(self) -> Iterator[Reading]:
        """All readings, one by one."""
        for block in self.blocks():
            for at, celsius, low, high in block.rows():
                plain = low == high == celsius
                yield Reading(at, celsius) if plain else Reading(at, celsius, low, high)

    def _table_block(self) -> Iterator[Block]:
        if not self._readings:
            return
        times = [reading.at for reading in self._readings]
        values = [reading.celsius for reading in self._readings]
        nothing = self.tally.nothing
        self.tally = Tally(nothing=nothing)
        block = Block(times, values, values, values).complete()
        self.tally.take(block)
        yield block


def _after(chunks: Iterator[list[list[str]]], count: int) -> Iterator[list[list[str]]]:
    """Chunks of rows without the first rows."""
    for chunk in chunks:
        yield chunk[count:]
        count = max(0, count - len(chunk))


def open_logger(file: BinaryIO | bytes, told: Told | None = None) -> Logger:
    """Find out what a file is.

    :param file: its bytes, or the seekable file opened for reading bytes
    :raises LoggerError: it is no logger's file, or a question must be answered first
    """
    told = told or Told()
    text = Text(io.BytesIO(file) if isinstance(file, bytes) else file)
    if is_tag(text.head):
        return _tag(read_tag(text.whole(), told.unit), told)
    return _table(text, told)


# --------------------------------------------------------------------- Fridge-tag, Q-tag


def _tag(found: TagFile, told: Told) -> Logger:
    warnings = (
        [] if found.is_signed else ["no signature at the end: the file may be cut"]
    )
    head = Head(
        f"Berlinger {found.device}",
        ("T",) if found.readings else ("Min T", "Max T"),
        "the device's own table" if found.readings else "daily minimum and maximum",
        (),
        found.unit,
        found.unit_from,
        told.clock,
        "chosen" if told.clock else "",
        "year first",
        "",
        tuple(warnings),
    )
    days, readings = found.days, found.readings
    if told.clock:
        try:
            days = tuple(day.moved(told.clock.utc) for day in days)
            readings = tuple(_readings_in_utc(readings, told.clock))
        except MissingTime as missing:
            raise LoggerError(
                "missing_time", time=missing.args[0], zone=told.clock
            ) from None
    tally = Tally(nothing={"--.-": found.nothing} if found.nothing else {})
    return Logger(head, days, tally, None, None, readings)


def _readings_in_utc(readings: Sequence[Reading], clock: Clock) -> Iterator[Reading]:
    near: datetime | None = None
    for reading in readings:
        near = clock.utc(reading.at, near)
        yield reading._replace(at=near)


# ------------------------------------------------------------------------------- tables


def _table(text: Text, told: Told) -> Logger:
    rows = text.head_rows()
    layout = find_layout(rows)
    body = [row for row in rows[layout.start :] if any(row)]
    if not body:
        raise LoggerError("no_readings")
    preamble = rows[: layout.start - 1] if layout.heading is not None else ()
    titles = [column.title for column in layout.columns]
    maker = maker_of(preamble, titles)
    choice = choose(layout.columns, body, told.column)
    units, unit_from = units_of(layout.columns, choice, body, preamble, told.unit)
    clock, clock_from = clock_of(preamble, layout, body, told)
    unit = units[choice.columns[0].place]
    order, order_from = order_of(text, layout, body, told, (maker, unit, clock))
    plan = Plan(layout, choice, units, order, clock, sensor_of(layout, body, told))
    head = Head(
        maker,
        tuple(one.name for one in choice.columns),
        choice.why,
        tuple(one.name for one in layout.columns if _is_left_out(one, choice, body)),
        unit,
        unit_from,
        clock,
        clock_from,
        order.value if order is not DateOrder.PLAIN else "year first",
        order_from,
        changes_only=maker == "Home Assistant",
    )
    if layout.days:
        days = tuple(_days(text, plan))
        return Logger(head, tuple(d.moved(clock.utc) for d in days) if clock else days)
    return Logger(head, (), Tally(), plan, text)


def _is_left_out(column: Column, choice: Choice, body: Rows) -> bool:
    """Whether a column holds temperatures that are not read."""
    if column in choice.columns:
        return False
    temperature = column.role in (Role.TEMPERATURE, Role.AVERAGE, Role.LIMIT)
    figures = any(figure_of(cell_of(row, column.place)) for row in body)
    return bool(column.unit) or (temperature and figures)


def _days(text: Text, plan: Plan) -> Iterator[Day]:
    """A table of days.

    :raises LoggerError: a row cannot be read
    """
    degrees = {c.place: Degrees(plan.units[c.place]) for c in plan.choice.columns}
    number = 0
    try:
        for number, row in enumerate(text.rows(), 1):
            if number > plan.layout.start and any(map(str.strip, row)):
                yield from _day(row, number, plan, degrees)
    except csv.Error:
        raise LoggerError("broken_quotes", number + 1) from None


def _day(
    row: list[str], number: int, plan: Plan, degrees: dict[int, Degrees]
) -> Iterator[Day]:
    """The day of a row; none if it was not measured."""
    cell = plan.layout.stamp(row)
    day = parse_date(cell, plan.order)
    if day is None:
        raise LoggerError("bad_time", number, "Date", cell=cell[:40])
    values = dict(_day_values(row, number, plan.choice, degrees))
    if values:
        low, high = min(values.values()), max(values.values())
        at = [
            _moment(row, plan, day, side)
            if column and values.get(column) == value
            else None
            for column, value, side in (
                (plan.choice.minimum, low, Extreme.MINIMUM),
                (plan.choice.maximum, high, Extreme.MAXIMUM),
            )
        ]
        yield Day(day, low, at[0], high, at[1])


def _moment(row: list[str], plan: Plan, day: date, side: Extreme) -> datetime | None:
    """When the lowest or highest of a day was, if one column says it."""
    places = [
        one.place
        for one in plan.layout.columns
        if one.role is Role.MOMENT and extreme_of(one.title) is side
    ]
    if len(places) != 1:
        return None
    cell = cell_of(row, places[0]).strip()
    clock, stamp = parse_time(cell), parse_stamp(cell, plan.order)
    return datetime.combine(day, clock) if clock else stamp.at if stamp else None


def _day_values(
    row: list[str], number: int, choice: Choice, degrees: dict[int, Degrees]
) -> Iterator[tuple[Column, Decimal]]:
    for column in choice.columns:
        try:
            cell = cell_of(row, column.place).strip()
            yield column, degrees[column.place][cell]
        except NoReading:
            continue
        except CellError as error:
            raise LoggerError(
                error.code, number, column.title, **error.values
            ) from None

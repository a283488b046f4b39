"""The questions that a table leaves open: unit, clock, date order, sensor.

Each is answered by the user, or by the file; if by neither, it is asked.
"""

import csv
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from .cells import figure_of
from .clock import Clock, Correction
from .columns import Choice, Column
from .layout import Layout, cell_of
from .makers import clock_said, month_first_said, unit_said, zone_beside
from .plan import Sensor
from .problems import LoggerError
from .source import Text
from .stamps import DateOrder, Evidence, parse_stamp
from .titles import Role, unit_in

Rows = Sequence[list[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """What the user says; everything may be left open.

    ``unit`` is "C" or "F"; ``column`` a heading or a number from 1; ``sensor`` a name;
    ``day_first`` whether 03/04 is April 3; ``clock`` counts where the file names none,
    and in any case if ``clock_wins``; ``corrections`` are made to a clock that the file
    names, except to times that carry their own offset.
    """

    unit: str = ""
    column: str = ""
    sensor: str = ""
    day_first: bool | None = None
    clock: Clock | None = None
    clock_wins: bool = False
    corrections: tuple[Correction, ...] = ()


def units_of(
    columns: Sequence[Column], choice: Choice, body: Rows, preamble: Rows, told: str
) -> tuple[dict[int, str], str]:
    """The unit of each column read, and where it was said: the user, the heading, the
    cells, a column of units, the lines before the table.

    :raises LoggerError: nowhere, or two units
    """
    units, said = {}, []
    before = unit_said(preamble)
    beside = _unit_beside(columns, body)
    for column in choice.columns:
        in_cells = _unit_of_cells(column, body)
        for unit, where in (
            (told, "chosen"),
            (column.unit, f"the heading of column {column.place + 1}"),
            (in_cells, "the cells"),
            (beside, "the column of units"),
            (before.what if before else "", before.where if before else ""),
        ):
            if unit:
                units[column.place] = unit
                said.append(where)
                break
        else:
            raise LoggerError("unit_unknown", field=column.title)
    return units, said[0]


def _unit_beside(columns: Sequence[Column], body: Rows) -> str:
    """The unit that a column of its own names in each row.

    :raises LoggerError: it names two
    """
    for column in columns:
        if column.title.casefold().rstrip("s") in ("unit", "scale", "temperature unit"):
            cells = {cell_of(row, column.place): "" for row in body}
            units = {unit_in(cell): cell for cell in cells if unit_in(cell)}
            if len(units) > 1:
                first, second = units
                raise LoggerError(
                    "two_units",
                    field=column.title,
                    cell=units[second],
                    unit=f"°{first}",
                )
            return next(iter(units), "")
    return ""


def is_second_heading(row: Sequence[str]) -> bool:
    """Whether the row below the heading goes on with it: units, and no figure."""
    return any(row) and not any(sign.isdigit() for cell in row for sign in cell)


def _unit_of_cells(column: Column, body: Rows) -> str:
    units: dict[str, str] = {}
    if is_second_heading(body[0]):
        cell = cell_of(body[0], column.place)
        units = {unit_in(cell): cell} if unit_in(cell) else {}
    for row in body:
        found = figure_of(cell_of(row, column.place))
        if found and found[1]:
            units.setdefault(found[1], cell_of(row, column.place))
    if len(units) > 1:
        first, second = units
        raise LoggerError(
            "two_units", field=column.title, cell=units[second], unit=f"°{first}"
        )
    return next(iter(units), "")


def clock_of(
    preamble: Rows, layout: Layout, body: Rows, told: Told
) -> tuple[Clock | None, str]:
    if told.clock and told.clock_wins:
        return told.clock, "chosen"
    try:
        said = clock_said(preamble, layout) or zone_beside(layout.columns, body)
    except LookupError as error:
        raise LoggerError("zone_unknown", zone=str(error).split("'")[1]) from None
    if said:
        clock, where = said
        return replace(clock, corrections=told.corrections), where
    offset = _offset_of(layout.stamp(body[0]))
    if offset is not None:
        return Clock.fixed(offset), "the times themselves"
    return told.clock, "chosen" if told.clock else ""


def _offset_of(stamp: str) -> timedelta | None:
    """The offset that a time carries, whichever of its numbers is the month."""
    for order in (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST):
        found = parse_stamp(stamp, order)
        if found:
            return found.offset
    return None


def order_of(
    text: Text,
    layout: Layout,
    body: Rows,
    told: Told,
    known: tuple[str, str, Clock | None],
) -> tuple[DateOrder, str]:
    """Which number is the month: told, shown by the dates, or by maker and unit.

    :raises LoggerError: nothing tells, or the dates contradict each other
    """
    if told.day_first is not None:
        order = DateOrder.DAY_FIRST if told.day_first else DateOrder.MONTH_FIRST
        return order, "chosen"
    evidence = Evidence()
    place = layout.time if layout.date is None else layout.date
    for row in body:
        evidence.see(cell_of(row, place))
        if evidence.mixed:
            raise LoggerError("mixed_dates", field="Date", cell=cell_of(row, place))
    if evidence.order is None and not evidence.year_open:
        hint = month_first_said(known[0], known[1], layout.stamp(body[0]), known[2])
        if hint:
            return DateOrder.MONTH_FIRST, hint
    if evidence.order is None:
        rows = islice(text.rows(), layout.start, None)
        with suppress(csv.Error):  # named when the rows are read
            evidence.see_all(cell_of(row, place).strip() for row in rows)
    if evidence.order is None:
        cell = cell_of(body[0], place)
        code = "year_unclear" if evidence.year_open else "order_unclear"
        raise LoggerError(code, layout.start + 1, "Date", cell=cell)
    return evidence.order, evidence.reasons.get(evidence.order, "")


def sensor_of(layout: Layout, body: Rows, told: Told) -> Sensor | None:
    """The sensor that is read, if a column names them.

    :raises LoggerError: there are several and nobody chose one
    """
    places = [one.place for one in layout.columns if one.role is Role.SENSOR]
    if not places:
        return None
    names = list(dict.fromkeys(cell_of(row, places[0]) for row in body))
    if told.sensor:
        if told.sensor not in names:
            raise LoggerError("sensor_unclear", sensors=", ".join(names))
        return Sensor(places[0], told.sensor, True)
    if len(names) > 1:
        raise LoggerError("sensor_unclear", sensors=", ".join(names))
    return Sensor(places[0], names[0], False)

"""Files of temperature data loggers: many layouts in, readings and problems out.

Every maker exports its own table, but all have a time and a temperature. Understood
are: a preamble before the header, one column for date and time or two, extra columns
(number, humidity, serial), degrees in the heading ("Temp °F", "Celsius(°C)") or in the
cell ("4.5 °C"), comma, semicolon or tab, decimal comma with a semicolon, newest first,
and files without a header whose columns tell by themselves. Nothing is written; every
row that cannot be read is named with field and remedy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Literal

from ..csvcells import CellError
from ..csvproblems import TEXTS, Problem
from ..csvread import MAX_BYTES, decode, numbered
from .coldchain import Reading, to_celsius
from .logger_layout import (
    CELL,
    Layout,
    Rows,
    delimiter_of,
    find_layout,
    unit_of_cells,
)
from .stamps import DateOrder, date_order, parse_stamp

MAX_LINES = 200_000  # 30-minute readings of eleven years
LOWEST, HIGHEST = Decimal(-120), Decimal(60)  # beyond, the probe is broken or the unit

LOGGER_TEXTS: dict[str, tuple[str, str]] = TEXTS | {
    "no_temperature_column": (
        "No column of times and temperatures was found.",
        "Export the readings as a table with date, time and temperature.",
    ),
    "unit_unknown": (
        "The file does not say whether it is Celsius or Fahrenheit.",
        "Choose the unit of the logger.",
    ),
    "bad_time": (
        '"%(cell)s" is no date and time.',
        "Correct it to a form like 2026-11-24 08:30, or leave the row out.",
    ),
    "bad_temperature": (
        '"%(cell)s" is no temperature.',
        "The probe may have been unplugged: check the logger, note the gap, leave the "
        "row out.",
    ),
    "implausible": (
        "%(cell)s is no temperature of a storage unit.",
        "Check the unit (Celsius or Fahrenheit) and the probe.",
    ),
    "two_temperatures": (
        "%(time)s has already been read with another temperature (row %(other)s).",
        "Keep one of the two rows.",
    ),
    "time_back": (
        "The time goes back, to %(time)s.",
        "If the clock was set back for winter time, set the logger to standard time or "
        "UTC; correct the times or import the parts one by one.",
    ),
    "too_many_readings": (
        "The file has more than %(limit)s readings.",
        "Export a shorter period.",
    ),
}


@dataclass(frozen=True, slots=True)
class LoggerFile:
    """What a logger file holds.

    ``readings`` in order of time; ``errors`` name rows that were left out; ``repeated``
    counts rows that say the same as an earlier one; ``unit`` is "C" or "F" as found or
    told; ``guessed_order`` is True if 03/04 was read as March 4 for lack of better
    knowledge (show it to the user).
    """

    readings: tuple[Reading, ...] = ()
    errors: tuple[Problem, ...] = ()
    unit: str = ""
    repeated: int = 0
    guessed_order: bool = False


def read_logger(
    data: bytes,
    unit: Literal["C", "F"] | None = None,
    day_first: bool | None = None,
    max_bytes: int = MAX_BYTES,
) -> LoggerFile:
    """Read a logger's file.

    :param unit: "C" or "F" if the user says so; else what the file says
    :param day_first: whether 03/04/2026 is April 3; else found from the file, and US
        order if every date can be read both ways
    :return: never raises for bad input; see ``LoggerFile``
    """
    if len(data) > max_bytes:
        return _refused("too_many_bytes", size=len(data), limit=max_bytes)
    if not data.strip():
        return _refused("empty_file")
    try:
        content, _encoding = decode(data)
    except CellError as error:
        return _refused(error.code, **error.values)
    lines = list(islice(numbered(content, delimiter_of(content)), MAX_LINES + 1))
    if len(lines) > MAX_LINES:
        return _refused("too_many_readings", limit=MAX_LINES)
    broken = [
        Problem(number, "", cells.code, cells.values)
        for number, cells in lines
        if isinstance(cells, CellError)
    ]
    rows = [(n, c) for n, c in lines if not isinstance(c, CellError) and any(c)]
    found = find_layout(rows)
    if found is None:
        return _refused("no_temperature_column")
    layout, rows = found
    named = unit or layout.unit or unit_of_cells(rows, layout)
    if not named:
        return _refused("unit_unknown")
    order = date_order([layout.stamp(cells) for _n, cells in rows], day_first)
    if _newest_first(rows, layout, order):
        rows.reverse()
    return _read(rows, layout, named, order, broken)


def _refused(code: str, **values: object) -> LoggerFile:
    said = {key: str(value) for key, value in values.items()}
    return LoggerFile(errors=(Problem(0, "", code, said),))


def _newest_first(rows: Rows, layout: Layout, order: DateOrder) -> bool:
    stamps = [parse_stamp(layout.stamp(cells), order) for _n, cells in rows]
    known = [stamp for stamp in stamps if stamp]
    return len(known) > 1 and known[0] > known[-1]


def _read(
    rows: Rows, layout: Layout, unit: str, order: DateOrder, broken: list[Problem]
) -> LoggerFile:
    readings: list[Reading] = []
    errors: list[Problem] = []
    seen: dict[datetime, tuple[Decimal, int]] = {}
    repeated = 0
    for number, cells in rows:
        try:
            reading = _reading(cells, layout, unit, order)
            known = seen.get(reading.at)
            if known and known[0] == reading.celsius:
                repeated += 1
                continue
            if known:
                raise _Bad("Time", "two_temperatures", time=reading.at, other=known[1])
            if readings and reading.at < readings[-1].at:
                raise _Bad("Time", "time_back", time=reading.at)
        except _Bad as bad:
            errors.append(Problem(number, bad.field, bad.code, bad.values))
            continue
        seen[reading.at] = reading.celsius, number
        readings.append(reading)
    errors = sorted([*errors, *broken], key=lambda problem: problem.row)
    return LoggerFile(
        tuple(readings), tuple(errors), unit, repeated, order is DateOrder.GUESSED
    )


class _Bad(CellError):
    def __init__(self, field: str, code: str, **values: object) -> None:
        super().__init__(code, **values)
        self.field = field


def _reading(
    cells: Sequence[str], layout: Layout, unit: str, order: DateOrder
) -> Reading:
    stamp = layout.stamp(cells)
    at = parse_stamp(stamp, order)
    if at is None:
        raise _Bad("Time", "bad_time", cell=stamp[:40])
    cell = layout.degrees(cells)
    found = CELL.fullmatch(cell)
    if not found or (found["u"] and found["u"].upper() != unit):
        raise _Bad("Temperature", "bad_temperature", cell=cell[:40])
    degrees = Decimal(found["n"].replace(",", "."))
    celsius = to_celsius(degrees) if unit == "F" else degrees
    if not LOWEST <= celsius <= HIGHEST:
        raise _Bad("Temperature", "implausible", cell=cell)
    return Reading(at, celsius)

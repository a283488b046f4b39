"""Which columns of a table are read: never the first one without a word."""

from collections.abc import Sequence
from dataclasses import dataclass

from .cells import figure_of
from .problems import LoggerError
from .reading import to_celsius
from .titles import Extreme, Role, Where, extreme_of, role_of, unit_in, where_of


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its place from 0, heading, unit if the heading says it."""

    place: int
    title: str
    role: Role
    unit: str = ""

    @property
    def name(self) -> str:
        """As it is told to people: number and heading."""
        return f"{self.place + 1} {self.title or '(no heading)'}"


@dataclass(frozen=True, slots=True)
class Choice:
    """The columns read: ``value`` (or None), ``minimum``, ``maximum``; why."""

    value: Column | None
    minimum: Column | None = None
    maximum: Column | None = None
    why: str = ""

    @property
    def columns(self) -> list[Column]:
        """All that are read; at least one."""
        return [one for one in (self.value, self.minimum, self.maximum) if one]


def columns_of(titles: Sequence[str]) -> list[Column]:
    """All columns of a heading."""
    return [
        Column(place, title.strip(), role_of(title), unit_in(title))
        for place, title in enumerate(titles)
    ]


def choose(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], told: str = ""
) -> Choice:
    """The temperature columns to read.

    A column that the user names counts alone. Else: temperatures only (never humidity,
    dew point, limits, averages); a probe before the others, the others before the air;
    the same temperature in two units is read once; minimum and maximum are read beside
    the reading, so that both are judged.

    :param rows: the first rows, to see what headings do not say
    :param told: heading or number (from 1) of the column; "" if nobody chose
    :raises LoggerError: no column, or more than one that it could be
    """
    if told:
        return _told(columns, told)
    found = [one for one in columns if one.role is Role.TEMPERATURE]
    found = [one for one in found if _has_figures(one, rows)] or found
    if not found:
        return _unnamed(columns, rows)
    best, why = _nearest(found)
    plain = [one for one in best if extreme_of(one.title) is Extreme.NONE]
    lows = [one for one in best if extreme_of(one.title) is Extreme.MINIMUM]
    highs = [one for one in best if extreme_of(one.title) is Extreme.MAXIMUM]
    plain, lows, highs = (_once(some, rows) for some in (plain, lows, highs))
    if max(len(plain), len(lows), len(highs)) > 1:
        raise _unclear(best)
    if not plain and not (lows and highs):
        raise _unclear(best)
    value, low, high = (next(iter(some), None) for some in (plain, lows, highs))
    return Choice(value, low, high, why)


def _told(columns: Sequence[Column], told: str) -> Choice:
    wanted = told.strip().casefold()
    for column in columns:
        named = wanted == column.title.casefold() or wanted == str(column.place + 1)
        if named and column.role not in (Role.DATE, Role.TIME, Role.STAMP):
            return Choice(column, why="chosen")
    names = _names([one for one in columns if one.role is Role.TEMPERATURE] or columns)
    raise LoggerError("column_unknown", column=told, columns=names)


def _nearest(found: list[Column]) -> tuple[list[Column], str]:
    """Those of a probe; else those that do not say they are of the air."""
    for where, why in ((Where.PROBE, "the probe"), (Where.UNSAID, "not the air")):
        best = [one for one in found if where_of(one.title) is where]
        if best and len(best) < len(found):
            return best, why
    return found, ""


def _once(some: list[Column], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The same temperature in Celsius and Fahrenheit is one: the Celsius column."""
    if sorted(one.unit for one in some) != ["C", "F"]:
        return some
    celsius, fahrenheit = sorted(some, key=lambda one: one.unit)
    pairs = [
        (figure_of(_cell(row, celsius.place)), figure_of(_cell(row, fahrenheit.place)))
        for row in rows
    ]
    known = [(c[0], to_celsius(f[0])) for c, f in pairs if c and f]
    same = bool(known) and all(abs(c - f) <= 1 for c, f in known)
    return [celsius] if same else some


def _unnamed(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Choice:
    """No heading says temperature: a column whose cells carry degrees, or the only
    value column; a bare number beside a time may be the humidity."""
    values = [
        one
        for one in columns
        if one.role in (Role.VALUE, Role.UNKNOWN) and _has_figures(one, rows)
    ]
    degrees = [one for one in values if _has_figures(one, rows, unit=True)]
    named = [one for one in values if one.role is Role.VALUE]
    for some in (degrees, named):
        if len(some) == 1:
            return Choice(some[0])
    if not values:
        raise LoggerError("no_temperature_column")
    raise _unclear(degrees or named or values)


def _has_figures(
    column: Column, rows: Sequence[Sequence[str]], unit: bool = False
) -> bool:
    cells = [figure_of(_cell(row, column.place)) for row in rows]
    return any(found and (found[1] or not unit) for found in cells)


def _unclear(columns: Sequence[Column]) -> LoggerError:
    return LoggerError("column_unclear", columns=_names(columns))


def _names(columns: Sequence[Column]) -> str:
    return ", ".join(f'"{one.name}"' for one in columns)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""

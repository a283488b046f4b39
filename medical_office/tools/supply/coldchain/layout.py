"""Where a logger's table begins, and which of its columns hold date and time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .cells import figure_of
from .columns import Column, columns_of
from .problems import LoggerError
from .stamps import is_date, is_stamp, parse_epoch, parse_time
from .titles import Role

Row = list[str]
LOOK_AHEAD = 6  # rows after a heading among which one must have a time


@dataclass(frozen=True, slots=True)
class Layout:
    """The table: its columns, where date and time stand, where its rows begin.

    ``date`` is None if one column holds both. ``heading`` and ``start`` are places of
    rows from 0; ``heading`` is None if the file has none. ``days`` is True if the rows
    are of days and have no time.
    """

    columns: list[Column]
    date: int | None
    time: int
    heading: int | None
    start: int
    days: bool = False

    def stamp(self, row: Sequence[str]) -> str:
        """Date and time of a row, as written."""
        time = cell_of(row, self.time).strip()
        if self.date is None:
            return time
        return f"{cell_of(row, self.date).strip()} {time}".strip()


def cell_of(row: Sequence[str], place: int) -> str:
    """The cell of a row, "" if the row is shorter."""
    return row[place] if place < len(row) else ""


def find_layout(rows: Sequence[Row]) -> Layout:
    """The first heading that the rows after it bear out, else rows without a heading.

    :param rows: the first rows of the file, cells stripped
    :raises LoggerError: no table of times is found
    """
    for place, row in enumerate(rows):
        layout = _headed(rows, place, row)
        if layout:
            return layout
    for place, row in enumerate(rows):
        layout = _bare(row, place)
        if layout:
            return layout
    raise LoggerError("no_temperature_column")


def _headed(rows: Sequence[Row], place: int, row: Row) -> Layout | None:
    filled = [cell for cell in row if cell]
    if len(filled) < 2 or any(figure_of(c) or is_stamp(c) for c in filled):
        return None
    after = [one for one in rows[place + 1 :] if any(one)][:LOOK_AHEAD]
    columns = columns_of(_joined(row, after))
    for date, time in _time_columns(columns):
        layout = Layout(columns, date, time, place, place + 1)
        if any(is_stamp(layout.stamp(one)) for one in after):
            return layout
    timed = _by_its_cells(columns, after, place) or _unworded(columns, after, place)
    return timed or _of_days(columns, after, place) or _unborne(columns, after, place)


def _by_its_cells(
    columns: list[Column], after: Sequence[Row], place: int
) -> Layout | None:
    """A date, and beside it times under a heading that does not say so: never taken for
    a table of days, of which only the extremes would be kept."""
    for date in (one.place for one in columns if one.role is Role.DATE):
        for time in (one.place for one in columns if one.role is Role.UNKNOWN):
            cells = [cell_of(one, time) for one in after if is_date(cell_of(one, date))]
            if cells and all(parse_time(cell) for cell in cells):
                return Layout(columns, date, time, place, place + 1)
    return None


def _unworded(columns: list[Column], after: Sequence[Row], place: int) -> Layout | None:
    """A heading in a language whose words for date and time are not known, above
    temperatures: the columns that hold nothing else."""
    if not after or not any(one.role is Role.TEMPERATURE for one in columns):
        return None
    timed = (Role.DATE, Role.TIME, Role.STAMP)
    others = [c.place for c in columns if c.role in (*timed, Role.UNKNOWN, Role.VALUE)]
    dates = [one for one in others if all(is_date(cell_of(row, one)) for row in after)]
    pairs = [(date, time) for date in dates for time in others if date != time]
    for date, time in (*((None, place) for place in others), *pairs):
        layout = Layout(columns, date, time, place, place + 1)
        if all(is_stamp(layout.stamp(row)) for row in after):
            return layout
    return None


def _unborne(columns: list[Column], after: Sequence[Row], place: int) -> Layout | None:
    """A heading with time and temperature under which nothing stands."""
    times = _time_columns(columns)
    if after or not times or not any(c.role is Role.TEMPERATURE for c in columns):
        return None
    return Layout(columns, *times[0], place, place + 1)


def _of_days(columns: list[Column], after: Sequence[Row], place: int) -> Layout | None:
    """A table of days: dates without a time, minimum and maximum."""
    for column in columns:
        dated = column.role in (Role.DATE, Role.STAMP)
        if dated and any(is_date(cell_of(one, column.place)) for one in after):
            return Layout(columns, None, column.place, place, place + 1, days=True)
    return None


def _time_columns(columns: Sequence[Column]) -> list[tuple[int | None, int]]:
    """(date, time) columns in the order in which they are tried."""
    stamps = [one.place for one in columns if one.role is Role.STAMP]
    dates = [one.place for one in columns if one.role is Role.DATE]
    times = [one.place for one in columns if one.role is Role.TIME]
    apart: list[tuple[int | None, int]] = [
        (date, time) for date in dates for time in (*times, *stamps)
    ]
    # "Date" or "Time" alone may hold both
    whole: list[tuple[int | None, int]] = [
        (None, place) for place in (*stamps, *times, *dates)
    ]
    return [*apart, *whole]


# A comma inside a heading whose quotes a spreadsheet took away: "Date Time, GMT-05:00"
_TAIL = re.compile(
    r"(GMT|UTC|°|º|�|deg\b|%|mg/|[CF]\b|SEN S/N|LBL|V\b|lux|lum)", re.IGNORECASE
)


def _joined(row: Row, after: Sequence[Row]) -> Row:
    """The heading, with titles that a lost quotation mark split put together again."""
    width = max((len(one) for one in after), default=0)
    if len(row) <= width or not width:
        return row
    titles: Row = []
    for cell in row:
        if titles and _TAIL.match(cell) and titles[-1]:
            titles[-1] = f"{titles[-1]}, {cell}"
        else:
            titles.append(cell)
    return titles if len(titles) <= width else row


def _bare(row: Row, place: int) -> Layout | None:
    """A row without a heading: a time, and to the right of it at least one figure."""
    for column, cell in enumerate(row):
        apart = is_date(cell) and column + 1 < len(row)
        time = column + 1 if apart else column
        if parse_epoch(cell):  # without a heading it may be a serial number
            continue
        if not (is_stamp(cell) or (apart and parse_time(row[time]))):
            continue
        if any(figure_of(right) for right in row[time + 1 :]):
            blank = [Column(i, "", _bare_role(i, time)) for i in range(len(row))]
            return Layout(blank, column if apart else None, time, None, place)
    return None


def _bare_role(place: int, time: int) -> Role:
    """What stands left of the time is a number of the row."""
    return Role.UNKNOWN if place > time else Role.OTHER

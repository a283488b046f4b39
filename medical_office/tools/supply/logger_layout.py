"""Where a logger's file has its times and temperatures, and in which unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

HEADER_WITHIN = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """Column numbers: time (and date, if apart), temperature; the unit if named."""

    date: int | None
    time: int
    temperature: int
    unit: str

    def stamp(self, cells: Sequence[str]) -> str:
        """Date and time of a row, as written."""
        time = _cell(cells, self.time)
        return (
            time if self.date is None else f"{_cell(cells, self.date)} {time}".strip()
        )

    def degrees(self, cells: Sequence[str]) -> str:
        """The temperature of a row, as written."""
        return _cell(cells, self.temperature)


Rows = list[tuple[int, list[str]]]


def delimiter_of(content: str) -> str:
    """The delimiter that occurs in most lines; loggers rarely quote."""
    lines = [line for line in content.splitlines() if line.strip()]
    counts = {mark: sum(mark in line for line in lines) for mark in ("\t", ";", ",")}
    return max(counts, key=lambda mark: counts[mark])


_TEMPERATURE = re.compile(r"temp|celsius|fahrenheit|°\s*[cf]|\bdeg|^[cf]$|\([cf]\)")
_FIGURE = re.compile(r"\d[.:]\d")
_DATE = re.compile(r"\bdate\b")
_TIME = re.compile(r"\btime\b|timestamp|date/?time")
CELL = re.compile(r"(?P<n>[-+]?\d+([.,]\d+)?)\s*°?\s*(?P<u>[CF])?", re.IGNORECASE)
_UNIT = re.compile(r"°\s*([cf])|\(\s*°?([cf])\s*\)|\b(celsius|fahrenheit)\b|\b([cf])$")


def find_layout(rows: Rows) -> tuple[Layout, Rows] | None:
    """The header's columns, or those of the first row that reads as a reading."""
    for place, (_number, cells) in enumerate(rows[:HEADER_WITHIN]):
        layout = _header(cells)
        if layout is not None:
            return layout, rows[place + 1 :]
    for place, (_number, cells) in enumerate(rows[:HEADER_WITHIN]):
        layout = _bare(cells)
        if layout is not None:
            return layout, rows[place:]
    return None


def _header(cells: Sequence[str]) -> Layout | None:
    """The columns of a header: titles of a time and of a temperature, no figures (a
    preamble such as "Max temp: 8.2 °C" names a temperature as well)."""
    if any(_FIGURE.search(cell) for cell in cells):
        return None
    titles = [cell.casefold() for cell in cells]
    degrees = [i for i, title in enumerate(titles) if _TEMPERATURE.search(title)]
    dates = [i for i, title in enumerate(titles) if _DATE.search(title)]
    times = [i for i, title in enumerate(titles) if _TIME.search(title)]
    if not degrees or not (dates or times):
        return None
    unit = _unit_in(titles[degrees[0]])
    apart = dates and times and dates[0] != times[0]
    time = (times or dates)[0]
    return Layout(dates[0] if apart else None, time, degrees[0], unit)


def _bare(cells: Sequence[str]) -> Layout | None:
    """Columns of a row without header: a time, and right of it a temperature."""
    for place, cell in enumerate(cells[:-1]):
        day = cell if re.search(r"\d[-/.]\d", cell) else ""
        if not day:
            continue
        apart = ":" not in cell and ":" in cells[place + 1]
        time = place + 1 if apart else place
        if ":" not in cells[time] or time + 1 >= len(cells):
            continue
        if CELL.fullmatch(cells[time + 1]):
            return Layout(place if apart else None, time, time + 1, "")
    return None


def _unit_in(title: str) -> str:
    found = _UNIT.search(title)
    return next(part for part in found.groups() if part)[0].upper() if found else ""


def unit_of_cells(rows: Rows, layout: Layout) -> str:
    """The unit written in the cells, if all that name one name the same."""
    units = set()
    for _number, cells in rows:
        found = CELL.fullmatch(layout.degrees(cells))
        if found and found["u"]:
            units.add(found["u"].upper())
    return units.pop() if len(units) == 1 else ""


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""

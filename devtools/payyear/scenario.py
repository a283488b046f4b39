"""Reads a scenario: the settings of a person and the events of the year, in order."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tools.csvcells import CellError
from tools.csvcells import day as parse_day

SETTING, EVENT = "setting", "event"
SETTING_COLUMNS = ("setting", "name", "value")
EVENT_COLUMNS = ("event", "date", "kind", "code", "amount", "ref")
END_OF_FILE = "\x1a"  # Ctrl-Z, which old programs write behind the last line
KINDS = ("pay", "void", "raise", "elect", "opening")
# the other words people write for a kind
KIND_WORDS = {
    "payment": "pay",
    "paycheck": "pay",
    "voids": "void",
    "reversal": "void",
    "election": "elect",
    "deduction": "elect",
    "opening_balance": "opening",
}


class BadScenario(ValueError):
    """The file cannot be lived through: a sentence with its line and what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One line ``setting,name,value``."""

    line: int
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line ``event,date,kind,code,amount,ref``; the amount still as it is written."""

    line: int
    day: date
    kind: str
    code: str
    amount: str
    ref: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """The lines of a file, in the order of the file."""

    settings: tuple[Setting, ...]
    events: tuple[Event, ...]


def plain(word: str) -> str:
    """A name as people write it, in lower case with underscores for blanks."""
    return "_".join(word.strip().lower().replace("-", " ").split())


def parse(text: str) -> Scenario:
    """Read a scenario; headings, empty lines and lines that begin with # are skipped.

    :raises BadScenario: a line is neither a setting nor an event, or a cell is wrong
    """
    settings: list[Setting] = []
    events: list[Event] = []
    for line, cells in _lines(text):
        head = plain(cells[0])
        if head == SETTING:
            if tuple(map(plain, cells[:3])) != SETTING_COLUMNS:
                settings.append(_setting(line, cells))
        elif head == EVENT:
            if tuple(map(plain, cells[:3])) != EVENT_COLUMNS[:3]:
                events.append(_event(line, cells))
        else:
            raise BadScenario(
                f"Line {line} begins with {cells[0]!r}: a line begins with "
                f"{SETTING!r} or {EVENT!r}, and commas stand between its cells."
            )
    if not events:
        raise BadScenario("There is no event: write at least one line with a payment.")
    return Scenario(tuple(settings), tuple(events))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    text = text.rstrip().removesuffix(END_OF_FILE)
    reader = csv.reader(io.StringIO(text, newline=""))
    for cells in reader:
        cells = [cell.strip() for cell in cells]
        if any(cells) and not cells[0].startswith("#"):
            yield reader.line_num, cells


def _setting(line: int, cells: Sequence[str]) -> Setting:
    if len(cells) < 3 or any(cells[3:]):
        raise BadScenario(
            f"Line {line}: a setting has three cells, {','.join(SETTING_COLUMNS)}."
        )
    return Setting(line, plain(cells[1]), cells[2])


def _event(line: int, cells: list[str]) -> Event:
    if len(cells) < 4 or any(cells[6:]):
        raise BadScenario(
            f"Line {line}: an event has six cells, {','.join(EVENT_COLUMNS)}."
        )
    cells = [*cells, "", ""][:6]
    try:
        day = parse_day(cells[1])
    except CellError:
        raise BadScenario(
            f"Line {line}: {cells[1]!r} is not a date; write it as 2026-01-30."
        ) from None
    kind = KIND_WORDS.get(plain(cells[2]), plain(cells[2]))
    if kind not in KINDS:
        raise BadScenario(
            f"Line {line}: {cells[2]!r} is not a kind of event; use one of "
            f"{', '.join(KINDS)}."
        )
    return Event(line, day, kind, cells[3], cells[4], cells[5])

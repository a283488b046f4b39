"""The text files of Berlinger's Fridge-tag 2 (2 E, 2 L, Ultra Low) and Q-tag CLm.

Lines "Key: value", nested by one blank a level, several pairs in a line parted by ", ".
The same key means other things on other levels, so the path decides. All of them have a
summary of each day or of the run, the 2 L, Ultra Low and Q-tag a table as well. There
is no zone: "Zone: 0.00" stands in every file, whatever the clock shows. Layout after
public files of the makers' devices (docs/loggers.md).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from ...csvcells import CellError
from .cells import Degrees, NoReading
from .days import Alarm, Day
from .problems import LoggerError
from .reading import Reading
from .spans import COLD, WARM
from .stamps import DateOrder, parse_stamp, parse_time

_PAIR = re.compile(r"(?:^|, )([A-Za-z/#0-9][^:,]*):\s?")


_ALWAYS = ("Min T", "Max T")
_USUALLY = {"Avrg T", "Alarm", "Events"}
# A Q-tag's alarms: one unbroken time beyond a limit, or several added up
_KINDS = {"1": COLD, "2": WARM, "3": COLD, "4": WARM}
_Extreme = tuple[str, Decimal | None, datetime | None]


@dataclass(slots=True)
class Node:
    """A line of the file with what is nested below it."""

    key: str
    value: str
    row: int
    children: list["Node"] = field(default_factory=list)

    def get(self, key: str) -> "Node | None":
        """The first child of that key."""
        return next((one for one in self.children if one.key == key), None)

    def value_of(self, *path: str) -> str:
        """The value at a path below, "" if there is none."""
        node: Node | None = self
        for key in path:
            node = node.get(key) if node else None
        return node.value if node else ""


@dataclass(frozen=True, slots=True)
class TagFile:
    """A Fridge-tag's or Q-tag's file.

    ``unit`` is "C" or "F" and ``unit_from`` says where it stands; ``rows`` is the table
    with its row numbers, as written; ``is_signed`` is False if the signature at the end
    is missing (the file may be cut).
    """

    device: str
    unit: str
    unit_from: str
    days: tuple[Day, ...]
    readings: tuple[Reading, ...]
    nothing: int
    is_signed: bool


def is_tag(text: str) -> bool:
    """Whether the first line names a Fridge-tag or a Q-tag."""
    first = text.lstrip("\ufeff \r\n").split("\n", 1)[0]
    return bool(re.match(r"device:.*(?:fridge-?tag|q-?tag)", first, re.IGNORECASE))


def read_tag(text: str, unit: str = "") -> TagFile:
    """Read the whole text.

    :param unit: "C" or "F" if the user says so
    :raises LoggerError: the file is cut within a day, or a figure cannot be read
    """
    root, table = _tree(text)
    degrees, unit_from = _unit(root, unit)
    history, result = root.get("Hist"), root.get("Res")
    days = list(_days(root, history, degrees)) if history else []
    if result:
        days += _run(root, result, degrees)
    readings, nothing = _readings(table, degrees)
    if not days and not readings:
        raise LoggerError("no_readings")
    return TagFile(
        root.value_of("Device"),
        degrees.unit,
        unit_from,
        tuple(sorted(days, key=lambda one: one.day)),
        tuple(readings),
        nothing,
        root.get("Sig") is not None,
    )


def _tree(text: str) -> tuple[Node, list[tuple[int, list[str]]]]:
    """The nested lines, and the rows of the table (they begin with a tab)."""
    root = Node("", "", 0)
    path = [root]
    table: list[tuple[int, list[str]]] = []
    section = ""
    for row, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        section = line.strip() if line[:1].strip() else section
        if line.startswith("\t"):
            if section == "Data:":  # not the table of markers
                table.append((row, [cell.strip() for cell in line.split("\t")[1:]]))
        elif line.strip():
            level = len(line) - len(line.lstrip(" "))
            del path[level + 1 :]
            nodes = list(_pairs(line.strip(), row))
            path[-1].children += nodes
            path += nodes[:1]
    return root, table


def _pairs(line: str, row: int) -> Iterator[Node]:
    found = list(_PAIR.finditer(line))
    ends = [*(match.start() for match in found[1:]), len(line)]
    for match, end in zip(found, ends, strict=False):  # no pair: a line cut off
        yield Node(match[1].strip(), line[match.end() : end].strip(), row)


def _unit(root: Node, told: str) -> tuple[Degrees, str]:
    said = root.value_of("Conf", "Temp unit")[:1].upper()
    if told:
        return Degrees(told), "chosen"
    if said in ("C", "F"):
        return Degrees(said), "Conf, Temp unit"
    # The Q-tag CLm has no line for the unit, its limits 2.0 and 8.0 are Celsius; no
    # device of the maker was ever seen in Fahrenheit.
    return Degrees("C"), "the maker's devices write Celsius unless they say otherwise"


# -------------------------------------------------------------------------------- days


def _days(root: Node, history: Node, degrees: Degrees) -> Iterator[Day]:
    limits = _limits(root, degrees)
    started = history.value_of("TS Actv")[:10]
    numbered = [one for one in history.children if one.key.isdigit()]
    whole = {one.key for one in numbered[0].children} if numbered else set()
    for node in numbered:
        text = node.value_of("Date")
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise LoggerError("bad_time", node.row + 1, "Date", cell=text) from None
        # what the first day has and its last one lacks was cut off
        if not all(map(node.get, (*_ALWAYS, *(whole & _USUALLY)))):
            raise LoggerError("cut_file", node.row)
        yield Day(
            day,
            _figure(node, "Min T", degrees),
            _moment(node, "TS Min T", day),
            _figure(node, "Max T", degrees),
            _moment(node, "TS Max T", day),
            tuple(_alarms(node, day, limits)),
            "the day it was started" if text == started else "",
        )


def _limits(root: Node, degrees: Degrees) -> dict[str, Decimal]:
    """{"0": the cold limit, "1": the hot one} of the device, in degrees Celsius."""
    conf = root.get("Conf")
    alarm = conf.get("Alarm") if conf else None
    limits = {}
    for node in alarm.children if alarm else ():
        value = _figure(node, "T AL", degrees)
        if value is not None:
            limits[node.key] = value
    return limits


def _alarms(node: Node, day: date, limits: dict[str, Decimal]) -> Iterator[Alarm]:
    alarm = node.get("Alarm")
    for one in alarm.children if alarm else ():
        minutes = one.value_of("t Acc")
        if one.key in limits and minutes.isdigit():
            kind = WARM if one.key == "1" else COLD
            at = _moment(one, "TS A", day)
            yield Alarm(kind, limits[one.key], int(minutes), at)


def _run(root: Node, result: Node, degrees: Degrees) -> list[Day]:
    """A Q-tag's run: its extremes, and the worst of each alarm, stand for the days on
    which they were measured."""
    found = [
        (kind, _figure(result, key, degrees), _stamp(result.value_of(f"TS {key}")))
        for key, kind in (("Min T", COLD), ("Max T", WARM))
    ]
    found += _events(root, result, degrees)
    return [
        Day(at.date(), value, at, None, None)
        if kind == COLD
        else Day(at.date(), None, None, value, at)
        for kind, value, at in dict.fromkeys(found)
        if value is not None and at is not None
    ]


def _events(root: Node, result: Node, degrees: Degrees) -> Iterator[_Extreme]:
    """The alarms of a run: on which side, how far at worst, and when that was. A device
    without a table says no more of any but the worst one."""
    kinds = {}
    conf, alarm = root.get("Conf"), result.get("Alarm")
    limits = conf.get("Alarm") if conf else None
    for one in limits.children if limits else ():
        kinds[one.key] = _KINDS.get(one.value_of("Type"))
    for one in alarm.children if alarm else ():
        times = [event for event in one.children if event.key == "TS M"]
        worst = [event for event in one.children if event.key == "T M"]
        for at, value in zip(times, worst, strict=False):
            kind = kinds.get(one.key)
            if kind and value.value:
                yield kind, _degrees(value, degrees), _stamp(at.value)


def _figure(node: Node, key: str, degrees: Degrees) -> Decimal | None:
    """The temperature at a key; None if the device had none.

    :raises LoggerError: it is no temperature
    """
    found = node.get(key)
    return _degrees(found, degrees) if found else None


def _degrees(node: Node, degrees: Degrees) -> Decimal | None:
    try:
        return degrees[node.value]
    except NoReading:
        return None
    except CellError as error:
        raise LoggerError(error.code, node.row, node.key, **error.values) from None


def _moment(node: Node, key: str, day: date) -> datetime | None:
    """A time of the day, written alone or with its date."""
    text = node.value_of(key)
    moment: time | None = parse_time(text)
    return datetime.combine(day, moment) if moment else _stamp(text)


def _stamp(text: str) -> datetime | None:
    found = parse_stamp(text, DateOrder.PLAIN)
    return found.at if found else None


# ------------------------------------------------------------------------------- table


def _readings(
    table: list[tuple[int, list[str]]], degrees: Degrees
) -> tuple[list[Reading], int]:
    """The rows of the table; how many have no reading.

    :raises LoggerError: a row that is neither
    """
    readings: list[Reading] = []
    nothing = 0
    for row, cells in table:
        at = _stamp(cells[0])
        if at is None:
            if any(":" in cell and any(map(str.isdigit, cell)) for cell in cells):
                raise LoggerError("bad_time", row, "Time", cell=cells[0][:40])
            continue  # a heading
        if len(cells) < 2:
            raise LoggerError("cut_row", row, "T")
        try:
            readings.append(Reading(at, degrees[cells[1]]))
        except NoReading:
            nothing += 1
        except CellError as error:
            raise LoggerError(error.code, row, "T", **error.values) from None
    return readings, nothing

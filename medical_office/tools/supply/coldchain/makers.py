"""Whose file it is, and what its maker says of clock, unit and date order.

The layouts and where each was seen: docs/loggers.md.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from .clock import Clock
from .columns import Column
from .layout import Layout, cell_of
from .stamps import ABBREVIATIONS
from .titles import unit_in


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says, and where: ("F", "the heading of column 3")."""

    what: str
    where: str


_MAKERS: tuple[tuple[str, str, str], ...] = (
    # name, pattern in the heading, pattern in the lines before it
    ("Onset HOBO (HOBOware)", r"\bgmt\s*[-+]\d|lgr s/n", r"plot title"),
    ("HOBOconnect", r"date-time \(|ch: ?\d+ ?- ?temp", r"hoboconnect"),
    ("Monnit", r"messageid.*sensor ?id", r"monnit|imonnit"),
    ("SensorPush", r"sensorid|\bobserved\b", r"sensorpush"),
    ("Home Assistant", r"entity_id.*last_changed", r"(?!)"),
    ("Govee", r"timestamp for sample frequency", r"(?!)"),
    ("Lascar EasyLog", r"(celsius|fahrenheit)\(.{1,3}[cf]\)|low alarm", r"easylog"),
    ("LogTag", r"(?!)", r"logtag|non alert range|reading interval.*\bminutes?\b"),
    ("Sensitech TempTale", r"(?!)", r"temptale|sensitech|coldstream"),
    ("Elpro Libero", r"(?!)", r"libero|elpro|ecolog"),
    ("Elitech", r"(?!)", r"elitech"),
    ("Dickson", r"(?!)", r"dickson"),
    ("MadgeTech", r"(?!)", r"madgetech"),
    ("Testo", r"(?!)", r"\btesto\b"),
    ("Temp Stick", r"(?!)", r"temp ?stick"),
)


def maker_of(preamble: Sequence[Sequence[str]], heading: Sequence[str]) -> str:
    """The maker's name, or "table" if nothing tells."""
    before = "\n".join(" ".join(row) for row in preamble).casefold()
    titles = " | ".join(heading).casefold()
    for name, in_heading, in_preamble in _MAKERS:
        if re.search(in_heading, titles) or re.search(in_preamble, before):
            return name
    return "table"


# ------------------------------------------------------------------------------- unit

_UNIT_LINE = re.compile(r"unit|scale|range|limit|temperature|temp\b", re.IGNORECASE)


def unit_said(preamble: Sequence[Sequence[str]]) -> Said | None:
    """The unit that the lines before the table name, if they name one only."""
    units: dict[str, int] = {}
    for number, row in enumerate(preamble, 1):
        if not _UNIT_LINE.search(" ".join(row)):
            continue
        for cell in row:
            unit = unit_in(cell) or unit_in(cell.rpartition(":")[2])
            if unit:
                units.setdefault(unit, number)
    if len(units) != 1:
        return None
    ((unit, number),) = units.items()
    return Said(unit, f"row {number}")


# ------------------------------------------------------------------------------ clock

_OFFSET = re.compile(
    r"(?:GMT|UTC)(?:\s+offset)?[\s:]*([-+−])\s*(\d{1,2})(?::?(\d{2}))?\b", re.IGNORECASE
)
_ZULU = re.compile(
    r"(?<![a-z])(?:UTC|GMT|Zulu)(?:\W*$|\s+standard\s+time|[\s_]*time)", re.IGNORECASE
)
_ZONE_LINE = re.compile(r"zone|utc|gmt", re.IGNORECASE)
_BOTH = re.compile(r"\(([A-Z]{2,4})/([A-Z]{2,4})\)")
_ONE = re.compile(r"(?:\(|[,-] ?)([A-Z]{3,4})\)?\s*$")
# IANA zones of the pairs of abbreviations and of the Windows names (Unicode CLDR,
# windowsZones.xml). A Windows name "Eastern Standard Time" is of the zone, summer too.
_ZONES = {
    "eastern": "America/New_York", "est": "America/New_York",
    "central": "America/Chicago", "cst": "America/Chicago",
    "mountain": "America/Denver", "mst": "America/Denver",
    "pacific": "America/Los_Angeles", "pst": "America/Los_Angeles",
    "alaskan": "America/Anchorage", "alaska": "America/Anchorage",
    "akst": "America/Anchorage", "atlantic": "America/Halifax", "ast": "America/Halifax",
    "hawaiian": "Pacific/Honolulu", "hawaii": "Pacific/Honolulu",
}  # fmt: skip
_NAMED = re.compile(
    rf"\b({'|'.join(name for name in _ZONES if len(name) > 4)})\s+(?:standard\s+)?time\b",
    re.IGNORECASE,
)
_ZONE_TITLE = re.compile(r"time[ _]?zone|tz", re.IGNORECASE)
_IANA = re.compile(r"\b(?:America|Pacific|US|Etc)/[A-Za-z_/]+")


def clock_said(
    preamble: Sequence[Sequence[str]], layout: Layout
) -> tuple[Clock, str] | None:
    """The clock that the heading of the time or a line before the table names.

    :return: the clock and where it was said; None if nothing is said
    :raises LookupError: this machine has no data of that zone
    """
    for column in layout.columns:
        if column.place in (layout.time, layout.date):
            clock = _clock_in(column.title) or _single(column.title)
            if clock:
                return clock, f"the heading of column {column.place + 1}"
    for number, row in enumerate(preamble, 1):
        line = " ".join(row)
        if _ZONE_LINE.search(line) or _NAMED.search(line):
            clock = _clock_in(line)
            if clock:
                return clock, f"row {number}"
    return None


def zone_beside(
    columns: Sequence[Column], body: Sequence[Sequence[str]]
) -> tuple[Clock, str] | None:
    """The clock of a column that names one and the same zone in each row.

    Only names of zones count: an abbreviation or an offset changes with the season.

    :raises LookupError: this machine has no data of that zone
    """
    for column in columns:
        if _ZONE_TITLE.fullmatch(column.title.strip()):
            cells = {cell_of(row, column.place).strip() for row in body} - {""}
            cell = cells.pop() if len(cells) == 1 else ""
            if _IANA.search(cell) or _NAMED.search(cell):
                clock = _clock_in(cell)
                if clock:
                    return clock, f"column {column.place + 1}"
    return None


def _clock_in(text: str) -> Clock | None:
    both = _BOTH.search(text)
    named = _NAMED.search(text)
    iana = _IANA.search(text)
    if iana:
        return Clock.follows(iana[0])
    if both and both[1].casefold() in _ZONES:
        return Clock.follows(_ZONES[both[1].casefold()])
    if named:
        return Clock.follows(_ZONES[named[1].casefold()])
    found = _OFFSET.search(text)
    if found:
        hours = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return Clock.fixed(hours if found[1] == "+" else -hours)
    return Clock.fixed(timedelta()) if _ZULU.search(text) else None


def _single(title: str) -> Clock | None:
    """One abbreviation stands for the whole file: "(EDT)" is four hours, in winter too
    (seen in names and headings of HOBOconnect; the maker does not say it)."""
    found = _ONE.search(title)
    hours = ABBREVIATIONS.get(found[1].casefold()) if found else None
    return None if hours is None else Clock.fixed(timedelta(hours=hours))


# ------------------------------------------------------------------------- date order


def month_first_said(maker: str, unit: str, stamp: str, clock: Clock | None) -> str:
    """Why a date that can be read both ways has the month first; "" if nothing tells.

    Fahrenheit and a US clock are written in the US only, with AM and PM there, and the
    month is first then. HOBOconnect writes the month first everywhere.
    """
    if maker == "HOBOconnect":
        return "HOBOconnect writes the month first"
    halves = re.search(r"[ap]\.?m", stamp, re.IGNORECASE)
    if halves and unit == "F":
        return "AM or PM and Fahrenheit are written in the US"
    if halves and clock and _is_american(clock):
        return "AM or PM and an American clock"
    return ""


def _is_american(clock: Clock) -> bool:
    text = str(clock)
    return text.startswith("America/") or "-04:00" <= text <= "-10:00"

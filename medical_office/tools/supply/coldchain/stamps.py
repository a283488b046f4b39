"""Dates and times as loggers write them, and the question which number is the month."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

# Beginnings of the names of months, the English ones first (CLDR 46: English, German,
# French, Spanish, Italian, Portuguese, Dutch, Danish, Norwegian, Swedish)
MONTHS = (
    ("jan", "ene", "gen"), ("feb", "fév", "fev"), ("mar", "mär", "mrz", "mrt"),
    ("apr", "avr", "abr"), ("may", "mai", "mei", "maj", "mag"), ("jun", "juin", "giu"),
    ("jul", "juil", "lug"), ("aug", "aoû", "aou", "ago"), ("sep", "set"),
    ("oct", "okt", "ott", "out"), ("nov",), ("dec", "déc", "dez", "dic", "des"),
)  # fmt: skip
_NAME = r"[^\W\d_]{3,10}\.?"
_DAY = (
    rf"(?P<a>\d{{1,4}})(?P<mark>[-/.]|\s)\s?(?P<b>\d{{1,2}}|{_NAME})[-/.,\s]+"
    r"(?P<c>\d{1,4})\.?"
    rf"|(?P<month>{_NAME})\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})"
)
_CLOCK = (
    r"(?P<h>\d{1,2}):(?P<min>\d{2})(:(?P<s>\d{2})([.,]\d+)?)?"
    r"(?P<half>\s*[ap]\.?\s?m\.?)?"
)
# "18.11.2026 08.30.00": behind a date, three numbers are a time
_CLOCK_DOTS = r"(?P<h>\d{1,2})\.(?P<min>\d{2})\.(?P<s>\d{2})(?P<half>(?!))?"
_OFFSET = r"(?P<off>\s*(?:z|utc|gmt|[-+]\d{2}(?::?\d{2})?|[acemp][sd]t|ak[sd]t|hst))?"
_DATE = re.compile(_DAY, re.IGNORECASE)
_TIME = re.compile(_CLOCK + _OFFSET, re.IGNORECASE)
_STAMP = re.compile(rf"(?:{_DAY})(?:[T,]\s*|\s+){_CLOCK}{_OFFSET}", re.IGNORECASE)
_DOTTED = re.compile(rf"(?:{_DAY})\s+{_CLOCK_DOTS}(?P<off>(?!))?", re.IGNORECASE)
# the time before the date; a day of the week before either; ISO 8601 without its marks
_TIME_FIRST = re.compile(rf"{_CLOCK}{_OFFSET}[,\s]\s*(?:{_DAY})", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_COMPACT = re.compile(
    r"(?P<a>20\d\d)(?P<b>\d\d)(?P<c>\d\d)[T ]?(?P<h>\d\d):?(?P<min>\d\d)"
    rf"(?::?(?P<s>\d\d)(?:[.,]\d+)?)?{_OFFSET}(?P<month>(?!))?(?P<half>(?!))?",
    re.IGNORECASE,
)
# Seconds (10 digits) or milliseconds (13) since 1970 in UTC, from September 2001 on
_EPOCH = re.compile(r"(?P<s>[1-3]\d{9})(?:[.,]\d+)?|(?P<ms>[1-3]\d{12})")
_1970 = datetime.fromisoformat("1970-01-01")

# Hours beside UTC of the zone abbreviations that US loggers write (NIST, "Local time
# FAQs": standard and daylight time of the US zones; Atlantic for the maker's Canada).
ABBREVIATIONS = {
    "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "z": 0,
    "utc": 0, "gmt": 0,
}  # fmt: skip


class DateOrder(Enum):
    """Order of day and month in a file."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    YEAR_FIRST = "year first"  # of two digits; a year of four says it by itself
    PLAIN = "plain"


class Stamp(NamedTuple):
    """A time as written, and its offset from UTC if the cell names one."""

    at: datetime
    offset: timedelta | None


class Parts(NamedTuple):
    """The numbers of a date of which the first or the second is the month."""

    first: int
    second: int
    year: int
    mark: str
    short: bool  # first and last have two digits: either can be the year

    @property
    def is_open(self) -> bool:
        """Whether the year can be the first number or the last: 26/11/18."""
        days = range(1, 32)
        return self.short and self.first in days and self.year - 2000 in days


def _plain(text: str) -> str:
    """Without the narrow blanks that some programs put before AM."""
    return " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split())


def parse_stamp(text: str, order: DateOrder) -> Stamp | None:
    """Date and time of a cell, or None if it is none.

    Year first, or last with two or four digits; months as numbers or names; 24 hours,
    or 12 with AM and PM; with or without seconds; Z, an offset or a US abbreviation;
    seconds or milliseconds since 1970.
    """
    found = _stamp_in(_plain(text))
    if not found:
        at = parse_epoch(text)
        return Stamp(at, timedelta()) if at else None
    day, clock = _day(found, order), _clock(found)
    if day is None or clock is None:
        return None
    return Stamp(datetime.combine(day, clock), _offset(found["off"]))


def _stamp_in(text: str) -> re.Match[str] | None:
    text = _WEEKDAY.sub("", text, count=1)
    for form in (_STAMP, _TIME_FIRST, _COMPACT, _DOTTED):
        found = form.fullmatch(text)
        if found:
            return found
    return None


def parse_epoch(text: str) -> datetime | None:
    """The UTC time of a cell of seconds or milliseconds since 1970, to the second.

    A serial number can look the same: only a column of times is read so.
    """
    found = _EPOCH.fullmatch(text.strip())
    if not found:
        return None
    return _1970 + timedelta(seconds=int(found["s"] or found["ms"][:-3]))


def parse_date(text: str, order: DateOrder) -> date | None:
    """The date of a cell that holds nothing else."""
    found = _DATE.fullmatch(_plain(text))
    return _day(found, order) if found else None


def parse_time(text: str) -> time | None:
    """The time of a cell that holds nothing else and names no zone."""
    found = _TIME.fullmatch(_plain(text))
    return _clock(found) if found and not found["off"] else None


def is_date(text: str) -> bool:
    """Whether a cell is a date alone, in whatever order."""
    return any(
        parse_date(text, order)
        for order in (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST)
    )


def is_stamp(text: str) -> bool:
    """Whether a cell is a date with a time, in whatever order."""
    return any(
        parse_stamp(text, order)
        for order in (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST)
    )


def parts_of(text: str) -> Parts | None:
    """The numbers of a date that can be read in two orders; None for any other."""
    plain = _plain(text)
    found = _stamp_in(plain) or _DATE.fullmatch(plain)
    if not found or not found["a"] or len(found["a"]) > 2 or not found["b"].isdigit():
        return None
    short = len(found["a"]) == len(found["c"]) == 2
    year = _year(found["c"])
    return Parts(int(found["a"]), int(found["b"]), year, found["mark"], short)


def _day(found: re.Match[str], order: DateOrder) -> date | None:
    if found["month"]:
        year, month, day = found["year"], found["month"], found["day"]
    elif len(found["a"]) == 4 or (
        order is DateOrder.YEAR_FIRST and found["b"].isdigit()
    ):
        year, month, day = found["a"], found["b"], found["c"]
    elif order is DateOrder.DAY_FIRST or not found["b"].isdigit():
        day, month, year = found["a"], found["b"], found["c"]
    else:
        month, day, year = found["a"], found["b"], found["c"]
    if not month.isdigit():
        month = str(_month(month))
    if len(year) not in (2, 4):
        return None
    try:
        return date(_year(year), int(month), int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    known = name.casefold()
    return next((n for n, some in enumerate(MONTHS, 1) if known.startswith(some)), 0)


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _clock(found: re.Match[str]) -> time | None:
    hour = int(found["h"])
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if "p" in found["half"].lower() else 0)
    try:
        return time(hour, int(found["min"]), int(found["s"] or 0))
    except ValueError:
        return None


def _offset(text: str | None) -> timedelta | None:
    if not text:
        return None
    name = text.strip().casefold()
    if name in ABBREVIATIONS:
        return timedelta(hours=ABBREVIATIONS[name])
    sign = -1 if name[0] == "-" else 1
    return sign * timedelta(hours=int(name[1:3]), minutes=int(name[3:].strip(":") or 0))


# ------------------------------------------------------------------- day or month first

_NEXT = timedelta(days=2)
_FAR = timedelta(days=20)


class Evidence:
    """What the dates of a file say about their order, as they come.

    A number above 12 is the day. Else the changes of date tell: a logger goes on to the
    next day, so of "03/04, 03/05" the second number is the day (in the other order a
    month would pass from one reading to the next). A date with points has the day
    first. What is left open must be asked.

    Of "26/11/18, 26/11/19" the first number is the year: a logger does not write once a
    year. Where all are of one day, the later of the two years is the year (18/11/26)
    if it stands last, as people write it; else (26/11/18) it must be asked.
    """

    def __init__(self) -> None:
        self.reasons: dict[DateOrder, str] = {}
        self.open = False  # a date was seen that can be read in two orders
        self.year_open = False  # one whose year may be the first number or the last
        self._last: Parts | None = None

    @property
    def order(self) -> DateOrder | None:
        """The order; None if it is open, or if the dates contradict each other."""
        if not self.open and not self.reasons:
            return DateOrder.PLAIN
        if self.year_open and not self.reasons and self._last:
            years = self._last.first + 2000, self._last.year
            return DateOrder.DAY_FIRST if years[0] <= years[1] else None
        return next(iter(self.reasons)) if len(self.reasons) == 1 else None

    @property
    def mixed(self) -> bool:
        """Whether some dates have the day first and others the month."""
        return len(self.reasons) > 1

    def see(self, text: str) -> None:
        """Take the next date or stamp of the file."""
        parts = parts_of(text)
        if parts is None or parts == self._last:
            return
        self.open = True
        if parts.first > 12 >= parts.second and parts.is_open and parts.mark != ".":
            self.year_open = True
            if self._last and self._last.mark == parts.mark:
                self._step(
                    self._last, parts, (DateOrder.YEAR_FIRST, DateOrder.DAY_FIRST)
                )
        elif parts.first > 12 >= parts.second:
            self._say(DateOrder.DAY_FIRST, f'"{text}" has no month {parts.first}')
        elif parts.second > 12 >= parts.first:
            self._say(DateOrder.MONTH_FIRST, f'"{text}" has no month {parts.second}')
        elif parts.mark == ".":
            self._say(DateOrder.DAY_FIRST, "dates with points have the day first")
        elif self._last and self._last.mark == parts.mark:
            self._step(self._last, parts, (DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST))
        self._last = parts

    def see_all(self, texts: Iterable[str]) -> None:
        """Take dates until they tell."""
        for text in texts:
            self.see(text)
            if self.reasons:
                return

    def _say(self, order: DateOrder, reason: str) -> None:
        self.reasons.setdefault(order, reason)

    def _step(
        self, earlier: Parts, later: Parts, between: tuple[DateOrder, DateOrder]
    ) -> None:
        """Two dates that follow each other: a day apart in one order only."""
        steps = {order: _apart(earlier, later, order) for order in between}
        for one, other in pairwise((*steps, *steps)):
            near, far = steps[one], steps[other]
            if near is not None and far is not None and near <= _NEXT and far >= _FAR:
                self._say(one, "the days follow each other so")


def _apart(earlier: Parts, later: Parts, order: DateOrder) -> timedelta | None:
    days = []
    for parts in (earlier, later):
        year, month, day = parts.year, parts.second, parts.first
        if order is DateOrder.MONTH_FIRST:
            month, day = day, month
        elif order is DateOrder.YEAR_FIRST:
            year, day = parts.first + 2000, parts.year - 2000
        try:
            days.append(date(year, month, day))
        except ValueError:
            return None
    return abs(days[1] - days[0])

"""Dates and times as loggers write them, and the question which number is the month."""

import re
from collections.abc import Sequence
from datetime import datetime
from enum import Enum

_STAMP = re.compile(
    r"(?P<a>\d{1,4})[-/.](?P<b>\d{1,2}|[a-z]{3})[-/.](?P<c>\d{2,4})"
    r"[ T]+(?P<h>\d{1,2}):(?P<min>\d{2})(:(?P<s>\d{2})([.]\d+)?)?"
    r"(?P<half>\s*[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
           "dec")  # fmt: skip


class DateOrder(Enum):
    """Order of day and month in a file."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    GUESSED = "month first, guessed"


def date_order(stamps: Sequence[str], day_first: bool | None) -> DateOrder:
    """The order that makes the dates of a file possible; US order if both do."""
    if day_first is not None:
        return DateOrder.DAY_FIRST if day_first else DateOrder.MONTH_FIRST
    first_over, second_over, open_question = False, False, False
    for stamp in stamps:
        found = _STAMP.fullmatch(stamp.strip())
        if not found or len(found["a"]) == 4 or not found["b"].isdigit():
            continue
        open_question = True
        first_over = first_over or int(found["a"]) > 12
        second_over = second_over or int(found["b"]) > 12
    if first_over and not second_over:
        return DateOrder.DAY_FIRST
    if second_over or not open_question:
        return DateOrder.MONTH_FIRST
    return DateOrder.GUESSED


def parse_stamp(stamp: str, order: DateOrder) -> datetime | None:
    """The naive local time of ``stamp``, or None if it is none.

    Year first, or last with two or four digits; months as numbers or three letters;
    24 hours, or 12 with AM and PM.
    """
    found = _STAMP.fullmatch(stamp.strip())
    if not found:
        return None
    a, b, c = found["a"], found["b"].lower(), found["c"]
    if len(a) == 4:
        year, month, day = a, b, c
    elif order is DateOrder.DAY_FIRST or not b.isdigit():
        day, month, year = a, b, c
    else:
        month, day, year = a, b, c
    hour = _hour(int(found["h"]), found["half"])
    if month.isalpha():
        month = str(_MONTHS.index(month) + 1) if month in _MONTHS else "0"
    try:
        return datetime(  # noqa: DTZ001 - the logger's own local time, zone unknown
            int(year) + (2000 if len(year) == 2 else 0),
            int(month),
            int(day),
            -1 if hour is None else hour,
            int(found["min"]),
            int(found["s"] or 0),
        )
    except ValueError:
        return None


def _hour(hour: int, half: str | None) -> int | None:
    """The hour of 24; None if 12-hour time has an impossible hour."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if "p" in half.lower() else 0)

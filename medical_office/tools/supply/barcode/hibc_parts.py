"""The parts of a HIBC supplier code: item, secondary data, supplements.

Source: ANSI/HIBC 2.6 (2016), the Health Industry Supplier Labeling Standard, with the
quantity forms ``$$8`` and ``$$9`` of earlier releases, which labels still carry.

======== ================================== =========================================
begins   then                               says
======== ================================== =========================================
``$``    lot                                lot; may be empty before a supplement
``$+``   serial
``$$``   0 or 1 of MMYY, lot                expires on the last day of that month
``$$2``  MMDDYY, lot
``$$3``  YYMMDD, lot
``$$4``  YYMMDDHH, lot
``$$5``  YYJJJ, lot                         day of the year
``$$6``  YYJJJHH, lot
``$$7``  lot
``$$8``  2 digits, then nothing or one of   quantity
         the above from ``$$`` on
``$$9``  5 digits, likewise                 quantity
``$$+``  the date forms, then a serial      a serial in place of the lot
YYJJJ    lot                                oldest form
======== ================================== =========================================

Supplements: ``14D`` expiry and ``16D`` day made (YYYYMMDD), ``S`` serial, ``Q`` quantity.

Day 00 is the last of the month, as in GS1 (the standard is silent).
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, time
from functools import partial

from .dates import clock, mmddyy, mmyy, yyjjj, yymmdd, yyyymmdd
from .problems import Unreadable

LONGEST = 18
Facts = dict[str, object]
_ITEM = re.compile(r"([A-Z][0-9A-Z]{3})([0-9A-Z]{1,18})([0-9])")
_ZERO_DAY = partial(yymmdd, zero_day=True)
_Reader = Callable[[str, date, str], date]
# flag: digits of the date, digits of the hour, how the date is read
_DATES: dict[str, tuple[int, int, _Reader]] = {
    "2": (6, 0, mmddyy),
    "3": (6, 0, _ZERO_DAY),
    "4": (6, 2, _ZERO_DAY),
    "5": (5, 0, yyjjj),
    "6": (5, 2, yyjjj),
}
_WORDS = {
    "lot": "a lot",
    "serial": "a serial number",
    "expiry": "an expiry date",
    "expiry_time": "an expiry time",
    "made": "a day of manufacture",
    "quantity": "a quantity",
}


def item_of(primary: str) -> tuple[str, int]:
    """Labeler with item, and unit of measure, of a first bar without ``+`` and check.

    :raises Unreadable: it is none
    """
    found = _ITEM.fullmatch(primary)
    if not found:
        raise Unreadable("hibc_primary", found=primary)
    return found[1] + found[2], int(found[3])


def facts_of(parts: Iterable[str], today: date) -> Facts:
    """What parts of secondary data say, under the names of ``Carton``'s fields.

    :raises Unreadable: a part is unknown, or two contradict each other
    """
    facts: Facts = {}
    for part in parts:
        for name, value in _facts(part, today).items():
            first = facts.setdefault(name, value)
            if first != value:
                raise Unreadable(
                    "hibc_twice", what=_WORDS[name], first=first, second=value
                )
    return facts


def _facts(part: str, today: date) -> Facts:
    if part.startswith("$$"):
        return _dated(part, today)
    if part.startswith("$+"):
        return _text("serial", part[2:], empty=False)
    if part.startswith("$"):
        return _text("lot", part[1:])
    if re.match("[0-9]{5}", part):
        expiry = yyjjj(part[:5], today, "HIBC YYJJJ")
        return {"expiry": expiry} | _text("lot", part[5:])
    return _supplement(part)


def _supplement(part: str) -> Facts:
    if re.fullmatch("14D[0-9]{8}", part):
        return {"expiry": yyyymmdd(part[3:], "HIBC 14D")}
    if re.fullmatch("16D[0-9]{8}", part):
        return {"made": yyyymmdd(part[3:], "HIBC 16D")}
    if re.fullmatch("Q[0-9]{1,9}", part):
        return _quantity(part[1:])
    if part.startswith("S"):
        return _text("serial", part[1:], empty=False)
    raise Unreadable("hibc_part", found=part or "//")


def _dated(part: str, today: date) -> Facts:
    """``$$`` and ``$$+``: quantity, date, then lot or serial."""
    if part.startswith("$$+"):
        facts, rest = _date_of(part[3:], today, part)
        return facts | _text("serial", rest, empty=False)
    rest, facts = part[2:], Facts()
    size = {"8": 2, "9": 5}.get(rest[:1])
    if size:
        if not re.match(f"[0-9]{{{size}}}", rest[1:]):
            raise Unreadable("hibc_part", found=part)
        facts |= _quantity(rest[1 : size + 1])
        rest = rest[size + 1 :]
        if not rest:
            return facts
    expiry, lot = _date_of(rest, today, part)
    return facts | expiry | _text("lot", lot)


def _date_of(rest: str, today: date, part: str) -> tuple[Facts, str]:
    """The expiry at the beginning of ``rest``, and what follows it."""
    flag = rest[:1]
    if flag == "7":
        return {}, rest[1:]
    if re.match("[01][0-9]{3}", rest):
        return {"expiry": mmyy(rest[:4], today, "HIBC MMYY")}, rest[4:]
    if flag not in _DATES:
        raise Unreadable("hibc_part", found=part)
    day_size, hour_size, reader = _DATES[flag]
    digits = rest[1 : 1 + day_size + hour_size]
    if not re.fullmatch(f"[0-9]{{{day_size + hour_size}}}", digits):
        raise Unreadable("hibc_part", found=part)
    field = f"HIBC $${flag}"
    facts: Facts = {"expiry": reader(digits[:day_size], today, field)}
    if hour_size:
        hour: time = clock(digits[day_size:], field)
        facts["expiry_time"] = hour
    return facts, rest[1 + day_size + hour_size :]


def _quantity(digits: str) -> Facts:
    if not int(digits):
        raise Unreadable("no_count")
    return {"quantity": int(digits)}


def _text(name: str, text: str, empty: bool = True) -> Facts:
    if not text and not empty:
        raise Unreadable("hibc_empty", what=_WORDS[name])
    if len(text) > LONGEST:
        raise Unreadable("hibc_long", what=_WORDS[name], there=len(text))
    return {name: text} if text else {}

"""What a carton's GS1 elements say.

Written by us, not with biip 5.2, which reads element strings well: a reader of cartons
must refuse where biip keeps going. It gives a message whose item has a wrong check digit
(only a second field tells), keeps two expiry dates in one code without a word, reads
neither printed brackets nor the names of older addresses, takes ``<GS>`` for part of the
lot, and loses every element of a code, the item too, when one date is wrong. The host's
nomenclature refuses whole codes with 11, 16, 240, 7003 or 710-717. Rules: GS1 General
Specifications, sections 3 and 7.8; GS1 Barcode Syntax Dictionary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from .carton import GS1, Carton
from .dates import clock, yymmdd
from .digits import level, ndc10
from .elements import Element
from .identifiers import identifiers
from .problems import Problem, Unreadable

ITEM, CONTENT, MADE_TO_ORDER, SSCC = "01", "02", "03", "00"
LOT, SERIAL, EXPIRY, EXPIRY_TIME = "10", "21", "17", "7003"
MADE, BEST_BEFORE = "11", "15"
COUNT, CONTENT_COUNT = "30", "37"
NDC_NUMBER = "715"
PEOPLE = ("8017", "8018")
NO_GOODS = ("253", "255", "401", "402", "414", "417", "8003", "8004", "8006", "8010",
            "8013", "8026")  # fmt: skip
_DATES = {"yymmd0": True, "yymmdd": False}
_TIMES = ("hhmi", "hh")
_OWN = {ITEM, CONTENT, MADE_TO_ORDER, SSCC, LOT, SERIAL, EXPIRY, EXPIRY_TIME, MADE,
        BEST_BEFORE, COUNT, CONTENT_COUNT, NDC_NUMBER}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Expiry:
    day: date | None
    hour: time | None


def carton_of(elements: Sequence[Element], today: date) -> Carton:
    """The carton that elements describe.

    Lacking only the item, or the count of contents, it keeps what was read and says what
    is missing.

    :param elements: identifier and value, each right by itself
    :param today: for the century of the dates
    :raises Unreadable: contradictions, impossible dates, or no code of goods
    """
    values = _once(elements)
    dates = {ai: _date(ai, value, today) for ai, value in values.items()}
    for ai in PEOPLE:
        if ai in values:
            raise Unreadable("person")
    item, contained = _item(values)
    expiry = _expiry(values, dates)
    return Carton(
        GS1,
        item=item,
        lot=values.get(LOT, ""),
        expiry=expiry.day,
        expiry_time=expiry.hour,
        serial=values.get(SERIAL, ""),
        quantity=_quantity(values),
        level=level(item) if item else None,
        contained=contained,
        ndc=values.get(NDC_NUMBER, "").replace("-", "") or ndc10(item),
        made=dates.get(MADE),
        best_before=dates.get(BEST_BEFORE),
        sscc=values.get(SSCC, ""),
        further=tuple((ai, text) for ai, text in values.items() if ai not in _OWN),
        problems=_missing(values, item),
    )


def _once(elements: Sequence[Element]) -> dict[str, str]:
    values: dict[str, str] = {}
    for ai, value in elements:
        first = values.setdefault(ai, value)
        if first != value:
            raise Unreadable(
                "twice",
                ai=ai,
                title=identifiers()[ai].title,
                first=first,
                second=value,
            )
    return values


def _date(ai: str, value: str, today: date) -> date | None:
    """The first date of a value; a further one and times of day are checked too."""
    field, days = f"({ai})", []
    for part, piece in identifiers()[ai].pieces(value):
        if part.check in _DATES:
            days.append(yymmdd(piece, today, field, _DATES[part.check]))
        elif part.check in _TIMES:
            clock(piece, field)
    return days[0] if days else None


def _item(values: dict[str, str]) -> tuple[str, bool]:
    """The item's number and whether it is the contents; empty if the code has none."""
    if ITEM in values and CONTENT in values:
        raise Unreadable("two_items")
    numbers = (values.get(ai, "") for ai in (ITEM, CONTENT, MADE_TO_ORDER))
    item = next(filter(None, numbers), "")
    if item and not item.strip("0"):
        raise Unreadable("zero")
    if not item and SSCC in values:
        raise Unreadable("logistic_unit", sscc=values[SSCC])
    if not item:
        for ai in NO_GOODS:
            if ai in values:
                raise Unreadable("no_goods", ai=ai, title=identifiers()[ai].title)
    return item, CONTENT in values


def _expiry(values: dict[str, str], dates: dict[str, date | None]) -> _Expiry:
    day, timed = dates.get(EXPIRY), dates.get(EXPIRY_TIME)
    if day and timed and day != timed:
        raise Unreadable("two_expiries", first=day, second=timed)
    hour = clock(values[EXPIRY_TIME][6:], f"({EXPIRY_TIME})") if timed else None
    return _Expiry(day or timed, hour)


def _quantity(values: dict[str, str]) -> int | None:
    counts = [int(values[ai]) for ai in (COUNT, CONTENT_COUNT) if ai in values]
    if not counts:
        return None
    if counts[0] != counts[-1]:
        raise Unreadable("two_counts", first=counts[0], second=counts[-1])
    if not counts[0]:
        raise Unreadable("no_count")
    return counts[0]


def _missing(values: dict[str, str], item: str) -> tuple[Problem, ...]:
    if not item:
        return (Problem("item_missing"),)
    if CONTENT in values and CONTENT_COUNT not in values:
        return (Problem("count_missing"),)
    return ()

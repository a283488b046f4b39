"""One reader for the text of any barcode on a carton."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from .address import address_elements, is_address, is_bare_address
from .carton import GS1, HIBC, ISBT, NDC, UNKNOWN, Carton
from .digits import gtin14
from .elements import (
    GS,
    Element,
    bracketed_elements,
    is_bracketed,
    scanned_elements,
)
from .gs1 import carton_of
from .hibc import hibc_carton, looks_like_hibc
from .plain import is_ndc, is_number, ndc_carton, number_carton
from .problems import Unreadable
from .symbology import (
    EAN_8,
    GS1_MARKED,
    ITF,
    PLAIN,
    RETAIL,
    RETAIL_ADDED,
    Scan,
    scanned,
    with_separators,
)

_RETAIL = (RETAIL, RETAIL_ADDED, EAN_8)
# Codes of items begin with 01, 02 or 00 and that many digits; a second bar of the same
# label is known by a date of predefined length in front.
_ITEM_FIRST = re.compile(r"(?:0[12][0-9]{14}|00[0-9]{18})")
# An item's number that ends too early, at a separator
_ITEM_CUT = re.compile(rf"0[12][0-9]{{0,13}}{GS}")
_DATE_FIRST = re.compile(r"1[1357][0-9]{2}(?:0[0-9]|1[0-2])[0-3][0-9]")
# EAN or UPC with a composite component above it (GS1 General Specifications, 5.11)
_COMPOSITE = re.compile(r"([0-9]{8}|[0-9]{13})\|?\]e0(.+)", re.DOTALL)
_Step = tuple[str, Callable[[], Carton]]


def read(text: str, today: date) -> Carton:
    """What the text of one barcode says.

    :param text: as the scanner sends it: with or without symbology identifier, ASCII 29
        or a usual substitute as separator; or as printed, with brackets; or an address
    :param today: for the century of two-digit years
    :returns: a carton; if something is wrong its ``problems`` say what, and it has no
        item, lot or date, so that nobody takes half of a misread code. If only the item
        or the count is missing (one of two bars) it has what was read.
    """
    scan = scanned(text)
    standard, step = _step(scan, today)
    try:
        carton = step()
    except Unreadable as error:
        carton = Carton(standard, problems=(error.problem,))
    return replace(carton, symbology=scan.symbology)


def _step(scan: Scan, today: date) -> _Step:
    """Which standard the text is of, and how to read it."""
    if scan.symbology in GS1_MARKED:
        return GS1, lambda: _gs1(scan.text, today)
    composite = _COMPOSITE.fullmatch(scan.text) if scan.symbology in _RETAIL else None
    if composite:
        number, rest = composite.groups()
        return GS1, lambda: _composite(number, rest, today)
    if scan.symbology in _RETAIL or scan.symbology.startswith(ITF):
        return _number(scan)
    if scan.symbology and scan.symbology[1] not in PLAIN:
        return _refused(UNKNOWN, "symbology", symbology=scan.symbology)
    for standard, code, found in _STRANGERS:
        if found(scan.text):
            return _refused(standard, code)
    return _plain_text(scan, today)


def _plain_text(scan: Scan, today: date) -> _Step:
    """The step for a text whose symbology says nothing of the standard."""
    text = scan.text.strip(" \t\r\n")  # a leading FNC1 says that it is GS1
    if re.fullmatch("[0-9 ]+", text):
        text = text.replace(" ", "")  # typed as printed under the bars of a UPC
    if is_address(text):
        return GS1, lambda: carton_of(address_elements(text), today)
    if looks_like_hibc(scan.text):
        return HIBC, lambda: hibc_carton(scan.text, today)
    if is_number(text):
        return _number(Scan(scan.symbology, text))
    if is_ndc(text):
        return NDC, lambda: ndc_carton(text)
    if not _looks_like_gs1(text):
        return _other(text, today)
    if scan.symbology:
        return _refused(GS1, "not_gs1", symbology=scan.symbology)
    return GS1, lambda: _gs1(text, today)


def _other(text: str, today: date) -> _Step:
    if is_bare_address(text):
        return GS1, lambda: carton_of(address_elements(text), today)
    if re.fullmatch("[0-9]+", text):
        return _refused(UNKNOWN, "length", digits=len(text))
    return _refused(UNKNOWN, "unknown")


def _looks_like_gs1(text: str) -> bool:
    separated = with_separators(text)
    if separated.startswith(GS) and text[0] not in "#|~^":
        return True
    bare = separated.lstrip(GS)
    if is_bracketed(bare) or _ITEM_FIRST.match(bare) or _ITEM_CUT.match(bare):
        return True
    return bool(_DATE_FIRST.match(bare) or GS in bare) and _is_second_bar(bare)


def _is_second_bar(text: str) -> bool:
    """True if the whole text can be elements of a label's second bar."""
    try:
        return bool(scanned_elements(text))
    except Unreadable:
        return False


def _gs1(text: str, today: date) -> Carton:
    return carton_of(_elements(with_separators(text)), today)


def _elements(text: str) -> tuple[Element, ...]:
    stripped = text.lstrip(GS)
    if not stripped:
        raise Unreadable("empty")
    if is_bracketed(stripped):
        return bracketed_elements(stripped)
    return scanned_elements(text)


def _composite(number: str, rest: str, today: date) -> Carton:
    item = ("01", gtin14(number))
    return carton_of((item, *scanned_elements(with_separators(rest))), today)


def _number(scan: Scan) -> _Step:
    lengths = {8: "ean", 12: "upc", 13: "ean", 14: "gtin", 15: "ean", 18: "ean"}
    standard = lengths.get(len(scan.text), UNKNOWN)
    return standard, lambda: number_carton(scan.text, scan.symbology)


def _refused(standard: str, code: str, **values: object) -> _Step:
    def step() -> Carton:
        raise Unreadable(code, **values)

    return standard, step


def _begins(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern)
    return lambda text: compiled.match(text) is not None


# What is no carton and has a name: blood and tissue (ISBT 128: data identifiers of two
# characters after = or &), wrapped data, identity cards (AAMVA).
_STRANGERS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    (UNKNOWN, "empty", lambda text: not text.strip()),
    (ISBT, "isbt", _begins(r"[=&][!-~]")),
    (UNKNOWN, "envelope", _begins(r"\[\)>")),
    (UNKNOWN, "license", _begins(r"@\s*(?:[\x1c-\x1e]\s*)?(?:ANSI|AAMVA)")),
)

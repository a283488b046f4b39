"""Item numbers that come alone: UPC-A, UPC-E, EAN-8, EAN-13, 14 digits, printed NDC."""

import re
from collections.abc import Callable

from .carton import EAN, GTIN, NDC, UPC, Carton
from .digits import gtin14, level, ndc10, upc_e_expanded
from .problems import Unreadable
from .symbology import EAN_8, ITF, RETAIL, RETAIL_ADDED

_STANDARDS = {8: EAN, 12: UPC, 13: EAN, 14: GTIN}
# Labeler, product and package of an NDC: 21 CFR 207.33 has ten digits (4-4-2, 5-3-2 or
# 5-4-1), from March 7, 2033 twelve (6-4-2; 91 FR 10749); 5-4-2 is the form of billing.
_NDC = re.compile("[0-9]{4}-[0-9]{4}-[0-9]{2}|[0-9]{5}-[0-9]{3}-[0-9]{2}"
                  "|[0-9]{5}-[0-9]{4}-[0-9]|[0-9]{6}-[0-9]{4}-[0-9]{2}")  # fmt: skip
# ten digits without hyphens are one only if the word stands before them
_NAMED_NDC = re.compile(r"NDC\s*[:#]?\s*(?=[0-9]+-)", re.IGNORECASE)
_NAMED_DIGITS = re.compile(r"NDC\s*[:#]?\s*([0-9]{10,11})", re.IGNORECASE)
_BILLING_NDC = re.compile("([0-9]{5})-?([0-9]{4})-?([0-9]{2})")


def is_number(text: str) -> bool:
    """True for digits alone that are as long as an item number."""
    return re.fullmatch("[0-9]+", text) is not None and len(text) in _STANDARDS


def is_ndc(text: str) -> bool:
    """True for an NDC printed with its hyphens, in the form of billing too, or with the
    word NDC before its digits."""
    if _NAMED_DIGITS.fullmatch(text):
        return True
    text = _NAMED_NDC.sub("", text)
    return bool(_NDC.fullmatch(text) or ("-" in text and _BILLING_NDC.fullmatch(text)))


def ndc_carton(text: str) -> Carton:
    """The carton of a printed NDC.

    :raises Unreadable: it is the form of 11 digits, and more than one part has a zero
        that may have been put in
    """
    named = _NAMED_DIGITS.fullmatch(text)
    text = named[1] if named else _NAMED_NDC.sub("", text)
    billed = _BILLING_NDC.fullmatch(text)
    digits = _billed_ndc(text, billed.groups()) if billed else text.replace("-", "")
    return Carton(NDC, item=digits, ndc=digits)


def _billed_ndc(text: str, parts: tuple[str, ...]) -> str:
    """The ten digits of an NDC that billing filled up to 5-4-2: a zero was put before
    one of its parts. If a single part begins with one, that is it."""
    filled = [number for number, part in enumerate(parts) if part.startswith("0")]
    if len(filled) != 1:
        raise Unreadable("ndc_eleven", number=text)
    return "".join(part[number in filled :] for number, part in enumerate(parts))


def number_carton(text: str, symbology: str) -> Carton:
    """The carton of an item number.

    :param symbology: what the scanner announced, or an empty text
    :raises Unreadable: length, check digit, or a number that can be two things
    """
    if symbology == RETAIL_ADDED and len(text) in (15, 18):
        text = text[:13]  # two or five digits of an add-on say nothing of the item
    allowed = {RETAIL: (8, 12, 13), RETAIL_ADDED: (13,), EAN_8: (8,)}.get(symbology)
    if symbology.startswith(ITF):
        allowed = (14,)
    if not is_number(text) or (allowed and len(text) not in allowed):
        raise Unreadable("length", digits=len(text))
    standard, number = _STANDARDS[len(text)], text
    if len(text) == 8 and symbology != EAN_8:
        standard, number = _eight_digits(text, symbology)
    item = gtin14(number)
    return Carton(standard, item=item, level=level(item), ndc=ndc10(item))


def _eight_digits(text: str, symbology: str) -> tuple[str, str]:
    """Standard and number of eight digits: UPC-E begins with 0, EAN-8 with others.

    EAN-8 with 0 is a shop's own number (GS1 General Specifications, figure 1.4.3-1), so
    0 is UPC-E wherever its check digit fits. UPC-E stands for items of the U.P.C. prefix
    0 only (section 2.1.3.3): with 1 it is EAN-8 wherever its check digit fits, and the
    UPC-E of number system 1, which some printers make, if only that one's fits.
    """
    upc, ean = _or_none(upc_e_expanded, text), _or_none(gtin14, text)
    if symbology == RETAIL:
        return UPC, upc or upc_e_expanded(text)
    if upc and not (ean and text[0] == "1"):
        return UPC, upc
    return EAN, text


def _or_none(reader: Callable[[str], str], text: str) -> str | None:
    try:
        return reader(text)
    except Unreadable:
        return None

"""GS1 Digital Link: an item number inside a web address.

``https://any.domain/any/path/01/{GTIN}/22/{variant}/10/{lot}/21/{serial}?17=270630``;
the first version wrote names instead of numbers (``/gtin/.../lot/...?exp=``). The domain
says nothing about the item and the address is never opened. Source: GS1 Digital Link
Standard, URI Syntax; the names are those of its release 1.0.
"""

import re
from urllib.parse import unquote

from .elements import Element, checked_element
from .identifiers import identifiers
from .problems import Unreadable

_ADDRESS = re.compile(r"https?://\S*", re.IGNORECASE)
_BARE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/\S*", re.IGNORECASE)
_KEYS = ("01", "00", "253", "255", "401", "402", "414", "417", "8003", "8004", "8006",
         "8010", "8013", "8017", "8018")  # fmt: skip
_NAMES = {
    "gtin": "01",
    "sscc": "00",
    "cpv": "22",
    "lot": "10",
    "ser": "21",
    "exp": "17",
    "gln": "414",
    "giai": "8004",
    "grai": "8003",
    "itip": "8006",
}


def is_address(text: str) -> bool:
    """True for a web address that begins ``https://`` or ``http://``."""
    return _ADDRESS.fullmatch(text) is not None


def is_bare_address(text: str) -> bool:
    """True for what can be a web address without its beginning (a lot can too)."""
    return _BARE.fullmatch(text) is not None


def address_elements(text: str) -> tuple[Element, ...]:
    """The elements of an address: path first, then its parameters.

    Parameters that are no identifiers (``linkType``) are left out; names (``exp``) are
    understood only after a path with names, for elsewhere they may mean anything.

    :raises Unreadable: no key in the path, or a value that is wrong
    """
    address = re.sub(r"^[a-z]+://", "", text, flags=re.IGNORECASE).partition("#")[0]
    path, _, query = address.partition("?")
    pairs = _path_pairs(path.rstrip("/").split("/")[1:])
    named = any(name in _NAMES for name, _value in pairs)
    for parameter in re.split("[&;]", query):
        name, _, value = parameter.partition("=")
        if name in identifiers() or (named and name in _NAMES):
            pairs.append((name, value))
    return tuple(_element(_ai(name), unquote(value)) for name, value in pairs)


def _path_pairs(segments: list[str]) -> list[Element]:
    """The pairs from the last key of the path to its end."""
    pairs: list[Element] = []
    while len(segments) >= 2:
        *segments, name, value = segments
        if _ai(name) not in identifiers():
            break
        pairs.insert(0, (name.lower(), value))
        if _ai(name) in _KEYS:
            return pairs
    raise Unreadable("address")


def _ai(name: str) -> str:
    return _NAMES.get(name.lower(), name)


def _element(ai: str, value: str) -> Element:
    if ai == "01" and re.fullmatch("[0-9]{8}|[0-9]{12,13}", value):
        value = value.zfill(14)
    return checked_element(ai, value)

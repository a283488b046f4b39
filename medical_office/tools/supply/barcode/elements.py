"""Element strings of GS1: identifiers with their values, as scanned or as printed.

Scanned (``0109521234000174`` ``17270831`` ``107Q`` GS ``3025``, one after the other): a value of
predefined length ends by its length, any other at the separator (FNC1, sent as ASCII
29) or at the end. By the General Specifications (section 7.8) this holds for values of
fixed length too, if they are not of *predefined* length (7003, 422, 8005). Such a value
without its separator could be cut off by its length, as some libraries do; here the
code is refused: it shows that the scanner leaves out separators, and then a lot or a
serial in the same code has swallowed what follows it, which nobody can see.

Printed for people, or returned by decoders in place of the data
(``(01)09521234000174(10)7Q``): brackets may be characters of a lot too, so only a
bracket with an identifier of the table begins a value.
"""

import re

from .digits import checked
from .identifiers import Identifier, identifier_at, identifiers
from .problems import Unreadable

GS = "\x1d"
Element = tuple[str, str]
# Square brackets are printed for round ones; no value of GS1 may hold them.
_SQUARE = re.compile(r"\[([0-9]{2,4})\]")
_BRACKET = re.compile(r"\(([0-9]{2,4})\)")


def scanned_elements(text: str) -> tuple[Element, ...]:
    """The elements of a text as scanned, in its order; separators are ASCII 29.

    :raises Unreadable: identifier unknown, value too short, too long, of wrong
        characters or with a wrong check digit
    """
    found: list[Element] = []
    place = 0
    while place < len(text):
        if text[place] == GS:
            place += 1
            continue
        known = identifier_at(text, place)
        if known is None:
            raise Unreadable(
                "unknown_identifier", found=text[place : place + 4], place=place + 1
            )
        place += len(known.ai)
        end = text.find(GS, place)
        end = len(text) if end < 0 else end
        if known.predefined:
            end = min(end, place + known.most)
        found.append((known.ai, _checked_value(known, text[place:end])))
        place = end
    return tuple(found)


def is_bracketed(text: str) -> bool:
    """True if the text begins with an identifier in brackets."""
    first = _BRACKET.match(_round(text))
    return first is not None and first[1] in identifiers()


def bracketed_elements(text: str) -> tuple[Element, ...]:
    """The elements of a text with identifiers in brackets, in its order.

    Blanks are dropped: no value may hold one, print often does. A separator may stand
    before a bracket, where it says nothing new.

    :raises Unreadable: as for scanned texts
    """
    text = _round(text.replace(" ", ""))
    known = identifiers()
    starts = [found for found in _BRACKET.finditer(text) if found[1] in known]
    ends = [found.start() for found in starts[1:]] + [len(text)]
    return tuple(
        (start[1], _checked_value(known[start[1]], text[start.end() : end].strip(GS)))
        for start, end in zip(starts, ends, strict=True)
    )


def _round(text: str) -> str:
    return _SQUARE.sub(r"(\1)", text) if text.startswith("[") else text


def checked_element(ai: str, value: str) -> Element:
    """One element given apart, as in an address.

    :raises Unreadable: identifier unknown, or value wrong
    """
    known = identifiers().get(ai)
    if known is None:
        raise Unreadable("unknown_identifier", found=ai, place=1)
    return ai, _checked_value(known, value)


def _checked_value(known: Identifier, value: str) -> str:
    said = {"ai": known.ai, "title": known.title}
    if len(value) > known.most:
        code = "size" if known.predefined else "too_long"
        raise Unreadable(code, **said, there=len(value), allowed=known.most)
    wrong = known.first_wrong(value)
    if wrong:
        shown = {" ": "a blank", GS: "a separator"}.get(wrong, wrong)
        raise Unreadable("character", **said, value=shown)
    needed = known.needed(value)
    if len(value) < needed:
        raise Unreadable("too_short", **said, there=len(value), needed=needed)
    for part, piece in known.pieces(value):
        if part.check == "csum":
            checked(piece)
    return value

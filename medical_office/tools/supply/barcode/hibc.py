"""HIBC supplier labels: bars, check characters and the link between two bars.

Written by us: no kept package reads HIBC. A label has one bar (``+`` item ``/`` secondary
data, check) or two: ``+`` item, check; ``+`` secondary data, link, check, where the link
is the first bar's check. The check character is the sum of the values of all before it,
the ``+`` included, modulo 43. It may be any of the 43, a ``/`` or a blank too, so it is
taken off before anything is parted. Sources: ANSI/HIBC 2.6, appendix on the check
character; public labels recomputed in the tests.
"""

import re
from datetime import date

from .carton import HIBC, Carton
from .hibc_parts import Facts, facts_of, item_of
from .problems import Problem, Unreadable

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
_SHORTEST = 5  # + $ and a lot of one, link, check; an item has 8
_SIGNS = frozenset(ALPHABET)
_LONGEST = 400  # three bars of a label sent in one go are shorter
_SECONDARY = re.compile(r"\$|[0-9]{5}|1[46]D")


def check_character(text: str) -> str:
    """The check character that belongs after ``text`` (its ``+`` included).

    :raises ValueError: a character is not of HIBC's 43
    """
    return ALPHABET[sum(ALPHABET.index(sign) for sign in text) % 43]


def looks_like_hibc(text: str) -> bool:
    """True if the text begins as HIBC, in Code 39's extended spelling too."""
    return text.startswith(("+", "*+")) or _unfolded(text) != text


def hibc_carton(text: str, today: date) -> Carton:
    """The carton of one HIBC code: one bar, or both bars of a label sent in one go.

    A second bar alone is kept with its lot and date, and the problem that the item is
    missing.

    :param text: with ``+``; asterisks of print and ``_`` for a blank are understood
    :param today: for the century of two-digit years
    :raises Unreadable: check or link character wrong, or parts not of the standard
    """
    if len(text) > _LONGEST:
        raise Unreadable("hibc_primary", found=text[:20] + "...")
    if text.startswith(("+", "*+")) and text.islower():
        text = text.upper()  # caps lock turned round; the check character proves it
    bars = [bar for bar in re.split(r"[*,;\r\n\t]+", _unfolded(text)) if bar]
    bars = [_without_added_blanks(bar.replace("_", " ")) for bar in bars]
    if not bars:
        raise Unreadable("empty")
    if len(bars) == 1:
        return _one_or_glued(bars[0], today)
    return _two_bars([bar.lstrip(" ") for bar in bars], today)


def _one_or_glued(text: str, today: date) -> Carton:
    try:
        return _bar(text, today)
    except Unreadable:
        glued = _glued(text)
        if not glued:
            raise
    return _two_bars(glued, today)


def _two_bars(bars: list[str], today: date) -> Carton:
    """First bar and those linked to it, in any order."""
    first, *others = sorted(bars, key=lambda bar: bool(_SECONDARY.match(bar[1:])))
    item, unit = item_of(_inside(first))
    parts: list[str] = []
    for other in others:
        inside = _inside(other)
        if inside[-1:] != first[-1]:
            raise Unreadable("hibc_link", first=first[-1], second=inside[-1:])
        parts += inside[:-1].split("/")
    return _carton(item, unit, facts_of(parts, today), first[-1])


def _bar(text: str, today: date) -> Carton:
    """One code: an item, an item with its data, or the second bar of a label."""
    if text.startswith("+/"):
        raise Unreadable("hibc_pas")
    inside = _inside(text)
    if _SECONDARY.match(inside):
        facts = facts_of(inside[:-1].split("/"), today)
        return _carton("", None, facts, inside[-1:])
    primary, *parts = inside.split("/")
    item, unit = item_of(primary)
    link = check_character("+" + primary)
    return _carton(item, unit, facts_of(parts, today), link)


def _carton(item: str, unit: int | None, facts: Facts, link: str) -> Carton:
    problems = () if item else (Problem("item_missing"),)
    return Carton(
        HIBC,
        item=item,
        level=unit,
        link=link,
        problems=problems,
        **facts,  # type: ignore[arg-type]  # named and typed as the fields
    )


def _inside(text: str) -> str:
    """A bar without ``+`` and its check character, once that is right."""
    if not text.startswith("+") or len(text) < _SHORTEST:
        raise Unreadable("hibc_primary", found=text)
    expected = check_character(text[:-1])
    if text[-1] == expected:
        return text[1:-1]
    if check_character(text) == " ":
        raise Unreadable("hibc_blank")
    if _wrongly_glued(text):
        raise Unreadable("hibc_glued")
    raise Unreadable("hibc_check", expected=expected, found=text[-1])


def _glued(text: str) -> list[str]:
    """Bars sent one after the other, each with ``+`` and a right check character."""
    for place in range(len(text) - 1, 0, -1):
        if text[place] == "+" and _is_bar(text[place:]):
            for before in (text[:place], text[:place].rstrip(" ")):
                bars = [before] if _is_bar(before) else _glued(before)
                if bars:
                    return [*bars, text[place:]]
    return []


def _is_bar(text: str) -> bool:
    return (
        len(text) >= _SHORTEST
        and text[0] == "+"
        and _SIGNS.issuperset(text)
        and check_character(text[:-1]) == text[-1]
    )


def _wrongly_glued(text: str) -> bool:
    """Item ``/`` second bar with its link and own check: printed so by some."""
    primary, slash, second = text.partition("/")
    if not slash or len(second) < 3 or not _SIGNS.issuperset(text):
        return False
    linked = check_character(primary) == second[-2]
    return linked and check_character("+" + second[:-1]) == second[-1]


def _without_added_blanks(text: str) -> str:
    """A bar without blanks that a scanner added; a blank that is its check stays."""
    for sign in text:
        if sign not in ALPHABET:
            raise Unreadable("hibc_character", found=sign)
    stripped = text.rstrip(" ")
    return stripped if not _is_bar(text) and _is_bar(stripped) else text


def _unfolded(text: str) -> str:
    """Undo what a reader of extended Code 39 makes of plain Code 39: ``a`` of ``+A``.

    Only a text that begins with such a letter is touched, and its check character must
    be right after it; ``/P`` to ``/Y`` became digits, which cannot be undone and makes
    the check fail.
    """
    if not re.match(r"[a-z][0-9A-Z]{3}", text):
        return text
    undone = "".join(_two_signs(sign) for sign in text)
    return undone if _is_bar(undone) else text


def _two_signs(sign: str) -> str:
    if "a" <= sign <= "z":
        return "+" + sign.upper()
    if "!" <= sign <= "," and sign not in "$%+":
        return "/" + chr(ord(sign) + 32)
    if "\x01" <= sign <= "\x1a":
        return "$" + chr(ord(sign) + 64)
    return "/Z" if sign == ":" else sign

"""Item numbers of GS1: check digits, levels, and which numbers are the same item.

Source: GS1 General Specifications, sections 7.9 (check digit) and 7.10 (UPC-E); GTIN-8,
12 and 13 are the same number as 14 digits with zeros in front. Only whole numbers are
compared: a package level has its own number, and a shorter number never matches inside
a longer one.
"""

import re

from .problems import Unreadable

GTIN_LENGTHS = (8, 12, 13, 14)
NDC_PREFIX = "03"


def check_digit(payload: str) -> int:
    """The GS1 check digit of digits without it (weights 3, 1, ... from the right)."""
    weighted = sum(
        int(digit) * (3 if place % 2 == 0 else 1)
        for place, digit in enumerate(reversed(payload))
    )
    return -weighted % 10


def checked(number: str) -> str:
    """``number`` if its last digit is its check digit.

    :raises Unreadable: it is not
    """
    expected = check_digit(number[:-1])
    if int(number[-1]) != expected:
        raise Unreadable("check_digit", number=number, expected=expected)
    return number


def gtin14(number: str) -> str:
    """GTIN-8, 12, 13 or 14 as 14 digits.

    :raises Unreadable: other length, wrong check digit, or all zeros
    """
    if not re.fullmatch("[0-9]+", number) or len(number) not in GTIN_LENGTHS:
        raise Unreadable("length", digits=len(number))
    if not number.strip("0"):
        raise Unreadable("zero")
    return checked(number).zfill(14)


def upc_e_expanded(number: str) -> str:
    """The UPC-A (12 digits) of a UPC-E of 8 digits with number system and check digit.

    :raises Unreadable: number system is not 0 or 1, or the check digit is wrong
    """
    system, body, check = number[0], number[1:7], number[7]
    if system not in "01":
        raise Unreadable("length", digits=8)
    last = body[5]
    if last in "012":
        long = body[:2] + last + "0000" + body[2:5]
    elif last == "3":
        long = body[:3] + "00000" + body[3:5]
    elif last == "4":
        long = body[:4] + "00000" + body[4]
    else:
        long = body[:5] + "0000" + last
    return checked(system + long + check)


def upc_e_as_gtin14(number: str) -> str:
    """The item number of 14 digits that a UPC-E of 8 digits stands for.

    :raises Unreadable: it is none
    """
    if not re.fullmatch("[0-9]{8}", number):
        raise Unreadable("length", digits=len(number))
    return gtin14(upc_e_expanded(number))


def ndc10(gtin: str) -> str:
    """The ten digits of the US drug code in a GTIN of 14 digits, or an empty text.

    Where labeler, product and package are parted is not in the number (4-4-2, 5-3-2,
    5-4-1), so no hyphens and no eleventh digit are made up. Some health items that are
    no drugs use the same prefix.
    """
    return gtin[3:13] if gtin[1:3] == NDC_PREFIX else ""


def level(gtin: str) -> int:
    """Package level of a GTIN of 14 digits: its first digit."""
    return int(gtin[0])


def equal_codes(first: str, second: str) -> bool:
    """True if two item codes are the same.

    Numbers of 8, 12, 13 or 14 digits are compared after filling with zeros (a UPC-E
    after expanding it), everything else by the whole text, letter by letter.
    """
    return comparable(first) == comparable(second)


def comparable(code: str) -> str:
    """The form of an item code under which it is kept and looked up.

    A right GTIN becomes 14 digits, a UPC-E the number it stands for; anything else, a
    number with a wrong check digit too, stays as it is but for blanks around it.
    """
    code = code.strip()
    for reader in (gtin14, upc_e_as_gtin14):
        try:
            return reader(code)
        except Unreadable:
            continue
    return code

"""Social Security numbers: how they are written and masked, and which are never issued."""

import re


def digits(number: str) -> str:
    """The number without blanks and hyphens; of an employer identification number, too."""
    return re.sub(r"[\s-]", "", number)


def written(nine: str) -> str:
    """Nine digits as they stand on the card.

    >>> written("219099999")
    '219-09-9999'
    """
    return f"{nine[:3]}-{nine[3:5]}-{nine[5:]}"


def masked(number: str) -> str:
    """What may be shown of a number: its last four digits; "" where there is none."""
    return f"•••-••-{number[-4:]}" if number else ""


def fault(bare: str) -> str:
    """Why a number was never issued: no area 000, 666 or 900 to 999, no group 00, no serial
    0000 (SSA, POMS RM 10201.035).

    :param bare: without blanks and hyphens
    :return: ``nine`` (not nine digits), ``area``, ``zeros``, or "" where nothing speaks
        against it
    """
    if not (len(bare) == 9 and bare.isascii() and bare.isdigit()):
        return "nine"
    area, group, serial = bare[:3], bare[3:5], bare[5:]
    if area in ("000", "666") or area >= "900":
        return "area"
    return "zeros" if group == "00" or serial == "0000" else ""

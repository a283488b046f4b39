"""National Provider Identifiers and the dates of exclusion files."""

import re
from datetime import date
from functools import lru_cache

_FILLER = date(1900, 1, 1)
_EIGHT = re.compile(r"[0-9]{8}")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2})")


def npi_of(cell: str) -> str:
    """The number in a cell of a list, or nothing for the filler 0000000000."""
    return cell if cell.strip("0") else ""


def is_filler(npi: str) -> bool:
    """Whether the digits were entered in place of a number nobody knew (1234567890)."""
    return len({*npi}) < 4 or npi[:9] in "123456789 012345678 987654321"


@lru_cache(maxsize=50_000)
def day_of(cell: str, century: int = 1900) -> str:
    """A date of an exclusion file as YYYYMMDD, nothing for an empty or filler one.

    Understands YYYYMMDD, MM/DD/YYYY and the MM/DD/YY of old files; ``century`` is that
    of two digits (people who are excluded were born in the 1900s). A date that is not
    in the calendar is nothing: the list is the government's, and one wrong birth date
    must not keep the practice from screening.

    :raises ValueError: the cell is not written like a date at all
    """
    cell = cell.strip()
    if not cell.strip("0"):
        return ""
    slashed = _SLASHED.fullmatch(cell)
    if slashed:
        month, day, year = (int(part) for part in slashed.groups())
        return known_day(year if year > 99 else century + year, month, day)
    if not _EIGHT.fullmatch(cell):
        raise ValueError(cell)
    return known_day(int(cell[:4]), int(cell[4:6]), int(cell[6:]))


def known_day(year: int, month: int, day: int) -> str:
    """YYYYMMDD, or nothing if there is no such day or it is a known filler."""
    try:
        found = date(year, month, day)
    except ValueError:
        return ""
    return "" if found == _FILLER else f"{year:04}{month:02}{day:02}"

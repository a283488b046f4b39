"""First expired, first out; and how long what is on the shelf may still be used.

A lot may be used through its expiry date. Where a label names only month and year, that
is the last day of the month (CDC, Vaccine Storage and Handling Toolkit, March 2024,
"Expiration dates"; GS1 General Specifications 3.4.6: day 00 of AI 17 is the last day).
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..quantity import ZERO

WINDOWS = (30, 60, 90)
EXPIRED, LATER, UNDATED = "expired", "later", "undated"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
           "dec")  # fmt: skip
_LABELS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})(-(?P<d>\d{1,2}))?"),
    re.compile(r"(?P<m>\d{1,2})/((?P<d>\d{1,2})/)?(?P<y>\d{4})"),
    re.compile(r"((?P<d>\d{1,2})[ -])?(?P<n>[a-z]{3})[a-z]*[ -](?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{2})(?P<m>\d{2})(?P<d>\d{2})"),  # GS1, AI 17
)


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot on a shelf; ``expiry`` is its last usable day, None if it has none."""

    key: str
    quantity: Decimal
    expiry: date | None = None

    def usable(self, on: date) -> bool:
        """Whether it may be used on that day."""
        return self.expiry is None or self.expiry >= on


@dataclass(frozen=True, slots=True)
class Allocation:
    """Which lots to take how much of, what is missing, which lots were refused."""

    picks: tuple[tuple[Lot, Decimal], ...]
    short: Decimal
    refused: tuple[Lot, ...]


def first_expired_first(lots: Sequence[Lot]) -> list[Lot]:
    """Lots in the order in which to use them; undated ones last, then by key."""
    return sorted(lots, key=lambda lot: (lot.expiry or date.max, lot.key))


def allocate(lots: Sequence[Lot], quantity: Decimal, on: date) -> Allocation:
    """Take ``quantity`` from ``lots`` on the day ``on``, first expired first.

    :return: expired lots with stock are refused and named, never taken
    :raises ValueError: a negative quantity
    """
    if quantity < 0:
        raise ValueError("a quantity to take is not negative")
    picks, refused = [], []
    left = quantity
    for lot in first_expired_first(lots):
        if lot.quantity <= 0:
            continue
        if not lot.usable(on):
            refused.append(lot)
        elif left:
            part = min(left, lot.quantity)
            picks.append((lot, part))
            left -= part
    return Allocation(tuple(picks), left, tuple(refused))


def window(expiry: date | None, on: date, windows: Sequence[int] = WINDOWS) -> str:
    """The list a lot belongs to: "expired", "30", "60", "90", "later" or "undated".

    "30" is up to and with 30 calendar days from ``on``; 0 is the last usable day.
    """
    if expiry is None:
        return UNDATED
    days = (expiry - on).days
    if days < 0:
        return EXPIRED
    return next((str(limit) for limit in sorted(windows) if days <= limit), LATER)


def expiry_of_label(label: str) -> date:
    """The last usable day printed on a label or in a GS1 code.

    Understands 2027-03-31, 2027-03, 03/31/2027, 03/2027, 31 Mar 2027, MAR 2027, 270331
    and 270300 (GS1, years 2000 to 2099).

    :raises ValueError: anything else, or a day that does not exist
    """
    text = label.strip().lower()
    found = next((m for m in (p.fullmatch(text) for p in _LABELS) if m), None)
    if found is None:
        raise ValueError(f"{label!r} is no expiry date")
    part = found.groupdict()
    year = int(part["y"]) + (2000 if len(part["y"]) == 2 else 0)
    name = part.get("n")
    if name is not None and name not in _MONTHS:
        raise ValueError(f"{label!r} is no expiry date")
    month = _MONTHS.index(name) + 1 if name else int(part["m"])
    if not 1 <= month <= 12:
        raise ValueError(f"{label!r} is no expiry date")
    day = int(part["d"] or 0) or monthrange(year, month)[1]
    return date(year, month, day)


def total(lots: Sequence[Lot], on: date) -> Decimal:
    """Units that may still be used on that day."""
    return sum((lot.quantity for lot in lots if lot.usable(on)), ZERO)

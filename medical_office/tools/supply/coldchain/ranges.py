"""Expected temperature ranges of storage units: dated data with its citation."""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "tables" / "storage_ranges.csv"
VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class StorageRange:
    """Lowest and highest allowed temperature in degrees Celsius, both allowed.

    ``verified`` is False for figures nobody checked against a second source: show them
    as such, or do not use them.
    """

    code: str
    label: str
    low: Decimal
    high: Decimal
    start: date
    end: date | None
    verified: bool
    citation: str


@cache
def storage_ranges() -> tuple[StorageRange, ...]:
    """All rows of the table, as they are."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            StorageRange(
                row["code"],
                row["label"],
                Decimal(row["low_c"]),
                Decimal(row["high_c"]),
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                row["status"] == VERIFIED,
                row["citation"],
            )
            for row in csv.DictReader(file)
        )


def storage_range(code: str, on: date) -> StorageRange:
    """The range of a kind of unit on a day.

    :param code: "refrigerator", "freezer", "room" or "ultracold"
    :raises LookupError: no such kind, or no range for that day
    """
    for found in storage_ranges():
        ended = found.end is not None and found.end < on
        if found.code == code and found.start <= on and not ended:
            return found
    raise LookupError(f"no temperature range for {code!r} on {on}")

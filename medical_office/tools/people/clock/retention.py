"""How long a personnel record is kept, by which rule: a table with citations."""

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .days import keep_until

TABLE = Path(__file__).parents[1] / "tables" / "retention.csv"
_PART = re.compile(r"(hire|end|record)\+(\d+)y")


class Rule(NamedTuple):
    """A rule: ``expression`` is the latest of parts such as ``hire+3y`` or ``end+1y``."""

    code: str
    record: str
    expression: str
    citation: str
    source: str
    is_checked: bool


@cache
def rules() -> dict[str, Rule]:
    """{code: rule} of the table."""
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return {
            row["code"]: Rule(
                row["code"],
                row["record"],
                row["rule"],
                row["citation"],
                row["source"],
                row["checked"] == "yes",
            )
            for row in csv.DictReader(handle)
        }


def parts(code: str) -> list[tuple[str, int]]:
    """What a rule counts from (``hire``, ``end``, ``record``) and how many years.

    :raises KeyError: there is no such rule
    """
    return [
        (start, int(years)) for start, years in _PART.findall(rules()[code].expression)
    ]


def kept_until(
    code: str, hired: date | None, left: date | None, recorded: date | None
) -> date | None:
    """The last day a record must be kept, or None where it cannot be said yet.

    A rule that counts from the end says nothing while the person is employed.

    :raises KeyError: there is no such rule
    """
    starts = {"hire": hired, "end": left, "record": recorded}
    days = []
    for start, years in parts(code):
        day = starts[start]
        if day is None:
            return None
        days.append(keep_until(day, 12 * years))
    return max(days)

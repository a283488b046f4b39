"""Reads the dated tables of law that lie in ``tables`` as CSV files."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent.parent / "tables"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``tables/<name>.csv`` as text, in the order of the file.

    The tables are part of the product, so they are read once and kept. Callers must
    not change the dictionaries.

    :raises FileNotFoundError: there is no table of that name
    """
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def rows_on(name: str, day: date) -> Iterator[dict[str, str]]:
    """Yield the rows of a table with ``valid_from``/``valid_to`` in force on ``day``.

    Both ends count; an empty end is open.
    """
    for row in rows(name):
        starts, ends = row["valid_from"], row["valid_to"]
        if starts and day < date.fromisoformat(starts):
            continue
        if ends and day > date.fromisoformat(ends):
            continue
        yield row

"""Reads the tables of words that lie beside the code; where each is from: tables/README."""

import csv
from functools import cache
from pathlib import Path

TABLES = Path(__file__).parent / "tables"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``tables/<name>.csv`` as text, in the order of the file.

    Read once and kept; callers must not change the dictionaries.

    :raises FileNotFoundError: there is no table of that name
    """
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def frequency(name: str) -> dict[str, float]:
    """Share of the people of the United States that bear a name (0 to 1).

    :param name: ``surnames`` or ``given_names`` (Census Bureau, 1990)
    """
    return {row["name"]: int(row["per_million"]) / 1e6 for row in rows(name)}


@cache
def words(table: str, kind: str) -> dict[str, str]:
    """Word -> its meaning (empty where there is none), of one kind."""
    return {
        row["word"]: row.get("means", "") for row in rows(table) if row["kind"] == kind
    }

"""Reads the case tables beside the tests."""

import csv
from pathlib import Path

DATA = Path(__file__).parent / "data"


def cases(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids(rows, key="case"):
    return [row[key] for row in rows]

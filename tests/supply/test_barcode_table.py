r"""Texts of barcodes and what bin/read-barcode has to say of them, as a table.

Worked out by hand from the General Specifications (element strings, check digits, the
century of 7.12) and from ANSI/HIBC 2.6 (check characters modulo 43, dates, quantities);
``\\x1d`` is the separator. A problem is named by its code.
"""

import csv
from datetime import date
from pathlib import Path

import pytest
from tools.supply.barcode import read
from tools.supply.barcode.rows import COLUMNS

TODAY = date(2026, 11, 29)
TABLE = Path(__file__).parent / "data" / "barcodes_expected.csv"
with TABLE.open(encoding="utf-8", newline="") as table:
    EXPECTED = list(csv.DictReader(table))


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["text"])
def test_a_text_says_what_the_standards_say(row: dict[str, str]) -> None:
    carton = read(row["text"].replace("\\x1d", "\x1d"), TODAY)
    said = {name: getattr(carton, name) for name in COLUMNS if name != "problem"}
    said["problem"] = " ".join(problem.code for problem in carton.problems)
    texts = {key: "" if value is None else str(value) for key, value in said.items()}
    assert texts == {name: row[name] for name in COLUMNS}

"""Numbers of credentials against the vectors; each row names its source."""

import csv
from datetime import date
from pathlib import Path

import pytest
from tools.people.credential.numbers import (
    clia_problem,
    dea_problem,
    fits,
    npi_problem,
    pattern_of,
    patterns,
)

VECTORS = Path(__file__).parent / "data" / "number_vectors.csv"
PROBLEM = {"NPI": npi_problem, "DEA": dea_problem, "CLIA": clia_problem}


def rows():
    with VECTORS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['kind']} {row['value']}")
def test_vectors(row):
    problem = PROBLEM[row["kind"]](row["value"])
    assert (not problem) == row["expected"].startswith("valid"), (problem, row)


def test_a_single_wrong_digit_never_passes():
    """Luhn and the DEA's sum both catch every change of one digit but the last's own."""
    for place in range(1, 10):
        for digit in "0123456789":
            changed = "1234567893"[:place] + digit + "1234567893"[place + 1 :]
            assert bool(npi_problem(changed)) == (changed != "1234567893")


@pytest.mark.parametrize(
    ("number", "names", "problem"),
    [
        ("MJ3614511", ("Jones",), ""),  # the example of the DEA's manual
        ("MJ3614511", ("Smith",), "name"),
        ("MJ3614511", ("Smith", "Jackson"), ""),  # registered under another name
        ("A91234563", ("Smith",), ""),  # a business
        ("MJ3614512", ("Jones",), "check"),
        ("XJ3614511", ("Jones",), "letter"),
        ("mj 3614511", ("jones",), ""),
        ("MJ361451", ("Jones",), "shape"),
    ],
)
def test_dea(number, names, problem):
    assert dea_problem(number, names) == problem


def test_first_digit_of_an_npi():
    assert npi_problem("3234567891") == "first"


def test_every_pattern_takes_its_own_example_and_says_where_it_is_from():
    assert len(patterns()) >= 20
    for row in patterns():
        assert fits(row, row.example), row
        assert row.source
        assert not row.is_checked or "memory" not in row.source


def test_the_pattern_in_force_on_the_day():
    assert pattern_of("FL", "license_np", date(2026, 1, 1)).board.startswith("Florida")
    assert pattern_of("FL", "license_np", date(2018, 9, 30)) is None
    assert not fits(pattern_of("WI", "license_rn", date(2026, 1, 1)), "123456-20")

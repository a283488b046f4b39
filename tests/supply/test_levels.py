"""Reorder point and par as typed into the grid: what is taken, what is refused."""

from decimal import Decimal

import pytest
from tools.supply.par.levels import Levels, problem, read

CASES = [
    # low, high, always there, problem
    (2, 6, 0, ""),
    (0, 0, 0, ""),
    (4, 4, 0, ""),
    ("2.5", " 6 ", 0, ""),
    (None, None, 0, ""),
    (False, "", 0, ""),
    (None, None, 1, "vital"),
    (2, None, 0, "incomplete"),
    (None, 6, 0, "incomplete"),
    (7, 6, 0, "crossed"),
    (-1, 6, 0, "negative"),
    (1, -6, 0, "negative"),
    (1, 2, 3, "below_minimum"),
    (1, 3, 3, ""),
    (1, 1_000_001, 0, "too_many"),
    ("many", 6, 0, "not_a_number"),
    ("nan", 6, 0, "not_a_number"),
    ("inf", 6, 0, "not_a_number"),
    (True, 6, 0, "not_a_number"),
    ([1], 6, 0, "not_a_number"),
]


@pytest.mark.parametrize(("low", "high", "minimum", "expected"), CASES)
def test_levels_are_taken_or_refused_by_name(low, high, minimum, expected):
    assert problem(read(low, high), Decimal(minimum)) == expected


def test_figures_are_exact():
    assert read(0.1, 0.3) == Levels(Decimal("0.1"), Decimal("0.3"))


def test_only_a_place_without_figures_is_empty():
    assert read(None, "").empty
    assert not read(0, None).empty

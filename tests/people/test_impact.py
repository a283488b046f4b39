"""Adverse impact by the four-fifths rule, 29 CFR 1607.4(D)."""

from fractions import Fraction

import pytest
from tools.people.recruit.impact import four_fifths


def rows(groups, **options):
    return {
        one.group: (one.rate, one.ratio, one.is_below)
        for one in four_fifths(groups, **options)
    }


def test_the_published_example():
    """80 applied and 48 were selected, 50 applied and 21: 70 percent of the best rate."""
    assert rows({"a": (80, 48), "b": (50, 21)}) == {
        "a": (Fraction(3, 5), Fraction(1), False),
        "b": (Fraction(21, 50), Fraction(7, 10), True),
    }


def test_exactly_four_fifths_is_not_below():
    assert rows({"a": (10, 10), "b": (10, 8)})["b"] == (
        Fraction(4, 5),
        Fraction(4, 5),
        False,
    )


def test_nobody_selected_is_no_ratio():
    assert rows({"a": (10, 0), "b": (10, 0)})["a"] == (Fraction(0), None, None)


def test_a_small_group_is_not_told_nor_follows_from_the_total():
    found = rows({"a": (20, 10), "b": (6, 3), "c": (2, 1)})
    assert found["c"] == (None, None, None)
    assert found["b"] == (None, None, None)
    assert found["a"] == (Fraction(1, 2), Fraction(1), False)


def test_two_small_groups_hide_each_other():
    found = rows({"a": (20, 10), "b": (3, 3), "c": (2, 1)})
    assert found["a"][1] == 1
    assert found["b"] == found["c"] == (None, None, None)


def test_an_empty_group_is_left_out():
    assert "b" not in rows({"a": (9, 3), "b": (0, 0)})


@pytest.mark.parametrize("pair", [(1, 2), (-1, -1), (3, -1)])
def test_impossible_numbers_are_refused(pair):
    with pytest.raises(ValueError, match="cannot be selected"):
        four_fifths({"a": pair})

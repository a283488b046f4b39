"""Where pay stands in a grade and beside others."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.people.pay.position import Range, gap, hourly, spread

GRADE = Range(D(18), D(22), D(26))
PAYS = st.decimals(min_value=1, max_value=500, places=2)


@pytest.mark.parametrize(
    ("pay", "compa", "position", "place"),
    [
        (D(22), D("1.00"), D("0.50"), "within"),
        (D(18), D("0.82"), D(0), "within"),
        (D("17.99"), D("0.82"), D("0.00"), "below"),
        (D(26), D("1.18"), D(1), "within"),
        (D("26.01"), D("1.18"), D("1.00"), "above"),
        (D(30), D("1.36"), D("1.50"), "above"),
    ],
)
def test_a_pay_in_its_grade(pay, compa, position, place):
    assert GRADE.compa_ratio(pay) == compa
    assert GRADE.position(pay) == position
    assert GRADE.place(pay) == place


def test_a_grade_of_one_figure_has_no_position():
    assert Range(D(20), D(20), D(20)).position(D(20)) is None


@pytest.mark.parametrize("figures", [(0, 1, 2), (3, 2, 4), (1, 5, 4), (-1, 0, 1)])
def test_a_range_rises_from_above_zero(figures):
    with pytest.raises(ValueError, match="rise"):
        Range(*map(D, figures))


def test_a_salary_by_the_full_time_hour():
    assert hourly(D(52000), "year") == D(25)
    assert hourly(D("19.75"), "hour") == D("19.75")
    with pytest.raises(ValueError, match="neither"):
        hourly(D(1), "month")


def test_the_spread_of_a_job():
    found = spread([D(20), D(24), D(21), D(30)])
    assert (found.count, found.lowest, found.middle, found.highest) == (
        4,
        D(20),
        D("22.50"),
        D(30),
    )
    assert found.ratio == D("1.50")
    assert spread([]) is None


@pytest.mark.parametrize(
    ("pay", "others", "expected"),
    [
        (D(21), [D(20)], D("0.05")),
        (D(19), [D(18), D(20), D(40)], D("-0.05")),
        (D(20), [D(20), D(20)], D(0)),
        (D(20), [], None),
    ],
)
def test_the_gap_to_others(pay, others, expected):
    assert gap(pay, others) == expected


@given(st.lists(PAYS, min_size=1, max_size=20))
def test_the_middle_lies_between(pays):
    found = spread(pays)
    assert found.lowest - D("0.01") <= found.middle <= found.highest + D("0.01")

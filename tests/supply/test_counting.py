"""Counted quantities: impossible, absurd, surprising."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.supply.count.counting import absurd, impossible, judge


@pytest.mark.parametrize(
    ("quantity", "why"),
    [
        ("-1", "negative"),
        ("0", ""),
        ("1000000", ""),
        ("1000001", "too_many"),
        (-3, "negative"),
        (2.5, ""),
        ("2.5", ""),
        (1e300, "too_many"),
        # what was read as an exact figure before, as on the par grid
        (D("2.5"), ""),
        (D(-1), "negative"),
        (D("NaN"), "not_a_number"),
        ("NaN", "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        # a comma stands for a point or for thousands
        ("1,5", "not_a_number"),
        ("1_000", "not_a_number"),
        ("abc", "not_a_number"),
        ("", "not_a_number"),
        (None, "not_a_number"),
        (True, "not_a_number"),
        ([1], "not_a_number"),
    ],
)
def test_impossible(quantity: object, why: str) -> None:
    assert impossible(quantity) == why


@pytest.mark.parametrize(
    ("quantity", "par", "book", "asked"),
    [
        (50, 10, 10, False),  # five times is still possible
        (51, 10, 10, True),
        (19, 1, 1, False),  # small numbers are not worth a question
        (600, 10, 500, False),  # the books know of many
        (30, 0, 0, True),
    ],
)
def test_absurd(quantity: int, par: int, book: int, asked: bool) -> None:
    assert absurd(D(quantity), D(par), D(book)) is asked


@pytest.mark.parametrize(
    ("book", "counted", "usual", "surprise", "recount"),
    [
        (10, 10, 0, 0, False),
        (10, 4, 3, 0, False),  # twice the usual use is nobody's surprise
        (10, 3, 3, 1, False),  # 10 dollars: within the limit of 25
        (10, 1, 3, 3, True),
        (10, 12, 50, 2, False),  # more than the books is a surprise, whatever the use
        (10, 13, 50, 3, True),
    ],
)
def test_judge(
    book: int, counted: int, usual: int, surprise: int, recount: bool
) -> None:
    verdict = judge(D(book), D(counted), D(usual), D(10), D(25))
    assert (verdict.surprise, verdict.recount) == (surprise, recount)
    assert verdict.difference == counted - book
    assert verdict.value == 10 * surprise


def test_any_difference_of_a_controlled_item_is_counted_again() -> None:
    assert judge(D(5), D(4), D(9), D("0.01"), D(25), strict=True).recount
    assert not judge(D(5), D(5), D(9), D("0.01"), D(25), strict=True).recount


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 50))
def test_a_higher_limit_never_asks_for_more_recounts(b: int, c: int, u: int) -> None:
    low = judge(D(b), D(c), D(u), D(2), D(10))
    high = judge(D(b), D(c), D(u), D(2), D(100))
    assert low.recount >= high.recount


@pytest.mark.parametrize(
    "book, counted, again",
    [("300", "0", True), ("0", "300", True), ("20", "10", False), ("0", "10", False)],
)
def test_what_cost_nothing_is_judged_by_its_units(book, counted, again):
    assert judge(D(book), D(counted), D(0), D(0), D(25)).recount is again

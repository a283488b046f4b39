"""What a number on a checklist line is worth."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.core.answers import Limits, Reading, read_number

# CDC Vaccine Storage and Handling Toolkit: refrigerator 2 to 8 C (36 to 46 F)
FRIDGE = Limits(36, 46, hard_minimum=-40, hard_maximum=120)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (38.5, Reading(38.5, "pass")),
        ("38.5", Reading(38.5, "pass")),
        (" 41 ", Reading(41.0, "pass")),
        (36, Reading(36.0, "pass")),  # the limit itself passes
        (46.0, Reading(46.0, "pass")),
        (46.1, Reading(46.1, "fail")),
        (0, Reading(0.0, "fail")),
        ("-4", Reading(-4.0, "fail")),
        (410, Reading(410.0, None, "outside_hard")),
        ("-40.5", Reading(-40.5, None, "outside_hard")),
        (None, Reading(None, None, "no_number")),
        (False, Reading(None, None, "no_number")),
        ("", Reading(None, None, "no_number")),
        ("cold", Reading(None, None, "not_number")),
        ("38,5", Reading(None, None, "not_number")),
        ("1e2", Reading(None, None, "not_number")),
        ("nan", Reading(None, None, "not_number")),
        (math.nan, Reading(None, None, "not_number")),
        (math.inf, Reading(None, None, "not_number")),
        (True, Reading(None, None, "not_number")),
        ([38], Reading(None, None, "not_number")),
    ],
)
def test_reading(raw, expected):
    assert read_number(raw, FRIDGE) == expected


def test_zero_is_a_limit_like_any_other():
    freezer = Limits(maximum=0)
    assert read_number(0, freezer).result == "pass"
    assert read_number(0.1, freezer).result == "fail"
    assert read_number(-300, freezer).result == "pass"


def test_without_limits_every_number_passes():
    assert read_number("-1234.5", Limits()) == Reading(-1234.5, "pass")


@pytest.mark.parametrize(
    ("limits", "ordered"),
    [
        (Limits(), True),
        (FRIDGE, True),
        (Limits(2, 2), True),
        (Limits(8, 2), False),
        (Limits(2, 8, hard_minimum=3), False),
        (Limits(2, 8, hard_maximum=7), False),
        (Limits(hard_minimum=5, hard_maximum=4), False),
        (Limits(minimum=2, hard_maximum=1), False),
    ],
)
def test_order_of_limits(limits, ordered):
    assert limits.ordered() is ordered


bound = st.none() | st.floats(-1000, 1000)


@given(st.builds(Limits, bound, bound, bound, bound), st.floats(-2000, 2000))
def test_what_passes_is_possible_where_the_limits_are_in_order(limits, value):
    reading = read_number(value, limits)
    assert (reading.result is None) == (not limits.possible(value))
    if (
        limits.ordered()
        and limits.minimum is not None
        and limits.maximum is not None
        and limits.passes(value)
    ):
        assert reading.result == "pass"

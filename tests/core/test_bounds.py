"""Numbers and days beyond all reason, without Odoo."""

from datetime import date, datetime

import pytest
from tools.core.bounds import bounds_of, is_beyond, is_to_come


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("monetary", 1e300),
        ("monetary", -1e13),
        ("float", float("nan")),
        ("float", float("-inf")),
        ("float", "much"),
        ("float", [1]),
        ("integer", 2**31),
        ("integer", 10**400),
        ("date", "0001-01-01"),
        ("date", "9999-12-31"),
        ("date", "2026-13-01"),
        ("date", "tomorrow"),
        ("date", date(1, 1, 1)),
        ("datetime", "0001-01-01 00:00:00"),
        ("datetime", 5),
    ],
)
def test_beyond(kind, value):
    assert is_beyond(kind, value, bounds_of(kind, "any"))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("monetary", 0),
        ("monetary", -1e12),
        ("float", "1.5"),
        ("float", None),
        ("integer", False),
        ("integer", 2**31 - 1),
        ("date", ""),
        ("date", 0),  # as in "days and today + days"
        ("date", "1900-01-01"),
        ("date", date(2200, 12, 31)),
        ("datetime", "2026-11-30 06:00:00"),
        ("datetime", datetime(2026, 11, 30)),
    ],
)
def test_within(kind, value):
    assert not is_beyond(kind, value, bounds_of(kind, "any"))


@pytest.mark.parametrize(
    ("name", "most"),
    [("waiting_days", 36_525), ("months", 1_200), ("life_years", 100)],
)
def test_time_that_is_added_to_a_day_is_a_hundred_years_at_most(name, most):
    assert bounds_of("integer", name) == bounds_of("float", name) == (-most, most)
    assert not is_beyond("integer", most, bounds_of("integer", name))
    assert is_beyond("integer", most + 1, bounds_of("integer", name))


@pytest.mark.parametrize(
    ("value", "to_come"),
    [
        (None, False),
        (False, False),
        ("2026-11-30", False),
        ("2026-12-01", True),
        (date(2026, 12, 1), True),
        ("2026-11-30 12:04:00", False),  # a phone whose clock is fast
        ("2026-11-30 12:06:00", True),
        (datetime(2026, 11, 30, 12, 6), True),
        (datetime(2026, 11, 30, 11), False),
    ],
)
def test_what_has_happened_is_not_to_come(value, to_come):
    noon = datetime(2026, 11, 30, 12)
    assert is_to_come(value, noon.date(), noon) is to_come


def test_today_is_the_readers_and_not_that_of_utc():
    evening = datetime(2026, 12, 1, 2)  # November 30 in Chicago
    assert not is_to_come("2026-11-30", date(2026, 11, 30), evening)
    assert is_to_come("2026-12-01", date(2026, 11, 30), evening)
    # the morning of December 2 in Auckland
    assert not is_to_come("2026-12-02", date(2026, 12, 2), datetime(2026, 12, 1, 20))

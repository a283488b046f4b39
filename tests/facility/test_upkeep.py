"""When preventive work is due next."""

import datetime as dt
from decimal import Decimal

import pytest
from tools.facility.upkeep import Reading, add, after, counter_due, daily_use

D = dt.date


@pytest.mark.parametrize(
    ("day", "every", "unit", "expected"),
    [
        (D(2026, 1, 31), 1, "month", D(2026, 2, 28)),
        (D(2028, 1, 31), 1, "month", D(2028, 2, 29)),
        (D(2026, 11, 30), 3, "month", D(2027, 2, 28)),
        (D(2028, 2, 29), 1, "year", D(2029, 2, 28)),
        (D(2026, 12, 31), 2, "week", D(2027, 1, 14)),
        (D(2026, 12, 31), 1, "day", D(2027, 1, 1)),
        (D(2026, 12, 15), 12, "month", D(2027, 12, 15)),
    ],
)
def test_add(day, every, unit, expected):
    assert add(day, every, unit) == expected


def test_an_interval_counts_from_one():
    with pytest.raises(ValueError, match="from 1"):
        add(D(2026, 1, 1), 0, "day")


@pytest.mark.parametrize(
    ("basis", "done", "closed", "today", "expected"),
    [
        # the rhythm stays, whenever it was done
        ("date", True, D(2026, 3, 20), D(2026, 3, 20), D(2026, 6, 1)),
        ("date", False, D(2026, 3, 15), D(2026, 3, 16), D(2026, 6, 1)),
        # and does not come due in the past
        ("date", True, D(2026, 9, 10), D(2026, 9, 10), D(2026, 12, 1)),
        ("completion", True, D(2026, 3, 20), D(2026, 3, 21), D(2026, 6, 20)),
        # missed work is due at once again
        ("completion", False, D(2026, 3, 15), D(2026, 3, 16), D(2026, 3, 17)),
        ("counter", False, D(2026, 3, 15), D(2026, 3, 16), D(2026, 3, 17)),
        ("counter", True, D(2026, 3, 15), D(2026, 3, 16), None),
    ],
)
def test_after(basis, done, closed, today, expected):
    due = D(2026, 3, 1)
    assert after(basis, due, closed, today, 3, "month", done=done) == expected


def test_the_rhythm_keeps_the_months_end():
    """RFC 5545 (rrule) would skip the short month; a practice takes its last day."""
    days, due = [], D(2026, 1, 31)
    for _month in range(4):
        days.append(due)
        due = after("date", due, due, due, 1, "month", done=True, month_day=31)
    assert days == [D(2026, 1, 31), D(2026, 2, 28), D(2026, 3, 31), D(2026, 4, 30)]
    # also where several months were left out
    late = D(2026, 4, 15)
    following = after(
        "date", D(2026, 1, 31), late, late, 1, "month", done=False, month_day=31
    )
    assert following == D(2026, 4, 30)


@pytest.mark.parametrize("month_day", [0, 28])
def test_a_plan_of_the_28th_stays_on_the_28th(month_day):
    assert add(D(2026, 2, 28), 1, "month", month_day) == D(2026, 3, 28)


def readings(*pairs):
    return [Reading(D(2026, 1, day), Decimal(value)) for day, value in pairs]


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ([], None),
        (readings((1, 100)), None),
        (readings((1, 0), (11, 480)), D(2026, 1, 12)),  # 48 a day: 20 left, one day
        (readings((1, 0), (11, 500)), D(2026, 1, 11)),  # reached with this reading
        (readings((11, 500), (1, 0)), D(2026, 1, 11)),  # in any order
        (readings((1, 0), (11, 530), (12, 560)), D(2026, 1, 11)),
        (readings((1, 0), (11, 100)), None),  # 40 days ahead: beyond the lead
        (readings((1, 400), (11, 400)), None),  # it stands still
        (readings((5, 400), (5, 450)), None),  # one day says nothing about a day's use
    ],
)
def test_counter_due(series, expected):
    assert counter_due(series, Decimal(0), Decimal(500), 14) == expected


def test_the_count_starts_at_the_last_work():
    series = readings((1, 0), (11, 1010))
    assert counter_due(series, Decimal(500), Decimal(500), 14) == D(2026, 1, 11)
    assert counter_due(series, Decimal(600), Decimal(500), 14) == D(2026, 1, 12)


def test_daily_use():
    assert daily_use(readings((1, 100), (11, 150), (21, 300))) == Decimal(10)
    assert daily_use(readings((1, 100))) is None

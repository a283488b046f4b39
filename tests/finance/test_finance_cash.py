"""Thirteen weeks of cash: rhythms, due dates at the ends of months, weeks, back-test."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.finance.cash.forecast import Flow, back_test, forecast, spans
from tools.finance.cash.recurring import due_dates, monthly
from tools.finance.cash.rhythm import expected, rhythms

SUNDAY = date(2026, 6, 14)
MONDAY = date(2026, 6, 15)
D = Decimal


def test_january_31_comes_back_to_the_31st():
    days = list(
        due_dates(date(2026, 1, 31), "month", date(2026, 1, 1), date(2026, 5, 31))
    )
    assert days == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
        date(2026, 5, 31),
    ]


def test_february_29_in_a_leap_year():
    assert monthly(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert monthly(date(2024, 2, 29), 48) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("week", ["2026-06-02", "2026-06-09", "2026-06-16"]),
        ("two_weeks", ["2026-06-02", "2026-06-16"]),
        ("quarter", ["2026-06-05"]),
    ],
)
def test_other_rhythms(every, days):
    anchor = {"quarter": date(2025, 12, 5)}.get(every, date(2026, 5, 5))
    found = due_dates(anchor, every, date(2026, 6, 1), date(2026, 6, 17))
    assert [day.isoformat() for day in found] == days


def test_an_unknown_rhythm_is_refused():
    with pytest.raises(ValueError, match="no rhythm"):
        list(due_dates(MONDAY, "sometimes", MONDAY, MONDAY))


@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.sampled_from(["week", "two_weeks", "month", "quarter", "half_year", "year"]),
    st.integers(0, 900),
    st.integers(0, 400),
)
def test_no_due_date_is_lost_or_doubled_by_where_one_looks(
    anchor, every, ahead, length
):
    """Two spans side by side show what one span over both shows."""
    start = anchor + timedelta(days=ahead - 300)
    end = start + timedelta(days=length)
    middle = start + timedelta(days=length // 2)
    whole = list(due_dates(anchor, every, start, end))
    left = list(due_dates(anchor, every, start, middle))
    right = list(due_dates(anchor, every, middle + timedelta(days=1), end))
    assert whole == left + right
    assert all(max(start, anchor) <= day <= end for day in whole)


def test_a_payer_with_a_rhythm_and_one_without():
    typical, usual = rhythms([(1, 40), (1, 44), (1, 41), (2, 10), (3, 20)])
    assert typical == {1: 41}
    assert usual == 40
    issued, due = date(2026, 6, 1), date(2026, 6, 30)
    assert expected(issued, due, 1, typical, usual, MONDAY) == date(2026, 7, 13)  # Mon
    assert expected(issued, due, 2, typical, usual, MONDAY) == date(2026, 7, 13)
    assert expected(issued, due, 2, {}, None, MONDAY) == due
    late = expected(date(2026, 1, 1), due, 1, typical, usual, MONDAY)
    assert late == date(2026, 6, 22)


def test_what_falls_on_a_sunday_comes_on_monday():
    assert expected(SUNDAY, SUNDAY + timedelta(days=7), 1, {}, None, MONDAY) == date(
        2026, 6, 22
    )


def test_the_weeks_end_on_sundays():
    weeks = spans(date(2026, 6, 17), 3)
    assert weeks == [
        (date(2026, 6, 17), date(2026, 6, 21)),
        (date(2026, 6, 22), date(2026, 6, 28)),
        (date(2026, 6, 29), date(2026, 7, 5)),
    ]
    assert len(spans(MONDAY)) == 13


def test_a_day_below_the_minimum_is_seen_though_the_week_ends_above_it():
    weeks = forecast(
        D(1000),
        [
            Flow(MONDAY + timedelta(days=1), D(-800), "pay"),
            Flow(MONDAY + timedelta(days=3), D(900), "customer"),
            Flow(MONDAY - timedelta(days=1), D(5000), "past"),
        ],
        MONDAY,
        D(500),
        2,
    )
    assert [week.closing for week in weeks] == [D(1100), D(1100)]
    assert weeks[0].below
    assert (weeks[0].lowest, weeks[0].lowest_day) == (D(200), date(2026, 6, 16))
    assert not weeks[1].below


def test_on_one_day_what_goes_is_counted_first():
    flows = [Flow(MONDAY, D(900), "customer"), Flow(MONDAY, D(-950), "bill")]
    assert forecast(D(0), flows, MONDAY)[0].lowest == D(-950)


@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.integers(-10000, 10000).filter(bool)),
        max_size=40,
    )
)
def test_the_last_week_closes_with_everything_that_flowed(rows):
    flows = [
        Flow(MONDAY + timedelta(days=day), D(cents) / 100, "x") for day, cents in rows
    ]
    weeks = forecast(D(50), flows, MONDAY)
    assert weeks[-1].closing == D(50) + sum(flow.amount for flow in flows)
    assert sum(week.received - week.spent for week in weeks) == weeks[-1].closing - 50
    for before, after in itertools.pairwise(weeks):
        assert after.opening == before.closing


def test_the_back_test_says_how_far_off_each_week_was():
    weeks = [(MONDAY, MONDAY + timedelta(days=6), D(100))]
    real = [(MONDAY, D(80)), (MONDAY + timedelta(days=7), D(999))]
    (miss,) = back_test(weeks, real)
    assert (miss.actual, miss.off) == (D(80), D(-20))

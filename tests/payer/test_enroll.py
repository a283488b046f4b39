"""Lead times, clocks and the money that a pending enrollment holds."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from tools.payer.enroll.clocks import clock_of, clocks, due
from tools.payer.enroll.lead import plan
from tools.payer.enroll.money import Pending, held, held_days, lapse_cost, ranked


@pytest.mark.parametrize(
    ("needed", "gather", "review", "start", "submit"),
    [
        # 90 days before June 1, 2027 is March 3; nothing to gather
        (date(2027, 6, 1), 0, 90, date(2027, 3, 3), date(2027, 3, 3)),
        (date(2027, 6, 1), 14, 90, date(2027, 2, 17), date(2027, 3, 3)),
        # July 4, 2027 is a Sunday: submitted on Friday, since Monday is its holiday
        (date(2027, 8, 3), 0, 29, date(2027, 7, 2), date(2027, 7, 2)),
        (date(2027, 1, 1), 0, 0, date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_the_plan_counts_back_to_a_business_day(needed, gather, review, start, submit):
    found = plan(needed, gather, review)
    assert (found.start, found.submit, found.needed) == (start, submit, needed)


def test_days_are_not_negative():
    with pytest.raises(ValueError, match="0 up"):
        plan(date(2027, 6, 1), -1, 90)


@pytest.mark.parametrize(
    ("code", "done", "until"),
    [
        ("caqh", date(2026, 8, 1), date(2026, 11, 29)),  # 120 days
        ("recredential", date(2024, 2, 29), date(2027, 2, 28)),
        ("medicare", date(2021, 11, 30), date(2026, 11, 30)),
        ("medicaid", date(2022, 3, 1), date(2027, 3, 1)),
    ],
)
def test_a_clock_runs_from_what_was_done(code, done, until):
    assert due(code, done) == until


def test_before_its_rule_there_is_no_clock():
    assert due("medicaid", date(2010, 1, 1)) is None


def test_every_row_names_its_source_and_says_whether_it_was_checked():
    assert {row.code for row in clocks()} == {
        "caqh",
        "recredential",
        "medicare",
        "medicaid",
    }
    assert all(row.source and (row.days or row.months) for row in clocks())
    assert not clock_of("medicaid", date(2026, 1, 1), "CA").checked


@pytest.mark.parametrize(
    ("state", "done", "until"),
    [
        ("WI", date(2023, 6, 15), date(2026, 6, 15)),  # ForwardHealth: three years
        ("AZ", date(2020, 6, 1), date(2025, 6, 1)),  # AHCCCS before: five
        ("AZ", date(2022, 6, 1), date(2026, 6, 1)),  # and since: four
        (
            "OH",
            date(2013, 1, 1),
            date(2018, 1, 1),
        ),  # before its own rule: the federal one
        ("MN", date(2022, 2, 28), date(2027, 2, 28)),
        ("CA", date(2022, 3, 1), date(2027, 3, 1)),  # no row of its own
    ],
)
def test_medicaid_runs_by_the_state(state, done, until):
    assert due("medicaid", done, state) == until


def test_no_state_runs_longer_than_the_federal_rule_and_none_has_a_hole():
    spans = {}
    for row in clocks():
        if row.code == "medicaid" and row.state:
            assert row.months <= 60, row
            assert row.checked, row
            spans.setdefault(row.state, []).append((row.date_from, row.date_to))
    assert len(spans) == 12
    for state, found in spans.items():
        found.sort()
        assert found[-1][1] is None, state
        for (_start, end), (start, _end) in pairwise(found):
            assert end + timedelta(days=1) == start, state


@pytest.mark.parametrize(
    ("needed", "until", "visits", "payment", "dollars"),
    [
        # 21 visits a week are 3 a day: 10 days x 3 x $120
        (date(2026, 11, 1), date(2026, 11, 11), "21", "120", "3600.00"),
        (date(2026, 11, 1), date(2026, 11, 1), "21", "120", "0"),
        (date(2026, 12, 1), date(2026, 11, 1), "21", "120", "0"),
        # 10 x 104.37 x 1 / 7 = 149.10
        (date(2026, 11, 1), date(2026, 11, 2), "10", "104.37", "149.10"),
    ],
)
def test_money_held(needed, until, visits, payment, dollars):
    assert held(needed, until, Decimal(visits), Decimal(payment)) == Decimal(dollars)


@pytest.mark.parametrize(
    ("covered", "days"),
    [
        ((), 30),
        # effective throughout: a recredentialing beside it holds nothing
        (((date(2024, 1, 1), None),), 0),
        # terminated on November 10: that day was paid, the next is held
        (((date(2024, 1, 1), date(2026, 11, 10)),), 20),
        # terminated before it was needed: all of it is held
        (((date(2024, 1, 1), date(2026, 10, 31)),), 30),
        # two others, one after the other, and a hole of five days between them
        (((date(2024, 1, 1), date(2026, 11, 10)), (date(2026, 11, 16), None)), 5),
        # effective after the look
        (((date(2026, 12, 1), None),), 30),
    ],
)
def test_days_that_another_enrollment_paid_hold_nothing(covered, days):
    needed, until = date(2026, 11, 1), date(2026, 12, 1)
    assert held_days(needed, until, covered) == days
    money = held(needed, until, Decimal(21), Decimal(120), covered)
    assert money == days * Decimal("360.00")


def test_the_most_money_comes_first():
    rows = [
        Pending("late", date(2026, 10, 1), Decimal(7), Decimal(100)),
        Pending("big", date(2026, 11, 1), Decimal(70), Decimal(100)),
        Pending("ahead", date(2027, 1, 1), Decimal(70), Decimal(100)),
    ]
    assert ranked(rows, date(2026, 11, 11)) == [
        ("big", Decimal("10000.00")),
        ("late", Decimal("4100.00")),
        ("ahead", Decimal(0)),
    ]


def test_visits_are_not_negative():
    with pytest.raises(ValueError, match="not negative"):
        held(date(2026, 11, 1), date(2026, 11, 2), Decimal(-1), Decimal(100))


def test_what_a_lapsed_attestation_costs():
    weeks = [(Decimal(21), Decimal(120)), (Decimal(14), Decimal(100))]
    assert lapse_cost(weeks, 30) == (Decimal("560.00"), Decimal("16800.00"))
    assert lapse_cost([], 30) == (Decimal(0), Decimal(0))

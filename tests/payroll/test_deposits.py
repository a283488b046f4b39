"""Deposit calendar, by the examples of IRS Pub. 15 (2025), section 11."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from casefile import cases
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.books.ageing import Liability, ageing
from tools.payroll.returns.deposits import (
    Deposit,
    Schedule,
    calendar,
    due_date,
    futa_calendar,
    lookback,
    return_due,
    schedule_for,
    with_return,
)
from tools.payroll.returns.penalty import Required, apply, penalty

MONTHLY, SEMIWEEKLY = Schedule.MONTHLY, Schedule.SEMIWEEKLY
VECTORS = {
    row["vector_id"]: row
    for row in cases("irs_pub15_2025_deposit_and_941_examples_vectors.csv")
}


def said(vector):
    return VECTORS[vector]["expected"]


def dues(liabilities, schedule):
    found = calendar({day: D(amount) for day, amount in liabilities.items()}, schedule)
    return [(deposit.due, deposit.amount) for deposit in found]


def test_dep_01_wages_of_each_friday_in_march_are_due_on_15_april():
    fridays = {date(2025, 3, day): 1000 for day in (7, 14, 21, 28)}
    assert said("DEP-01") == "due 2025-04-15"
    assert dues(fridays, MONTHLY) == [(date(2025, 4, 15), 4000)]


def test_dep_03_the_last_friday_of_may_is_due_on_the_next_wednesday():
    assert said("DEP-03") == "due Wed 2025-06-04"
    assert dues({date(2025, 5, 30): 900}, SEMIWEEKLY) == [(date(2025, 6, 4), 900)]


@pytest.mark.parametrize(
    ("friday", "thursday"),
    [(date(2025, 1, 17), date(2025, 1, 23)), (date(2025, 5, 23), date(2025, 5, 29))],
)
def test_dep_05_a_holiday_on_monday_gives_one_day_more(friday, thursday):
    assert said("DEP-05") == "due Thursday instead of Wednesday"
    assert due_date(friday, SEMIWEEKLY) == thursday


def test_dep_07_the_count_begins_anew_after_a_next_day_deposit():
    """Fir Co.: 110,000 on Monday, 30,000 on Tuesday."""
    assert said("DEP-07") == "110,000 due Tuesday; 30,000 due Friday"
    monday = date(2025, 3, 3)
    found = dues({monday: 110000, monday + timedelta(days=1): 30000}, SEMIWEEKLY)
    assert found == [(date(2025, 3, 4), 110000), (date(2025, 3, 7), 30000)]


def test_a_liability_is_not_counted_on_after_the_period_has_closed():
    """95,000 on Tuesday and 10,000 on Wednesday are two deposit periods."""
    found = dues({date(2025, 3, 4): 95000, date(2025, 3, 5): 10000}, SEMIWEEKLY)
    assert found == [(date(2025, 3, 7), 95000), (date(2025, 3, 12), 10000)]


def test_elm_becomes_a_semiweekly_depositor():
    """40,000 on 7 May and 60,000 on 9 May 2025 are due on Monday 12 May."""
    found = calendar(
        {
            date(2025, 5, 7): D(40000),
            date(2025, 5, 9): D(60000),
            date(2025, 5, 23): D(5000),
        },
        MONTHLY,
    )
    assert [(d.due, d.amount) for d in found] == [
        (date(2025, 5, 12), 100000),
        (date(2025, 5, 29), 5000),  # Memorial Day on the 26th
    ]
    assert found[1].rule == "semiweekly schedule"
    assert schedule_for(2026, [D(0)] * 4, next_day_hit=True) is SEMIWEEKLY


def test_dep_09_rose_co_is_monthly_and_then_semiweekly():
    assert said("DEP-09") == "semiweekly for 2025"
    assert lookback(2025) == (date(2023, 7, 1), date(2024, 6, 30))
    assert schedule_for(2024, [D(12000)] * 4) is MONTHLY
    assert schedule_for(2025, [*[D(12000)] * 3, D(15000)]) is SEMIWEEKLY


def test_dep_11_a_corrected_return_does_not_count():
    """45,000 as first reported, whatever Form 941-X added later."""
    assert said("DEP-11").startswith("still monthly")
    assert schedule_for(2025, [D(45000)]) is MONTHLY


def test_fifty_thousand_is_still_monthly():
    assert schedule_for(2025, [D(50000)]) is MONTHLY
    assert schedule_for(2025, [D("50000.01")]) is SEMIWEEKLY


def test_a_new_employer_is_monthly():
    assert schedule_for(2026, []) is MONTHLY


def test_dep_15_futa_is_carried_until_it_exceeds_500():
    assert "500 or less carries forward" in said("DEP-15")
    found = futa_calendar(2025, [D(300), D(200), D("0.01"), D(400)])
    assert [(d.due, d.amount, d.rule) for d in found] == [
        (date(2025, 10, 31), D("500.01"), "over 500"),
        (date(2026, 2, 2), 400, "500 or less: with Form 940"),
    ]
    assert [day.month for day in found[0].paydays] == [1, 4, 7]


def test_no_futa_no_deposit():
    assert futa_calendar(2025, [D(0)] * 4) == ()


def test_two_quarters_in_one_period_are_two_deposits():
    """Paydays 29 March and 1 April 2025: both due on Friday 4 April."""
    found = dues({date(2025, 3, 29): 700, date(2025, 4, 1): 800}, SEMIWEEKLY)
    assert found == [(date(2025, 4, 4), 700), (date(2025, 4, 4), 800)]


def test_a_monthly_deposit_on_a_saturday_is_due_on_monday():
    assert due_date(date(2025, 10, 31), MONTHLY) == date(2025, 11, 17)


@pytest.mark.parametrize(
    ("year", "quarter", "due", "due_when_deposited"),
    [
        (2025, 3, date(2025, 10, 31), date(2025, 11, 10)),
        (2026, 1, date(2026, 4, 30), date(2026, 5, 11)),
        (2026, 2, date(2026, 7, 31), date(2026, 8, 10)),
        (2026, 3, date(2026, 11, 2), date(2026, 11, 10)),
        (2026, 4, date(2027, 2, 1), date(2027, 2, 10)),
    ],
)
def test_filing_dates(year, quarter, due, due_when_deposited):
    """us_facts section G: 30 Apr, 31 Jul, 2 Nov 2026 and 1 Feb 2027."""
    assert return_due(year, quarter) == due
    assert return_due(year, quarter, deposited_on_time=True) == due_when_deposited


@pytest.mark.parametrize(
    ("now", "before", "hit", "allowed"),
    [
        (2400, None, False, True),
        (2500, None, False, False),
        (9000, 2000, False, True),
        (9000, 2500, False, False),
        (2400, 2000, True, False),
    ],
)
def test_small_employers_pay_with_the_return(now, before, hit, allowed):
    prior = None if before is None else D(before)
    day = date(2025, 6, 30)
    assert with_return(D(now), prior, day, next_day_hit=hit) is allowed


@pytest.mark.parametrize(
    ("days", "cost"),
    [(0, 0), (-3, 0), (1, 20), (5, 20), (6, 50), (15, 50), (16, 100), (200, 100)],
)
def test_penalty_rates(days, cost):
    due = date(2025, 4, 15)
    assert penalty(D(1000), due, due + timedelta(days=days)).amount == cost


def test_penalty_after_the_notice():
    due = date(2025, 4, 15)
    late = penalty(D(1000), due, date(2025, 9, 1), after_notice=True)
    assert late.amount == 150


def test_cedars_deposit_goes_to_the_latest_liability():
    """Pub. 15 p. 35: 2,000 on 15 May for 1,000 of April and 1,500 of May."""
    owed = [Required(date(2025, 4, 15), D(1000)), Required(date(2025, 5, 15), D(1500))]
    april, may = apply(D(2000), date(2025, 5, 15), owed)
    assert (april.open, may.open) == (500, 0)


def test_ageing_by_payee():
    today = date(2026, 11, 24)

    def owed(payee, days_late, amount, paid=0):
        return Liability(payee, today - timedelta(days=days_late), D(amount), D(paid))

    rows = ageing(
        [
            owed("US Treasury", -3, 900),
            owed("US Treasury", 0, 50),
            owed("US Treasury", 1, 10),
            owed("Ohio", 30, 20),
            owed("Ohio", 31, 30, 5),
            owed("Ohio", 91, 40),
            owed("Paid", 10, 70, 70),
        ],
        today,
    )
    assert [(r.payee, r.not_due, r.overdue, r.total) for r in rows] == [
        ("Ohio", 0, (20, 25, 0, 40), 85),
        ("US Treasury", 950, (10, 0, 0, 0), 960),
    ]
    assert rows[1].next_due == today - timedelta(days=1)


days = st.dates(date(2025, 1, 1), date(2025, 12, 31))
taxes = st.decimals(min_value=D("0.01"), max_value=120000, places=2)


@given(st.dictionaries(days, taxes, max_size=30), st.sampled_from(Schedule))
def test_every_dollar_is_deposited_once_and_never_before_it_is_owed(owed, schedule):
    found = calendar(owed, schedule)
    assert sum((d.amount for d in found), D(0)) == sum(owed.values(), D(0))
    paid = sorted(day for deposit in found for day in deposit.paydays)
    assert paid == sorted(owed)
    for deposit in found:
        assert isinstance(deposit, Deposit)
        assert deposit.due > max(deposit.paydays)
        assert len({(day.month + 2) // 3 for day in deposit.paydays}) == 1
        assert deposit.due.weekday() < 5


@given(days)
def test_semiweekly_deposits_have_three_business_days(payday):
    due = due_date(payday, SEMIWEEKLY)
    assert 3 <= (due - payday).days <= 9

"""Daily overtime of the states: cases by statute, and no hour counted twice."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D

import pytest
from casefile import cases, ids
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.law.lawtable import rows
from tools.payroll.time.attendance import Interval, work_of
from tools.payroll.time.dailyrule import (
    rule_on,
    state_premium,
    state_premium_on_bonus,
    state_week,
    states_with_rule,
)
from tools.payroll.time.overtime import Salary, Shift, Work, weekly
from tools.payroll.time.paytime import hourly, salaried
from tools.payroll.time.proration import Pay
from tools.payroll.time.timecard import Basis, Bucket, Timecard
from tools.payroll.time.workday import by_shift, clipped, rolling
from tools.payroll.time.workperiod import Scheme, Span

SUNDAY = date(2026, 3, 1)
WEEK = Span(SUNDAY, SUNDAY + timedelta(days=6))
CASES = cases("daily_overtime_cases.csv")


def days(*hours, rate=D(20), shifts=()):
    return [
        Work(SUNDAY + timedelta(days=i), D(h), rate, shifts)
        for i, h in enumerate(hours)
        if h
    ]


def rules(state):
    rule = rule_on(state, SUNDAY)
    return dict.fromkeys(WEEK.days(), rule) if rule else {}


def card(work, state, **more):
    return Timecard(WEEK, work, week_starts=SUNDAY, daily=rules(state), **more)


@pytest.mark.parametrize("row", CASES, ids=ids(CASES))
def test_weeks_by_the_letter_of_the_law(row):
    work = days(*row["days"].split(), rate=D(row["rate"]))
    found = state_week(work, rules(row["state"]))
    assert sum(found.half.values(), D(0)) == D(row["half"])
    assert sum(found.double.values(), D(0)) == D(row["double"])
    federal = weekly(work)
    assert federal.overtime_hours == D(row["federal"])
    assert federal.premium + state_premium(found, federal).amount == D(row["premium"])


def test_the_table_names_four_states_with_law_and_source():
    assert states_with_rule() == {"AK", "CA", "CO", "NV"}
    for row in rows("state_daily_overtime"):
        assert row["law"], row["state"]
        assert row["source"], row["state"]
    assert rule_on("CA", date(2024, 12, 31)) is None


def test_an_agreed_longer_day_moves_both_limits():
    ten = {d: r.agreed(D(10)) for d, r in rules("CA").items()}
    assert state_week(days(10, 10, 10, 10), ten).hours == 0
    twelve = {d: r.agreed(D(12)) for d, r in rules("CA").items()}
    found = state_week(days(13, 12, 12), twelve)
    assert (found.hours, found.halves) == (1, 2)


def test_the_federal_and_the_states_premium_stand_apart():
    earnings, time = hourly(card(days(10, 10, 10, 10, 12), "CA"), lambda _d: D(20))
    paid = {e.code: e for e in earnings}
    assert paid["REG"].amount == 52 * 20
    assert (paid["OTP"].amount, paid["OTP"].hours) == (120, 12)
    assert "OTS" not in paid, "the same hours, the same premium: nothing beyond"
    assert time.hours[Bucket.OVERTIME] == 12
    earnings, time = hourly(card(days(10, 10, 10), "CA"), lambda _d: D(20))
    paid = {e.code: e for e in earnings}
    assert "OTP" not in paid
    assert (paid["OTS"].amount, paid["OTS"].hours) == (60, 6)
    assert paid["OTS"].name == "California overtime premium, week to 03/07/2026"
    assert paid["OTS"].steps[0].source == "Cal. Labor Code 510 and 515(d)"
    assert (time.hours[Bucket.REGULAR], time.hours[Bucket.OVERTIME]) == (24, 6)


def test_a_differential_raises_the_states_premium():
    night = (Shift("1", "Night", D(4)),)
    earnings, _time = hourly(card(days(10, shifts=night), "CA"), lambda _d: D(20))
    paid = {e.code: e for e in earnings}
    assert paid["DIFF"].amount == 40
    assert paid["OTS"].amount == 24  # 2 hours x half of (20 + 4)


def test_a_salary_in_california_pays_no_overtime_hour():
    """Labor Code 515(d)(2): four days of ten hours: 8 hours at 1.5 x 1/40 besides."""
    one = card(days(10, 10, 10, 10), "CA", basis=Basis.SALARIED)
    pays = [Pay(WEEK, D(1000))]
    earnings, _time = salaried(
        one, pays, weekly_salary=lambda _w: Salary(D(1000), D(40))
    )
    assert sum(e.amount for e in earnings) == 1000 + 8 * 25 * D("1.5")
    one = card(days(10, 10, 10, 10), "CO", basis=Basis.SALARIED)
    earnings, _time = salaried(
        one, pays, weekly_salary=lambda _w: Salary(D(1000), D(40))
    )
    assert sum(e.amount for e in earnings) == 1000


def test_exempt_people_and_8_and_80_have_no_daily_overtime():
    one = card(days(14), "CA", basis=Basis.EXEMPT)
    earnings, _time = salaried(one, [Pay(WEEK, D(1000))])
    assert [e.code for e in earnings] == ["REG"]
    one = card(days(10), "CO", scheme=Scheme.FORTNIGHT)
    earnings, _time = hourly(one, lambda _d: D(20))
    assert "OTS" not in {e.code for e in earnings}


def at(day, start, hours):
    begin = datetime(2026, 3, day, start)
    return Interval(begin, begin + timedelta(hours=hours), D(12))


def of_stretches(state, *stretches):
    return state_week(work_of(stretches), rules(state), stretches)


def test_a_nevada_day_is_24_hours_from_the_begin_of_work():
    """NRS 608.0126: nine to five, and back at eight the next morning: one hour more."""
    found = of_stretches("NV", at(2, 9, 8), at(3, 8, 8))
    assert (found.hours, found.straight) == (1, 15)
    assert of_stretches("NV", at(2, 9, 8), at(3, 9, 8)).hours == 0


def test_a_shift_over_midnight_is_one_nevada_day():
    assert of_stretches("NV", at(2, 20, 10)).hours == 2
    assert of_stretches("CA", at(2, 20, 10)).hours == 0


def test_twelve_consecutive_hours_count_over_midnight_in_colorado():
    assert of_stretches("CO", at(2, 19, 13)).hours == 1
    meal = of_stretches("CO", at(2, 19, 6), at(3, 2, 7))
    assert meal.hours == 1, "an hour for a meal does not end the shift"
    assert of_stretches("CO", at(2, 19, 6), at(3, 3, 7)).hours == 0


def test_the_larger_of_day_and_shift_counts_in_colorado():
    assert of_stretches("CO", at(2, 6, 6), at(2, 14, 7)).hours == 1  # 13 hours a day


def test_attendances_are_cut_at_the_week():
    one = Interval(datetime(2026, 2, 28, 20), datetime(2026, 3, 1, 6))
    last = Interval(datetime(2026, 3, 7, 20), datetime(2026, 3, 8, 6))
    found = clipped([last, one], WEEK)
    assert [piece.seconds for piece in found] == [4 * 3600, 6 * 3600, 4 * 3600]


@pytest.mark.parametrize(("where", "length", "more"), [("NV", 10, 2), ("CO", 14, 2)])
def test_a_workday_goes_on_over_the_begin_of_the_week(where, length, more):
    """From Saturday at 20:00: what is over 8 (12) hours is worked on Sunday."""
    begin = datetime(2026, 2, 28, 20)
    shift = Interval(begin, begin + timedelta(hours=length), D(12))
    work = [w for w in work_of([shift]) if w.day in WEEK]
    found = card(work, where, stretches=(shift,)).state_week(WEEK, work)
    assert found.by_day() == {SUNDAY: more}
    assert found.straight == length - 4 - more
    before = Span(SUNDAY - timedelta(days=7), SUNDAY - timedelta(days=1))
    rest = [w for w in work_of([shift]) if w.day in before]
    daily = dict.fromkeys(before.days(), rule_on(where, SUNDAY))
    one = Timecard(before, rest, daily=daily, stretches=(shift,))
    assert one.state_week(before, rest).hours == 0


def test_the_seventh_day_doubles_after_eight_whatever_was_agreed():
    """Labor Code 510(a): any work in excess of eight hours on any seventh day."""
    ten = {d: r.agreed(D(10)) for d, r in rules("CA").items()}
    found = state_week(days(1, 1, 1, 1, 1, 1, 10), ten)
    assert (found.hours, sum(found.double.values())) == (10, 2)


def test_a_flat_bonus_in_california_is_divided_by_the_straight_hours():
    """Alvarado: 100 / 40 hours = 2.50; 1.5 times of it for each of 10 hours."""
    earnings, _time = hourly(
        card(days(10, 10, 10, 10, 10), "CA"), lambda _d: D(20), D(100)
    )
    paid = {(e.code, e.key): e.amount for e in earnings}
    assert paid["OTP", "bonus"] == 10  # 100 / 50 x half x 10
    assert paid["OTP", "bonus"] + paid["OTS", "bonus"] == D("37.50")


def test_a_bonus_without_a_rule_adds_nothing():
    weeks = [state_week(days(10, 10, 10, 10, 10), {})]
    assert state_premium_on_bonus(D(100), weeks, D(10)).amount == 0


hour = st.decimals(min_value=0, max_value=20, places=2)
week = st.lists(hour, min_size=1, max_size=7).map(lambda h: days(*h))
state = st.sampled_from(["AK", "CA", "CO", "NV", "WI"])


@given(week, state)
def test_hours_are_conserved_and_none_is_overtime_twice(work, where):
    found = state_week(work, rules(where))
    total = sum((w.hours for w in work), D(0))
    assert found.straight + found.hours == total
    assert found.straight <= 40
    for item in work:
        assert found.by_day().get(item.day, D(0)) <= item.hours
    assert min([*found.half.values(), *found.double.values(), D(0)]) == 0


@given(week, state)
def test_the_state_never_asks_less_than_the_act(work, where):
    found, federal = state_week(work, rules(where)), weekly(work)
    assert found.hours >= federal.overtime_hours
    more = state_premium(found, federal).amount
    assert more >= 0
    exact = federal.regular_rate * found.halves / 2
    assert abs(federal.premium + more - exact) <= D("0.005")


@given(week, state)
def test_the_buckets_hold_every_hour_once(work, where):
    _earnings, time = hourly(card(work, where), lambda _d: D(20))
    total = sum((w.hours for w in work), D(0))
    assert time.hours[Bucket.REGULAR] + time.hours[Bucket.OVERTIME] == total
    assert time.hours[Bucket.REGULAR] >= 0


# at most one stretch of up to 20 hours a day, five days, none over another
stretch = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 20)), min_size=1, max_size=5
).map(lambda days: [at(2 + i, begin, h) for i, (begin, h) in enumerate(days)])


@given(stretch, st.sampled_from(["CO", "NV"]))
def test_no_hour_is_lost_by_another_workday(stretches, where):
    found = state_week(work_of(stretches), rules(where), stretches)
    total = sum((w.hours for w in work_of(stretches)), D(0))
    assert found.straight + found.hours == total
    assert sum(unit.hours for unit in rolling(stretches)) == total
    assert sum(unit.hours for unit in by_shift(stretches)) == total
    assert all(unit.hours <= 24 for unit in rolling(stretches))


@given(week)
def test_without_a_rule_it_is_the_federal_week(work):
    found = state_week(work, {})
    assert found.hours == weekly(work).overtime_hours
    assert not any(found.double.values())

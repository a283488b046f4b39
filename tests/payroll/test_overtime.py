"""Overtime of the Fair Labor Standards Act, by the Department of Labor's examples."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from casefile import cases, ids
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.time.bonus import Basis, Week, overtime_on_bonus
from tools.payroll.time.overtime import (
    Extra,
    Salary,
    Shift,
    Work,
    eight_and_eighty,
    weekly,
)

MONDAY = date(2026, 3, 2)
CASES = cases("overtime_cases.csv")


def week(text, day=MONDAY):
    """``"30@10;15@12"``: hours at a rate, each on a day of its own."""
    parts = [part.split("@") for part in text.split(";")]
    return [
        Work(day + timedelta(days=i), D(hours), D(rate))
        for i, (hours, rate) in enumerate(parts)
    ]


def days(*hours, rate=D(20)):
    return [Work(MONDAY + timedelta(days=i), D(h), rate) for i, h in enumerate(hours)]


@pytest.mark.parametrize("row", CASES, ids=ids(CASES))
def test_published_weeks(row):
    salary = None
    if row["salary"]:
        covers = D(row["covers"]) if row["covers"] else None
        salary = Salary(D(row["salary"]), covers)
    result = weekly(
        week(row["work"]),
        salary=salary,
        extra=Extra(D(row["included"]), D(row["creditable"])),
        cents=row["cents"] == "yes",
    )
    assert round(result.regular_rate, 4) == D(row["regular_rate"])
    assert result.straight == D(row["straight"])
    assert result.premium == D(row["premium"])


def test_a_night_differential_raises_the_regular_rate():
    night = [Work(MONDAY, D(50), D(20), (Shift("1", "Night", D(2)),))]
    result = weekly(night)
    assert result.regular_rate == 22
    assert result.due == 110


def test_contract_premiums_are_credited_but_still_qualify():
    """Daily time and a half paid 4 of the 10 overtime hours already."""
    result = weekly(days(12, 8, 12, 8, 10), extra=Extra(creditable=D(40)))
    assert (result.premium, result.credited, result.due) == (100, 40, 60)
    assert result.qualified == 100


def test_premiums_beyond_the_act_do_not_qualify():
    result = weekly(days(9, 8, 8, 8, 8), extra=Extra(creditable=D(500)))
    assert result.due == 0
    assert result.qualified == result.premium == 10


def test_work_of_two_weeks_is_refused():
    with pytest.raises(ValueError, match="7-day work period"):
        weekly(days(8, 8, 8, 8, 8, 0, 0, 8))


def test_negative_hours_are_refused():
    with pytest.raises(ValueError, match="must be 0 or more"):
        Work(MONDAY, D(-1), D(20))


def test_eight_and_eighty_pays_over_eight_a_day():
    """Seven 12-hour shifts in 14 days: 84 hours, 28 of them over 8 a day."""
    shifts = [Work(MONDAY + timedelta(days=2 * i), D(12), D(20)) for i in range(7)]
    result = eight_and_eighty(shifts)
    assert result.overtime_hours == 28
    assert result.premium == 280


def test_eight_and_eighty_pays_over_eighty_without_long_days():
    result = eight_and_eighty(days(*[8] * 11))
    assert result.overtime_hours == 8


def test_daily_premium_counts_towards_the_eighty():
    """Nine days of 8 hours, then 10 and 12: 94 hours, 6 over 8 a day, 14 over 80."""
    result = eight_and_eighty(days(*[8] * 9, 10, 12))
    assert result.overtime_hours == 14


def test_a_quarterly_bonus_is_laid_back_evenly():
    """A bonus of 52 over 4 weeks: 13 a week, 0.26 and 0.325 an hour (778.209(b))."""
    weeks = [
        Week("w1", D(50), D(10)),
        Week("w2", D(40), D(0)),
        Week("w3", D(40), D(0)),
        Week("w4", D(40), D(0)),
    ]
    assert overtime_on_bonus(D(52), weeks).amount == D("1.30")
    by_hour = overtime_on_bonus(D(51), weeks, Basis.HOURS)
    assert by_hour.amount == D("1.50")  # 0.30 an hour, half of it, ten hours


def test_a_bonus_for_weeks_without_work_is_refused():
    with pytest.raises(ValueError, match="nobody worked"):
        overtime_on_bonus(D(50), [Week("w1", D(0), D(0))])


hour = st.decimals(min_value=0, max_value=16, places=2)
rate = st.decimals(min_value=D("7.25"), max_value=150, places=2)
weeks = st.lists(st.tuples(hour, rate), min_size=1, max_size=7).map(
    lambda rows: [
        Work(MONDAY + timedelta(days=i), h, r) for i, (h, r) in enumerate(rows)
    ]
)


@given(weeks, st.decimals(min_value=0, max_value=900, places=2))
def test_the_premium_is_half_the_regular_rate_and_never_less_than_the_law(work, bonus):
    result = weekly(work, extra=Extra(included=bonus))
    over = max(D(0), sum(w.hours for w in work) - 40)
    assert result.overtime_hours == over
    exact = result.regular_rate * over / 2
    assert abs(result.premium - exact) <= D("0.005")
    assert (result.premium == 0) == (exact < D("0.005"))


@given(weeks)
def test_the_regular_rate_lies_between_the_rates(work):
    result = weekly(work)
    if result.hours:
        paid = [w.rate for w in work if w.hours]
        grain = D("1e-20")
        assert min(paid) - grain <= result.regular_rate <= max(paid) + grain


@given(weeks, st.decimals(min_value=0, max_value=500, places=2))
def test_credit_never_makes_the_premium_negative(work, credit):
    result = weekly(work, extra=Extra(creditable=credit))
    assert 0 <= result.due <= result.premium
    assert result.due + result.credited == result.premium

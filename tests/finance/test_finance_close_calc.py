"""Accruals and variances worked out by hand, without Odoo."""

from datetime import date
from decimal import Decimal

import pytest
from tools.finance.close.accrual import (
    due_now,
    reversal_day,
    spread_to,
    worked_share,
)
from tools.finance.close.variance import (
    base_of,
    gap,
    is_over,
    needs_new_word,
)

D = Decimal


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 2, 1), date(2026, 3, 1)),
        (date(2028, 2, 1), date(2028, 3, 1)),
        (date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_an_accrual_is_taken_back_on_the_first(month, day):
    assert reversal_day(month) == day


@pytest.mark.parametrize(
    ("start", "end", "last", "share"),
    [
        # Monday Jan 26 to Sunday Feb 8: five of ten weekdays lie in January
        (date(2026, 1, 26), date(2026, 2, 8), date(2026, 1, 31), D("0.5")),
        # Feb 23 to Mar 8: five of ten
        (date(2026, 2, 23), date(2026, 3, 8), date(2026, 2, 28), D("0.5")),
        # Mar 30 to Apr 12: two of ten
        (date(2026, 3, 30), date(2026, 4, 12), date(2026, 3, 31), D("0.2")),
        # paid later, worked before
        (date(2026, 3, 1), date(2026, 3, 15), date(2026, 3, 31), D(1)),
        # not begun
        (date(2026, 4, 1), date(2026, 4, 15), date(2026, 3, 31), D(0)),
        # a weekend alone: its days count
        (date(2026, 1, 31), date(2026, 2, 1), date(2026, 1, 31), D("0.5")),
    ],
)
def test_pay_across_the_end_of_a_month(start, end, last, share):
    assert worked_share(start, end, last) == share


def test_written_hours_go_before_weekdays():
    hours = {date(2026, 1, 31): D(12), date(2026, 2, 2): D(4)}
    found = worked_share(date(2026, 1, 26), date(2026, 2, 8), date(2026, 1, 31), hours)
    assert found == D("0.75")
    with pytest.raises(ValueError, match="ends before"):
        worked_share(date(2026, 2, 1), date(2026, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("first", "months", "by_days", "figures"),
    [
        # a year's insurance of 1,000: twelfths, the cents come out at the end
        (
            date(2026, 1, 31),
            12,
            False,
            {
                date(2026, 1, 30): D(0),
                date(2026, 1, 31): D("83.33"),
                date(2026, 2, 28): D("166.67"),
                date(2026, 3, 31): D("250.00"),
                date(2026, 12, 31): D(1000),
                date(2027, 6, 30): D(1000),
            },
        ),
        # January 31 for one month by days: 28 days, one of them in January
        (
            date(2026, 1, 31),
            1,
            True,
            {
                date(2026, 1, 31): D("35.71"),
                date(2026, 2, 26): D("964.29"),
                date(2026, 2, 27): D(1000),
                date(2026, 3, 31): D(1000),
            },
        ),
        # two months: January 31 to March 30, 59 days
        (
            date(2026, 1, 31),
            2,
            True,
            {
                date(2026, 2, 28): D("491.53"),
                date(2026, 3, 30): D(1000),
            },
        ),
    ],
)
def test_a_prepaid_amount_is_used_up(first, months, by_days, figures):
    for day, used in figures.items():
        assert spread_to(D(1000), first, months, day, by_days) == used


def test_a_changed_amount_is_caught_up():
    used = spread_to(D(2400), date(2026, 1, 1), 12, date(2026, 3, 31))
    assert due_now(used, D(200)) == D(400)
    with pytest.raises(ValueError, match="one month"):
        spread_to(D(1), date(2026, 1, 1), 0, date(2026, 1, 31))


@pytest.mark.parametrize(
    ("known", "base"),
    [
        ((D(5), D(6), D(21)), (D(5), "budget")),
        ((D(0), D(6), D(21)), (D(0), "budget")),
        ((None, D(6), D(21)), (D(6), "prior")),
        ((None, None, D(20)), (D("6.67"), "run")),
        ((None, None, None), (D(0), "run")),
    ],
)
def test_what_a_month_is_compared_with(known, base):
    assert base_of(*known) == base


@pytest.mark.parametrize(
    ("actual", "base", "revenue", "difference", "percent", "favorable", "over"),
    [
        (D(1200), D(1000), False, D(200), D("20.0"), False, False),
        (D(1700), D(1000), False, D(700), D("70.0"), False, True),
        (D(1700), D(1000), True, D(700), D("70.0"), True, True),
        (D(100700), D(100000), False, D(700), D("0.7"), False, False),
        (D(700), D(0), False, D(700), None, False, True),
        (D(100), D(1000), False, D(-900), D("-90.0"), True, True),
        (D(500), D(0), False, D(500), None, False, False),
    ],
)
def test_which_gap_needs_a_word(
    actual, base, revenue, difference, percent, favorable, over
):
    found = gap(actual, base, "prior", revenue)
    assert (found.difference, found.percent, found.favorable) == (
        difference,
        percent,
        favorable,
    )
    assert is_over(found, D(500), D(10)) is over


def test_an_explanation_ages_with_the_figure():
    assert not needs_new_word(D(900), D(1300), D(500))
    assert needs_new_word(D(900), D(1500), D(500))

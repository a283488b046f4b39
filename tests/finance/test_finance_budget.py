"""Budgets on paper. No outside source: each row is worked by hand beside it."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.finance.budget.draft import Estimate, Part, compose, estimate
from tools.finance.budget.phase import (
    METHODS,
    months_between,
    phase,
    shift,
)

QUARTER = months_between(date(2026, 1, 1), date(2026, 3, 31))


def test_months():
    assert [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)] == QUARTER
    assert months_between(date(2025, 12, 31), date(2026, 1, 1)) == [
        date(2025, 12, 1),
        date(2026, 1, 1),
    ]
    assert shift(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert shift(date(2026, 11, 1), 14) == date(2028, 1, 1)


@pytest.mark.parametrize(
    ("amount", "method", "shape", "parts"),
    [
        # 900 over 31 + 28 + 31 = 90 days is 10 a day
        ("900", "days", (), ["310", "280", "310"]),
        # 100 / 3: the third cent falls where the sum crosses it
        ("100", "equal", (), ["33.33", "33.34", "33.33"]),
        # as 1 : 2 : 1
        ("1000", "shape", (D(50), D(100), D(50)), ["250", "500", "250"]),
        # nothing a year ago: equally
        ("300", "shape", (D(0), D(0), D(0)), ["100", "100", "100"]),
        # a credit of last year takes nothing
        ("300", "shape", (D(-40), D(10), D(20)), ["0", "100", "200"]),
    ],
)
def test_phase(amount, method, shape, parts):
    assert phase(D(amount), QUARTER, method, shape) == [D(part) for part in parts]


def test_phase_refuses():
    with pytest.raises(ValueError, match="no way"):
        phase(D(1), QUARTER, "weeks")
    with pytest.raises(ValueError, match="each month"):
        phase(D(1), QUARTER, "shape", [D(1)])


@given(
    st.decimals(min_value=0, max_value=10**7, places=2),
    st.sampled_from(METHODS),
    st.lists(
        st.decimals(min_value=-100, max_value=10**6, places=2), min_size=12, max_size=12
    ),
)
def test_parts_add_up_and_none_is_negative(amount, method, shape):
    year = months_between(date(2027, 1, 1), date(2027, 12, 31))
    parts = phase(amount, year, method, shape)
    assert sum(parts) == amount
    assert min(parts) >= 0


@pytest.mark.parametrize(
    ("last_year", "recent", "before", "months", "has", "amount", "basis"),
    [
        # 2,000 a year ago, and the quarter grew from 5,000 to 5,500: 10 % more
        ("2000", "5500", "5000", 1, True, "2200", "both"),
        # ten times as much is no trend: one and a half times at most
        ("2000", "50000", "5000", 1, True, "3000", "both"),
        # a quarter that fell to nothing: half at least
        ("2000", "0", "5000", 1, True, "1000", "both"),
        # no quarter a year ago to compare with
        ("2000", "900", "0", 1, True, "2000", "last_year"),
        # books began less than a year ago: a third of the quarter for each month
        ("0", "900", "0", 2, False, "600", "run_rate"),
        # only a part of last year is in the books
        ("300", "300", "0", 12, False, "1200", "run_rate"),
        # nothing in that month a year ago, though the quarter had some: seasonal
        ("0", "900", "800", 1, True, "0", "nothing"),
        # new since a year ago: it goes on
        ("0", "900", "0", 1, True, "300", "run_rate"),
        ("0", "0", "0", 1, True, "0", "nothing"),
    ],
)
def test_estimate(last_year, recent, before, months, has, amount, basis):
    found = estimate(D(last_year), D(recent), D(before), months, has)
    assert (found.amount, found.basis) == (D(amount), basis)


def part(role, amount):
    return Part("recurring", role, D(amount), "", role)


@pytest.mark.parametrize(
    ("base", "parts", "names", "rest"),
    [
        # rent of 800 is a part of 1,000
        ("1000", [part("known", 800)], ["known"], "200"),
        # more is known than the books say: no rest, and never a negative one
        ("1000", [part("known", 1200)], ["known"], "0"),
        # pay worked out in full replaces the base and what is known of it
        ("1000", [part("known", 300), part("full", 1100)], ["full"], "0"),
        # a replacement comes on top
        ("1000", [part("extra", 5000)], ["extra"], "1000"),
        # what costs nothing is no line
        ("1000", [part("known", 0)], [], "1000"),
    ],
)
def test_compose(base, parts, names, rest):
    kept, left = compose(Estimate(D(base), "both"), parts)
    assert [each.name for each in kept] == names
    assert left == D(rest)

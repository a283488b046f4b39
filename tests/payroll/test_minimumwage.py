"""Minimum wages: the table is whole, and the higher of federal, state and place counts."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal as D
from itertools import pairwise

import pytest
from casefile import cases, ids
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.law.lawtable import rows
from tools.payroll.law.limits import LimitMissing
from tools.payroll.tax.states import NAMES
from tools.payroll.time.minimumwage import Minimum, floor, of_state, too_low

CASES = cases("minimum_wage_cases.csv")
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize("row", CASES, ids=ids(CASES))
def test_published_minimums(row):
    best, known = floor(row["state"], row["state"], date.fromisoformat(row["day"]))
    assert best.amount == D(row["amount"])
    assert known
    assert (best.law == "29 USC 206") == (
        row["amount"] == "7.25" and row["own"] == "no"
    )


def test_every_state_has_each_day_of_the_two_years_once():
    spans = defaultdict(list)
    for row in rows("state_minimum_wages"):
        spans[row["state"]].append((row["valid_from"], row["valid_to"]))
    assert set(spans) == set(NAMES)
    for state, found in spans.items():
        assert found[0][0] == "2025-01-01", state
        assert found[-1][1] == "2026-12-31", state
        for (_, end), (start, _) in pairwise(found):
            after = date.fromisoformat(end) + timedelta(days=1)
            assert start == after.isoformat(), state


def test_every_row_names_its_law_and_source():
    for row in rows("state_minimum_wages"):
        assert row["law"], row["state"]
        assert row["source"], row["state"]
        assert row["checked"] in ("yes", "no"), row["state"]


def test_no_minimum_falls_within_the_table():
    amounts = defaultdict(list)
    for row in rows("state_minimum_wages"):
        amounts[row["state"]].append(D(row["amount"]))
    for state, found in amounts.items():
        assert found == sorted(found), state


def test_what_one_source_alone_says_is_marked():
    assert of_state("OR", "Oregon", date(2026, 7, 1)).checked is False
    assert of_state("OR", "Oregon", date(2026, 6, 30)).checked is True


def test_a_place_without_a_row_has_the_federal_minimum_and_is_unknown():
    best, known = floor("PR", "Puerto Rico", date(2026, 3, 2))
    assert (best.amount, known) == (D("7.25"), False)


def test_a_year_without_a_federal_figure_is_refused():
    with pytest.raises(LimitMissing):
        floor("WI", "Wisconsin", date(2031, 1, 1))


def minimum(amount, place="Denver", **more):
    return Minimum(place, D(amount), date(2026, 1, 1), None, "ordinance", **more)


def test_a_figure_entered_for_the_state_goes_before_the_table():
    best, known = floor("CO", "Colorado", date(2026, 3, 2), [minimum("12.00")])
    assert (best.amount, known) == (D("12.00"), True)


def test_a_city_counts_beside_the_state_when_it_is_higher():
    day = date(2026, 3, 2)
    assert floor("CO", "Colorado", day, (), [minimum("19.29")])[0].place == "Denver"
    assert floor("CO", "Colorado", day, (), [minimum("9")])[0].place == "Colorado"


def test_nothing_entered_lowers_the_federal_minimum():
    best, _known = floor("TX", "Texas", date(2026, 3, 2), [minimum("5.00")])
    assert best.law == "29 USC 206"


def test_a_rise_within_the_period_counts_from_its_day():
    days = [date(2026, 6, 28) + timedelta(days=i) for i in range(7)]
    found = too_low(D("13.50"), days, lambda d: floor("AK", "Alaska", d)[0])
    assert found[0] == date(2026, 7, 1)
    assert found[1].amount == 14
    assert too_low(D("14"), days, lambda d: floor("AK", "Alaska", d)[0]) is None


@given(st.sampled_from(sorted(NAMES)), DAYS)
def test_the_floor_is_never_below_the_federal_nor_the_state_minimum(state, day):
    best, known = floor(state, state, day)
    assert known
    assert best.amount >= D("7.25")
    assert best.amount >= of_state(state, state, day).amount
    assert best.covers(day)

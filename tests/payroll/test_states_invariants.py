"""What holds for every state and every pay, not only for the examples."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.states import (
    FilingStatus,
    Proof,
    Rounding,
    StateInput,
    jurisdictions,
    law_on,
    status,
    withhold,
)

DAY = date(2026, 8, 15)
CENTS = st.integers(-100_000, 3_000_000).map(lambda cents: Decimal(cents) / 100)
STATES = st.sampled_from(jurisdictions())
# dollars a year by which the state's own rule may fall when wages rise: printed tables
# per period (NJ), the end of a credit at 50,000 (OR); elsewhere cents of the print
FALLS = {"NJ": Decimal(45), "OR": Decimal(263)}


@st.composite
def pays(draw):
    return StateInput(
        wages=draw(CENTS),
        period=draw(st.sampled_from(PayPeriod)),
        filing_status=draw(st.sampled_from(FilingStatus)),
        allowances=draw(st.integers(0, 6)),
        federal_tax=draw(st.integers(0, 2000).map(Decimal)),
        spouse_works=draw(st.sampled_from([None, True, False])),
        rounding=draw(st.sampled_from(Rounding)),
    )


@settings(max_examples=300, deadline=None)
@given(STATES, pays())
def test_withholding_is_in_cents_and_never_negative_nor_above_the_wages(state, pay):
    amount = withhold(state, DAY, pay).amount
    assert amount == amount.quantize(Decimal("0.01"))
    assert 0 <= amount <= max(pay.wages, Decimal(0)) * Decimal("0.16") + 1


@settings(max_examples=300, deadline=None)
@given(STATES, pays(), st.integers(1, 500_000))
def test_withholding_never_falls_when_wages_rise(state, pay, more):
    pay = replace(pay, rounding=Rounding.CENTS)
    richer = replace(pay, wages=pay.wages + Decimal(more) / 100)
    law = law_on(state, DAY)
    falls = FALLS.get(state, print_slack(law)) / pay.period.per_year + Decimal("0.01")
    assert (
        withhold(state, DAY, richer).amount >= withhold(state, DAY, pay).amount - falls
    )


def print_slack(law):
    """Dollars by which rounded base taxes fall short of the bracket below."""
    return sum(
        (max(Decimal(0), -off) for s in law.schedules.values() for _, off in s.jumps()),
        Decimal(0),
    )


@settings(max_examples=200, deadline=None)
@given(STATES, pays())
def test_allowances_never_raise_the_tax(state, pay):
    pay = replace(pay, allowances=3, rounding=Rounding.CENTS)
    more = replace(pay, allowances=4)
    assert withhold(state, DAY, more).amount <= withhold(state, DAY, pay).amount + (
        Decimal("0.01")
    )


@settings(max_examples=200, deadline=None)
@given(STATES, pays(), st.integers(1, 30_000))
def test_extra_comes_on_exactly(state, pay, cents):
    extra = Decimal(cents) / 100
    plain = withhold(state, DAY, pay).amount
    expected = plain if law_on(state, DAY).proof is Proof.NO_WAGE_TAX else plain + extra
    assert withhold(state, DAY, replace(pay, extra=extra)).amount == expected


@settings(max_examples=200, deadline=None)
@given(STATES, pays())
def test_whole_dollars_are_within_half_a_dollar_of_the_cents(state, pay):
    by_guide = withhold(state, DAY, replace(pay, rounding=Rounding.BY_GUIDE)).amount
    cents = withhold(state, DAY, replace(pay, rounding=Rounding.CENTS)).amount
    # Utah rounds each of seven lines
    assert abs(by_guide - cents) <= (Decimal(3) if state == "UT" else Decimal("0.5"))


@pytest.mark.parametrize("state", jurisdictions())
def test_the_status_of_a_state_agrees_with_its_notes(state):
    for wages in (20_000, 120_000):
        pay = StateInput(
            Decimal(wages), PayPeriod.ANNUAL, federal_tax=Decimal(0), county="01"
        )
        marked = any(n.code == "unproven" for n in withhold(state, DAY, pay).notes)
        known = status(state, DAY, Decimal(wages))
        assert marked == (known.proof is Proof.UNPROVEN)

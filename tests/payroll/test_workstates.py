"""Several states of work in one pay: parts by days, to the cent, and their taxes."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.law.certificates import W4
from tools.payroll.law.period import PayPeriod
from tools.payroll.slip.employer import Employer
from tools.payroll.slip.grosstonet import work_out
from tools.payroll.slip.slipfacts import Facts, StateForm, Totals
from tools.payroll.slip.workstates import WorkState, apportion, percents, weights
from tools.payroll.time.earning import Earning

MONDAY = date(2026, 6, 8)
EMPLOYER = {
    "WI": Employer(suta_rate=D("0.0305"), suta_base=D(14000)),
    "IL": Employer(suta_rate=D("0.0335"), suta_base=D(14250)),
    "NJ": Employer(suta_rate=D("0.03"), suta_base=D(44800)),
}


def facts(*places, gross=D(3000), **more):
    states = tuple(WorkState(s, D(w), EMPLOYER[s]) for s, w in places)
    last = places[-1][0]
    return Facts(
        pay_date=date(2026, 6, 26),
        start=date(2026, 6, 7),
        end=date(2026, 6, 20),
        period=PayPeriod.BIWEEKLY,
        work_state=last,
        earnings=(Earning("REG", gross),),
        certificate=W4(),
        states=tuple(StateForm(state) for state, _weight in places),
        employer=EMPLOYER[last],
        work_states=states if len(places) > 1 else (),
        **more,
    )


def by_key(slip, code):
    return {item.key: item for item in slip.of(code)}


def test_wages_of_each_state_add_up_to_the_pay():
    slip = work_out(facts(("IL", 1800), ("WI", 1200)))
    tax, suta = by_key(slip, "SIT"), by_key(slip, "SUTA")
    assert {k: i.wages for k, i in tax.items()} == {"state:IL": 1800, "state:WI": 1200}
    assert {k: i.wages for k, i in suta.items()} == {"state:IL": 1800, "state:WI": 1200}
    assert suta["state:IL"].amount == D("60.30")  # 1,800 x 3.35 %
    assert suta["state:WI"].amount == D("36.60")  # 1,200 x 3.05 %
    assert tax["state:IL"].steps[0].label.startswith("60% of the wages")
    assert any("Illinois 60%, Wisconsin 40%" in note for note in slip.notes)


def test_each_states_tax_is_that_of_its_own_part():
    both = by_key(work_out(facts(("IL", 1800), ("WI", 1200))), "SIT")
    alone = by_key(work_out(facts(("IL", 1), gross=D(1800))), "SIT")
    assert both["state:IL"].amount == alone["state:IL"].amount


def test_federal_taxes_know_nothing_of_states():
    one, two = work_out(facts(("WI", 1))), work_out(facts(("IL", 2), ("WI", 1)))
    for code in ("FIT", "SS", "MED", "FUTA", "GROSS"):
        assert one.total(code) == two.total(code)


def test_state_insurance_is_taken_by_each_state_on_its_part():
    slip = work_out(facts(("WI", 1000), ("NJ", 2000)))
    parts = by_key(slip, "SOTH")
    assert parts
    assert all(item.name.startswith("New Jersey") for item in parts.values())
    assert {item.wages for item in parts.values()} == {2000}


def test_a_home_state_worked_in_as_well_taxes_all_pay_less_the_other_states_tax():
    pay = facts(("WI", 1000), ("IL", 2000))
    forms = (StateForm("WI"), StateForm("IL", {}, True, True))
    slip = work_out(replace(pay, states=forms))
    alone = work_out(facts(("IL", 1))).total("SIT")
    tax = by_key(slip, "SIT")
    assert (tax["state:WI"].wages, tax["state:IL"].wages) == (1000, 3000)
    assert tax["state:WI"].amount + tax["state:IL"].amount == alone
    assert by_key(slip, "SUTA")["state:IL"].wages == 2000


def test_each_state_has_its_own_wage_base_of_the_year():
    year = {("SUTA", "state:WI"): Totals(D(0), D(13900), D(13900))}
    slip = work_out(facts(("IL", 1500), ("WI", 1500), year=year))
    suta = by_key(slip, "SUTA")
    assert (suta["state:IL"].taxed, suta["state:WI"].taxed) == (1500, 100)


def test_a_state_without_a_rate_is_named():
    pay = facts(("IL", 1), ("WI", 1))
    missing = (WorkState("IL", D(1), Employer()), pay.work_states[1])
    with pytest.raises(ValueError, match="unemployment rate of Illinois"):
        work_out(replace(pay, work_states=missing))


def test_the_weights_are_the_pay_of_the_days():
    state_on = {MONDAY + timedelta(days=i): "IL" if i < 3 else "WI" for i in range(5)}
    days = {MONDAY + timedelta(days=i): D(100 + i) for i in range(4)}
    assert weights(days, state_on) == {"IL": 303, "WI": 103}


def test_pay_without_days_belongs_to_the_last_state():
    assert apportion(D(500), [D(0), D(0)]) == (0, 500)


@pytest.mark.parametrize("shares", [[], [D(-1), D(2)]])
def test_shares_that_cannot_be_are_refused(shares):
    with pytest.raises(ValueError, match="zero or more"):
        apportion(D(1), shares)


cents = st.decimals(min_value=-9999, max_value=99999, places=2)
share = st.decimals(min_value=0, max_value=9999, places=2)


@given(cents, st.lists(share, min_size=1, max_size=5))
def test_no_cent_is_lost_and_none_is_made(amount, shares):
    parts = apportion(amount, shares)
    assert sum(parts) == amount
    assert all(part == round(part, 2) for part in parts)
    whole = sum(shares)
    if whole:
        for part, one in zip(parts, shares, strict=True):
            assert abs(part - amount * one / whole) <= D("0.01")


@given(st.lists(share, min_size=1, max_size=5))
def test_percents_add_up_to_a_hundred(shares):
    places = [WorkState("WI", one, Employer()) for one in shares]
    assert sum(percents(places)) == 100

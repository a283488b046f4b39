"""Garnishments: limits, priorities and sharing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest
from casefile import cases, ids
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.deduct.garnishlimits import (
    Earnings,
    StateRule,
    disposable,
    ordinary,
    state_rule,
    support,
    support_cap,
)
from tools.payroll.deduct.garnishment import Claim, Order, withhold
from tools.payroll.deduct.levy import LevyStatus, exempt
from tools.payroll.deduct.support import Allocation, allocate
from tools.payroll.law.limits import LimitMissing
from tools.payroll.law.period import PayPeriod

PAYDAY = date(2026, 6, 12)
CASES = cases("garnishment_cases.csv")
LEVIES = cases("levy_cases.csv")


def earnings(amount, period=PayPeriod.WEEKLY, **more):
    return Earnings(D(amount), period, PAYDAY, **more)


def order(claim, amount=0, day=1, **more):
    reference = more.pop("reference", f"{claim.value}-{day}")
    return Order(reference, claim, date(2026, 1, day), D(amount), **more)


def amounts(orders, paid, how=Allocation.PROPORTIONAL):
    return {w.order.reference: w.amount for w in withhold(orders, paid, how)}


@pytest.mark.parametrize("row", CASES, ids=ids(CASES))
def test_one_order(row):
    asked = Order(
        "one",
        Claim(row["claim"]),
        date(2026, 1, 1),
        D(row["amount"] or 0),
        D(row["percent"] or 0),
    )
    paid = earnings(row["disposable"], PayPeriod.parse(row["period"]))
    (result,) = withhold([asked], paid)
    assert result.amount == D(row["expected"])
    assert bool(result.reason) == (result.amount < result.asked)


@pytest.mark.parametrize("row", LEVIES)
def test_levy_tables(row):
    worked = exempt(
        int(row["year"]),
        LevyStatus(row["status"]),
        int(row["dependents"]),
        PayPeriod.parse(row["period"]),
    )
    assert worked.amount == D(row["expected"])


def test_an_unsettled_levy_table_asks_for_the_printed_amount():
    with pytest.raises(LimitMissing, match="printed in the table that came"):
        exempt(2025, LevyStatus.SINGLE, 0, PayPeriod.WEEKLY)


@pytest.mark.parametrize(
    ("family", "late", "limit"),
    [(True, False, 500), (True, True, 550), (False, False, 600), (False, True, 650)],
)
def test_support_limits(family, late, limit):
    """15 USC 1673(b)(2): 50, 55, 60 and 65 percent."""
    worked = support(earnings(1000), has_family=family, arrears_over_12_weeks=late)
    assert worked.amount == limit


@pytest.mark.parametrize(
    ("state", "orders", "family", "late", "limit"),
    [
        ("TX", 1, False, True, 500),  # Tex. Fam. Code 158.009; federal 650
        ("WA", 2, False, False, 500),  # RCW 26.18.090(2)
        ("NC", 1, False, True, 400),  # N.C. Gen. Stat. 110-136.6(b)
        ("NC", 2, True, False, 450),
        ("NC", 2, False, False, 500),
        ("MI", 3, True, True, 500),  # federal 550
        ("WI", 1, False, False, 600),  # no limit of its own is shipped: federal
    ],
)
def test_states_that_let_support_take_less(state, orders, family, late, limit):
    paid = earnings(1000, support=support_cap(state, PAYDAY))
    worked = support(paid, has_family=family, arrears_over_12_weeks=late, orders=orders)
    assert worked.amount == limit
    assert ("15 USC" in worked.steps[0].source) == (state == "WI")


def test_several_orders_count_for_the_states_limit():
    paid = earnings(1000, support=support_cap("NC", PAYDAY))
    one = order(Claim.SUPPORT, 450)
    assert amounts([one], paid) == {"support-1": 400}
    two = [one, order(Claim.SUPPORT, 300, 2)]
    assert sum(amounts(two, paid).values()) == 500


def test_the_practices_own_limit_for_support_goes_before_the_shipped_one():
    """Cal. Code Civ. Proc. 706.052(c): a court may go up to the federal limit."""
    cap = support_cap("CA", PAYDAY)
    for own, limit in ((100, 500), (65, 600), (30, 300)):
        rule = StateRule(support_percent=D(own), source="the court")
        worked = support(
            earnings(1000, support=cap, state=rule),
            has_family=False,
            arrears_over_12_weeks=False,
        )
        assert worked.amount == limit


def test_support_that_uses_the_quarter_leaves_a_creditor_nothing():
    """WHD Fact Sheet 30: 370 a week, 140 for support; 92.50 is less than 140."""
    orders = [order(Claim.SUPPORT, 140), order(Claim.CREDITOR, 50)]
    found = withhold(orders, earnings(370))
    assert [w.amount for w in found] == [140, 0]
    assert "870.11(b)(2)" in found[1].reason


def test_support_below_the_quarter_leaves_the_difference():
    """29 CFR 870.11(b)(2): 92.50 less 60 for support."""
    orders = [order(Claim.SUPPORT, 60), order(Claim.CREDITOR, 50)]
    assert amounts(orders, earnings(370)) == {
        "support-1": 60,
        "creditor-1": D("32.50"),
    }


def test_support_comes_before_an_older_creditor():
    orders = [order(Claim.CREDITOR, 90, 1), order(Claim.SUPPORT, 140, 20)]
    assert amounts(orders, earnings(370)) == {"support-20": 140, "creditor-1": 0}


def test_creditors_are_served_by_date():
    orders = [order(Claim.CREDITOR, 80, 9), order(Claim.CREDITOR, 80, 2)]
    assert amounts(orders, earnings(400)) == {"creditor-2": 80, "creditor-9": 20}


def test_a_student_loan_behind_support_gets_the_rest_of_the_quarter():
    """34 CFR 34.20(b): 25 % of 400 less 70."""
    orders = [order(Claim.SUPPORT, 70), order(Claim.STUDENT_LOAN, 60, 2)]
    assert amounts(orders, earnings(400))["student_loan-2"] == 30


def test_a_levy_leaves_the_exempt_amount_and_older_support():
    """26 USC 6334(a)(8): take-home 900, exempt 309.62, support 200 received before."""
    levy = order(Claim.FEDERAL_LEVY, day=10, exempt=D("309.62"))
    orders = [levy, order(Claim.SUPPORT, 200, 1)]
    found = amounts(orders, earnings(950, take_home=D(900)))
    assert found == {"support-1": 200, "federal_levy-10": D("390.38")}


def test_a_levy_whose_exempt_amount_nobody_entered_leaves_what_the_law_leaves():
    """26 USC 6334(d), Pub. 1494: no statement is married filing separately without
    dependents; 2026: 16,100 / 26 = 619.23."""
    levy = Order("l", Claim.FEDERAL_LEVY, date(2026, 1, 5))
    [part] = withhold(
        [levy], Earnings(D("1601.97"), PayPeriod.BIWEEKLY, date(2026, 3, 13))
    )
    assert part.amount == D("982.74")
    assert "619.23 stays, as for married filing separately" in part.reason
    [part] = withhold([levy], Earnings(D(600), PayPeriod.BIWEEKLY, date(2026, 3, 13)))
    assert part.amount == 0
    late = replace(levy, received=date(2025, 5, 5))  # its table is not settled
    with pytest.raises(LimitMissing, match="enter the exempt amount"):
        withhold([late], Earnings(D(900), PayPeriod.BIWEEKLY, date(2026, 3, 13)))


def test_support_after_a_levy_takes_what_the_levy_leaves():
    levy = order(Claim.FEDERAL_LEVY, day=1, exempt=D("309.62"))
    orders = [levy, order(Claim.SUPPORT, 400, 10)]
    found = amounts(orders, earnings(950))
    assert found == {"federal_levy-1": D("640.38"), "support-10": D("309.62")}


def test_bankruptcy_stays_the_creditors_but_not_support():
    orders = [
        order(Claim.CREDITOR, 50, 1),
        order(Claim.SUPPORT, 100, 2),
        order(Claim.BANKRUPTCY, 300, 3),
    ]
    found = withhold(orders, earnings(800))
    assert [(w.order.claim.value, w.amount) for w in found] == [
        ("support", 100),
        ("bankruptcy", 300),
        ("creditor", 0),
    ]
    assert "stayed" in found[2].reason


def test_a_paid_balance_stops_an_order():
    (result,) = withhold(
        [order(Claim.CREDITOR, 100, balance=D("12.34"))], earnings(1000)
    )
    assert (result.amount, result.reason) == (D("12.34"), "its balance is paid")


def test_the_working_is_shown():
    (result,) = withhold([order(Claim.CREDITOR, 100)], earnings(233))
    labels = [step.label for step in result.steps]
    assert "Protected: 30 x 7.25 x 1 workweeks" in labels
    assert result.steps[-1].amount == D("15.50")


def test_a_state_that_forbids_garnishments():
    """Texas, per portal.cs.oag.state.tx.us (WageWithholdingFaq)."""
    texas = StateRule(percent=D(0), source="Tex. Const. art. XVI s. 28")
    paid = earnings(1000, state=texas)
    assert amounts([order(Claim.CREDITOR, 100)], paid) == {"creditor-1": 0}


def test_a_state_with_a_lower_share():
    """California: 20 %, or 40 % of what exceeds the minimum wage (ftb.ca.gov)."""
    california = StateRule(D(20), D(48), D(16), D(40), source="Cal. CCP 706.050")
    assert ordinary(earnings(1000, state=california)).amount == D("92.80")
    assert ordinary(earnings(2000, state=california)).amount == D("400.00")


BIWEEKLY = PayPeriod.BIWEEKLY


@pytest.mark.parametrize(
    ("state", "day", "disposable_pay", "gross", "most"),
    [
        # 20 %, or 40 % over 48 hours a week at 16.90: 96 x 16.90 = 1,622.40 of two weeks
        ("CA", date(2026, 6, 12), 1600, 2000, "0"),
        ("CA", date(2026, 6, 12), 1722.40, 2200, "40.00"),
        ("CA", date(2026, 6, 12), 4000, 5000, "800.00"),
        # and at 16.50 the year before
        ("CA", date(2025, 6, 13), 1600, 2000, "6.40"),
        # 10 % of gross; 25 % of disposable pay; nothing below 30 hours a week at 16.00
        ("NY", date(2026, 6, 12), 3000, 4000, "400.00"),
        ("NY", date(2026, 6, 12), 1200, 6000, "240.00"),
        ("NY", date(2026, 6, 12), 960, 6000, "0"),
        ("TX", date(2026, 6, 12), 3000, 4000, "0"),
        ("PA", date(2026, 6, 12), 3000, 4000, "0"),
        ("NC", date(2026, 6, 12), 3000, 4000, "0"),
        ("SC", date(2026, 6, 12), 3000, 4000, "0"),
        # 20 %, and the federal 30 hours a week at 7.25 below that
        ("WI", date(2026, 6, 12), 3000, 4000, "600.00"),
        ("WI", date(2026, 6, 12), 500, 600, "65.00"),
        # 15 % of gross, or over 45 hours at 15.00: 1,350 of two weeks
        ("IL", date(2026, 6, 12), 3000, 4000, "600.00"),
        ("IL", date(2026, 6, 12), 1400, 1800, "50.00"),
        # 25 %, or over 40 hours at 16.94: 1,355.20
        ("CT", date(2026, 6, 12), 3000, 4000, "750.00"),
        ("CT", date(2026, 6, 12), 1400, 1800, "44.80"),
        # 20 %, or over 35 hours at 17.13: 1,199.10
        ("WA", date(2026, 6, 12), 3000, 4000, "600.00"),
        ("WA", date(2026, 6, 12), 1300, 1600, "100.90"),
        # 10 %, or over 60 hours at 15.15: 1,818.00
        ("AZ", date(2026, 6, 12), 3000, 4000, "300.00"),
        ("AZ", date(2026, 6, 12), 1900, 2500, "82.00"),
        # 20 %, or over 40 hours at 15.16: 1,212.80
        ("CO", date(2026, 6, 12), 3000, 4000, "600.00"),
        ("CO", date(2026, 6, 12), 1300, 1600, "87.20"),
        # 20 %, or over 40 hours at 11.85: 948.00
        ("SD", date(2026, 6, 12), 3000, 4000, "600.00"),
        ("SD", date(2026, 6, 12), 1000, 1200, "52.00"),
        # 15 % of gross, or over 50 hours at 15.00: 1,500 of two weeks
        ("MA", date(2026, 6, 12), 3000, 4000, "600.00"),
        ("MA", date(2026, 6, 12), 1700, 2400, "200.00"),
        ("MA", date(2026, 6, 12), 1500, 2000, "0.00"),
        # 10 % of gross; the federal 30 hours at 7.25 (435.00) beside it
        ("NJ", date(2026, 6, 12), 3000, 4000, "400.00"),
        ("NJ", date(2026, 6, 12), 460, 560, "25.00"),
    ],
)
def test_the_limits_of_states(state, day, disposable_pay, gross, most):
    """Cal. CCP 706.050; N.Y. CPLR 5231(b); Tex. Const. art. XVI 28; 42 Pa.C.S. 8127;
    N.C.G.S. 1-362; S.C. Code 37-5-104; Wis. Stat. 812.34; 735 ILCS 5/12-803; Conn. Gen.
    Stat. 52-361a; RCW 6.27.150; A.R.S. 33-1131; SDCL
    21-18-51; C.R.S. 13-54-104; M.G.L. c. 246 s. 28; N.J.S.A. 2A:17-56."""
    rule = state_rule(state, day)
    paid = Earnings(D(str(disposable_pay)), BIWEEKLY, day, None, rule, D(gross))
    (result,) = withhold([order(Claim.CREDITOR)], paid)
    assert result.amount == D(most)
    (result,) = withhold([order(Claim.CREDITOR, 5000)], paid)
    assert result.amount == D(most)
    if rule.bars:
        assert "does not let creditors take wages" in result.reason
        assert rule.source in result.reason


def test_a_state_that_bars_creditors_bars_no_support_and_no_taxes():
    rule = state_rule("TX", PAYDAY)
    paid = earnings(1000, state=rule)
    taken = amounts([order(Claim.SUPPORT, 300), order(Claim.STATE_LEVY, 50, 2)], paid)
    assert taken == {"support-1": 300, "state_levy-2": 50}


def test_a_state_without_a_row_has_no_rule_here():
    assert state_rule("FL", PAYDAY) is None


def test_disposable_earnings_take_required_deductions_only():
    assert disposable(D(1000), [D(120), D("76.50"), D(30)]) == D("773.50")


@pytest.mark.parametrize("claim", [Claim.BANKRUPTCY, Claim.STATE_LEVY])
def test_an_order_without_a_cap_must_name_its_amount(claim):
    with pytest.raises(ValueError, match="enter the amount or percentage"):
        order(claim)


def test_current_support_is_shared_in_proportion():
    """sjgov.org: 600 for orders of 700 and 350."""
    assert allocate([(D(700), D(0)), (D(350), D(0))], D(600)) == (400, 200)


def test_arrears_share_what_current_support_leaves():
    """sjgov.org: 600 for 400 + 120 and 100 + 40."""
    assert allocate([(D(400), D(120)), (D(100), D(40))], D(600)) == (475, 125)


def test_texas_pays_arrears_equally():
    """Texas OAG example 1: arrears of 50, 50 and 25 get 25 each."""
    dues = [(D(100), D(50)), (D(200), D(50)), (D(50), D(25))]
    assert allocate(dues, D(425), Allocation.EQUAL) == (125, 225, 75)


def test_texas_gives_the_rest_to_the_orders_still_unpaid():
    """Texas OAG example 2: 25 each for arrears of 100, 25 and 35, then 10 and 15."""
    dues = [(D(100), D(100)), (D(200), D(25)), (D(50), D(35))]
    assert allocate(dues, D(450), Allocation.EQUAL) == (140, 225, 85)


cents = st.decimals(min_value=0, max_value=900, places=2)


@given(
    st.lists(st.tuples(cents, cents), min_size=1, max_size=6),
    st.decimals(min_value=0, max_value=4000, places=2),
    st.sampled_from(Allocation),
)
def test_shares_add_up_and_stay_within_each_order(dues, available, how):
    parts = allocate(dues, available, how)
    total = sum((a + b for a, b in dues), D(0))
    assert sum(parts, D(0)) == min(available, total)
    assert all(0 <= p <= a + b for p, (a, b) in zip(parts, dues, strict=True))


@st.composite
def some_orders(draw):
    found = []
    for number in range(draw(st.integers(1, 6))):
        claim = draw(st.sampled_from(Claim))
        amount = draw(st.decimals(min_value=1, max_value=900, places=2))
        found.append(
            Order(
                f"o{number}",
                claim,
                date(2026, 1, draw(st.integers(1, 28))),
                amount,
                arrears=draw(cents) if claim is Claim.SUPPORT else D(0),
                exempt=draw(cents),
                has_family=draw(st.booleans()),
                arrears_over_12_weeks=draw(st.booleans()),
            )
        )
    return found


@given(
    some_orders(),
    st.decimals(min_value=0, max_value=5000, places=2),
    st.sampled_from([PayPeriod.WEEKLY, PayPeriod.BIWEEKLY, PayPeriod.MONTHLY]),
)
def test_no_garnishment_exceeds_its_limit(orders, amount, period):
    paid = earnings(amount, period)
    found = withhold(orders, paid)
    assert len(found) == len(orders)
    total = sum((w.amount for w in found), D(0))
    assert total <= amount
    assert all(0 <= w.amount <= w.asked for w in found)
    assert all(w.amount == round(w.amount, 2) for w in found)
    family = any(o.has_family for o in orders if o.claim is Claim.SUPPORT)
    late = any(o.arrears_over_12_weeks for o in orders if o.claim is Claim.SUPPORT)
    by_claim = {c: D(0) for c in Claim}
    for w in found:
        by_claim[w.order.claim] += w.amount
    limit = support(paid, has_family=family, arrears_over_12_weeks=late)
    assert by_claim[Claim.SUPPORT] <= limit.amount
    assert by_claim[Claim.CREDITOR] <= ordinary(paid).amount
    before = D(0)
    for w in found:
        if w.order.claim is Claim.CREDITOR and w.amount:
            assert before + w.amount <= ordinary(paid).amount
        before += w.amount

"""What is taken back: bases that look at what was taxed, and whose quarter it is."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.law.period import PayPeriod
from tools.payroll.returns.quarters import Place, place
from tools.payroll.returns.w2 import qualified_overtime
from tools.payroll.tax import local, state_other
from tools.payroll.tax.accumulated import SoFar, accumulated_tax, capped
from tools.payroll.tax.fica import additional_medicare, social_security
from tools.payroll.tax.unemployment import futa, suta

DAY = date(2026, 6, 26)


def taxed(worked):
    return next(s.amount for s in worked.steps if s.label == "Taxed of this payment")


def test_the_base_that_a_void_leaves_is_filled_by_the_next_pay():
    """30,000 a month; January taken back in August: 154,500 taxed of 180,000 (26 USC
    3121(a)(1), base of 184,500)."""
    before = SoFar(D(180_000), D(154_500), D("9579.00"))
    again = social_security(2026, D(30_000), before)
    assert (taxed(again), again.amount) == (30_000, D("1860.00"))
    after = SoFar(D(210_000), D(184_500), D("11439.00"))
    assert social_security(2026, D(30_000), after).amount == 0


def test_futa_and_suta_are_owed_again():
    """26 USC 3301, 3306(b)(1): 42.00; Wis. Stat. 108.02(26): 14,000 at 1.55 percent."""
    gone = SoFar(D(180_000))
    assert futa(2026, D(30_000), gone).amount == D("42.00")
    tax = suta("WI", 2026, D(30_000), gone, D("0.0155"), D(14_000))
    assert tax.amount == D("217.00")


def test_what_was_taxed_too_much_above_the_threshold_comes_back():
    """240,000 with 360.00 withheld, January taken back: of 10,000 more only 20,000 lie
    above 200,000 (26 USC 3102(f), 26 CFR 31.6413(a)-1)."""
    before = SoFar(D(210_000), D(40_000), D("360.00"))
    worked = additional_medicare(2026, D(10_000), before)
    assert (taxed(worked), worked.amount) == (-20_000, D("-180.00"))


def test_no_payment_is_taxed_beyond_its_own_wages():
    worked = social_security(2026, D(1000), SoFar(D(180_000), D(90_000), D(5580)))
    assert (taxed(worked), worked.amount) == (1000, 62)


def test_a_difference_that_is_no_rounding_is_not_made_up():
    """An old payroll that withheld at another rate, or a rate changed in the year."""
    drifted = SoFar(D(1000), D(1000), D("62.04"))
    assert social_security(2026, D(1000), drifted).amount == D("61.96")
    other_rate = SoFar(D(1000), D(1000), D("42.00"))
    assert social_security(2026, D(1000), other_rate).amount == D("62.00")


@pytest.mark.parametrize(
    ("before", "done", "wages", "part"),
    [
        (D(0), None, D(30_000), 30_000),
        (D(180_000), None, D(30_000), 4_500),
        (D(180_000), D(154_500), D(30_000), 30_000),
        (D(210_000), D(184_500), D(30_000), 0),
        # booked before the taxed part was kept: all wages stand for it
        (D(210_000), D(210_000), D(30_000), 0),
    ],
)
def test_a_yearly_cap_of_a_state_or_city(before, done, wages, part):
    assert capped(D(184_500), wages, before, done).amount == part


def test_state_leave_and_local_tax_fill_the_cap_again():
    """Colorado FAMLI 2026: 0.44 percent up to 184,500; a city's cap of 10,000."""
    leave = next(t for t in state_other.everything() if t.code == "co_famli")
    period = PayPeriod.MONTHLY
    given_pay = state_other.OtherInput(
        D(30_000), period, D(180_000), D("679.80"), ytd_taxed=D(154_500)
    )
    assert state_other.withhold(leave, given_pay).amount == D("132.00")
    city = local.LocalTax(
        "city",
        "City",
        local.LocalKind.PERCENT,
        "ordinance",
        date(2020, 1, 1),
        resident_percent=D(1),
        annual_wage_cap=D(10_000),
    )
    paid = local.LocalInput(D(5000), period, ytd_wages=D(12_000), ytd_taxed=D(6000))
    assert local.withhold(city, paid).amount == D("40.00")


AMOUNTS = st.lists(
    st.tuples(st.decimals(D(1), D(90_000), places=2), st.booleans()),
    min_size=1,
    max_size=12,
)


@given(AMOUNTS, st.sampled_from([(D(0), D(184_500)), (D(200_000), None), (D(0), None)]))
def test_any_order_of_pays_and_voids_is_taxed_as_the_wages_at_once(pays, bounds):
    """After enough pay to fill what voids have left, the year is as if none had been."""
    above, up_to = bounds
    rate = D("0.062")
    so_far, kept = SoFar(), []
    for wages, stays in [*pays, *[(D(95_000), True)] * 3]:
        worked = accumulated_tax(wages, so_far, rate, above=above, up_to=up_to)
        mine = (wages, taxed(worked), worked.amount)
        so_far = SoFar(*(a + b for a, b in zip(astuple(so_far), mine, strict=True)))
        if stays:
            kept.append(wages)
        else:
            so_far = SoFar(*(a - b for a, b in zip(astuple(so_far), mine, strict=True)))
    at_once = accumulated_tax(sum(kept), D(0), rate, above=above, up_to=up_to)
    assert astuple(so_far) == (sum(kept), taxed(at_once), at_once.amount)


def astuple(so_far):
    return so_far.wages, so_far.taxed, so_far.tax


@pytest.mark.parametrize(
    ("belongs", "entered", "wanted"),
    [
        (date(2026, 1, 30), date(2026, 1, 30), Place(2026, 1, False)),
        (date(2026, 1, 30), date(2026, 3, 31), Place(2026, 1, False)),
        (date(2026, 1, 30), date(2026, 4, 1), Place(2026, 1, True)),
        (date(2026, 1, 30), date(2026, 11, 16), Place(2026, 1, True)),
        (date(2026, 12, 31), date(2027, 1, 4), Place(2026, 4, True)),
    ],
)
def test_a_void_is_of_the_quarter_of_the_payment(belongs, entered, wanted):
    """26 CFR 31.6413(a)-2; Instructions for Form 941-X."""
    assert place(belongs, entered) == wanted


def test_premium_paid_by_a_correction_is_qualified_overtime():
    """26 USC 225(c), 6051(a)(19): compensation of the year in which it is paid."""
    items = [
        ("OTP", "", D("353.59")),
        ("RETRO", "retro:7:OTP:0", D("89.60")),
        ("RETRO", "retro:7:REG:24.4", D(160)),
        ("OTS", "", D(12)),
    ]
    assert qualified_overtime(items) == D("443.19")

"""One payslip from gross to net, and pay for time: cases by hand, and invariants."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.payroll.deduct.deductionlimits import Person
from tools.payroll.deduct.deductions import Election
from tools.payroll.deduct.garnishment import Claim, Order
from tools.payroll.deduct.retirement import Tier
from tools.payroll.law.certificates import W4, Exempt, FilingStatus
from tools.payroll.law.period import PayPeriod
from tools.payroll.slip.employer import Employer
from tools.payroll.slip.grosstonet import TAXES, work_out
from tools.payroll.slip.slipfacts import (
    Chosen,
    Enrolled,
    Facts,
    Owed,
    StateForm,
    Totals,
)
from tools.payroll.tax.local import LocalKind, LocalTax
from tools.payroll.time.earning import Earning
from tools.payroll.time.overtime import Salary, Work
from tools.payroll.time.paytime import hourly, salaried
from tools.payroll.time.proration import Pay
from tools.payroll.time.timecard import Basis, Bucket, Leave, Timecard
from tools.payroll.time.workperiod import Scheme, Span

PAYDAY = date(2026, 6, 26)
START, END = date(2026, 6, 7), date(2026, 6, 20)
PERIOD = Span(START, END)
EMPLOYER = Employer(headcount=28, suta_rate=D("0.0305"), suta_base=D(14000))
CASH = ("S125", "RET", *TAXES, "GARN", "ROTH", "POST")


def facts(*earnings, state="TX", **values):
    earnings = earnings or (Earning("REG", D(3000), "Salary"),)
    values.setdefault("employer", EMPLOYER)
    values.setdefault("states", (StateForm(state),))
    return Facts(PAYDAY, START, END, PayPeriod.BIWEEKLY, state, earnings, **values)


def net(slip, gross):
    return gross + sum((slip.total(code) for code in CASH), D(0)) + slip.total("REIMB")


def test_3000_each_two_weeks_in_texas():
    """Pub. 15-T (2026), single: 3,000 x 26 - 8,600 = 69,400, worked out by hand.

    4b comes from the withholding tests; here the lines have to agree with them.
    """
    slip = work_out(facts())
    (fit,) = slip.of("FIT")
    lines = {step.label.split()[0]: step.amount for step in fit.steps}
    assert lines["1c"] == 78000
    assert -fit.amount == lines["4b"]
    assert slip.total("SS") == D("-186.00")
    assert slip.total("MED") == D("-43.50")
    assert not slip.of("SIT")
    assert slip.total("FUTA") == D("18.00")
    assert slip.total("SUTA") == D("91.50")
    assert net(slip, D(3000)) == D("2770.50") + fit.amount


def test_pretax_money_lowers_each_wage_as_the_law_says():
    chosen = (
        Chosen("election:1", Election("health_125", D(100), name="Health"), payee=7),
        Chosen("election:2", Election("401k", percent=D(5), name="401(k)"), payee=8),
    )
    slip = work_out(facts(chosen=chosen))
    assert slip.total("S125") == -100
    assert slip.total("RET") == -150
    (fit,), (ss,), (futa,) = slip.of("FIT"), slip.of("SS"), slip.of("FUTA")
    assert (fit.wages, ss.wages, futa.wages) == (2750, 2900, 2900)
    assert [
        (i.key, i.payee, i.w2) for i in slip.items if i.code in ("S125", "RET")
    ] == [
        ("election:1", 7, ""),
        ("election:2", 8, "12D"),
    ]


def test_the_employer_matches_traditional_and_roth_together():
    tiers = (Tier(D(100), D(3)), Tier(D(50), D(2)))
    chosen = (
        Chosen("election:1", Election("401k", percent=D(2)), 8, tiers),
        Chosen("election:2", Election("roth_401k", percent=D(3)), 8, tiers),
    )
    slip = work_out(facts(chosen=chosen))
    assert slip.total("RET") == -60
    assert slip.total("ROTH") == -90
    (match,) = slip.of("ER_BEN")
    assert (match.amount, match.key) == (120, "match:election:1")


def test_a_shared_election_object_counts_twice():
    """Two equal deductions are two deductions."""
    same = Election("posttax", D(20), name="Uniform")
    slip = work_out(
        facts(chosen=(Chosen("election:1", same), Chosen("election:2", same)))
    )
    assert slip.total("POST") == -40
    assert [item.key for item in slip.of("POST")] == ["election:1", "election:2"]


def test_group_term_life_raises_wages_but_moves_no_money():
    cover = Chosen("election:1", Election("group_term_life"), coverage=D(150000))
    person = Person(age=45)
    slip = work_out(facts(chosen=(cover,), person=person))
    (imputed,) = slip.of("IMP")
    assert imputed.amount == D("6.92")  # 100 x 0.15 x 12/26
    (fit,), (ss,) = slip.of("FIT"), slip.of("SS")
    assert fit.wages == 3000
    assert fit.taxed == D("3006.92")  # box 1
    assert ss.wages == D("3006.92")


def test_a_bonus_is_taxed_flat_beside_the_salary():
    slip = work_out(facts(Earning("REG", D(3000)), Earning("BONUS", D(1000), "Bonus")))
    flat = [item for item in slip.of("FIT") if item.key == "supplemental"]
    assert [item.amount for item in flat] == [-220]
    assert [item.wages for item in slip.of("FIT")] == [3000, 1000]
    assert slip.total("SS") == D("-248.00")


def test_the_deferral_of_a_bonus_comes_off_the_bonus():
    """Supplemental wages are what is left of it (26 CFR 31.3402(g)-1(a)(1)): 22 % of
    9,000, and Pub. 15-T (2026) on 2,700."""
    earned = Earning("REG", D(3000)), Earning("BONUS", D(10_000))
    tenth = Chosen("election:1", Election("401k", percent=D(10)))
    slip = work_out(facts(*earned, chosen=(tenth,)))
    found = [(item.key, -item.amount, item.wages) for item in slip.of("FIT")]
    assert found == [
        ("", D("254.38"), 2700),
        ("supplemental", D("1980.00"), 9000),
    ]
    # dollars come off the regular pay
    fixed = Chosen("election:1", Election("401k", D(1300)))
    slip = work_out(facts(*earned, chosen=(fixed,)))
    assert [item.wages for item in slip.of("FIT")] == [1700, 10_000]


@given(
    st.decimals(0, 9000, places=2),
    st.decimals(1, 20_000, places=2),
    st.integers(0, 100),
    st.decimals(0, 3000, places=2),
)
def test_regular_and_supplemental_wages_are_all_wages(regular, bonus, percent, fixed):
    chosen = (
        Chosen("election:1", Election("401k", percent=D(percent))),
        Chosen("election:2", Election("health_125", fixed)),
    )
    slip = work_out(
        facts(Earning("REG", regular), Earning("BONUS", bonus), chosen=chosen)
    )
    wages = [item.wages for item in slip.of("FIT")]
    whole = regular + bonus + slip.total("RET") + slip.total("S125")
    assert sum(wages, D(0)) == max(0, whole)
    assert min(wages, default=D(0)) >= 0


def test_a_bonus_before_the_first_regular_pay_of_the_year():
    """10,000 flat: tax was withheld last year (26 CFR 31.3402(g)-1(a)(7)(iii)(B))."""
    bonus = Earning("BONUS", D(10_000))
    assert work_out(facts(bonus, tax_withheld_last_year=True)).total("FIT") == -2200
    assert work_out(facts(bonus)).total("FIT") != -2200


@pytest.mark.parametrize("earned", [Earning("BONUS", D(5000)), Earning("REIMB", D(1))])
def test_imputed_income_is_in_box_1_also_beside_a_bonus_or_nothing(earned):
    """200,000 cover at 52: 150 x 0.23 x 12/26 = 15.92 (26 CFR 1.79-3(d)(2))."""
    cover = Chosen("election:1", Election("group_term_life"), coverage=D(200_000))
    slip = work_out(facts(earned, chosen=(cover,), person=Person(age=52)))
    pay = earned.amount if earned.code == "BONUS" else 0
    assert sum(item.taxed for item in slip.of("FIT")) == pay + D("15.92")
    assert sum(item.wages for item in slip.of("FIT")) == pay


def test_new_jersey_taxes_403b_and_commuter_money():
    """N.J.S.A. 54A:6-21 and 54A:6-23: the tax of 3,000 in two weeks, 121.05."""
    chosen = (
        Chosen("election:1", Election("403b", D(300))),
        Chosen("election:2", Election("commuter", D(300))),
    )
    slip = work_out(facts(state="NJ", chosen=chosen))
    (tax,) = slip.of("SIT")
    assert (-tax.amount, tax.wages) == (D("121.05"), 3000)


def test_every_bonus_of_the_year_counts_towards_the_million():
    """Above a million of supplemental wages the mandatory rate holds (26 CFR 31.3402(g)-1)."""
    before = {
        ("BONUS", "earning:1"): Totals(D(600_000)),
        ("BONUS", "input"): Totals(D(399_000)),
        ("FIT", ""): Totals(D(-300_000)),
    }
    slip = work_out(
        facts(Earning("REG", D(3000)), Earning("BONUS", D(2000)), year=before)
    )
    (flat,) = (item for item in slip.of("FIT") if item.key == "supplemental")
    assert flat.amount == -(D(1000) * 22 + D(1000) * 37) / 100


def test_a_bonus_without_tax_withheld_before_goes_by_the_aggregate_method():
    slip = work_out(facts(Earning("BONUS", D(1000)), latest_regular=D(2000), year={}))
    (fit,) = slip.of("FIT")
    assert "with the regular pay" in fit.name
    together = work_out(facts(Earning("REG", D(3000)))).total("FIT")
    alone = work_out(facts(Earning("REG", D(2000)))).total("FIT")
    assert fit.amount == together - alone


def test_the_wage_base_is_reached_in_the_middle_of_a_pay():
    before = {
        ("SS", ""): Totals(D(-11377), D(183500), D(183500)),
        ("ER_SS", ""): Totals(D(11377), D(183500), D(183500)),
    }
    slip = work_out(facts(year=before))
    (ss,) = slip.of("SS")
    assert (ss.wages, ss.taxed) == (3000, 1000)
    assert ss.amount == D("-62.00")


def test_an_exempt_person_has_a_line_of_zero_with_its_wages():
    slip = work_out(facts(certificate=Exempt(2026)))
    (fit,) = slip.of("FIT")
    assert (fit.amount, fit.wages) == (0, 3000)


def test_garnishments_leave_what_the_law_protects():
    orders = (
        Owed("order:1", Order("S-1", Claim.SUPPORT, date(2026, 1, 5), D(600)), 5),
        Owed("order:2", Order("C-9", Claim.CREDITOR, date(2026, 2, 1)), 6),
    )
    slip = work_out(facts(orders=orders))
    taxes = sum((slip.total(code) for code in TAXES), D(0))
    cap = (3000 + taxes) / 4
    support, creditor = slip.total("GARN"), slip.of("GARN")[1:]
    assert support <= -600
    assert creditor == () or -support <= cap
    assert slip.of("GARN")[0].payee == 5


def test_the_home_state_takes_only_what_exceeds_the_state_of_work():
    forms = (StateForm("IL"), StateForm("WI", credit=True))
    both = work_out(facts(state="IL", states=forms))
    alone = work_out(facts(state="IL", states=(StateForm("WI"),)))
    parts = {item.key: item.amount for item in both.of("SIT")}
    assert parts["state:IL"] + parts.get("state:WI", 0) == min(
        parts["state:IL"], alone.total("SIT")
    )


def test_pennsylvania_taxes_the_deferral_and_new_jersey_the_health_plan():
    chosen = (
        Chosen("1", Election("health_125", D(100))),
        Chosen("2", Election("401k", D(200))),
    )
    pennsylvania = work_out(facts(state="PA", chosen=chosen)).of("SIT")[0]
    assert pennsylvania.wages == 2900
    letter = StateForm("NJ", {"code": "A"})
    jersey = work_out(facts(state="NJ", states=(letter,), chosen=chosen)).of("SIT")[0]
    assert jersey.wages == 2800


def test_other_taxes_of_the_state_count_their_own_year():
    slip = work_out(facts(state="WA"))
    keys = {item.key: item for item in slip.of("SOTH")}
    assert len(keys) == 2
    (capped,) = [k for k, i in keys.items() if "Family" in i.name]
    year = {("SOTH", capped): Totals(D("-1489.21"), D(184500), D(184500))}
    again = work_out(facts(state="WA", year=year))
    assert again.total("SOTH") == slip.total("SOTH") - keys[capped].amount


def test_without_a_rate_of_the_state_the_slip_stops_with_a_remedy():
    with pytest.raises(ValueError, match="rate notice"):
        work_out(facts(employer=Employer()))


def test_pay_below_zero_stops():
    with pytest.raises(ValueError, match="below zero"):
        work_out(facts(Earning("RETRO", D(-50))))


def test_expenses_are_repaid_without_tax():
    plain = work_out(facts())
    slip = work_out(facts(Earning("REG", D(3000)), Earning("REIMB", D(80))))
    assert slip.total("FIT") == plain.total("FIT")
    assert net(slip, D(3000)) == net(plain, D(3000)) + 80


@settings(max_examples=60, deadline=None)
@given(
    gross=st.decimals(0, 30000, places=2),
    health=st.decimals(0, 900, places=2),
    percent=st.integers(0, 90),
    support=st.decimals(1, 3000, places=2),
    dues=st.decimals(0, 500, places=2),
    state=st.sampled_from(["TX", "WI", "IL", "CA", "NY"]),
    status=st.sampled_from(list(FilingStatus)),
)
def test_the_parts_add_up_and_nothing_is_taken_from_nothing(
    gross, health, percent, support, dues, state, status
):
    chosen = (
        Chosen("1", Election("health_125", health)),
        Chosen("2", Election("401k", percent=D(percent))),
        Chosen("3", Election("posttax", dues)),
    )
    order = Order("S", Claim.SUPPORT, date(2026, 1, 1), support)
    fields = {"spouse_works": False} if state == "CA" else {}
    given_facts = facts(
        Earning("REG", gross),
        state=state,
        states=(StateForm(state, fields),),
        certificate=W4(status),
        chosen=chosen,
        orders=(Owed("order:1", order),),
    )
    slip = work_out(given_facts)
    before = gross + sum((slip.total(c) for c in ("S125", "RET", "GARN", *TAXES)), D(0))
    assert net(slip, gross) == before + slip.total("POST")
    assert slip.total("POST") >= -max(D(0), before)  # never out of what is not there
    for item in slip.items:
        assert item.amount == item.amount.quantize(D("0.01"))
    assert slip.total("SS") == -slip.total("ER_SS")


# ---------------------------------------------------------------------- time


def work(first, hours, rate=D(20)):
    """Five days from ``first`` on."""
    return tuple(
        Work(first.replace(day=first.day + day), D(h), rate)
        for day, h in enumerate(hours)
    )


def test_hourly_pay_with_premium_apart():
    card = Timecard(
        PERIOD, work(date(2026, 6, 8), (9,) * 5) + work(date(2026, 6, 15), (8,) * 5)
    )
    earnings, time = hourly(card, lambda _day: D(20))
    assert [(e.code, e.amount) for e in earnings] == [("REG", 1700), ("OTP", 50)]
    assert time.hours[Bucket.OVERTIME] == 5


def test_a_promised_bonus_raises_the_premium():
    """100 over two weeks of 45 and 40 hours: 50 / 45 / 2 x 5 = 2.78."""
    card = Timecard(
        PERIOD, work(date(2026, 6, 8), (9,) * 5) + work(date(2026, 6, 15), (8,) * 5)
    )
    earnings, _time = hourly(card, lambda _day: D(20), D(100))
    assert [e.amount for e in earnings if e.key == "bonus"] == [D("2.78")]


def test_a_raise_within_the_week_is_paid_at_both_rates():
    days = work(date(2026, 6, 8), (8, 8)) + work(date(2026, 6, 10), (8, 8, 8), D(22))
    earnings, _time = hourly(Timecard(PERIOD, days), lambda _day: D(22))
    assert [(e.rate, e.amount) for e in earnings] == [(20, 320), (22, 528)]


def schedule():
    return {day: D(8) if day.weekday() < 5 else D(0) for day in PERIOD.days()}


def test_leave_is_a_part_of_the_salary():
    leaves = (
        Leave(date(2026, 6, 9), D(8), Bucket.PTO),
        Leave(date(2026, 6, 19), D(8), Bucket.HOLIDAY),
        Leave(date(2026, 6, 10), D(4), Bucket.UNPAID),
    )
    card = Timecard(PERIOD, (), schedule(), leaves, Basis.EXEMPT)
    earnings, _time = salaried(card, [Pay(PERIOD, D(3000))])
    assert {e.code: e.amount for e in earnings} == {"REG": 2250, "PTO": 300, "HOL": 300}


def test_a_salary_that_covers_40_hours_pays_the_rest():
    card = Timecard(
        PERIOD, work(date(2026, 6, 8), (9,) * 5, D(0)), schedule(), (), Basis.SALARIED
    )
    salary = Salary(D(800), D(40))
    earnings, _time = salaried(
        card, [Pay(PERIOD, D(1600))], weekly_salary=lambda _week: salary
    )
    assert [(e.code, e.amount) for e in earnings] == [
        ("REG", 1600),
        ("REG", 100),
        ("OTP", 50),
    ]


def test_a_salary_under_8_and_80_pays_80_hours_of_the_fortnight():
    """82 hours, 2 over 8 a day: 2 x 25 beyond the salary and half of it besides."""
    span = Span(date(2026, 3, 1), date(2026, 3, 14))
    days = [day for day in span.days() if day.weekday() < 5]
    work = [Work(day, D(10) if day == days[0] else D(8)) for day in days]
    card = Timecard(
        span,
        work,
        basis=Basis.SALARIED,
        scheme=Scheme.FORTNIGHT,
        week_starts=span.start,
    )
    salary = Salary(D(1000), D(40))
    earnings, _time = salaried(
        card, [Pay(span, D(2000))], weekly_salary=lambda _week: salary
    )
    assert [(e.code, e.amount) for e in earnings] == [
        ("REG", 2000),
        ("REG", 50),
        ("OTP", 25),
    ]


def test_eight_and_eighty_counts_the_day():
    card = Timecard(
        PERIOD,
        work(date(2026, 6, 8), (10, 10, 10)),
        scheme=Scheme.FORTNIGHT,
        week_starts=START,
    )
    earnings, _time = hourly(card, lambda _day: D(20))
    assert [(e.code, e.amount) for e in earnings] == [("REG", 600), ("OTP", 60)]


def test_local_tax_by_record():
    city = LocalTax(
        "DET",
        "Detroit",
        LocalKind.PERCENT,
        "City ordinance",
        date(2026, 1, 1),
        resident_percent=D("2.4"),
        nonresident_percent=D("1.2"),
    )
    slip = work_out(facts(locals=(Enrolled(city, resident=False),)))
    (tax,) = slip.of("LIT")
    assert (tax.amount, tax.key) == (D("-36.00"), "local:DET")

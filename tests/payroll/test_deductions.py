"""Deductions: limits of the year, and the wages that stay taxable."""

from datetime import date
from decimal import Decimal as D

import pytest
from casefile import cases, ids
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.deduct.deductionlimits import Person
from tools.payroll.deduct.deductions import Election, fit_net, take, wages
from tools.payroll.deduct.imputed import group_term_life, table_cost
from tools.payroll.deduct.retirement import Tier, match
from tools.payroll.law.deductionkinds import Base, Phase, kind, state_effect
from tools.payroll.law.limits import LimitMissing

PAYDAY = date(2026, 6, 12)
CASES = cases("limit_cases.csv")
SAFE_HARBOR = (Tier(D(100), D(3)), Tier(D(50), D(2)))


YOUNG = Person(age=30)


def taken(*elections, gross=D(3000), person=YOUNG, day=PAYDAY):
    return take(gross, elections, person, day)


@pytest.mark.parametrize("row", CASES, ids=ids(CASES))
def test_limits_of_the_year(row):
    person = Person(int(row["age"]), row["family"] == "yes", D(row["prior_wages"]))
    election = Election(row["kind"], D(row["amount"]), taken=D(row["taken"]))
    elections = [election]
    if row["kind"] == "roth_401k":  # the traditional part went in first
        elections = [
            Election("401k", taken=election.taken),
            Election("roth_401k", election.amount),
        ]
    day = date(int(row["year"]), 6, 12)
    last = taken(*elections, gross=D(9000), person=person, day=day)[-1]
    assert last.amount == D(row["expected"])
    assert bool(last.reason) == (last.amount < last.wanted)


def test_a_stopped_deduction_says_why_and_shows_its_working():
    (line,) = taken(Election("401k", D(1000), taken=D(24000)))
    assert line.reason == "stopped at the 2026 deferral limit of 24500"
    assert [step.amount for step in line.steps] == [1000, 24500, 24000, 500, 500]


def test_traditional_and_roth_share_one_limit():
    trad, roth = taken(
        Election("401k", D(300), taken=D(20000)),
        Election("roth_401k", D(300), taken=D(4000)),
    )
    assert (trad.amount, roth.amount) == (300, 200)


def test_roth_money_of_the_year_counts_as_the_catch_up():
    """8,000 of Roth already: all 24,500 before tax are still allowed."""
    person = Person(age=55, prior_fica_wages=D(400000))
    trad, _roth = taken(
        Election("401k", D(500), taken=D(24000)),
        Election("roth_401k", taken=D(8000)),
        person=person,
    )
    assert trad.amount == 500


@pytest.mark.parametrize(
    ("prior", "amount", "word"),
    [
        (None, 500, "wages of 2025 are not known: enter them"),
        (D(286_000), 500, "catch-up must be Roth"),
        (D(150_000), 5000, ""),
        (D(0), 5000, ""),
    ],
)
def test_a_catch_up_waits_for_last_years_wages(prior, amount, word):
    """62 years old: 24,500 before tax unless last year's wages allow 35,750 (26 USC
    414(v)(7); Notice 2025-67). Unknown is a question, not zero."""
    person = Person(age=62, prior_fica_wages=prior)
    election = Election("401k", D(5000), taken=D(24_000))
    (line,) = taken(election, person=person, gross=D(20_000))
    assert (line.amount, word in line.reason) == (amount, True)


def test_the_employers_hsa_money_counts_against_the_limit():
    lines = taken(
        Election("hsa_125", D(200), taken=D(2300)),
        Election("hsa_employer", D(100), taken=D(1900)),
    )
    assert {line.kind.key: line.amount for line in lines} == {
        "hsa_employer": 100,
        "hsa_125": 100,
    }


def test_the_employers_hsa_money_stops_at_the_limit():
    # 26 USC 106(d)(1): above the limit it would be wages
    (line,) = taken(Election("hsa_employer", D(100), taken=D(4350)))
    assert (line.amount, line.wanted) == (50, 100)
    assert "HSA limit of 4400" in line.reason


def test_dependent_care_of_married_filing_separately():
    person = Person(married_separate=True)
    (line,) = taken(
        Election("dependent_care_fsa", D(5000)), person=person, gross=D(9999)
    )
    assert line.amount == 3750


def test_a_loan_stops_at_its_balance():
    (line,) = taken(Election("posttax", D(100), taken=D(950), goal=D(1000)))
    assert line.amount == 50
    assert line.reason == "the goal of 1000 is reached"


def test_pay_that_does_not_cover_a_deduction():
    first, second = taken(
        Election("health_125", D(80)), Election("401k", D(50)), gross=D(100)
    )
    assert (first.amount, second.amount) == (80, 20)
    assert second.reason == "the pay does not cover it"


def test_deductions_after_tax_give_way_to_the_net():
    lines = taken(Election("posttax", D(300)), Election("posttax", D(300)))
    cut = fit_net(D(400), lines)
    assert [line.amount for line in cut] == [300, 100]


def test_an_unknown_kind_is_named():
    with pytest.raises(ValueError, match="'401q' is not a kind of deduction"):
        taken(Election("401q", D(1)))


def test_a_year_without_figures_is_refused():
    with pytest.raises(LimitMissing, match="2031"):
        taken(Election("401k", D(1)), day=date(2031, 1, 2))


def test_stub_of_a_person_in_pennsylvania():
    """Vector STB26-01: gross 3,000, section 125 of 100, 401(k) of 200."""
    expected = {
        row["item"]: D(row["expected"])
        for row in cases("paystub_and_w2_totals_vectors.csv")
        if row["vector_id"] == "STB26-01"
    }
    lines = taken(Election("health_125", D(100)), Election("401k", D(200)))
    bases = wages(D(3000), lines, PAYDAY, "PA")
    assert bases[Base.FIT] == expected["fit_base"]
    assert bases[Base.STATE] == expected["pa_income_tax_base"]
    assert bases[Base.FICA] == bases[Base.FUTA] == 2900


@pytest.mark.parametrize(
    ("key", "fit", "fica", "futa", "box1"),
    [
        ("health_125", -1, -1, -1, -1),
        ("hsa_125", -1, -1, -1, -1),
        ("401k", -1, 0, 0, -1),
        ("roth_401k", 0, 0, 0, 0),
        ("posttax", 0, 0, 0, 0),
        ("group_term_life", 0, 1, 0, 1),
        ("s_corp_health", 1, 0, 0, 1),
        ("hsa_employer", 0, 0, 0, 0),
    ],
)
def test_what_each_kind_does_to_each_wage(key, fit, fica, futa, box1):
    """IRS Pub. 15 (2025), section 15, pages 45 to 51."""
    this = kind(key, PAYDAY)
    found = [this.sign(b) for b in (Base.FIT, Base.FICA, Base.FUTA, Base.BOX1)]
    assert found == [fit, fica, futa, box1]


@pytest.mark.parametrize(
    ("state", "key", "sign"),
    [
        ("NJ", "health_125", 0),
        ("NJ", "401k", -1),
        ("NJ", "hsa_employer", 1),
        ("CA", "hsa_125", 0),
        ("CA", "hsa_employer", 1),
        ("CA", "health_125", -1),
        ("PA", "401k", 0),
        ("PA", "health_125", -1),
        ("PA", "commuter", 0),  # 72 P.S. 7301(d)(vi) names other programs
        ("PA", "group_term_life", 0),  # the same: programs that cover death
        ("OH", "group_term_life", 1),
        ("AL", "hsa_125", -1),
        ("AL", "hsa_employer", 0),
        ("OH", "401k", -1),
        ("", "401k", -1),
    ],
)
def test_states_that_do_not_follow_the_federal_rule(state, key, sign):
    assert state_effect(kind(key, PAYDAY), state, PAYDAY, D(40)) == sign * 40


@pytest.mark.parametrize(
    ("state", "key", "amount", "before", "separate", "effect"),
    [
        ("MA", "commuter", 340, 0, False, -335),  # TIR 25-9: 335 a month
        ("MA", "commuter", 100, 300, False, -35),
        ("MA", "commuter", 100, 335, False, 0),
        ("MA", "dependent_care_fsa", 1000, 4500, False, -500),
        ("MA", "dependent_care_fsa", 1000, 2000, True, -500),
        ("PA", "dependent_care_fsa", 7500, 0, False, -5000),  # Act 34 of 2023
        ("CA", "dependent_care_fsa", 300, 6000, False, 0),
        ("KY", "dependent_care_fsa", 300, 4900, False, -100),
        ("OH", "dependent_care_fsa", 300, 6000, False, -300),
    ],
)
def test_a_state_leaves_out_up_to_its_own_amount(
    state, key, amount, before, separate, effect
):
    this = kind(key, PAYDAY)
    done = state_effect(this, state, PAYDAY, D(amount), D(before), separate=separate)
    assert done == effect


@pytest.mark.parametrize(
    ("pay", "deferred", "expected"),
    [
        (2050, "164", "82.00"),  # shared401k.com: 8 % of 2,050 deferred
        (30000, "1500", "1200.00"),  # c4plans.com: 5 % of 30,000
        (100000, "5000", "4000.00"),  # rpgconsultants.com
        (100000, "4000", "3500.00"),  # rpgconsultants.com: 4 % gives 3.5 %
        (100000, "4500", "3750.00"),  # rpgconsultants.com: 4.5 % gives 3.75 %
    ],
)
def test_safe_harbor_match(pay, deferred, expected):
    assert match(SAFE_HARBOR, D(pay), D(deferred), 2026).amount == D(expected)


def test_match_counts_pay_up_to_the_limit_only():
    """50 % of 6 % of 360,000 in 2026, whatever the pay."""
    tiers = [Tier(D(50), D(6))]
    assert match(tiers, D(500000), D(24500), 2026).amount == D("10800.00")
    last = match(tiers, D(20000), D(5000), 2026, pay_before=D(355000))
    assert last.amount == D("150.00")


def test_true_up_gives_what_the_year_still_lacks():
    worked = match(SAFE_HARBOR, D(100000), D(5000), 2026, matched_before=D("3200.00"))
    assert worked.amount == D("800.00")


def test_match_stops_at_the_limit_on_additions():
    worked = match(SAFE_HARBOR, D(30000), D(1500), 2026, additions_before=D(71000))
    assert worked.amount == 1000


def test_life_insurance_of_publication_525():
    """Pub. 525, Worksheet 1 illustrated: age 51, 80,000, pays 4.15 a month."""
    worked = group_term_life(D(80000), 51, PAYDAY, months=D(12), paid=D("4.15") * 12)
    assert worked.amount == D("33.00")


@pytest.mark.parametrize(
    ("coverage", "age", "months", "paid", "expected"),
    [
        (120000, 44, 12, "48", "36.00"),  # qoschin.com S3A2XwL6yowD
        (100000, 42, 12, "0", "60.00"),  # clincobchiapas.com 25654628
        (80000, 42, 1, "16", "0"),  # studylib.net 8257695, example A
        (50000, 69, 12, "0", "0"),  # 26 USC 79(a)(1)
        (75049, 30, 1, "0", "2.00"),  # nearest hundred: 25.0 thousand
        (75050, 30, 1, "0", "2.01"),  # 25.1 thousand x 0.08
    ],
)
def test_life_insurance_cases(coverage, age, months, paid, expected):
    worked = group_term_life(D(coverage), age, PAYDAY, months=D(months), paid=D(paid))
    assert worked.amount == D(expected)


@pytest.mark.parametrize(
    ("age", "cost"),
    [(24, ".05"), (25, ".06"), (49, ".15"), (64, ".66"), (65, "1.27"), (70, "2.06")],
)
def test_table_one_at_its_edges(age, cost):
    assert table_cost(age, PAYDAY)[0] == D(cost)


amount = st.decimals(min_value=0, max_value=4000, places=2)
keys = st.sampled_from(["health_125", "401k", "roth_401k", "hsa_125", "posttax"])


@given(st.lists(st.tuples(keys, amount, amount), max_size=6), amount)
def test_nothing_is_taken_beyond_pay_or_limit(rows, gross):
    elections = [Election(k, a, taken=t) for k, a, t in rows]
    lines = taken(*elections, gross=gross)
    assert sum((line.amount for line in lines), D(0)) <= gross
    assert all(0 <= line.amount <= line.wanted for line in lines)
    for limit, cap in (("402g", D(24500)), ("hsa", D(4400))):
        mine = [line for line in lines if line.kind.limit == limit]
        before = sum((line.election.taken for line in mine), D(0))
        now = sum((line.amount for line in mine), D(0))
        assert before + now <= max(before, cap)


@given(st.lists(st.tuples(keys, amount), max_size=6), amount)
def test_taxable_wages_are_gross_less_what_the_table_excludes(rows, gross):
    lines = taken(*(Election(k, a) for k, a in rows), gross=gross)
    bases = wages(gross, lines, PAYDAY)
    pretax = sum((x.amount for x in lines if x.kind.phase is Phase.PRETAX), D(0))
    deferred = sum((x.amount for x in lines if x.kind.key == "401k"), D(0))
    assert bases[Base.FIT] == gross - pretax
    assert bases[Base.FICA] == gross - pretax + deferred

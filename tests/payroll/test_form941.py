"""Form 941: lines, fractions of cents, liability by month and day."""

from datetime import date
from decimal import Decimal as D

import pytest
from casefile import cases
from hypothesis import given
from hypothesis import strategies as st
from tools.money import to_cents
from tools.payroll.law.limits import LimitMissing
from tools.payroll.returns.deposits import Schedule
from tools.payroll.returns.form941 import Other, PayDay, form941

MONTHLY, SEMIWEEKLY = Schedule.MONTHLY, Schedule.SEMIWEEKLY


def payday(month, day, wages, tax, checks=1, **more):
    """Checks of equal wages, each rounded by itself as payrolls do."""
    each = D(wages) / checks
    ss, medicare = to_cents(each * D("0.062")), to_cents(each * D("0.0145"))
    return PayDay(
        date(2026, month, day),
        checks,
        D(wages),
        D(tax),
        D(wages),
        D(wages),
        ss * checks,
        medicare * checks,
        ss * checks,
        medicare * checks,
        **more,
    )


QUARTER = [
    payday(4, 3, "10101.01", 1200, 7),
    payday(4, 17, "10101.01", 1200, 7),
    payday(5, 1, "10101.01", 1200, 7),
    payday(5, 15, "10101.01", 1200, 7),
    payday(6, 26, "10101.01", 1200, 7),
]


def filled(paydays=QUARTER, schedule=MONTHLY, **other):
    return form941(2026, 2, paydays, Other(7, **other), schedule)


def test_the_lines_of_a_quarter():
    """50,505.05 of wages: 12.4 % and 2.9 % of the total, not the sum of the checks."""
    form = filled(deposits=D("13727.25"))
    lines = {key: str(amount) for key, amount in form.lines.items() if amount}
    assert lines == {
        "1": "7",
        "2": "50505.05",
        "3": "6000",
        "5a": "50505.05",
        "5a2": "6262.63",
        "5c": "50505.05",
        "5c2": "1464.65",
        "5e": "7727.28",
        "6": "13727.28",
        "7": "0.01",
        "10": "13727.29",
        "12": "13727.29",
        "13": "13727.25",
        "14": "0.04",
    }
    assert form.problems == ()


def test_line_7_is_what_was_withheld_less_the_rates():
    """IRS Pub. 15 (2025) section 13: 6.2 % and 1.45 % of the quarter's wages."""
    form = filled()
    withheld = sum(p.employee_ss + p.employee_medicare for p in QUARTER)
    share = to_cents(D("50505.05") * D("0.0765"))
    assert form.lines["7"] == withheld - share == D("0.01")


def test_the_months_total_line_12():
    form = filled()
    assert sum(form.months) == form.lines["12"]
    assert form.months == (D("5490.92"), D("5490.92"), D("2745.45"))


def test_schedule_b_totals_line_12():
    form = filled(schedule=SEMIWEEKLY)
    assert sum(form.by_day.values()) == form.lines["12"]
    assert list(form.by_day) == [p.day for p in QUARTER]
    assert form.steps[-1].label == "Line 16, semiweekly: Schedule B"


def test_a_small_quarter_needs_no_deposits():
    form = filled([payday(4, 3, 1000, 50)])
    assert form.steps[-1].label == "Line 16, under 2500: no deposits needed"


def test_an_overpayment_is_line_15():
    form = filled(deposits=D(20000))
    assert form.lines["14"] == 0
    assert form.lines["15"] == 20000 - form.lines["12"]


def test_additional_medicare_tax_has_no_employers_half():
    more = {"additional_wages": D(5000), "employee_additional": D(45)}
    form = filled([payday(4, 3, 205000, 50000, **more)])
    assert form.lines["5d2"] == 45
    assert form.lines["7"] == 0
    assert form.problems == ()


def test_f941_02_third_party_sick_pay():
    """Taxes of 2,000 on lines 5a and 5c, 1,000 of them paid by a third party."""
    (row,) = [
        r
        for r in cases("irs_pub15_2025_deposit_and_941_examples_vectors.csv")
        if r["vector_id"] == "F941-02"
    ]
    assert row["expected"] == "line 8 = -1,000"
    ss, medicare = D("11451.61"), D(20000)
    line_8 = -(D(710) + D(290))  # what the third party withheld
    wages = [D(20000), D(0), ss, medicare]
    shares = [D(0), D(0), D(710), D(290)]
    pay = PayDay(date(2026, 4, 3), 1, *wages, *shares)
    form = filled([pay], sick_pay=line_8)
    assert form.lines["5e"] == 2000
    assert form.lines["7"] == 0
    assert form.lines["12"] == 1000


def test_wages_without_their_tax_are_no_rounding():
    wrong = PayDay(
        date(2026, 4, 3), 1, *[D(5000), D(400), D(5000), D(5000)], *[D(0)] * 4
    )
    problems = filled([wrong]).problems
    assert any("more than rounding explains" in text for text in problems)


def test_medicare_wages_below_social_security_wages():
    wrong = PayDay(
        date(2026, 4, 3),
        1,
        *[D(100), D(0), D(100), D(90)],
        *[D("6.20"), D("1.31"), D("6.20"), D("1.31")],
    )
    assert "Medicare wages (5c) are below" in filled([wrong]).problems[0]


def test_adjustments_of_the_wrong_sign():
    assert "enter them below zero" in filled(sick_pay=D(5)).problems[-1]


def test_a_payday_of_another_quarter_is_refused():
    with pytest.raises(ValueError, match="not in quarter 2"):
        filled([payday(7, 3, 100, 1)])


def test_a_year_without_rates_is_refused():
    with pytest.raises(LimitMissing, match="2031"):
        form941(2031, 2, [], Other(0), MONTHLY)


pay = st.builds(
    payday,
    st.integers(4, 6),
    st.integers(1, 30),
    st.decimals(min_value=100, max_value=90000, places=2),
    st.decimals(min_value=0, max_value=20000, places=2),
    st.integers(1, 60),
)


@given(st.lists(pay, min_size=1, max_size=8), st.sampled_from(Schedule))
def test_honest_payrolls_always_tie(paydays, schedule):
    form = form941(2026, 2, paydays, Other(9), schedule)
    assert form.problems == ()
    assert sum(form.months) == sum(form.by_day.values()) == form.lines["12"]
    assert min(form.by_day.values()) >= 0
    assert form.lines["14"] - form.lines["15"] == form.lines["12"] - form.lines["13"]

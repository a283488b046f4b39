"""Form 940, by the examples in its instructions."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.law.limits import LimitMissing
from tools.payroll.returns.form940 import Paid, States, form940
from tools.payroll.returns.futacredit import StateCredit, worksheet


def quarters(*amounts):
    return tuple(D(amount) for amount in (*amounts, 0, 0, 0, 0)[:4])


# Instructions for Form 940 (2016 and 2022), lines 3 to 5: three employees.
PEOPLE = [
    Paid(quarters(11000, 11000, 11000, 11000), quarters(500, 500, 500, 500)),
    Paid(quarters(2000, 2000, 2000, 2000), quarters(125, 125, 125, 125)),
    Paid(quarters(4000, 4000, 4000, 4000), quarters(500, 500, 500, 500)),
]


def test_lines_3_to_8_of_the_instructions():
    form = form940(2025, PEOPLE, States({"OH": D(21000)}))
    assert [form.lines[key] for key in ("3", "4", "5", "6", "7", "8")] == [
        68000,
        4500,
        42500,
        47000,
        21000,
        126,
    ]
    assert form.problems == ()


def test_the_worksheet_of_line_10():
    """Jill Brown, Tom White and Jack Davis (2022): line 7 is 21,000."""
    credit = StateCredit("XX", D(8000), D("4.1"), D(100), D(78))
    worked = worksheet(D(21000), [credit])
    found = {step.label.split()[0]: step.amount for step in worked.steps}
    assert found == {
        "1": 1134,
        "2": 100,
        "3": 104,
        "4": 204,
        "5a": 930,
        "5b": 78,
        "5d": D("70.20"),
        "6": D("274.20"),
        "7": D("859.80"),
    }
    assert worked.amount == D("859.80")


def test_full_credit_leaves_line_10_empty():
    paid = StateCredit("XX", D(21000), D("2.7"), D(567))
    assert worksheet(D(21000), [paid]).amount == 0
    assert worksheet(D(21000), [StateCredit("XX", D(0), D(6), D(1134))]).amount == 0


def test_line_9_when_no_wages_were_subject_to_state_tax():
    form = form940(2025, PEOPLE, States({}, all_excluded=True))
    assert form.lines["9"] == 1134
    assert form.lines["12"] == 1260
    assert form.lines["16a"] == to_quarter(7000 + 1875 + 3500)


def to_quarter(wages):
    return D(wages) * D("0.06")


def test_schedule_a_of_a_credit_reduction_state():
    """Schedule A (2019), example 1: three people, rate 0.027: 21,000 x 0.027 = 567."""
    states = States({"AA": D(21000)}, reductions={"AA": D("2.7")})
    form = form940(2025, PEOPLE, states)
    assert form.schedule_a == {"AA": (21000, D("2.7"), 567)}
    assert form.lines["11"] == 567
    assert form.lines["16d"] == 567 + D("8.25")  # and 1,375 of the second person


def test_california_in_2025():
    form = form940(2025, PEOPLE, States({"CA": D(14000), "OH": D(7000)}))
    assert form.lines["11"] == 168
    assert form.lines["12"] == 294


def test_california_in_2026_is_not_settled():
    with pytest.raises(LimitMissing, match="potential"):
        form940(2026, PEOPLE, States({"CA": D(21000)}))


def test_an_open_list_of_states_is_a_problem():
    form = form940(2026, PEOPLE, States({"OH": D(21000)}))
    assert "not final" in form.problems[0]


def test_wages_that_no_state_covers():
    form = form940(2025, PEOPLE, States({"OH": D(14000)}))
    assert "Only 14000 of the FUTA wages of 21000" in form.problems[0]


def test_states_with_more_than_the_federal_wages():
    form = form940(2025, PEOPLE, States({"OH": D(30000)}))
    assert "exceed line 7" in form.problems[0]


def test_a_balance_over_500_has_to_be_deposited():
    people = [Paid(quarters(7000))] * 12
    form = form940(2025, people, States({"OH": D(84000)}))
    assert form.lines["14"] == 504
    assert "deposit it" in form.problems[0]


def test_an_overpayment():
    form = form940(2025, PEOPLE, States({"OH": D(21000)}), D(200))
    assert (form.lines["14"], form.lines["15"]) == (0, 74)


amount = st.decimals(min_value=0, max_value=20000, places=2)
person = st.tuples(amount, amount, amount, amount).map(Paid)


@given(st.lists(person, max_size=8), amount)
def test_the_quarters_make_the_year(people, deposited):
    taxable = sum((min(D(7000), sum(p.payments)) for p in people), D(0))
    form = form940(2025, people, States({"CA": taxable}), deposited)
    assert form.lines["7"] == taxable
    assert form.lines["17"] == form.lines["12"]
    assert min(form.lines[f"16{letter}"] for letter in "abcd") >= 0
    assert form.lines["3"] - form.lines["6"] == form.lines["7"]
    assert form.lines["14"] - form.lines["15"] == form.lines["12"] - deposited

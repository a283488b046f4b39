"""Form W-2: boxes from the year's totals, Form W-3, and what would be rejected."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from casefile import cases
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.law.deductionkinds import KINDS
from tools.payroll.law.lawtable import rows
from tools.payroll.returns.w2 import (
    StateBoxes,
    YearTotals,
    known_codes,
    taxable,
    w2,
    w3,
)
from tools.payroll.returns.w2check import problems, reconcile

# 75,000 gross; health 2,400, HSA 1,200, 401(k) 4,000; HSA by the employer 500;
# group-term life 120. Boxes 3 and 5: 75,000 - 3,600 + 120; box 1: 4,000 less.
KINDS_OF_YEAR = {
    "health_125": D(2400),
    "hsa_125": D(1200),
    "401k": D(4000),
    "hsa_employer": D(500),
    "group_term_life": D(120),
}
NURSE = YearTotals(
    wages=D(67520),
    income_tax=D("6402.10"),
    ss_wages=D(71520),
    ss_tax=D("4434.24"),
    medicare_wages=D(71520),
    medicare_tax=D("1037.04"),
    by_kind=KINDS_OF_YEAR,
    health_cost=D("9600.00"),
    qualified_overtime=D("812.50"),
    retirement_plan=True,
    states=(StateBoxes("WI", "036-1", D(67520), D("3104.00")),),
)
VECTORS = [
    row
    for row in cases("paystub_and_w2_totals_vectors.csv")
    if row["item"].startswith("w2_box")
]


def printed_year(row):
    """Year totals of a vector: a monthly wage for some months of 2025."""
    monthly, months = row["inputs"].split(" per month ")
    count = {"Jan-Oct": 10, "Jan-Nov": 11, "Jan-Dec": 12}[months]
    gross = D(monthly.replace(",", "")) * count
    income, ss, medicare = taxable(2025, gross, {})
    return YearTotals(
        income, D(0), ss, ss * D("0.062"), medicare, medicare * D("0.0145")
    )


@pytest.mark.parametrize("row", VECTORS, ids=lambda r: f"{r['vector_id']} {r['item']}")
def test_published_years(row):
    form = w2(2025, printed_year(row))
    assert form.money[row["item"].removeprefix("w2_box")] == D(row["expected"])


def test_boxes_of_a_nurse_in_2026():
    form = w2(2026, NURSE)
    assert form.money == {
        "1": D(67520),
        "2": D("6402.10"),
        "3": D(71520),
        "4": D("4434.24"),
        "5": D(71520),
        "6": D("1037.04"),
    }
    assert form.codes == {
        "C": D(120),
        "D": D(4000),
        "W": D(1700),  # hers by the cafeteria plan and the employer's
        "DD": D(9600),
        "TT": D("812.50"),
    }
    assert list(form.codes) == ["C", "D", "W", "DD", "TT"]
    assert form.retirement_plan and not form.statutory
    assert problems(form) == ()


def test_wages_follow_from_gross_and_deductions():
    assert taxable(2026, D(75000), KINDS_OF_YEAR) == (D(67520), D(71520), D(71520))


def test_social_security_wages_stop_at_the_base():
    _income, ss, medicare = taxable(2026, D(200000), {"401k": D(24500)})
    assert (ss, medicare) == (D(184500), D(200000))


def test_before_2026_overtime_stands_in_box_14():
    """Code TT came with tax year 2026; 2025 tells it in box 14 (Notice 2025-62)."""
    form = w2(2025, NURSE)
    assert "TT" not in form.codes
    assert form.other == {"Qualified overtime": D("812.50")}
    assert "TT" in known_codes(2026)
    assert "TT" not in known_codes(2025)


def test_tips_leave_box_3_for_box_7():
    form = w2(2026, replace(NURSE, ss_tips=D(520)))
    assert (form.money["3"], form.money["7"]) == (D(71000), D(520))


def test_dependent_care_is_box_10_and_roth_code_aa():
    more = {"dependent_care_fsa": D(5000), "roth_401k": D(100)}
    form = w2(2026, replace(NURSE, by_kind=more))
    assert form.money["10"] == D(5000)
    assert form.codes["AA"] == D(100)


def test_every_kind_of_deduction_has_a_box_that_exists():
    boxes = {row["w2"] for row in rows(KINDS)} - {""}
    codes = {box.removeprefix("12") for box in boxes if box.startswith("12")}
    assert codes <= set(known_codes(2026))
    assert boxes - {f"12{code}" for code in codes} <= {"10", "14"}


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="not a kind of deduction"):
        w2(2026, replace(NURSE, by_kind={"parking": D(1)}))


def test_w3_adds_boxes_codes_and_states():
    other = YearTotals(
        D(1000),
        D(50),
        D(1000),
        D(62),
        D(1000),
        D("14.50"),
        by_kind={"401k": D(100)},
        states=(
            StateBoxes("WI", "036-1", D(600), D(20)),
            StateBoxes("IL", "36-2", D(400), D(19)),
        ),
    )
    total = w3([w2(2026, NURSE), w2(2026, other)])
    assert total.money["1"] == D(68520)
    assert total.money["6"] == D("1051.54")
    assert total.codes["D"] == D(4100)
    assert total.retirement_plan
    assert total.states == (
        StateBoxes("WI", "036-1", D(68120), D(3124)),
        StateBoxes("IL", "36-2", D(400), D(19)),
    )


def test_w3_needs_one_year():
    for forms in ([], [w2(2025, NURSE), w2(2026, NURSE)]):
        with pytest.raises(ValueError, match="one year"):
            w3(forms)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"medicare_wages": D(70000)}, "Box 5 (70000) is less than boxes 3 and 7"),
        ({"ss_wages": D(0)}, "Box 4 has 4434.24, but boxes 3 and 7 are empty"),
        ({"medicare_wages": D(0)}, "Box 6 has 1037.04, but box 5 is empty"),
        ({"wages": D(-1)}, "Box 1 is negative (-1)"),
        ({"by_kind": {"401k": D(-5)}}, "Box 12D is negative (-5)"),
        ({"ss_wages": D(190000), "medicare_wages": D(190000)}, "wage base of 184500"),
        ({"ss_tax": D("4400.00")}, "Box 4 (4400.00) is not 6.2"),
        ({"medicare_tax": D("900.00")}, "Box 6 (900.00) should be near 1037.04"),
        ({"by_kind": {"401k": D(40000)}}, "exceed the highest limit of 35750"),
        ({"qualified_overtime": D(80000)}, "(12TT) exceeds the wages of box 5"),
    ],
)
def test_what_would_be_rejected(change, says):
    found = problems(w2(2026, replace(NURSE, **change)))
    assert any(says in text for text in found), found


def test_a_code_of_a_later_year_is_rejected():
    form = replace(w2(2026, NURSE), year=2025)
    assert any("TT, which 2025 does not know" in text for text in problems(form))


def test_additional_medicare_tax_belongs_to_box_6():
    """0.9 % over 200,000: 250,000 x 1.45 % + 50,000 x 0.9 % = 4,075."""
    doctor = replace(
        NURSE,
        ss_wages=D(184500),
        ss_tax=D("11439.00"),
        medicare_wages=D(250000),
        medicare_tax=D("4075.00"),
    )
    assert problems(w2(2026, doctor)) == ()
    without = replace(doctor, medicare_tax=D("3625.00"))
    assert any("near 4075.00" in text for text in problems(w2(2026, without)))


def quarter(part, **change):
    """Lines of one quarter's Form 941; the fourth has the odd cents."""
    lines = {
        "3": D("1600.52") if part < 4 else D("1600.54"),
        "5a": D(17880),
        "5a2": D("2217.12"),
        "5b": D(0),
        "5b2": D(0),
        "5c": D(17880),
        "5c2": D("518.52"),
        "5d2": D(0),
        "7": D(0),
    }
    return {**lines, **change}


def test_a_year_of_returns_ties_to_the_w3():
    assert reconcile(w3([w2(2026, NURSE)]), [quarter(n) for n in (1, 2, 3, 4)]) == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"3": D(1600)}, "Federal income tax withheld"),
        ({"5a": D(17000)}, "Social security wages: Forms W-2 say 71520"),
        ({"5c": D(17000)}, "Medicare wages"),
        ({"5b": D(10)}, "Social security tips"),
        ({"7": D(-3)}, "half of Forms 941 is"),
    ],
)
def test_a_difference_to_the_returns_is_told(change, says):
    returns = [quarter(1, **change), quarter(2), quarter(3), quarter(4)]
    found = reconcile(w3([w2(2026, NURSE)]), returns)
    assert any(says in text for text in found), found


MONEY = st.decimals(0, 150_000, places=2)


@given(st.lists(MONEY, min_size=1, max_size=5))
def test_the_w3_is_the_sum_of_its_forms(wages):
    forms = [w2(2026, replace(NURSE, wages=amount)) for amount in wages]
    assert w3(forms).money.get("1", D(0)) == sum(wages)
    assert w3(forms).codes["TT"] == D("812.50") * len(wages)

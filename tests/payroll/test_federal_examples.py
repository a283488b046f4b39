"""Worked examples of the IRS, and the rules around Form W-4, told one by one."""

from datetime import date
from decimal import Decimal

import pytest
from tools.payroll.law.certificates import (
    W4,
    Exempt,
    FilingStatus,
    W4Before2020,
    in_force,
    missing_w4,
)
from tools.payroll.law.federal_tables import TaxYearMissing
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.federal import Rounding, withhold
from wagegrid import midpoint

DAY = date(2026, 6, 30)
BIWEEKLY = PayPeriod.BIWEEKLY


def tax(form, wages, period=BIWEEKLY, day=DAY, **more):
    return withhold(form, Decimal(wages), period, day, **more).amount


def bracket(year, form, wages, period=PayPeriod.MONTHLY, added="0"):
    """What the wage bracket table of the year says, by the percentage method."""
    generation = "pre2020" if isinstance(form, W4Before2020) else "2020+"
    at = Decimal(wages) + Decimal(added)
    name = period.name.lower()
    middle = midpoint(year, generation, name, form.status.value, at)
    return tax(form, middle, period, date(year, 2, 1), rounding=Rounding.WHOLE_DOLLAR)


# Pub. 15-T, "Withholding Adjustment for Nonresident Alien Employees", the example:
# 300 a week, Form W-4 of 2019, single, one allowance; the wage bracket is for 300 plus
# the amount of Table 1.


def test_pub_15t_2026_nonresident_example_withholds_31():
    form = W4Before2020(allowances=1)
    assert bracket(2026, form, "300", PayPeriod.WEEKLY, added="226.90") == 31


def test_pub_15t_2025_nonresident_example_withholds_32():
    form = W4Before2020(allowances=1)
    assert bracket(2025, form, "300", PayPeriod.WEEKLY, added="205.80") == 32


def test_the_nonresident_amount_of_table_1_is_added_for_an_old_form():
    worked = withhold(
        W4Before2020(allowances=1, nonresident=True),
        Decimal(300),
        PayPeriod.WEEKLY,
        DAY,
    )
    assert worked.steps[0].amount == Decimal("226.90")
    assert worked.steps[0].source == "Pub. 15-T (2026), Table 1"
    assert worked.steps[1].amount == Decimal("526.90")  # line 1a
    # 27,398.80 - 4,300 = 23,098.80: 1,240 + 12% x 3,198.80 = 1,623.856; / 52
    assert worked.amount == Decimal("31.23")


# Pub. 15 (2025), section 7, base salaries by the wage bracket method.


def test_pub_15_2025_john_peters_with_an_old_form_pays_11_on_1000():
    assert bracket(2025, W4Before2020(allowances=1), 1000) == 11


def test_pub_15_2025_sharon_warren_pays_77_on_2000():
    assert bracket(2025, W4(), 2000) == 77


def test_pub_15t_rounding_example():
    """Pub. 15-T, "Rounding": $2.30 becomes $2 and $2.50 becomes $3."""
    assert Rounding.WHOLE_DOLLAR.apply(Decimal("2.30")) == 2
    assert Rounding.WHOLE_DOLLAR.apply(Decimal("2.50")) == 3
    assert Rounding.CENTS.apply(Decimal("0.005")) == Decimal("0.01")


def test_the_steps_carry_the_lines_of_the_worksheet_and_the_year():
    worked = withhold(W4(step3=Decimal(2200)), Decimal(3000), BIWEEKLY, DAY)
    lines = {step.label.split()[0]: step.amount for step in worked.steps}
    assert " ".join(lines) == (
        "1a 1b 1c 1d 1e 1f 1g 1h 1i 2a 2b 2c 2d 2e 2f 2g 2h 3a 3b 3c 4a 4b"
    )
    expected = {"1c": 78000, "1i": 69400, "2b": 57900, "2c": 5800, "2d": 22}
    expected |= {"2e": 11500, "2f": 2530, "2g": 8330, "3a": 2200}
    assert {name: lines[name] for name in expected} == expected
    assert lines["4b"] == worked.amount == Decimal("235.77")
    assert worked.steps[0].source == "IRS Pub. 15-T (2026), Worksheet 1A"
    assert "Pub. 15-T (2026) p. 12, standard, single_mfs" in {
        step.source for step in worked.steps
    }


def test_the_steps_of_an_old_form_carry_its_own_lines():
    form = W4Before2020(married=True, allowances=3, line6=Decimal(10))
    worked = withhold(form, Decimal(3000), BIWEEKLY, DAY)
    lines = {step.label.split()[0]: step.amount for step in worked.steps}
    assert list(lines)[:6] == ["1a", "1b", "1c", "1j", "1k", "1l"]
    assert (lines["1k"], lines["1l"]) == (12900, 65100)
    # 2,480 + 12% x (65,100 - 44,100) = 5,000; / 26 + 10
    assert worked.amount == Decimal("202.31")


def test_the_computational_bridge_gives_the_same_tax():
    """Pub. 15-T, "How To Treat 2019 and Earlier Forms W-4": 4(a), 4(b), 4(c)."""
    for married, step4a in ((True, 12900), (False, 8600)):
        status = FilingStatus.MARRIED if married else FilingStatus.SINGLE
        old = W4Before2020(married, 4, Decimal(15))
        bridged = W4(
            status,
            step4a=Decimal(step4a),
            step4b=Decimal(4 * 4300),
            step4c=Decimal(15),
        )
        for wages in (0, 250, 1600, 4321, 20000):
            assert tax(old, wages) == tax(bridged, wages)


def test_the_bridge_of_a_nonresident_gives_the_same_tax_but_for_the_ten_cents():
    """There 4(a) is 4,300 and Table 2 counts instead of Table 1 (Pub. 15-T, p. 6)."""
    old = W4Before2020(allowances=1, nonresident=True)
    bridged = W4(step4a=Decimal(4300), step4b=Decimal(4300), nonresident=True)
    for wages in (300, 1600, 4321):
        assert abs(tax(old, wages) - tax(bridged, wages)) <= Decimal("0.03")


# Claims of exemption


def test_an_exempt_claim_withholds_nothing_in_its_year():
    worked = withhold(Exempt(2026), Decimal(9000), BIWEEKLY, date(2026, 12, 31))
    assert worked.amount == 0
    assert worked.steps[0].label == "Exempt by Form W-4 for 2026, until 2027-02-16"


@pytest.mark.parametrize(
    ("year", "last"),
    [
        # Form W-4 (2025) prints 17 February 2026: the 15th is a Sunday, the 16th
        # Washington's Birthday.
        (2025, date(2026, 2, 17)),
        (2026, date(2027, 2, 16)),  # the 15th is Washington's Birthday
        (2027, date(2028, 2, 15)),  # a Tuesday
    ],
)
def test_an_exempt_claim_lapses_in_the_middle_of_february(year, last):
    claim = Exempt(year)
    assert claim.last_day == last
    assert tax(claim, 3000, day=last) == 0
    assert not claim.covers(date(last.year, 2, last.day + 1))


def test_a_lapsed_claim_falls_back_to_the_form_before_it():
    earlier = W4(FilingStatus.MARRIED)
    after = date(2026, 2, 18)
    assert tax(Exempt(2025, earlier), 3000, day=after) == tax(earlier, 3000)


def test_a_lapsed_claim_without_an_earlier_form_is_single_without_entries():
    after = date(2026, 2, 18)
    assert tax(Exempt(2025), 3000, day=after) == tax(W4(), 3000) == Decimal("320.38")


def test_a_claim_does_not_reach_back_into_the_year_before_it():
    assert in_force(Exempt(2026), date(2025, 12, 31)) == W4()


def test_a_form_of_2025_ends_exemption_even_with_an_old_earlier_form():
    old = W4Before2020(married=True, allowances=2)
    assert in_force(Exempt(2025, old), date(2026, 3, 1)) == old


# Missing forms and lock-in letters


def test_a_new_employee_without_form_is_single_without_entries():
    assert missing_w4(date(2020, 1, 1)) == W4()


def test_an_employee_since_before_2020_without_form_keeps_zero_allowances():
    assert missing_w4(date(2019, 12, 31)) == W4Before2020(married=False, allowances=0)


def test_a_lock_in_letter_beats_a_form_that_withholds_less():
    letter, own = W4(), W4(FilingStatus.MARRIED)
    worked = withhold(own, Decimal(3000), BIWEEKLY, DAY, lock_in=letter)
    assert worked.amount == tax(letter, 3000)
    assert worked.steps[0].amount == tax(own, 3000)


def test_a_lock_in_letter_leaves_a_form_that_withholds_more():
    letter, own = W4(), W4(step4c=Decimal(100))
    assert tax(own, 3000, lock_in=letter) == tax(own, 3000) == Decimal("420.38")


def test_a_lock_in_letter_beats_a_claim_of_exemption():
    assert tax(Exempt(2026), 3000, lock_in=W4()) == Decimal("320.38")


# What is refused


def test_negative_wages_are_refused():
    with pytest.raises(ValueError, match="reverse the payment"):
        tax(W4(), "-0.01")


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: W4(step3=Decimal(-1)),
        lambda: W4(step4b=Decimal(-1)),
        lambda: W4Before2020(allowances=-1),
        lambda: W4Before2020(line6=Decimal(-5)),
    ],
)
def test_negative_entries_are_refused(wrong):
    with pytest.raises(ValueError, match="cannot be negative"):
        wrong()


def test_the_year_of_the_pay_date_decides_the_table():
    december, january = date(2025, 12, 31), date(2026, 1, 1)
    assert tax(W4(), 3000, day=december) != tax(W4(), 3000, day=january)
    with pytest.raises(TaxYearMissing):
        tax(W4(), 3000, day=date(2027, 1, 1))


def test_half_a_cent_is_decided_on_the_undivided_amount():
    """2g 2,600.01 less credits of 2,599.88 is 0.13, and a 26th of it exactly 0.005.

    Lines 2h and 3b apart, at 28 digits, differ by 0.00499999999999999999999998.
    """
    form = W4(FilingStatus.HEAD, step3=Decimal("2599.88"), step4a=Decimal("16.75"))
    worked = withhold(form, Decimal(1875), BIWEEKLY, DAY)
    assert worked.amount == Decimal("0.01")

"""Published and hand-worked vectors of federal withholding, each with its source."""

from datetime import date
from decimal import Decimal

import pytest
from casefile import cases, ids
from tools.payroll.law.certificates import W4, FilingStatus, W4Before2020
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.federal import Rounding, withhold

VECTORS = cases("federal_withholding_vectors.csv")


def form(row):
    amounts = (
        Decimal(row[name])
        for name in (
            "step3_credits_annual",
            "step4a_other_income_annual",
            "step4b_deductions_annual",
            "step4c_extra_per_period",
        )
    )
    return W4(
        FilingStatus(row["filing_status"]), row["step2_checkbox"] == "1", *amounts
    )


@pytest.mark.parametrize("row", VECTORS, ids=ids(VECTORS, "vector_id"))
def test_vector(row):
    worked = withhold(
        form(row),
        Decimal(row["taxable_wages_period"]) + Decimal(row["nra_addition_period"]),
        PayPeriod.parse(row["pay_periods_per_year"]),
        date(int(row["tax_year"]), 6, 30),
        rounding=Rounding[row["expected_rounding"].upper()],
    )
    off = abs(worked.amount - Decimal(row["expected_fit"]))
    assert off <= Decimal(row["tolerance"]), (row["source"], worked)
    assert worked.steps[-1].amount == worked.amount


def test_the_nonresident_vector_follows_from_the_box_on_the_form():
    """PTE26-NRA-2 names the amount of Table 2; the form leads us to it ourselves."""
    row = next(row for row in VECTORS if row["vector_id"] == "PTE26-NRA-2")
    worked = withhold(
        W4(nonresident=True), Decimal(200), PayPeriod.DAILY, date(2026, 6, 30)
    )
    assert worked.amount == Decimal(row["expected_fit"])
    assert worked.steps[0].amount == Decimal(row["nra_addition_period"])


# Older years, Worksheet 1A worked by hand with the table of the year.
BY_HAND = [
    # 26,000 a year, box checked: 493.75 + 12% x (26,000 - 11,138) = 2,277.19; / 52
    (2020, W4(step2=True), 500, PayPeriod.WEEKLY, "43.79"),
    # the same a year later: 497.50 + 12% x (26,000 - 11,250) = 2,267.50; / 52
    (2021, W4(step2=True), 500, PayPeriod.WEEKLY, "43.61"),
    # 52,000 - 8,600 = 43,400: 1,027.50 + 12% x (43,400 - 14,625) = 4,480.50; / 26
    (2022, W4(), 2000, PayPeriod.BIWEEKLY, "172.33"),
    # 60,000 - 2 x 4,300 = 51,400: 2,200 + 12% x (51,400 - 36,800) = 3,952; / 12
    (2023, W4Before2020(married=True, allowances=2), 5000, PayPeriod.MONTHLY, "329.33"),
    # 78,000 - 8,600 = 69,400: 1,655 + 12% x (69,400 - 29,850) = 6,401; / 26
    (2024, W4(FilingStatus.HEAD), 3000, PayPeriod.BIWEEKLY, "246.19"),
]


@pytest.mark.parametrize(("year", "given", "wages", "period", "tax"), BY_HAND)
def test_older_years_by_hand(year, given, wages, period, tax):
    worked = withhold(given, Decimal(wages), period, date(year, 3, 1))
    assert worked.amount == Decimal(tax)

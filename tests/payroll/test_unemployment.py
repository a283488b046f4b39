"""FUTA and state unemployment of the employer."""

from decimal import Decimal

import pytest
from tools.payroll.law.lawtable import rows
from tools.payroll.law.limits import LimitMissing
from tools.payroll.tax.states import NAMES
from tools.payroll.tax.unemployment import (
    WageBaseMissing,
    credit_reduction,
    futa,
    suta,
    wage_base,
    wage_bases,
)

ZERO = Decimal(0)


def test_futa_with_full_credit_is_42_dollars_a_person_and_year():
    assert futa(2026, Decimal(100_000), ZERO).amount == Decimal("42.00")


def test_futa_stops_at_the_base():
    assert futa(2026, Decimal(3000), Decimal(6500)).amount == Decimal("3.00")
    assert futa(2026, Decimal(3000), Decimal(7000)).amount == 0


def test_futa_in_california_of_2025_carries_its_credit_reduction():
    """0.6 + 1.2 percent: 126 dollars a person (final list of November 2025)."""
    reduction = credit_reduction("CA", 2025)
    assert reduction == Decimal("1.2")
    assert futa(2025, Decimal(7000), ZERO, reduction).amount == Decimal("126.00")


def test_a_state_without_loans_has_no_credit_reduction():
    assert credit_reduction("TX", 2025) == credit_reduction("TX", 2026) == 0


def test_a_credit_reduction_that_is_not_final_is_not_used():
    with pytest.raises(LimitMissing, match="potential"):
        credit_reduction("CA", 2026)


def test_suta_by_the_base_of_the_state_and_the_rate_of_the_employer():
    worked = suta("WA", 2026, Decimal(5000), Decimal(75_000), Decimal("0.0125"))
    assert worked.amount == Decimal("40.00")  # 3,200 below 78,200
    steps = {step.label: step for step in worked.steps}
    assert steps["Wage base"].amount == 78_200
    assert "Revised Code of Washington" in steps["Wage base"].source


def test_the_base_of_the_rate_notice_goes_before_ours():
    worked = suta("NY", 2026, Decimal(20_000), ZERO, Decimal("0.03"), Decimal(17_600))
    assert worked.amount == Decimal("528.00")
    assert "NY rate notice of 2026" in {step.source for step in worked.steps}


@pytest.mark.parametrize("state", ["AR"])
def test_an_unverified_base_is_named_but_not_used(state):
    assert (state, 2026) in wage_bases()
    with pytest.raises(WageBaseMissing, match=f"of {state} is not verified .*notice"):
        suta(state, 2026, Decimal(1000), ZERO, Decimal("0.02"))


def test_a_base_nobody_found_says_what_to_do():
    with pytest.raises(WageBaseMissing, match=r"2027 .* of MN is not verified: enter"):
        wage_base("MN", 2027)


def test_all_51_jurisdictions_have_settled_bases_of_2024_and_2025():
    for year in (2024, 2025):
        settled = [state for state in NAMES if wage_base(state, year).amount >= 7000]
        assert len(settled) == 51


def test_every_row_has_source_and_a_base_of_at_least_futa():
    for row in rows("suta_wage_bases"):
        assert row["source"], row
        assert int(row["wage_base"]) >= 7000, row
        assert row["note"] or row["status"] == "published", row


def test_an_impossible_rate_or_reduction_is_refused():
    with pytest.raises(ValueError, match="rate cannot be negative"):
        suta("CA", 2026, Decimal(1), ZERO, Decimal(-1))
    with pytest.raises(ValueError, match="reduction cannot be negative"):
        futa(2026, Decimal(1), ZERO, Decimal(-1))

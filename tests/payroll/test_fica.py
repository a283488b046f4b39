"""Social Security and Medicare, check by check through a year."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise

import pytest
from casefile import cases, ids
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.law.certificates import W4
from tools.payroll.law.contributions import contributions
from tools.payroll.law.federal_tables import TaxYearMissing, shipped_years
from tools.payroll.law.limits import LimitMissing, find
from tools.payroll.tax.accumulated import accumulated_tax
from tools.payroll.tax.fica import additional_medicare, fica, medicare, social_security
from tools.payroll.tax.supplemental import flat
from tools.payroll.tax.unemployment import futa

CENT = Decimal("0.01")
VECTORS = cases("fica_futa_supplemental_vectors.csv")
TAXES = {
    "ss_employee": social_security,
    "ss_employer": social_security,
    "medicare": medicare,
    "additional_medicare_employee": additional_medicare,
    "futa_employer_0.6pct": futa,
    "supplemental_fit_flat": lambda year, wages, before: flat(
        W4(), wages, before, date(year, 6, 30)
    ),
}


@pytest.mark.parametrize("row", VECTORS, ids=ids(VECTORS, "vector_id"))
def test_vector(row):
    worked = TAXES[row["item"]](
        int(row["tax_year"]),
        Decimal(row["wages_this_period"]),
        Decimal(row["ytd_wages_before"]),
    )
    assert worked.amount == Decimal(row["expected"]), row["source"]


def test_above_the_cap_is_the_cap():
    assert social_security(2026, Decimal(500_000), Decimal(0)).amount == Decimal(
        "11439"
    )
    assert social_security(2026, Decimal(5000), Decimal(184_500)).amount == 0


def test_additional_medicare_starts_with_the_dollar_above_200000():
    assert additional_medicare(2026, Decimal(1000), Decimal(199_000)).amount == 0
    assert additional_medicare(2026, Decimal(1001), Decimal(199_000)).amount == CENT
    assert additional_medicare(2026, Decimal(1000), Decimal(200_000)).amount == 9


def test_the_employer_pays_no_additional_medicare():
    taxes = fica(2026, Decimal(0), Decimal(184_500), Decimal(10_000), Decimal(250_000))
    assert taxes.employee == Decimal("145.00") + Decimal("90.00")
    assert taxes.employer == Decimal("145.00")


def test_the_two_kinds_of_wages_keep_their_own_year_to_date():
    taxes = fica(2026, Decimal(1000), Decimal(184_000), Decimal(2000), Decimal(190_000))
    assert taxes.social_security.amount == Decimal("31.00")  # 500 below the base
    assert taxes.employer_social_security.amount == Decimal("31.00")
    assert taxes.medicare.amount == taxes.employer_medicare.amount == Decimal("29.00")


def test_26_checks_do_not_drift_from_the_tax_on_the_year():
    """6.2% of 1,234.56 is 76.54272: rounded each by itself, a year is 7 cents short."""
    wages = Decimal("1234.56")
    taxes = [social_security(2026, wages, wages * n).amount for n in range(26)]
    assert sum(taxes) == Decimal("1990.11")  # 32,098.56 x 6.2% = 1,990.11072
    assert Decimal("76.54") * 26 == Decimal("1990.04")
    assert set(taxes) == {Decimal("76.54"), Decimal("76.55")}


def test_a_payment_taken_back_takes_its_tax_back():
    wages, before = Decimal("1234.56"), Decimal("9876.54")
    paid = medicare(2026, wages, before).amount
    assert medicare(2026, -wages, before + wages).amount == -paid


def test_taking_back_more_than_was_paid_in_the_year_is_refused():
    with pytest.raises(ValueError, match="cannot be negative"):
        medicare(2026, Decimal(-100), Decimal("99.99"))


def test_the_working_names_base_rate_and_law():
    worked = social_security(2026, Decimal(10_000), Decimal(180_000))
    steps = {step.label: step for step in worked.steps}
    assert steps["Wage base"].amount == 184_500
    assert steps["Taxed of this payment"].amount == 4500
    assert steps["Rate, percent"].amount == Decimal("6.2")
    assert "IRC 3101(a)" in steps["Rate, percent"].source
    assert worked.steps[-1].amount == worked.amount == Decimal("279.00")


@pytest.mark.parametrize("year", shipped_years())
def test_every_year_with_tables_has_contributions(year):
    law = contributions(year)
    assert law.social_security_base > 137_000
    assert (law.social_security_rate, law.medicare_rate) == (
        Decimal("0.062"),
        Decimal("0.0145"),
    )
    assert law.source


def test_the_wage_base_rises_from_year_to_year():
    bases = [contributions(year).social_security_base for year in shipped_years()]
    assert all(low < high for low, high in pairwise(bases))


def test_a_year_without_figures_says_what_to_do():
    with pytest.raises(TaxYearMissing, match="of 2028 are not shipped"):
        social_security(2028, Decimal(1), Decimal(0))


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_table_of_limits_says_the_same(year):
    """limits_annual.csv comes from other sources; where both tell, they agree."""
    law = contributions(year)
    figures = {
        "social_security_wage_base": law.social_security_base,
        "social_security_rate_employee": law.social_security_rate * 100,
        "medicare_rate_employee": law.medicare_rate * 100,
        "additional_medicare_rate": law.additional_medicare_rate * 100,
        "additional_medicare_withholding_threshold": law.additional_medicare_threshold,
        "futa_rate": law.futa_rate * 100,
        "futa_wage_base": law.futa_base,
    }
    compared = 0
    for item, ours in figures.items():
        try:
            assert find(item, year).value == ours, item
        except LimitMissing:
            continue
        compared += 1
    assert compared >= 2


checks = st.lists(
    st.decimals(0, 60_000, places=2, allow_nan=False), min_size=1, max_size=30
)


@given(checks)
def test_social_security_never_exceeds_the_cap_and_sums_to_the_annual_tax(wages):
    before = [Decimal(0), *accumulate(wages)]
    taxes = [
        social_security(2026, each, so_far).amount
        for each, so_far in zip(wages, before, strict=False)
    ]
    annual = min(before[-1], Decimal(184_500)) * Decimal("0.062")
    assert sum(taxes) == annual.quantize(CENT, ROUND_HALF_UP) <= Decimal("11439.00")
    assert all(tax >= 0 for tax in taxes)


@given(checks)
def test_medicare_of_the_year_is_the_tax_on_its_wages(wages):
    before = [Decimal(0), *accumulate(wages)]
    both = [
        medicare(2026, each, so_far).amount
        + additional_medicare(2026, each, so_far).amount
        for each, so_far in zip(wages, before, strict=False)
    ]
    total = before[-1]
    annual = total * Decimal("0.0145") + max(Decimal(0), total - 200_000) * Decimal(
        "0.009"
    )
    assert abs(sum(both) - annual) <= CENT


@given(
    st.decimals(0, 50_000, places=2),
    st.decimals(0, 250_000, places=2),
)
def test_one_check_is_at_most_a_cent_from_its_own_product(wages, before):
    tax = medicare(2026, wages, before).amount
    assert abs(tax - wages * Decimal("0.0145")) < CENT


@given(st.decimals(0, 9_000, places=2), st.decimals(0, 9_000, places=2))
def test_a_tax_between_two_bounds_is_on_the_wages_between_them(wages, before):
    rate, low, high = Decimal("0.01"), Decimal(2000), Decimal(7000)
    worked = accumulated_tax(wages, before, rate, above=low, up_to=high)
    taxed = max(low, min(high, before + wages)) - max(low, min(high, before))
    assert abs(worked.amount - taxed * rate) < CENT

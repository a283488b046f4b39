"""Supplemental wages: flat and aggregate, Pub. 15 section 7."""

from datetime import date
from decimal import Decimal

import pytest
from tools.payroll.law.certificates import W4, Exempt, FilingStatus
from tools.payroll.law.period import PayPeriod
from tools.payroll.tax.federal import Rounding, withhold
from tools.payroll.tax.supplemental import aggregate, flat, flat_is_allowed
from wagegrid import midpoint

DAY = date(2026, 6, 30)
MILLION = Decimal(1_000_000)
DOLLARS = Rounding.WHOLE_DOLLAR


def bonus(wages, before=0, form=W4(), day=DAY):  # noqa: B008
    return flat(form, Decimal(wages), Decimal(before), day).amount


# Pub. 15 (2025), section 7: Sharon Warren, single, no entries, 2,000 a month on which
# 77 was withheld by the wage bracket table.


def middle(wages):
    return midpoint(2025, "2020+", "monthly", "single_mfs", Decimal(wages))


def sharon(wages, regular, withheld):
    """The aggregate method at the midpoint of the printed row of the total."""
    regular_part = middle(Decimal(wages) + regular) - Decimal(wages)
    return aggregate(
        W4(),
        Decimal(wages),
        Decimal(0),
        regular_part,
        PayPeriod.MONTHLY,
        date(2025, 5, 1),
        withheld=Decimal(withheld),
        rounding=DOLLARS,
    ).amount


def test_pub_15_2025_bonus_of_1000_at_the_flat_rate_is_220():
    assert bonus(1000, day=date(2025, 5, 1)) == 220


def test_pub_15_2025_bonus_of_1000_by_the_aggregate_method_is_113():
    assert sharon(1000, 2000, 77) == 113


def test_pub_15_2025_a_second_bonus_of_2000_is_figured_on_all_5000():
    """Tax on 5,000 is 427; 190 was withheld from the first 3,000."""
    assert sharon(2000, 3000, 190) == 427 - 190


# The flat rate


def test_above_a_million_the_mandatory_rate_counts_for_the_excess_only():
    assert bonus(10_000, 995_000) == Decimal("2950.00")


def test_the_million_itself_is_still_at_the_flat_rate():
    assert bonus(MILLION) == Decimal("220000.00")
    assert bonus("1000000.01") == Decimal("220000.00")
    assert bonus(100, MILLION) == Decimal("37.00")


def test_exemption_frees_the_flat_rate_but_not_the_mandatory_one():
    assert bonus(10_000, 0, Exempt(2026)) == 0
    assert bonus(10_000, 995_000, Exempt(2026)) == Decimal("1850.00")
    assert bonus(10_000, 0, Exempt(2024)) == Decimal("2200.00")  # lapsed


def test_the_flat_rate_knows_no_nonresident_amount():
    assert bonus(1000, form=W4(nonresident=True)) == bonus(1000)


def test_the_flat_rate_needs_tax_on_regular_wages_and_a_separate_amount():
    assert flat_is_allowed(stated_apart=True, tax_withheld=True)
    assert not flat_is_allowed(stated_apart=True, tax_withheld=False)
    assert not flat_is_allowed(stated_apart=False, tax_withheld=True)


# The aggregate method


def aggregated(wages, regular, form=W4(), before=0, **more):  # noqa: B008
    return aggregate(
        form,
        Decimal(wages),
        Decimal(before),
        Decimal(regular),
        PayPeriod.BIWEEKLY,
        DAY,
        **more,
    )


def test_aggregate_is_the_tax_on_both_less_that_on_the_regular_wages():
    def on(wages):
        return withhold(W4(), Decimal(wages), PayPeriod.BIWEEKLY, DAY).amount

    worked = aggregated(1000, 3000)
    assert worked.amount == on(4000) - on(3000) == Decimal("220.00")
    assert worked.steps[-1].amount == worked.amount
    assert worked.steps[-3].amount == on(3000)


def test_aggregate_takes_off_what_was_really_withheld():
    assert aggregated(1000, 3000, withheld=Decimal("300.00")).amount == Decimal(
        "240.38"
    )


def test_aggregate_gives_nothing_back():
    assert aggregated(0, 3000, withheld=Decimal(5000)).amount == 0


def test_aggregate_above_a_million_takes_the_mandatory_rate_on_the_excess():
    worked = aggregated(10_000, 3000, before=995_000)
    assert worked.amount == aggregated(5000, 3000).amount + Decimal("1850.00")


def test_aggregate_follows_the_form():
    married = W4(FilingStatus.MARRIED)
    assert aggregated(1000, 3000, married).amount == Decimal("120.00")
    assert aggregated(1000, 3000, Exempt(2026)).amount == 0


@pytest.mark.parametrize("wrong", [(-1, 0), (1, -1)])
def test_negative_supplemental_wages_are_refused(wrong):
    with pytest.raises(ValueError, match="cannot be negative"):
        bonus(*wrong)

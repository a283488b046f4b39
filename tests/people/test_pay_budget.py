"""What is granted for pay, what people cost, and what a change leaves."""

from datetime import date
from decimal import Decimal

import pytest
from tools.people.pay.budget import PayBudget


def budget(months=12, granted=126000, needed=120000):
    return PayBudget(
        date(2026, 7, 1), date(2027, 6, 1), months, Decimal(granted), Decimal(needed)
    )


@pytest.mark.parametrize(
    ("months", "year_change", "added", "after"),
    [
        (12, "6466.67", "6466.67", "-466.67"),
        (3, "1200", "300.00", "5700.00"),
        (1, "100", "8.33", "5991.67"),
        (12, "-1200", "-1200.00", "7200.00"),
    ],
)
def test_a_change_counts_by_the_months_that_have_a_grant(
    months, year_change, added, after
):
    one = budget(months)
    assert one.added(Decimal(year_change)) == Decimal(added)
    assert one.after(Decimal(year_change)) == Decimal(after)


def test_what_is_short_already_is_below_zero():
    assert budget(granted=100).left == Decimal(-119900)

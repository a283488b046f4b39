"""A payer's numbers of a month, and distributions to investors."""

from datetime import date
from decimal import Decimal

import pytest
from tools.payer.invest.distribution import divide
from tools.payer.month.monthfile import read_months

TODAY = date(2026, 11, 29)
HEAD = "Payer,Month,Claims,Denied,Denied: coding,Paid,Owed by contract,Days to pay\n"


def read(*rows):
    return read_months((HEAD + "\n".join(rows)).encode(), TODAY)


def test_a_month_is_read():
    [row], problems = read("Badger,2026-10,400,31,12,41200.50,43000,24.5")
    assert not problems
    assert (row.claims, row.denied, row.reasons["coding"]) == (400, 31, 12)
    assert (row.paid, row.contract, row.days) == (
        Decimal("41200.50"),
        Decimal(43000),
        Decimal("24.5"),
    )


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("Badger,2026-11,1,0,0,1,,1", "Month", "future_month"),
        ("Badger,2026-09,1,2,0,1,,1", "Denied", "denied_above"),
        ("Badger,2026-09,9,2,3,1,,1", "Denied", "reasons_above"),
        ("badger,2026-10,1,0,0,1,,1", "Payer", "twice"),
    ],
)
def test_a_bad_month_is_named(row, field, code):
    rows, problems = read("Badger,2026-10,400,31,12,41200.50,43000,24.5", row)
    assert len(rows) == 1
    assert [(one.row, one.field, one.code) for one in problems] == [(3, field, code)]


@pytest.mark.parametrize(
    ("amount", "units", "parts"),
    [
        ("100", {"a": 1, "b": 1, "c": 1}, {"a": "33.34", "b": "33.33", "c": "33.33"}),
        ("0.05", {"a": 50, "b": 30, "c": 20}, {"a": "0.03", "b": "0.01", "c": "0.01"}),
        ("250000", {"a": 62.5, "b": 37.5}, {"a": "156250", "b": "93750"}),
        ("10", {"a": 0, "b": 5}, {"a": "0", "b": "10"}),
    ],
)
def test_the_parts_add_up_to_the_cent(amount, units, parts):
    holdings = {key: Decimal(str(value)) for key, value in units.items()}
    found = divide(Decimal(amount), holdings)
    assert found == {key: Decimal(value) for key, value in parts.items()}
    assert sum(found.values()) == Decimal(amount)


@pytest.mark.parametrize("holdings", [{}, {"a": 0}])
def test_nobody_holds_anything(holdings):
    with pytest.raises(ValueError, match="nobody"):
        divide(Decimal(1), holdings)

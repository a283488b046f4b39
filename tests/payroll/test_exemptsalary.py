"""The salary from which a position can be exempt from overtime."""

from datetime import date
from decimal import Decimal as D

import pytest
from tools.payroll.time.exemptsalary import exempt_salary


@pytest.mark.parametrize(
    ("state", "day", "week", "place"),
    [
        ("WI", date(2026, 3, 1), "684.00", "US"),
        ("CA", date(2026, 1, 1), "1352.00", "CA"),
        ("CA", date(2025, 12, 31), "1320.00", "CA"),
        ("AK", date(2026, 6, 30), "1040.00", "AK"),
        ("AK", date(2026, 7, 1), "1120.00", "AK"),
        ("WA", date(2026, 5, 1), "1541.70", "WA"),
        ("NY", date(2026, 5, 1), "1199.10", "NY"),
        ("", date(2026, 5, 1), "684.00", "US"),
    ],
)
def test_the_higher_of_federal_and_state(state, day, week, place):
    found = exempt_salary(state, day)
    assert (found.amount, found.place) == (D(week), place)


def test_nothing_is_known_of_a_day_before_the_table():
    assert exempt_salary("WI", date(2019, 12, 31)) is None


def test_a_figure_nobody_could_check_is_marked():
    assert not exempt_salary("CO", date(2026, 5, 1)).checked
    assert exempt_salary("CO", date(2025, 5, 1)).checked

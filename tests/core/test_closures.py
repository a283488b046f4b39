"""The federal holidays by name, on the day on which they are kept."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import dates
from tools.core.closures import federal_holidays


def kept(year):
    return {name: day for day, name in federal_holidays(year)}


@pytest.mark.parametrize(
    ("year", "name", "day"),
    [
        # OPM, Federal Holidays 2026: Independence Day is kept on Friday, July 3
        (2026, "Independence Day", date(2026, 7, 3)),
        (2026, "Thanksgiving Day", date(2026, 11, 26)),
        # OPM, Federal Holidays 2023: New Year's Day fell on a Sunday
        (2023, "New Year's Day", date(2023, 1, 2)),
        (2022, "New Year's Day", date(2021, 12, 31)),
        (2027, "Juneteenth National Independence Day", date(2027, 6, 18)),
    ],
)
def test_the_day_on_which_it_is_kept(year, name, day):
    assert kept(year)[name] == day


@given(st.integers(2022, 2060))
def test_all_of_them_are_legal_holidays_of_the_bank_calendar(year):
    for day, name in federal_holidays(year):
        assert day in dates.legal_holidays(day.year), name
        assert day.weekday() < 5


def test_there_are_eleven():
    assert len(federal_holidays(2026)) == 11

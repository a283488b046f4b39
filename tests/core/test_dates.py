"""Business days as the IRS counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import dates

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))

# IRS Pub. 15 (2025), section 11, list of legal holidays in DC for 2025.
HOLIDAYS_2025 = {
    "New Year's Day": date(2025, 1, 1),
    "Birthday of Martin Luther King, Jr.": date(2025, 1, 20),
    "Washington's Birthday": date(2025, 2, 17),
    "Emancipation Day": date(2025, 4, 16),
    "Memorial Day": date(2025, 5, 26),
    "Juneteenth": date(2025, 6, 19),
    "Independence Day": date(2025, 7, 4),
    "Labor Day": date(2025, 9, 1),
    "Columbus Day": date(2025, 10, 13),
    "Veterans Day": date(2025, 11, 11),
    "Thanksgiving": date(2025, 11, 27),
    "Christmas": date(2025, 12, 25),
}


def test_the_holidays_of_2025_are_those_pub_15_lists():
    assert dates.legal_holidays(2025) == frozenset(HOLIDAYS_2025.values())


def test_a_holiday_on_saturday_is_kept_on_friday():
    assert date(2026, 7, 3) in dates.legal_holidays(2026)
    assert date(2026, 7, 4) not in dates.legal_holidays(2026)


def test_a_holiday_on_sunday_is_kept_on_monday():
    assert dates.next_business_day(date(2027, 7, 4)) == date(2027, 7, 6)


def test_new_years_day_of_2028_is_kept_on_the_last_day_of_2027():
    assert date(2027, 12, 31) in dates.legal_holidays(2027)
    assert date(2028, 1, 1) not in dates.legal_holidays(2028)


def test_juneteenth_is_a_holiday_only_since_2021():
    assert dates.is_business_day(date(2020, 6, 19))
    assert not dates.is_business_day(date(2023, 6, 19))


def test_business_days_are_counted_after_the_day_itself():
    wednesday_before_thanksgiving = date(2026, 11, 25)
    friday, monday = date(2026, 11, 27), date(2026, 11, 30)
    assert dates.add_business_days(wednesday_before_thanksgiving, 1) == friday
    assert dates.add_business_days(wednesday_before_thanksgiving, 2) == monday
    with pytest.raises(ValueError, match="from 1"):
        dates.add_business_days(wednesday_before_thanksgiving, 0)


def test_quarters():
    assert dates.quarter_span(2026, 1) == (date(2026, 1, 1), date(2026, 3, 31))
    assert dates.quarter_span(2026, 4) == (date(2026, 10, 1), date(2026, 12, 31))
    with pytest.raises(ValueError, match="not a quarter"):
        dates.quarter_span(2026, 5)


def test_february_ends_on_the_29th_in_a_leap_year():
    assert dates.month_end(date(2028, 2, 3)) == date(2028, 2, 29)


@given(DAYS)
def test_the_next_business_day_is_the_first_one_not_before(day):
    found = dates.next_business_day(day)
    between = [day + timedelta(days=n) for n in range((found - day).days)]
    assert dates.is_business_day(found)
    assert not any(dates.is_business_day(skipped) for skipped in between)


@given(DAYS)
def test_each_day_lies_in_its_quarter(day):
    first, last = dates.quarter_span(day.year, dates.quarter(day))
    assert first <= day <= last

"""When rounds fall due: calendars, closed days, clock changes, what always holds."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.core import recurrence
from tools.core.recurrence import LAST, RecurrenceError, Rule, TimesError

CHICAGO = ZoneInfo("America/Chicago")
MONDAY, TUESDAY, THURSDAY, FRIDAY = 0, 1, 3, 4

# Thanksgiving, the Friday after, Christmas and New Year of the practice's calendar
HOLIDAYS = {
    dt.date(2026, 11, 26),
    dt.date(2026, 11, 27),
    dt.date(2026, 12, 25),
    dt.date(2027, 1, 1),
}


def d(text):
    return dt.date.fromisoformat(text)


def never(day):
    return False


def practice_closed(day):
    return day.weekday() > 4 or day in HOLIDAYS


def dues(rule, start, stop, closed=never):
    return [day.isoformat() for day in recurrence.days(rule, d(start), d(stop), closed)]


class TestCalendars:
    def test_every_day_counts_from_the_first_day(self):
        rule = Rule("day", d("2026-11-02"), every=10)
        assert dues(rule, "2026-11-01", "2026-11-30") == [
            "2026-11-02",
            "2026-11-12",
            "2026-11-22",
        ]

    def test_every_working_day(self):
        rule = Rule("day", d("2026-11-01"))
        assert dues(rule, "2026-11-23", "2026-11-30", practice_closed) == [
            "2026-11-23",
            "2026-11-24",
            "2026-11-25",
            "2026-11-30",
        ]

    def test_weekdays_of_every_second_week_keep_their_week(self):
        rule = Rule(
            "week", d("2026-11-05"), every=2, weekdays=frozenset({MONDAY, THURSDAY})
        )
        # the first week starts on Thursday: its Monday lies before the first day
        assert dues(rule, "2026-11-01", "2026-12-05") == [
            "2026-11-05",
            "2026-11-16",
            "2026-11-19",
            "2026-11-30",
            "2026-12-03",
        ]

    def test_the_31st_does_not_drift(self):
        rule = Rule("month", d("2026-01-31"), month_day=31)
        assert dues(rule, "2026-01-01", "2026-06-30") == [
            "2026-01-31",
            "2026-02-28",
            "2026-03-31",
            "2026-04-30",
            "2026-05-31",
            "2026-06-30",
        ]

    def test_leap_day_every_year(self):
        rule = Rule("month", d("2024-02-29"), every=12, month_day=29)
        assert dues(rule, "2024-01-01", "2028-12-31") == [
            "2024-02-29",
            "2025-02-28",
            "2026-02-28",
            "2027-02-28",
            "2028-02-29",
        ]

    def test_last_day_of_the_month(self):
        rule = Rule("month", d("2026-01-01"), month_day=LAST)
        assert dues(rule, "2026-02-01", "2026-04-30") == [
            "2026-02-28",
            "2026-03-31",
            "2026-04-30",
        ]

    @pytest.mark.parametrize(
        ("week", "weekday", "expected"),
        [
            (1, TUESDAY, ["2026-11-03", "2026-12-01", "2027-01-05"]),
            (2, FRIDAY, ["2026-11-13", "2026-12-11", "2027-01-08"]),
            (
                4,
                THURSDAY,
                ["2026-11-26", "2026-12-24", "2027-01-28"],
            ),  # 4th Thursday: Thanksgiving
            (LAST, MONDAY, ["2026-11-30", "2026-12-28", "2027-01-25"]),
        ],
    )
    def test_nth_weekday_of_the_month(self, week, weekday, expected):
        rule = Rule("month", d("2026-11-01"), week_of_month=week, weekday=weekday)
        assert dues(rule, "2026-11-01", "2027-01-31") == expected

    def test_every_quarter(self):
        rule = Rule("month", d("2026-01-15"), every=3, month_day=15)
        assert dues(rule, "2026-01-01", "2026-12-31") == [
            "2026-01-15",
            "2026-04-15",
            "2026-07-15",
            "2026-10-15",
        ]

    def test_once(self):
        rule = Rule("once", d("2026-11-24"))
        assert dues(rule, "2026-01-01", "2030-12-31") == ["2026-11-24"]

    def test_nothing_before_the_first_and_after_the_last_day(self):
        rule = Rule("day", d("2026-11-23"), last=d("2026-11-24"))
        assert dues(rule, "2026-01-01", "2026-12-31") == ["2026-11-23", "2026-11-24"]


class TestClosedDays:
    """A monthly round on November 26, 2026: that Thursday and Friday are holidays."""

    @pytest.mark.parametrize(
        ("closed", "expected"),
        [
            ("keep", ["2026-11-26"]),
            ("skip", []),
            ("next", ["2026-11-30"]),
            ("previous", ["2026-11-25"]),
        ],
    )
    def test_rule(self, closed, expected):
        rule = Rule("month", d("2026-01-01"), month_day=26, closed=closed)
        assert dues(rule, "2026-11-01", "2026-11-30", practice_closed) == expected

    def test_what_lands_on_the_same_day_is_one_round(self):
        rule = Rule("day", d("2026-11-01"), closed="next")
        assert dues(rule, "2026-11-26", "2026-12-01", practice_closed) == [
            "2026-11-30",
            "2026-12-01",
        ]

    def test_moved_into_the_window_from_before_it(self):
        rule = Rule("month", d("2026-01-01"), month_day=26, closed="next")
        assert dues(rule, "2026-11-28", "2026-12-05", practice_closed) == ["2026-11-30"]

    def test_moved_into_the_window_from_after_it(self):
        rule = Rule("month", d("2026-01-01"), month_day=26, closed="previous")
        assert dues(rule, "2026-11-20", "2026-11-25", practice_closed) == ["2026-11-25"]

    def test_not_moved_before_the_first_day(self):
        rule = Rule("once", d("2026-11-26"), closed="previous")
        assert dues(rule, "2026-11-01", "2026-12-31", practice_closed) == []

    def test_a_site_closed_for_good_has_no_rounds(self):
        rule = Rule("day", d("2026-11-01"), closed="next")
        assert dues(rule, "2026-11-01", "2026-11-30", lambda day: True) == []


class TestClock:
    def at(self, day, *times, zone=CHICAGO):
        rule = Rule(
            "day", d(day), times=tuple(dt.time.fromisoformat(time) for time in times)
        )
        return [
            one.at.strftime("%Y-%m-%d %H:%M")
            for one in recurrence.occurrences(rule, d(day), d(day), never, zone)
        ]

    def test_twice_a_day_in_winter_and_summer(self):
        assert self.at("2026-11-24", "07:30", "16:00") == [
            "2026-11-24 13:30",
            "2026-11-24 22:00",
        ]
        assert self.at("2026-07-01", "07:30", "16:00") == [
            "2026-07-01 12:30",
            "2026-07-01 21:00",
        ]

    def test_the_wall_clock_stays_through_the_year(self):
        rule = Rule("day", d("2026-01-01"), times=(dt.time(7, 30),))
        year = recurrence.occurrences(
            rule, d("2026-01-01"), d("2026-12-31"), never, CHICAGO
        )
        assert len(year) == 365
        assert {one.at.astimezone(CHICAGO).time() for one in year} == {dt.time(7, 30)}

    def test_an_hour_left_out_in_spring_moves_on(self):
        assert self.at("2026-03-08", "02:30") == [
            "2026-03-08 08:30"
        ]  # 3:30 daylight time

    def test_two_times_made_one_by_the_clock_change_are_one_round(self):
        assert self.at("2026-03-08", "02:30", "03:30") == ["2026-03-08 08:30"]

    def test_an_hour_repeated_in_autumn_is_taken_once(self):
        assert self.at("2026-11-01", "01:30") == ["2026-11-01 06:30"]


class TestTimes:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("07:30", ["07:30"]),
            ("16:00, 7:30", ["07:30", "16:00"]),
            ("7:30 am; 4 pm", ["07:30", "16:00"]),
            ("12 am, 12 pm", ["00:00", "12:00"]),
            ("8:00 A.M., 08:00", ["08:00"]),
        ],
    )
    def test_read(self, text, expected):
        assert [
            time.strftime("%H:%M") for time in recurrence.parse_times(text)
        ] == expected

    @pytest.mark.parametrize(
        ("text", "piece"),
        [
            ("08:00, noon", "noon"),
            ("25:00", "25:00"),
            ("8:75", "8:75"),
            ("13 pm", "13 pm"),
            ("4", "4"),  # morning or afternoon?
            (" , ", ","),
            ("", ""),
        ],
    )
    def test_refused_naming_the_piece(self, text, piece):
        with pytest.raises(TimesError) as caught:
            recurrence.parse_times(text)
        assert caught.value.piece == piece


@pytest.mark.parametrize(
    "wrong",
    [
        {"unit": "day", "every": 0},
        {"unit": "day", "times": ()},
        {"unit": "week"},
        {"unit": "week", "weekdays": frozenset({7})},
        {"unit": "month"},
        {"unit": "month", "month_day": 32},
        {"unit": "month", "month_day": 0},
        {"unit": "month", "month_day": 3, "week_of_month": 1, "weekday": 0},
        {"unit": "month", "week_of_month": 5, "weekday": 0},
    ],
)
def test_a_rule_without_days_is_refused(wrong):
    with pytest.raises(RecurrenceError):
        Rule(first=dt.date(2026, 1, 1), **wrong)


day_strategy = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))
closed_rules = st.sampled_from(["skip", "next", "previous", "keep"])


@st.composite
def rules(draw):
    unit = draw(st.sampled_from(["once", "day", "week", "month"]))
    first = draw(day_strategy)
    last = draw(st.none() | st.dates(first, dt.date(2032, 12, 31)))
    more = {}
    if unit == "week":
        more["weekdays"] = draw(st.frozensets(st.integers(0, 6), min_size=1))
    elif unit == "month" and draw(st.booleans()):
        more["month_day"] = draw(st.sampled_from([LAST, *range(1, 32)]))
    elif unit == "month":
        more["week_of_month"] = draw(st.sampled_from([LAST, 1, 2, 3, 4]))
        more["weekday"] = draw(st.integers(0, 6))
    every = draw(st.integers(1, 14))
    return Rule(unit, first, last, every, closed=draw(closed_rules), **more)


@st.composite
def closings(draw):
    """Closed weekdays (never all seven) and a fortnight of holidays somewhere."""
    weekdays = draw(st.frozensets(st.integers(0, 6), max_size=6))
    start = draw(day_strategy)
    length = draw(st.integers(0, 20))
    return lambda day: day.weekday() in weekdays or 0 <= (day - start).days < length


@given(rules(), closings(), day_strategy, st.integers(0, 120), st.integers(0, 120))
def test_two_adjacent_windows_are_one_window(rule, closed, start, one, two):
    """A generator may stop anywhere and go on: nothing is lost, nothing comes twice."""
    middle = start + dt.timedelta(days=one)
    stop = middle + dt.timedelta(days=two + 1)
    whole = recurrence.days(rule, start, stop, closed)
    parts = recurrence.days(rule, start, middle, closed) + recurrence.days(
        rule, middle + dt.timedelta(days=1), stop, closed
    )
    assert parts == whole


@given(rules(), closings(), day_strategy, st.integers(0, 400))
def test_days_are_ordered_inside_the_window_and_the_life_of_the_rule(
    rule, closed, start, length
):
    stop = start + dt.timedelta(days=length)
    found = recurrence.days(rule, start, stop, closed)
    assert found == sorted(set(found))
    assert all(start <= day <= stop and day >= rule.first for day in found)
    assert rule.last is None or all(day <= rule.last for day in found)
    if rule.closed != "keep":
        assert not any(closed(day) for day in found)


@given(rules(), day_strategy, st.integers(0, 800))
def test_on_open_days_the_closed_rule_changes_nothing(rule, start, length):
    stop = start + dt.timedelta(days=length)
    assert recurrence.days(rule, start, stop, never) == list(
        recurrence.nominal_days(rule, start, stop)
    )


@given(st.integers(1, 31), st.integers(1, 12), day_strategy)
def test_a_day_of_the_month_is_never_lost_to_short_months(month_day, every, first):
    """One occurrence in each due month, on the wanted day or on the month's last."""
    rule = Rule("month", first, month_day=month_day, every=every)
    found = list(recurrence.nominal_days(rule, first, first + dt.timedelta(days=1500)))
    for day in found:
        next_day = day + dt.timedelta(days=1)
        assert day.day == month_day or (day.day < month_day and next_day.day == 1)
    months = [day.year * 12 + day.month for day in found]
    assert all(later - earlier == every for earlier, later in pairwise(months))


@given(
    rules(),
    st.integers(-50, 50),
    st.sampled_from(
        [
            "America/Chicago",
            "America/Phoenix",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "UTC",
        ]
    ),
    st.lists(st.times(), min_size=1, max_size=4),
)
def test_due_times_are_ordered_and_each_on_its_own_day(rule, offset, zone, times):
    """Windows about the rule's first day, so that most of them hold a due time."""
    start = rule.first + dt.timedelta(days=offset)
    zone = ZoneInfo(zone)
    times = tuple(
        sorted({time.replace(second=0, microsecond=0, fold=0) for time in times})
    )
    rule = Rule(**{**rule.__dict__, "times": times})
    stop = start + dt.timedelta(days=60)
    found = recurrence.occurrences(rule, start, stop, never, zone)
    assert [one.at for one in found] == sorted({one.at for one in found})
    for one in found:
        shown = one.at.astimezone(zone)
        # only a time left out by a clock change shows later than set, by that gap
        gap = shown.replace(tzinfo=None) - dt.datetime.combine(one.day, one.time)
        assert dt.timedelta(0) <= gap <= dt.timedelta(hours=1)
    assert {one.day for one in found} == set(recurrence.days(rule, start, stop, never))

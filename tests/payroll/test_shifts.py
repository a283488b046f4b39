"""Shift differentials: which hours, how much, and not a second lost."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.time.attendance import Interval, work_of
from tools.payroll.time.shifts import Differential, earnings, with_shifts

MONDAY = date(2026, 3, 2)
EVERY, WEEKEND = frozenset(range(7)), frozenset({5, 6})
CHICAGO = ZoneInfo("America/Chicago")
EVENING = Differential("1", "Evening", 17 * 60, 23 * 60, EVERY, amount=D("1.50"))
NIGHT = Differential("2", "Night", 23 * 60, 7 * 60, EVERY, percent=D(10))
WEEKENDS = Differential("3", "Weekend", 0, 0, WEEKEND, amount=D(2))


def at(day, start, hours, zone=None):
    first = datetime(2026, 3, day, start, tzinfo=zone)
    return Interval(first, first + timedelta(hours=hours), D(20))


def paid(*intervals, differentials=(EVENING, NIGHT, WEEKENDS)):
    pieces = with_shifts(intervals, lambda _day: differentials, lambda _day: D(20))
    found = {}
    for one in earnings(work_of(pieces)):
        found[one.name] = (one.hours, one.amount)
    return found


def test_an_evening_counts_from_its_hour():
    assert paid(at(2, 13, 8)) == {"Evening": (4, 6)}


def test_a_shift_over_midnight_earns_evening_and_night():
    assert paid(at(2, 19, 12)) == {"Evening": (4, 6), "Night": (8, 16)}


def test_the_night_reaches_into_the_next_morning():
    assert paid(at(2, 5, 4)) == {"Night": (2, 4)}


def test_the_weekend_and_the_evening_add_up():
    assert paid(at(7, 15, 4)) == {"Evening": (2, 3), "Weekend": (4, 8)}


def test_a_weekend_ends_at_midnight_of_sunday():
    assert paid(at(8, 20, 8), differentials=(WEEKENDS,)) == {"Weekend": (4, 8)}


def test_a_differential_counts_from_its_day_on():
    later = Differential(
        "1", "Evening", 17 * 60, 23 * 60, EVERY, D(1), start=date(2026, 3, 3)
    )
    assert paid(at(2, 17, 2), at(3, 17, 2), differentials=(later,)) == {
        "Evening": (2, 2)
    }
    ended = Differential("1", "Evening", 17 * 60, 23 * 60, EVERY, D(1), end=MONDAY)
    assert paid(at(2, 17, 2), at(3, 17, 2), differentials=(ended,)) == {
        "Evening": (2, 2)
    }


def test_an_hour_of_the_day_earns_nothing_beside():
    assert paid(at(2, 8, 8)) == {}


def test_the_night_of_the_clock_change_pays_the_hours_really_worked():
    """From 23 on 7 March to 7 on 8 March 2026 seven hours pass."""
    pieces = with_shifts(
        [
            Interval(
                datetime(2026, 3, 7, 23, tzinfo=CHICAGO),
                datetime(2026, 3, 8, 7, tzinfo=CHICAGO),
                D(20),
            )
        ],
        lambda _day: [NIGHT],
        lambda _day: D(20),
    )
    assert [e.hours for e in earnings(work_of(pieces))] == [7]


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"begins": -1, "ends": 0, "amount": D(1)}, "outside the day"),
        ({"begins": 0, "ends": 60}, "above zero"),
        ({"begins": 0, "ends": 60, "amount": D(-1)}, "above zero"),
    ],
)
def test_a_differential_that_cannot_be_is_refused(values, says):
    with pytest.raises(ValueError, match=says):
        Differential("1", "Evening", weekdays=EVERY, **values)


minute = st.integers(0, 1439)
window = st.builds(
    lambda begins, ends, days: Differential(
        f"{begins}-{ends}", "W", begins, ends, days, amount=D(1)
    ),
    minute,
    minute,
    st.frozensets(st.integers(0, 6), min_size=1),
)
stretch = st.builds(
    lambda start, length: Interval(
        datetime(2026, 3, 2) + timedelta(minutes=start),
        datetime(2026, 3, 2) + timedelta(minutes=start + length),
        D(20),
    ),
    st.integers(0, 5000),
    st.integers(1, 1000),
)


@given(stretch, st.lists(window, max_size=3, unique_by=lambda w: w.key))
def test_cutting_conserves_the_time_and_pays_no_hour_twice(interval, windows):
    pieces = with_shifts([interval], lambda _day: windows, lambda _day: D(20))
    assert sum(p.seconds for p in pieces) == interval.seconds
    for piece in pieces:
        keys = [shift.key for shift in piece.shifts]
        assert len(keys) == len(set(keys)) or len({w.key for w in windows}) < len(
            windows
        )
    assert pieces[0].start == interval.start
    assert pieces[-1].end == interval.end


@given(stretch, window)
def test_the_hours_of_a_window_are_those_a_clock_would_count(interval, one):
    pieces = with_shifts([interval], lambda _day: [one], lambda _day: D(20))
    got = sum(p.seconds for p in pieces if p.shifts) // 60
    count, moment = 0, interval.start
    while moment < interval.end:
        minutes = moment.hour * 60 + moment.minute
        whole = one.begins == one.ends
        wraps = one.ends <= one.begins
        day, yesterday = moment.weekday(), (moment.weekday() - 1) % 7
        late = minutes >= one.begins and (wraps or minutes < one.ends)
        early = wraps and minutes < one.ends
        if whole:
            late, early = minutes >= one.begins, minutes < one.begins
        count += (late and day in one.weekdays) or (early and yesterday in one.weekdays)
        moment += timedelta(minutes=1)
    assert got == count

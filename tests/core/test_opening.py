"""On which days a site is open."""

import datetime as dt

import pytest
from tools.core.opening import Closure, Opening

MORNING = (dt.time(8), dt.time(12))
AFTERNOON = (dt.time(13), dt.time(17))
WEEK = dict.fromkeys(range(5), (MORNING, AFTERNOON))


def closure(start, stop):
    return Closure(dt.datetime.fromisoformat(start), dt.datetime.fromisoformat(stop))


def closed(opening, day):
    return opening.is_closed(dt.date.fromisoformat(day))


def test_week_end():
    assert closed(Opening(WEEK), "2026-11-28")
    assert not closed(Opening(WEEK), "2026-11-27")


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [
        ("2026-11-26T00:00", "2026-11-26T23:59:59", True),
        ("2026-11-25T00:00", "2026-11-27T23:59:59", True),
        ("2026-11-26T08:00", "2026-11-26T17:00", True),  # exactly the hours
        ("2026-11-26T12:00", "2026-11-26T23:59", False),  # the afternoon alone
        ("2026-11-26T08:00", "2026-11-26T16:00", False),  # an hour is left
        ("2026-11-27T00:00", "2026-11-27T23:59", False),  # the next day
    ],
)
def test_holiday(start, stop, expected):
    assert closed(Opening(WEEK, [closure(start, stop)]), "2026-11-26") is expected


def test_two_closures_together_close_a_day():
    halves = [
        closure("2026-11-26T12:00", "2026-11-26T23:59"),
        closure("2026-11-26T00:00", "2026-11-26T12:30"),
    ]
    assert closed(Opening(WEEK, halves), "2026-11-26")


def test_alternating_weeks_count_as_the_host_does():
    """Saturdays of the second week only; the host: floor((ordinal - 1) / 7) % 2."""
    opening = Opening({5 + 7: (MORNING,)}, two_weeks=True)
    first, second = dt.date(2026, 11, 21), dt.date(2026, 11, 28)
    assert (first.toordinal() - 1) // 7 % 2 != (second.toordinal() - 1) // 7 % 2
    odd = first if (first.toordinal() - 1) // 7 % 2 else second
    even = second if odd is first else first
    assert not opening.is_closed(odd)
    assert opening.is_closed(even)


def test_without_set_hours_only_a_closure_closes():
    opening = Opening({}, [closure("2026-12-25T00:00", "2026-12-25T23:59:59")])
    assert not closed(opening, "2026-11-29")
    assert closed(opening, "2026-12-25")

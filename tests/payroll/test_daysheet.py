"""Days of a timesheet: cut at the practice's midnight, and when typed hours lie."""

from datetime import date, datetime, timezone
from decimal import Decimal
from itertools import pairwise

import pytest
import pytz
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.time.daysheet import (
    Day,
    clocked,
    is_same,
    laid,
    seconds,
    split,
)

CHICAGO = pytz.timezone("America/Chicago")
DAY = 86400
H = 3600


def utc(*parts):
    return datetime(*parts, tzinfo=timezone.utc)


# (check-in UTC, check-out UTC, [(day, from hour, to hour)]) by hand from the wall clock;
# the nights of the clock change: 29 CFR 785.1, hours worked are elapsed hours
SHIFTS = [
    (utc(2026, 6, 9, 13), utc(2026, 6, 9, 21), [(date(2026, 6, 9), 8, 16)]),
    (
        utc(2026, 6, 10, 0),
        utc(2026, 6, 10, 11),
        [(date(2026, 6, 9), 19, 24), (date(2026, 6, 10), 0, 6)],
    ),
    # ends at midnight sharp: nothing is left for the next day
    (utc(2026, 6, 9, 22), utc(2026, 6, 10, 5), [(date(2026, 6, 9), 17, 24)]),
    # Nov 1, 2026: the day has 25 hours; 10 PM to 6 AM standard time is nine hours
    (
        utc(2026, 11, 1, 3),
        utc(2026, 11, 1, 12),
        [(date(2026, 10, 31), 22, 24), (date(2026, 11, 1), 0, 7)],
    ),
    # March 8, 2026: 23 hours; 10 PM to 6 AM daylight time is seven hours
    (
        utc(2026, 3, 8, 4),
        utc(2026, 3, 8, 11),
        [(date(2026, 3, 7), 22, 24), (date(2026, 3, 8), 0, 5)],
    ),
    # two days without going home
    (
        utc(2026, 6, 9, 20),
        utc(2026, 6, 11, 7),
        [
            (date(2026, 6, 9), 15, 24),
            (date(2026, 6, 10), 0, 24),
            (date(2026, 6, 11), 0, 2),
        ],
    ),
]


@pytest.mark.parametrize(("start", "end", "days"), SHIFTS)
def test_an_attendance_is_cut_at_the_practices_midnight(start, end, days):
    assert list(split(start, end, CHICAGO)) == [
        (day, (first * H, last * H)) for day, first, last in days
    ]


def test_without_a_check_out_the_stretch_has_no_end():
    found = list(split(utc(2026, 6, 10, 0), None, CHICAGO))
    assert found == [(date(2026, 6, 9), (19 * H, None))]
    assert clocked([(19 * H, None), (0, 4 * H)]) == 4


@pytest.mark.parametrize(
    ("day", "length"),
    [
        (date(2026, 6, 9), 24),
        (date(2026, 11, 1), 25),
        (date(2026, 3, 8), 23),
    ],
)
def test_a_day_has_its_hours(day, length):
    one = Day(day, CHICAGO)
    assert one.length == length * H
    assert one.second(one.moment(5 * H)) == 5 * H


# (hours, clock, begin typed, when they lie), hours of the clock as from and to
LAID = [
    ("8", [(8, 16)], None, [(8, 16)]),
    ("6", [(8, 12), (13, 17)], None, [(8, 12), (13, 15)]),
    ("4", [(8, 12), (13, 17)], None, [(8, 12)]),
    ("10", [(8, 12), (13, 17)], None, [(8, 12), (13, 19)]),
    ("8", [(8, None)], None, [(8, 16)]),
    ("8", [(8, 12), (13, None)], None, [(8, 12), (13, 17)]),
    # the day ends: what is left was worked before
    ("10", [(18, 22)], None, [(14, 24)]),
    # only the break is left
    ("24", [(2, 10), (12, 20)], None, [(0, 24)]),
    ("8", [], None, [(8, 16)]),
    ("20", [], None, [(4, 24)]),
    ("8", [], 14, [(14, 22)]),
    ("8", [(8, 12)], 14, [(14, 22)]),
    ("0", [(8, 16)], None, []),
    ("0", [], None, []),
]


@pytest.mark.parametrize(("count", "clock", "begin", "expected"), LAID)
def test_where_typed_hours_lie(count, clock, begin, expected):
    stretches = [(a * H, b if b is None else b * H) for a, b in clock]
    begin = begin if begin is None else begin * H
    found = laid(Decimal(count), stretches, DAY, begin)
    assert found == [(a * H, b * H) for a, b in expected]


def test_a_day_has_no_more_hours_than_it_has():
    with pytest.raises(ValueError, match="24 hours has not 25"):
        laid(Decimal(25), [], DAY)
    assert seconds(laid(Decimal(25), [], 25 * H)) == 25 * H


@given(
    st.lists(st.integers(0, DAY), min_size=0, max_size=8, unique=True),
    st.integers(0, DAY),
    st.none() | st.integers(0, DAY),
)
def test_what_is_laid_is_what_was_typed(edges, wanted, begin):
    edges = sorted(edges)
    stretches = list(zip(edges[::2], edges[1::2], strict=False))
    found = laid(Decimal(wanted) / H, stretches, DAY, begin)
    assert seconds(found) == wanted
    assert all(0 <= start < end <= DAY for start, end in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))


def test_what_reads_the_same_is_the_same():
    assert is_same(Decimal("8.004"), Decimal(8))
    assert not is_same(Decimal("8.01"), Decimal(8))

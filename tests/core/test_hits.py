"""How many hits are allowed, and when the next is."""

import datetime as dt

import pytest
from tools.core.hits import Limit, wait_until

HOUR = Limit(3, dt.timedelta(hours=1))
NOON = dt.datetime(2026, 1, 1, 12)


def at(*minutes):
    return [NOON + dt.timedelta(minutes=minute) for minute in minutes]


@pytest.mark.parametrize(
    ("minutes", "now", "expected"),
    [
        ((), 0, None),
        ((0, 1), 2, None),
        ((0, 1, 2), 3, 60),  # free again when the first is an hour old
        ((2, 0, 1), 3, 60),
        ((0, 1, 2), 59, 60),
        ((0, 1, 2), 60, None),
        ((0, 1, 2, 30), 40, 61),  # the third from the end counts
    ],
)
def test_wait_until(minutes, now, expected):
    wanted = None if expected is None else at(expected)[0]
    assert wait_until(at(*minutes), HOUR, at(now)[0]) == wanted

"""Pay lines: which spans pay something else than was paid before."""

from datetime import date
from decimal import Decimal

import pytest
from tools.payroll.time.payline import Pay, unlike

JAN, MAR, JUN, SEP = (date(2026, month, 1) for month in (1, 3, 6, 9))
LOW, HIGH = Pay(Decimal(20), "hour"), Pay(Decimal(30), "hour")
NONE = Pay(Decimal(0), "month")
CASES = {
    "the same": ([(JAN, LOW)], [(JAN, LOW)], {}),
    "another amount": ([(JAN, LOW)], [(JAN, HIGH)], {JAN: LOW}),
    "another unit": ([(JAN, LOW)], [(JAN, Pay(Decimal(20), "year"))], {JAN: LOW}),
    "the first pay": ([(JAN, NONE)], [(JAN, HIGH)], {}),
    "a new person": ([], [(JAN, HIGH)], {}),
    "nothing any more": ([(JAN, LOW)], [(JAN, NONE)], {JAN: LOW}),
    "a new span of the same pay": ([(JAN, LOW)], [(JAN, LOW), (JUN, LOW)], {}),
    "a new span of other pay": ([(JAN, LOW)], [(JAN, LOW), (JUN, HIGH)], {JUN: LOW}),
    "a span moved ahead": (
        [(JAN, LOW), (JUN, HIGH)],
        [(JAN, LOW), (MAR, HIGH)],
        {MAR: LOW},
    ),
    "a span moved back": (
        [(JAN, LOW), (JUN, HIGH)],
        [(JAN, LOW), (SEP, HIGH)],
        {JAN: HIGH},
    ),
    "a span deleted": ([(JAN, LOW), (JUN, HIGH)], [(JAN, LOW)], {JAN: HIGH}),
    "the first span deleted": ([(JAN, LOW), (JUN, HIGH)], [(JUN, HIGH)], {}),
    "days ahead of the first": ([(MAR, LOW)], [(JAN, HIGH), (MAR, LOW)], {JAN: LOW}),
    "all of them": (
        [(JAN, LOW), (JUN, HIGH)],
        [(JAN, NONE), (JUN, NONE)],
        {JAN: LOW, JUN: HIGH},
    ),
}


@pytest.mark.parametrize(("before", "after", "found"), CASES.values(), ids=CASES)
def test_what_differs(before, after, found):
    assert unlike(before, after) == found

"""Continuing education: cycles and hours by category."""

from datetime import date
from decimal import Decimal as D

import pytest
from tools.people.credential.education import Course, cycle, progress


@pytest.mark.parametrize(
    ("last", "months", "first"),
    [
        (date(2027, 2, 28), 24, date(2025, 3, 1)),
        (date(2028, 2, 29), 24, date(2026, 3, 1)),
        (date(2026, 12, 31), 24, date(2025, 1, 1)),
        (date(2026, 6, 15), 12, date(2025, 6, 16)),
        (date(2026, 8, 30), 6, date(2026, 3, 1)),  # August 31 less six months
    ],
)
def test_a_cycle_ends_with_the_term(last, months, first):
    assert cycle(last, months) == (first, last)


def test_hours_outside_the_cycle_do_not_count():
    courses = [
        Course(date(2024, 12, 31), D(10), 1),
        Course(date(2025, 1, 1), D("1.5"), 1),
        Course(date(2026, 12, 31), D(2), 2),
        Course(date(2027, 1, 1), D(8), 1),
    ]
    found = progress(courses, date(2026, 12, 31), 24, D(20), {2: D(3), 1: D(1)})
    assert (found.earned, found.missing) == (D("3.5"), D("16.5"))
    assert found.lacking == {2: D(1)}
    assert not found.is_done


def test_hours_in_all_without_a_category_are_not_done():
    courses = [Course(date(2026, 5, 1), D(30), 1)]
    found = progress(courses, date(2026, 12, 31), 24, D(30), {2: D(2)})
    assert found.missing == 0
    assert not found.is_done
    courses.append(Course(date(2026, 5, 2), D(2), 2))
    assert progress(courses, date(2026, 12, 31), 24, D(30), {2: D(2)}).is_done

"""Months, changes and movers of use, and the file of monthly visits."""

from datetime import date
from decimal import Decimal

import pytest
from tools.supply.figures.trend import (
    Mover,
    change,
    month_of,
    months_until,
    movers,
    per_visit,
    share,
    shifted,
)
from tools.supply.figures.visits import VISIT_TEXTS, read_visits

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("month", "count", "expected"),
    [
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 2, 1), -12, date(2025, 2, 1)),
        (date(2026, 2, 1), 0, date(2026, 2, 1)),
        (date(2024, 2, 1), 25, date(2026, 3, 1)),
    ],
)
def test_months_shift_over_years(month, count, expected):
    assert shifted(month, count) == expected
    assert shifted(expected, -count) == month


def test_twelve_months_end_with_the_month_of_the_day():
    months = months_until(date(2026, 10, 31))
    assert (months[0], months[-1], len(months)) == (
        date(2025, 11, 1),
        date(2026, 10, 1),
        12,
    )
    assert month_of(TODAY) == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [("150", "100", "0.5"), ("50", "100", "-0.5"), ("5", "0", None), ("0", "8", "-1")],
)
def test_change(now, before, expected):
    found = change(Decimal(now), Decimal(before))
    assert found == (None if expected is None else Decimal(expected))


def test_movers_are_sorted_by_dollars_not_by_percent():
    rows = [
        Mover("small", Decimal(9), Decimal(1)),
        Mover("big", Decimal(1100), Decimal(1000)),
        Mover("same", Decimal(5), Decimal(5)),
        Mover("less", Decimal(90), Decimal(100)),
        Mover("gone", Decimal(0), Decimal(60)),
    ]
    rose, fell = movers(rows)
    assert [row.key for row in rose] == ["big", "small"]
    assert [row.key for row in fell] == ["gone", "less"]
    assert [row.key for row in movers(rows, 1)[0]] == ["big"]


def test_cost_of_a_visit():
    assert per_visit(Decimal("100"), 3) == Decimal("33.33")
    assert per_visit(Decimal("100"), 0) is None
    with pytest.raises(ValueError, match="not negative"):
        per_visit(Decimal("100"), -1)
    assert share(Decimal(1), Decimal(0)) is None
    assert share(Decimal(1), Decimal(4)) == Decimal("0.25")


def read(*lines):
    text = "\n".join(("Month;Clinic;Department;Encounters", *lines))
    return read_visits(text.encode(), TODAY)


def test_months_are_read_as_people_write_them():
    cells = ("2026-10", "2025-10-01", "10/2024", "10/1/2023", "10/01/2022")
    rows, errors = read(*(f"{cell};Main;Nursing;10" for cell in cells))
    assert not errors
    assert [row.month for row in rows] == [date(2026 - n, 10, 1) for n in range(5)]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("2026-13;Main;Nursing;10", "not_a_month"),
        ("October;Main;Nursing;10", "not_a_month"),
        ("2026-10-15;Main;Nursing;10", "not_a_month"),
        ("2026-12;Main;Nursing;10", "future_month"),
        ("2026-10;Main;Nursing;-1", "too_small"),
        ("2026-10;Main;Nursing;1.5", "not_whole"),
        ("2026-10;Main;Nursing;2000000", "too_big"),
        ("2026-10;Main;;5", "required"),
        ("2026-10;=Main;Nursing;5", "formula"),
    ],
)
def test_bad_rows_say_what_is_wrong(line, code):
    rows, [error] = read(line, "2026-09;Main;Nursing;10")
    assert len(rows) == 1
    assert (error.row, error.code) == (2, code)
    assert error.english(VISIT_TEXTS).startswith("Row 2")


def test_a_month_stands_once_in_a_file():
    rows, [error] = read("2026-10;Main;Nursing;10", "10/2026;MAIN;nursing;11")
    assert [row.visits for row in rows] == [10]
    assert error.english(VISIT_TEXTS) == (
        "Row 3, Month: This month, site and department are already in row 2. Keep one "
        "of the two rows."
    )

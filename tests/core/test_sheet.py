"""A report's table: its totals are exact, its columns wide enough."""

from decimal import Decimal

import pytest
from tools.core.sheet import GROUP, Column, Sheet

NAME, SUM = Column("name", "Name"), Column("sum", "Sum", "money", total=True)


def test_totals_are_exact_and_skip_headings_and_blanks():
    rows = [
        {GROUP: "Main"},
        {"name": "a", "sum": 0.1},
        {"name": "b", "sum": 0.2},
        {"name": "c", "sum": None},
        {"name": "d", "sum": ""},
        {"name": "e"},
        {"name": "f", "sum": Decimal("12.345")},
    ]
    assert Sheet("S", [NAME, SUM], rows).totals() == {"sum": Decimal("12.645")}


def test_no_rows_no_columns_with_totals():
    assert Sheet("S", [NAME, SUM]).totals() == {"sum": Decimal()}
    assert Sheet("S", [NAME]).totals() == {}


@pytest.mark.parametrize("value", ["12", True, "=1+1"])
def test_what_is_no_number_is_not_added(value):
    with pytest.raises(TypeError):
        Sheet("S", [SUM], [{"sum": value}]).totals()


@pytest.mark.parametrize(
    ("column", "characters"),
    [
        (Column("a", "A"), 24),
        (Column("a", "A", "flag"), 7),
        (Column("a", "A", width=5), 5),
        (Column("a", "A very long heading", width=5), 21),
        (Column("a", "x" * 80, width=5), 40),
    ],
)
def test_width(column, characters):
    assert column.characters == characters


def test_numbers_stand_on_the_right():
    assert [c.is_number for c in (NAME, SUM, Column("d", "D", "day"))] == [
        False,
        True,
        False,
    ]

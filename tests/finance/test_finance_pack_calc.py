"""What a restatement lists, without Odoo."""

from decimal import Decimal

import pytest
from tools.finance.close.pack import column, differences, number, section

COLUMNS = [column("name", "Row"), column("month", "Month", "money")]


def pack(*rows, key="income", columns=COLUMNS):
    return {"sections": [section(key, "Income", columns, rows)]}


def row(name, month, style=""):
    return {"id": name, "name": name.title(), "month": month, "style": style}


def test_the_same_twice_differs_in_nothing():
    one = pack(row("rent", 1.0), row("fees", None))
    assert differences(one, one) == []


def test_a_changed_figure_a_new_row_and_one_that_is_gone():
    before = pack(row("rent", 1.0), row("gone", 5.0))
    after = pack(row("rent", 2.0), row("new", 7.0), row("share", 0.5, "percent"))
    found = [
        (each["row"], each["column"], each["before"], each["after"], each["kind"])
        for each in differences(before, after)
    ]
    assert found == [
        ("Rent", "Month", 1.0, 2.0, "money"),
        ("New", "Month", None, 7.0, "money"),
        ("Share", "Month", None, 0.5, "percent"),
        ("Gone", "Month", 5.0, None, "money"),
    ]


def test_a_section_that_came_or_went():
    before = pack(row("rent", 1.0), key="a")
    after = pack(row("rent", 1.0), key="b")
    assert len(differences(before, after)) == 2


def test_a_row_is_called_by_its_name_wherever_it_stands():
    columns = [column("day", "Day", "day"), *COLUMNS]
    found = differences(
        pack({"day": "2026-05-20"} | row("order", 1.0), columns=columns),
        pack({"day": "2026-05-21"} | row("order", 2.0), columns=columns),
    )
    assert [(each["row"], each["column"], each["before"]) for each in found] == [
        ("Order", "Day", "2026-05-20"),
        ("Order", "Month", 1.0),
    ]


def test_a_row_of_one_column_is_seen_too():
    names = [column("name", "Row")]
    before = pack({"id": "1", "name": "One"}, columns=names)
    after = pack({"id": "2", "name": "Two"}, columns=names)
    assert [(each["before"], each["after"]) for each in differences(before, after)] == [
        (None, "Two"),
        ("One", None),
    ]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (Decimal("1.005"), 1.0),
        (-0.0001, 0.0),
        (None, None),
        ("text", None),
        (True, None),
        (3, 3.0),
    ],
)
def test_figures_are_kept_rounded(value, kept):
    assert number(value) == kept
    assert str(number(-0.0001)) == "0.0"

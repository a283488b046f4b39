"""A report's table: its totals are exact, its columns wide enough."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.core.sheet import GROUP, Column, Sheet, tab_name

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


@pytest.mark.parametrize(
    ("name", "taken", "tab"),
    [
        ("Exam 1", [], "Exam 1"),
        ("Vendors: A/B [old]", [], "Vendors A B old"),
        ("The doctors'", [], "The doctors"),
        ("'quoted'", [], "quoted"),
        ("history", [], "history 1"),
        ("???", [], "Sheet"),
        ("", ["sheet"], "Sheet (2)"),
        ("Register", ["REGISTER", "register (2)"], "Register (3)"),
        (
            "Medication room, Lakeside Family Medicine",
            [],
            "Medication room, Lakeside Famil",
        ),
        (
            "Medication room, Lakeside Family Medicine",
            ["Medication room, Lakeside Famil"],
            "Medication room, Lakeside F (2)",
        ),
        # cut at the apostrophe
        ("Medication room of the doctors' wing", [], "Medication room of the doctors"),
    ],
)
def test_a_tab_has_a_name_that_excel_takes(name, taken, tab):
    assert tab_name(name, taken) == tab


@given(st.lists(st.text(max_size=60), min_size=1, max_size=12))
def test_tabs_have_names_of_their_own(names):
    taken = []
    for name in names:
        taken.append(tab_name(name, taken))
    assert len({tab.lower() for tab in taken}) == len(names)
    assert all(1 <= len(tab) <= 31 and tab.strip("'") == tab for tab in taken)


def test_a_share_stands_below_as_the_share_of_the_sums():
    columns = [
        Column("name", "Department"),
        Column("granted", "Granted", "money", total=True),
        Column("left", "Left", "money", total=True),
        Column(
            "used",
            "Used",
            "percent",
            of_totals=lambda row: 1 - row["left"] / row["granted"],
        ),
    ]
    rows = [
        {"name": "A", "granted": 300, "left": 0, "used": 1},
        {"name": "B", "granted": 100, "left": 100, "used": 0},
    ]
    assert Sheet("Budget", columns, rows).totals() == {
        "granted": 400,
        "left": 100,
        "used": Decimal("0.75"),
    }
    assert Sheet("Budget", columns).totals() == {"granted": 0, "left": 0}


def test_what_is_handed_out_has_a_page_for_each_heading():
    rows = [
        {GROUP: "Ann"},
        {"what": "Pay"},
        {GROUP: "Ben"},
        {"what": "Pay"},
        {"what": "All"},
    ]
    sheet = Sheet("Sums", [Column("what", "What")], rows, page_by_group=True)
    assert [page.rows for page in sheet.pages()] == [rows[:2], rows[2:]]
    assert Sheet("Sums", sheet.columns, rows).pages()[0].rows == rows
    assert sheet.pages()[0].name == ""


@pytest.mark.parametrize(
    "rows", [[], [{"what": "Pay"}], [{GROUP: "Ann"}, {"what": "Pay"}]]
)
def test_what_is_for_one_is_one_page(rows):
    sheet = Sheet("Sums", [Column("what", "What")], rows, page_by_group=True)
    assert sheet.pages() == [sheet]

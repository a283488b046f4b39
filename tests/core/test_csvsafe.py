"""Tables in and out: no formula leaves, no bad cell comes in unseen."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools import csvcells
from tools.csvsafe import (
    TEXTS,
    CellError,
    Column,
    Problem,
    Row,
    Table,
    read_table,
    safe_cell,
    write_table,
)

ITEMS = (
    Column("code", "Code", csvcells.code(), aliases=("SKU", "Item no.")),
    Column("name", "Name", csvcells.text(40)),
    Column("price", "Unit price ($)", csvcells.number(0, 10_000, 2)),
    Column("packs", "Packs", csvcells.whole(1, 99), required=False, default=1),
    Column("until", "Expiry", csvcells.day, required=False),
    Column("latex", "Latex", csvcells.flag, required=False, default=False),
)
HEADER = "Code,Name,Unit price ($),Packs,Expiry,Latex\n"


def read(body: str, header: str = HEADER, **limits: int) -> Table:
    return read_table((header + body).encode(), ITEMS, **limits)


def only_problem(table: Table) -> tuple[int, str, str]:
    (problem,) = table.errors
    return problem.row, problem.field, problem.code


# --- going out -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        # OWASP "CSV Injection": = + - @ tab and carriage return start a formula
        ("=1+1", "'=1+1"),
        ("+1 555 0100", "'+1 555 0100"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("\uff1d1+1", "'\uff1d1+1"),  # full-width equals sign
        ("'=1", "''=1"),  # the user's own apostrophe survives the way back
        # controls: nothing to guard
        ("Gauze 4x4", "Gauze 4x4"),
        ("a=b", "a=b"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("'tis", "'tis"),
        ("", ""),
    ],
)
def test_text_never_leaves_as_a_formula(cell: str, written: str) -> None:
    assert safe_cell(cell) == written


@pytest.mark.parametrize("value", [-5, Decimal("-5.20"), -0.5, 0])
def test_numbers_stay_numbers(value: object) -> None:
    assert safe_cell(value) is value


def test_other_values_become_plain_text() -> None:
    assert safe_cell(None) == ""
    assert safe_cell(True) == "yes"
    assert safe_cell(date(2026, 11, 24)) == "2026-11-24"
    assert (
        safe_cell(datetime.fromisoformat("2026-11-24T08:30")) == "2026-11-24 08:30:00"
    )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_a_value_that_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="cannot be written"):
        safe_cell(value)


@given(st.text(max_size=30))
def test_no_text_at_all_can_leave_as_a_formula(cell: str) -> None:
    written = str(safe_cell(cell))
    if written.startswith(csvcells.FORMULA_STARTS):
        float(written)  # only a negative number may


def test_the_file_opens_in_a_spreadsheet() -> None:
    data = write_table(["Item", "Price"], [["=A1", Decimal("4.50")], ["Gauze, 4x4", 3]])
    assert data == b'\xef\xbb\xbfItem,Price\r\n\'=A1,4.50\r\n"Gauze, 4x4",3\r\n'


# Cells are trimmed when read, so the law is stated for trimmed text without the
# control characters and lone surrogates that no keyboard types.
typed = st.text(
    st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30
).filter(lambda cell: cell == cell.strip())


@given(st.lists(typed, min_size=1, max_size=5))
def test_what_was_written_is_read_back(names: list[str]) -> None:
    data = write_table(["Name"], [[name] for name in names])
    table = read_table(data, [Column("name", "Name")])
    assert [row.take("name", str) for row in table.rows] == names
    assert table.errors == ()


# --- coming in -----------------------------------------------------------------


def test_a_good_row_has_typed_values() -> None:
    table = read('G-44,Gauze 4x4,"$1,234.50",12,11/30/2027,y\n')
    (row,) = table.rows
    assert row.number == 2
    assert row.values == {
        "code": "G-44",
        "name": "Gauze 4x4",
        "price": Decimal("1234.50"),
        "packs": 12,
        "until": date(2027, 11, 30),
        "latex": True,
    }
    assert (table.encoding, table.delimiter) == ("utf-8-sig", ",")


def test_an_empty_optional_cell_is_its_default() -> None:
    (row,) = read("G-44,Gauze,4.5,,,\n").rows
    assert row.take("packs", int) == 1
    assert row.maybe("until", date) is None


def test_taking_the_wrong_kind_is_the_importers_mistake() -> None:
    with pytest.raises(TypeError, match="packs is int, not str"):
        Row(2, {"packs": 1}).take("packs", str)


@pytest.mark.parametrize(
    ("line", "field", "code"),
    [
        ("G 44,Gauze,4.5", "Code", "blank_inside"),
        ("3.01E+11,Gauze,4.5", "Code", "scientific"),
        (",Gauze,4.5", "Code", "required"),
        ("G,=HYPERLINK(1),4.5", "Name", "formula"),
        ("G,@home kit,4.5", "Name", "formula"),
        ("G," + "x" * 41 + ",4.5", "Name", "too_long"),
        ("G,Gauze,four", "Unit price ($)", "not_a_number"),
        ("G,Gauze,$", "Unit price ($)", "not_a_number"),
        ('G,Gauze,"1,5"', "Unit price ($)", "not_a_number"),  # 1.5 or 15?
        ("G,Gauze,1e3", "Unit price ($)", "not_a_number"),
        ("G,Gauze,NaN", "Unit price ($)", "not_a_number"),
        ("G,Gauze,-1", "Unit price ($)", "too_small"),
        ("G,Gauze,10001", "Unit price ($)", "too_big"),
        ("G,Gauze,4.505", "Unit price ($)", "too_precise"),
        ("G,Gauze,4.5,1.5", "Packs", "not_whole"),
        ("G,Gauze,4.5,0", "Packs", "too_small"),
        ("G,Gauze,4.5,1,13/01/2027", "Expiry", "not_a_date"),
        ("G,Gauze,4.5,1,11/30/27", "Expiry", "not_a_date"),
        ("G,Gauze,4.5,1,2027-02-30", "Expiry", "not_a_date"),
        ("G,Gauze,4.5,1,0027-02-03", "Expiry", "not_a_date"),
        ("G,Gauze,4.5,1,2/3/1027", "Expiry", "not_a_date"),
        ("G,Gauze,4.5,1,,maybe", "Latex", "not_yes_no"),
        ("G,Gauze,4.5,1,,y,extra", "", "extra_cells"),
    ],
)
def test_a_bad_cell_names_row_field_and_reason(
    line: str, field: str, code: str
) -> None:
    table = read(f"OK-1,Fine,1\n\n{line}\n")
    assert only_problem(table) == (
        4,
        field,
        code,
    )  # the blank line counts, as on screen
    assert [row.take("code", str) for row in table.rows] == ["OK-1"]


def test_every_bad_cell_of_a_row_is_listed() -> None:
    table = read("G 44,,four\n")
    assert [p.code for p in table.errors] == [
        "blank_inside",
        "required",
        "not_a_number",
    ]


def test_a_marked_formula_text_is_accepted_without_its_mark() -> None:
    (row,) = read("G,'-20 freezer pack,4.5\n").rows
    assert row.take("name", str) == "-20 freezer pack"


def test_a_choice_is_found_in_any_case() -> None:
    parse = csvcells.choice({"office": 1, "ppe": 2})
    assert parse("PPE") == 2
    with pytest.raises(CellError) as caught:
        parse("toys")
    assert caught.value.values == {"cell": "toys", "allowed": "office, ppe"}


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Name\nGaze stérile\n".encode(), "utf-8-sig"),
        ("Name\nGaze stérile\n".encode("utf-8-sig"), "utf-8-sig"),
        ("Name\nGaze stérile\n".encode("utf-16"), "utf-16"),
        ("Name\nGaze stérile\n".encode("cp1252"), "cp1252"),
        ("Name\nGaze stérile\x81\n".encode("latin-1"), "latin-1"),
    ],
)
def test_the_encoding_is_found(data: bytes, encoding: str) -> None:
    table = read_table(data, [Column("name", "Name")])
    assert table.encoding == encoding
    assert table.rows[0].take("name", str).startswith("Gaze stérile")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_names_the_columns(delimiter: str) -> None:
    lines = ["code|NAME|Unit Price", "G|Gauze; sterile, 4x4|4.5"]
    data = "\n".join(
        delimiter.join(f'"{cell}"' for cell in line.split("|")) for line in lines
    )
    table = read_table(data.encode(), ITEMS)
    assert table.delimiter == delimiter
    assert table.rows[0].take("name", str) == "Gauze; sterile, 4x4"


def test_other_headings_are_understood_or_named() -> None:
    table = read("4.5,G,Gauze,blue\n", header="unit_price,item NO,Name,Colour\n")
    assert table.rows[0].take("code", str) == "G"
    assert table.ignored == ("Colour",)


def test_a_missing_column_is_one_problem_not_one_per_row() -> None:
    table = read("G,4\nH,5\n", header="Code,Unit price\n")
    assert only_problem(table) == (0, "Name", "missing_column")


def test_two_columns_of_the_same_meaning_are_refused() -> None:
    table = read("G,H,Gauze,4\n", header="Code,SKU,Name,Unit price\n")
    assert only_problem(table) == (0, "Code", "double_column")


def test_an_open_quote_stops_the_reading_there() -> None:
    table = read('G,Gauze,1\nH,"Gown,2\nI,Ink,3\n')
    assert only_problem(table) == (3, "", "broken_quotes")
    assert len(table.rows) == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n ", "empty_file"),
        (b"PK\x03\x04rest", "not_text"),
        (b"%PDF-1.7", "not_text"),
        (b"Code\x00Name", "not_text"),
        (b"\xff\xfeN", "not_text"),  # half a UTF-16 character
        (b"foo,bar\n1,2\n", "no_header"),
        (b'"Code,Name\n', "broken_quotes"),
        (b"x" * 101, "too_many_bytes"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(data: bytes, code: str) -> None:
    table = read_table(data, ITEMS, max_bytes=100)
    assert only_problem(table) == (0, "", code)
    assert table.rows == ()


def test_rows_over_the_limit_are_reported_not_dropped_in_silence() -> None:
    table = read("A,a,1\nB,b,2\nC,c,3\n", max_rows=2)
    assert only_problem(table) == (4, "", "too_many_rows")
    assert len(table.rows) == 2


def test_a_problem_reads_as_place_cause_and_remedy() -> None:
    (problem,) = read("G,Gauze,-1\n").errors
    assert problem.english() == (
        "Row 2, Unit price ($): -1 is below 0. Enter 0 or more."
    )
    assert Problem(0, "", "empty_file").english() == (
        "The file is empty. Choose a file with a header line and rows."
    )


@given(st.binary(max_size=200))
def test_no_bytes_can_make_the_reader_raise(data: bytes) -> None:
    table = read_table(data, ITEMS)
    for problem in table.errors:
        assert problem.code in TEXTS
        assert problem.english()


@given(st.lists(st.lists(st.text(max_size=8), max_size=8), max_size=6))
def test_every_row_is_either_good_or_explained(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Code", "Name", "Unit price"], *rows])
    table = read_table(out.getvalue().encode("utf-8", "replace"), ITEMS)
    if any(p.code in ("broken_quotes", "not_text", "no_header") for p in table.errors):
        return
    filled = sum(any(cell.strip() for cell in row) for row in rows)
    assert len({p.row for p in table.errors}) + len(table.rows) == filled

"""Files of staff and benefits: their columns, other headings, who stands twice."""

from decimal import Decimal as D

from tools.people.importing.stafffile import read_benefits, read_staff


def said(table):
    return [(one.row, one.field, one.code) for one in table.errors]


def test_a_benefits_file_is_read_with_the_headings_of_another_program():
    table = read_benefits(
        b"Mail,Product,Tier,Effective,Deduction\n"
        b"A@x.example,Health,Employee and Spouse,01/31/2027,$1,200.50\n".replace(
            b"$1,200.50", b'"$1,200.50"'
        ),
        {"Mail": "Work email"},
    )
    assert said(table) == []
    (row,) = table.rows
    assert row.values["email"] == "a@x.example"
    assert row.values["tier"] == "spouse"
    assert row.values["amount"] == D("1200.50")
    assert row.values["date_to"] is None


def test_somebody_twice_in_a_plan_from_a_day():
    table = read_benefits(
        b"Work email,Plan,From,Until\n"
        b"a@x.example,Health,2027-01-01,2026-12-31\n"
        b"A@X.example,health,2027-01-01,\n"
        b"a@x.example,Health,2027-02-01,\n",
        {},
    )
    assert said(table) == [
        (3, "Work email", "enrollment_twice"),
        (2, "Until", "ends_before"),
    ]


def test_a_mapping_to_no_column_of_ours():
    table = read_staff(b"Work email\na@x.example\n", {"Badge": "Badge number"})
    assert said(table) == [(0, "", "unknown_title")]


def test_what_is_no_email_address():
    table = read_staff(
        b"Work email,Name,Manager email\nnobody,A,\na@x.example,B,x@\nb@x.example,C,\n",
        {},
    )
    assert said(table) == [
        (2, "Work email", "no_email"),
        (3, "Manager email", "no_email"),
    ]
    assert [row.values["name"] for row in table.rows] == ["C"]

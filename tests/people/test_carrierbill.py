"""A carrier's bill against the enrollments."""

from decimal import Decimal as D

from tools.people.benefit.carrierbill import Part, compare, read_bill


def test_differences_by_person_and_plan():
    billed = [Part(1, 9, D(600)), Part(2, 9, D(640)), Part(4, 9, D(600))]
    ours = [Part(1, 9, D(600)), Part(2, 9, D(600)), Part(3, 9, D(600))]
    found = [(one.person, one.what, one.amount) for one in compare(billed, ours)]
    assert found == [
        (1, "same", D(0)),
        (2, "amount", D(40)),
        (3, "not_billed", D(-600)),
        (4, "not_enrolled", D(600)),
    ]


def test_what_is_billed_at_nothing_is_not_billed():
    ours = [Part(1, 9, D(600)), Part(2, 9, D(0))]
    found = compare([Part(1, 9, D(0)), Part(2, 9, D(5)), Part(3, 9, D(0))], ours)
    assert [one.what for one in found] == ["not_billed", "amount", "not_enrolled"]


def test_a_correction_on_the_bill_is_added_up():
    billed = [Part(1, 9, D(600)), Part(1, 9, D(-50))]
    (one,) = compare(billed, [Part(1, 9, D(550))])
    assert (one.what, one.billed) == ("same", D(550))


def test_a_bill_is_read_by_its_headings():
    table = read_bill(b"Subscriber,Coverage,Amount\nAnn Lee,Health plan,$600.00\n")
    assert not table.errors
    (row,) = table.rows
    assert row.values == {
        "person": "Ann Lee",
        "plan": "Health plan",
        "premium": D("600.00"),
    }


def test_a_bad_cell_is_named():
    table = read_bill(b"Employee,Plan,Premium\nAnn,Health,six hundred\n")
    assert [(error.row, error.field) for error in table.errors] == [(2, "Premium")]

"""The journal entry of a run, what is owed, the tie-out, the fingerprint, the causes."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.books.paychange import Figure, Why, causes
from tools.payroll.books.posting import (
    EXPENSES,
    LIABILITIES,
    Part,
    allot,
    entries,
    owed,
)
from tools.payroll.books.runhash import fingerprint
from tools.payroll.books.tieout import differences

NURSING, DESK, INSURER, COURT = 11, 12, 901, 902
HALVES = ((NURSING, D(50)), (DESK, D(50)))
SLIP = (
    Part("REG", "", D("2000.01"), shares=HALVES),
    Part("REIMB", "", D(40), shares=HALVES),
    Part("IMP", "election:1", D(9)),
    Part("S125", "election:2", D(-100), INSURER),
    Part("FIT", "", D("-150.00")),
    Part("SS", "", D("-118.36")),
    Part("MED", "", D("-27.68")),
    Part("SIT", "state:WI", D("-90.00")),
    Part("LIT", "county:IN:Marion", D(-5)),
    Part("SOTH", "other:CA_SDI", D(-6)),
    Part("GARN", "order:1", D(-50), COURT),
    Part("ER_SS", "", D("118.36")),
    Part("ER_MED", "", D("27.68")),
    Part("FUTA", "", D("11.40")),
    Part("SUTA", "state:WI", D("57.95")),
    Part("ER_BEN", "match:election:3", D(60), INSURER),
)
NET = D("1492.97")  # 2,040.01 less 547.04


def test_the_entry_of_one_slip():
    found = {(e.kind, e.key, e.department, e.payee): e.amount for e in entries(SLIP)}
    assert found == {
        ("wages", "", NURSING, 0): D("1000.01"),
        ("wages", "", DESK, 0): D("1000.00"),
        ("reimbursement", "", NURSING, 0): D(20),
        ("reimbursement", "", DESK, 0): D(20),
        ("employer_tax", "", 0, 0): D("215.39"),
        ("benefits", "", 0, 0): D(60),
        ("net", "", 0, 0): -NET,
        ("federal", "", 0, 0): D("-442.08"),
        ("futa", "", 0, 0): D("-11.40"),
        ("state", "WI", 0, 0): D(-90),
        ("local", "IN:Marion", 0, 0): D(-5),
        ("other", "CA_SDI", 0, 0): D(-6),
        ("suta", "WI", 0, 0): D("-57.95"),
        ("deduction", "", 0, INSURER): D(-160),
        ("order", "", 0, COURT): D(-50),
    }


def test_what_is_owed_leaves_out_the_net():
    found = owed(entries(SLIP))
    assert found["federal", "", 0] == D("442.08")
    assert found["deduction", "", INSURER] == D(160)
    assert sum(found.values()) + NET == sum(
        e.amount for e in entries(SLIP) if e.amount > 0
    )
    assert not [kind for kind, _key, _payee in found if kind == "net"]


def test_a_void_is_the_mirror_of_its_slip():
    void = [Part(p.code, p.key, -p.amount, p.payee, p.shares) for p in SLIP]
    assert entries((*SLIP, *void)) == ()


def test_an_unknown_code_is_refused():
    with pytest.raises(ValueError, match="TIPS has no place"):
        entries([Part("TIPS", "", D(1))])


AMOUNT = st.decimals(-9999, 9999, places=2)
PERCENTS = st.sampled_from([(100,), (50, 50), ("33.33", "33.33", "33.34"), (1, 99)])


@given(AMOUNT, PERCENTS)
def test_shares_add_up(amount, percents):
    shares = tuple((n, D(p)) for n, p in enumerate(percents))
    assert sum(part for _place, part in allot(amount, shares)) == amount


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted({*EXPENSES, *LIABILITIES})), AMOUNT, PERCENTS)
    )
)
def test_every_entry_balances(rows):
    parts = [
        Part(code, "x:Y", amount, 7, tuple((n, D(p)) for n, p in enumerate(percents)))
        for code, amount, percents in rows
    ]
    assert sum(e.amount for e in entries(parts)) == 0


def test_books_that_agree_say_nothing():
    books = {"register": {"net": D(10), "tax": D(3)}, "journal": {"net": D("10.00")}}
    assert differences(books, {}) == ()


def test_a_cent_is_told_with_its_books():
    books = {
        "register": {"net": D("1010.00")},
        "journal": {"net": D("1010.00")},
        "bank file": {"net": D("1009.99")},
    }
    assert differences(books, {"net": "Net pay"}) == (
        "Net pay: register 1,010.00, journal 1,010.00, bank file 1,009.99.",
    )


ROWS = [(1, "REG", "", D("10.00")), (2, "FIT", "", D("-1.5"))]


def test_order_and_trailing_zeros_do_not_change_the_fingerprint():
    same = [(2, "FIT", "", D("-1.50")), (1, "REG", "", D("10"))]
    assert fingerprint(ROWS) == fingerprint(same)


@pytest.mark.parametrize(
    "other",
    [
        ROWS[:1],
        [*ROWS, ROWS[0]],
        [(1, "REG", "", D("10.01")), ROWS[1]],
        [(1, "RE", "G", D("10.00")), ROWS[1]],
        [(2, "REG", "", D("10.00")), (1, "FIT", "", D("-1.5"))],
    ],
)
def test_any_change_changes_the_fingerprint(other):
    assert fingerprint(ROWS) != fingerprint(other)


def test_more_hours_and_a_raise_are_told_apart():
    before = {"REG": Figure(D(1600), D(80)), "FIT": Figure(D(-100))}
    now = {
        "REG": Figure(D("1870.00"), D(85)),
        "FIT": Figure(D(-120)),
        "BONUS": Figure(D(50)),
        "ER_SS": Figure(D(100)),
    }
    found = [(c.code, c.change, c.why) for c in causes(before, now)]
    assert found == [
        ("REG", D(170), Why.RATE),
        ("REG", D(100), Why.HOURS),
        ("BONUS", D(50), Why.NEW),
        ("FIT", D(-20), Why.AMOUNT),
    ]


def test_what_is_gone_is_told():
    [cause] = causes({"PTO": Figure(D(160), D(8))}, {})
    assert (cause.change, cause.why) == (D(-160), Why.GONE)


FIGURES = st.dictionaries(
    st.sampled_from(["REG", "OTP", "FIT", "SS", "GARN", "ER_SS", "IMP"]),
    st.builds(Figure, AMOUNT, st.decimals(0, 100, places=2)),
)


@given(FIGURES, FIGURES)
def test_causes_add_up_to_the_change_in_net(before, now):
    def net(figures):
        return sum(f.amount for c, f in figures.items() if c not in ("ER_SS", "IMP"))

    assert sum(c.change for c in causes(before, now)) == net(now) - net(before)

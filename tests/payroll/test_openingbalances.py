"""Opening balances: signs and keys as a payslip has them, and what cannot be taken."""

from datetime import date
from decimal import Decimal

import pytest
from tools.payroll.books.opening import Figure, book, doubts, faults
from tools.payroll.books.openingfile import OPENING_TEXTS, read_opening

DAY, START = date(2026, 3, 31), date(2026, 4, 10)


def figure(what, amount, wages=0, taxed=0, of="", kind="", day=DAY, person=1):
    return Figure(
        f"{what} {of}".strip(),
        person,
        day,
        what,
        Decimal(str(amount)),
        Decimal(str(wages)),
        Decimal(str(taxed)),
        of,
        kind,
    )


PERSON = [
    figure("REG", 20000),
    figure("PLAN", 1000, of="7", kind="401k"),
    figure("FIT", 2100, 19000, 19000),
    figure("SS", 1240, 20000, 20000),
    figure("MED", 290, 20000),
    figure("FUTA", 42, 20000, 7000),
    figure("SUTA", 427, 20000, 14000, of="WI"),
    figure("SIT", 900, 19000, of="WI"),
]


def test_figures_get_code_key_and_sign_of_an_item():
    items = {(i.code, i.key): i for i in book(PERSON)}
    assert items["RET", "election:7"].amount == -1000
    assert items["RET", "election:7"].w2 == "12D"
    assert items["FIT", ""].amount == -2100
    assert items["FIT", ""].taxed == 19000
    assert items["SUTA", "state:WI"].amount == 427
    assert items["SUTA", "state:WI"].taxed == 14000
    assert items["SIT", "state:WI"].amount == -900


def test_the_employers_half_is_the_employees_when_it_is_left_out():
    items = {i.code: i for i in book(PERSON)}
    assert (items["ER_SS"].amount, items["ER_MED"].amount) == (1240, 290)
    given = {i.code: i for i in book([*PERSON, figure("ER_SS", 1239.99, 20000, 20000)])}
    assert given["ER_SS"].amount == Decimal("1239.99")


@pytest.mark.parametrize(
    ("what", "kind", "code", "sign"),
    [
        ("PLAN", "health_125", "S125", -1),
        ("PLAN", "403b", "RET", -1),
        ("PLAN", "roth_401k", "ROTH", -1),
        ("PLAN", "posttax", "POST", -1),
        ("PLAN", "group_term_life", "IMP", 1),
        ("PLAN", "health_employer", "ER_BEN", 1),
    ],
)
def test_a_plans_kind_decides_the_line(what, kind, code, sign):
    (item,) = book([figure(what, 100, of="3", kind=kind)])
    assert (item.code, item.key, item.amount) == (code, "election:3", sign * 100)


def test_a_match_and_a_county_have_keys_of_their_own():
    match, county, local, other = book(
        [
            figure("MATCH", 50, 2000, of="3", kind="401k"),
            figure("LIT", 5, 500, of="IN:Marion"),
            figure("LIT", 5, 500, of="DEN"),
            figure("SOTH", 5, 500, 500, of="CA_SDI"),
        ]
    )
    assert (match.code, match.key, match.wages) == ("ER_BEN", "match:election:3", 2000)
    assert (county.key, local.key) == ("county:IN:Marion", "local:DEN")
    assert other.key == "other:CA_SDI"


@pytest.mark.parametrize(
    ("bad", "text"),
    [
        (figure("REG", 1, day=START), "has to lie in 2026, before 04/10/2026"),
        (figure("REG", 1, day=date(2025, 12, 31)), "has to lie in 2026"),
        (figure("SIT", 1, 10), "needs the state"),
        (figure("PLAN", 1), "needs the person's deduction"),
        (figure("SS", 62), "enter the wages"),
        (figure("REG", 10, 10), "has an amount only"),
        (figure("FUTA", 42, 6000, 7000), "exceed all wages"),
        (PERSON[0], "entered twice"),
    ],
)
def test_what_cannot_be_taken_is_named(bad, text):
    assert not list(faults(PERSON, 2026, START))
    assert any(text in fault for fault in faults([*PERSON, bad], 2026, START))


def test_figures_that_fit_raise_no_doubt():
    assert doubts(book(PERSON), 2026, {1: "Ann"}) == []


@pytest.mark.parametrize(
    ("index", "changed", "text"),
    [
        (3, figure("SS", 1100, 20000, 20000), "Social Security of 1100 is not 6.20%"),
        (4, figure("MED", 290, 21000), "Medicare of 290 is not 1.45%"),
        (5, figure("FUTA", 60, 20000, 8000), "exceed the base of 7000"),
        (2, figure("FIT", 0), "box 1"),
        (5, figure("FUTA", 0), "taxed again"),
    ],
)
def test_figures_that_do_not_fit_are_doubted(index, changed, text):
    figures = [*PERSON[:index], changed, *PERSON[index + 1 :]]
    found = doubts(book(figures), 2026, {1: "Ann"})
    assert any(line.startswith("Ann: ") and text in line for line in found)


def test_the_file_names_every_bad_row_and_reads_the_others():
    content = (
        "Employee,Pay date,Quarter,What,Of,Plan or order,Amount,Wages,Taxable wages\n"
        "Ann,2026-03-27,,REG,,,20000,,\n"
        'Ann,,1,State income tax,wi,,900,"19,000.00",\n'
        "Ann,,,REG,,,1,,\n"
        "Ann,,1,XYZ,,,1,,\n"
        "Ann,,1,FIT,,,12.345,,\n"
        "Bob,,2,LIT,IN:Marion,,12,100,\n"
    )
    rows, problems = read_opening(content.encode(), 2026)
    assert [(r.row, r.what, r.of, r.day) for r in rows] == [
        (2, "REG", "", date(2026, 3, 27)),
        (3, "SIT", "WI", date(2026, 3, 31)),
        (7, "LIT", "IN:Marion", date(2026, 6, 30)),
    ]
    assert rows[1].wages == 19000
    assert sorted((p.row, p.code) for p in problems) == [
        (4, "no_day"),
        (5, "not_a_choice"),
        (6, "too_precise"),
    ]
    assert all(p.english(OPENING_TEXTS) for p in problems)


def test_a_year_is_not_below_zero_but_a_quarter_may_be():
    june = date(2026, 6, 30)
    start = date(2026, 7, 10)
    back = [figure("SIT", -900, -19000, of="WI", day=june)]
    assert not list(faults([*PERSON, *back], 2026, start))
    [fault] = faults([figure("FIT", -2100, 19000, 19000)], 2026, start)
    assert "adds up to -2100" in fault
    [fault] = faults([figure("SIT", -900, 19000, of="WI"), *PERSON[:-1]], 2026, start)
    assert "SIT WI" in fault

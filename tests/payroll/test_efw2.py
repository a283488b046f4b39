"""The W-2 file for the SSA: read back by positions of its own, and refused."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from casefile import cases
from hypothesis import given
from hypothesis import strategies as st
from test_w2 import NURSE
from tools.payroll.returns.efw2 import (
    BOXES,
    Address,
    Efw2Refused,
    Employee,
    Employer,
    write,
)
from tools.payroll.returns.efw2layout import fields, record
from tools.payroll.returns.taxids import ein_problem, ssn_problem
from tools.payroll.returns.w2 import StateBoxes, w2

HOME = Address("12 Elm Street", "Madison", "WI", "53703-1234", "Apt 4")
EMPLOYER = Employer(
    "39-1234567",
    "Lakeside Family Medicine",
    Address("1 Lake Road", "Madison", "WI", "53703"),
    "ABCD1234",
    "Pat Payroll",
    "608-555-0100",
    "pay@lakeside.example",
)
DOCTOR = replace(
    NURSE,
    wages=D(230000),
    ss_wages=D(184500),
    ss_tax=D("11439.00"),
    medicare_wages=D(254500),
    medicare_tax=D("4180.75"),
    by_kind={"401k": D(24500)},
    health_cost=D(0),
    qualified_overtime=D(0),
    states=(
        StateBoxes("WI", "036-1", D(200000), D("12000.00")),
        StateBoxes("IL", "36-2", D(30000), D("1485.00")),
    ),
)
STAFF = (
    Employee("401-23-4567", "Zoë", "Nuñez", HOME, w2(2026, NURSE), "Ann", "Jr"),
    Employee("402-23-4567", "Ray", "Stone", HOME, w2(2026, DOCTOR)),
)
LAYOUT = cases("efw2_positions.csv")
# Printed positions (from, to) of the amounts a person has, in a wage record and in the
# total record: written down here as the specification prints them.
WAGE = {
    "1": (188, 198),
    "2": (199, 209),
    "3": (210, 220),
    "4": (221, 231),
    "5": (232, 242),
    "6": (243, 253),
    "D": (287, 297),
    "W": (364, 374),
    "C": (408, 418),
    "DD": (463, 473),
}
TOTAL = {
    "1": (10, 24),
    "2": (25, 39),
    "3": (40, 54),
    "4": (55, 69),
    "5": (70, 84),
    "6": (85, 99),
    "D": (145, 159),
    "W": (250, 264),
    "DD": (295, 309),
    "C": (310, 324),
}


def lines(people=STAFF, **more):
    text = write(EMPLOYER, people, **more).text
    assert text.endswith("\r\n")
    return text.split("\r\n")[:-1]


def at(line, span):
    return line[span[0] - 1 : span[1]]


def cents(line, span):
    return D(int(at(line, span))) / 100


def refusal(people=STAFF, employer=EMPLOYER):
    with pytest.raises(Efw2Refused) as caught:
        write(employer, people)
    return " ".join(caught.value.problems)


def named(name):
    """(from, to) of a field by its printed name."""
    kind, text = name
    row = next(r for r in LAYOUT if r["record"] == kind and r["field"] == text)
    return int(row["from"]), int(row["to"])


@pytest.mark.parametrize("kind", ["RA", "RE", "RW", "RO", "RT", "RU", "RF"])
def test_every_printed_position_begins_a_field_of_ours(kind):
    """The table of the writer against the positions, read from another copy."""
    starts, place = set(), 1
    for _key, width, _form in fields(kind):
        starts.add((place, place + width - 1))
        place += width
    assert place == 513
    printed = {(int(r["from"]), int(r["to"])) for r in LAYOUT if r["record"] == kind}
    assert printed <= starts


def test_the_state_record_keeps_the_printed_positions_up_to_the_taxes():
    """After position 330 the record is the state's own (Pub. 42-007, RS)."""
    place = 1
    ours = set()
    for _key, width, _form in fields("RS"):
        ours.add((place, place + width - 1))
        place += width
    printed = {(int(r["from"]), int(r["to"])) for r in LAYOUT if r["record"] == "RS"}
    assert {span for span in printed if span[1] <= 330} <= ours


def test_records_come_in_order_each_of_512_plain_characters():
    found = lines()
    kinds = [line[:2] for line in found]
    assert kinds == ["RA", "RE", "RW", "RS", "RW", "RS", "RS", "RT", "RF"]
    assert all(len(line) == 512 and line.isascii() for line in found)
    assert all(line == line.upper() for line in found)


def test_a_person_is_read_back_by_printed_positions():
    line = lines()[2]
    assert at(line, (3, 11)) == "401234567"
    assert at(line, named(("RW", "First Name"))).strip() == "ZOE"
    assert at(line, named(("RW", "Middle Name"))).strip() == "ANN"
    assert at(line, named(("RW", "Last Name"))).strip() == "NUNEZ"
    assert at(line, named(("RW", "Suffix"))).strip() == "JR"
    assert at(line, named(("RW", "Location Address"))).strip() == "APT 4"
    assert at(line, named(("RW", "Delivery Address"))).strip() == "12 ELM STREET"
    assert at(line, named(("RW", "Zip"))) == "53703"
    assert at(line, named(("RW", "Zip Extension"))) == "1234"
    form = STAFF[0].form
    for key, span in WAGE.items():
        assert cents(line, span) == {**form.money, **form.codes}[key], key
    assert at(line, (486, 486)) == "0"  # statutory
    assert at(line, (488, 488)) == "1"  # retirement plan
    assert at(line, (489, 489)) == "0"  # sick pay


def test_the_wage_spans_are_the_printed_ones():
    printed = {(int(r["from"]), int(r["to"])) for r in LAYOUT if r["record"] == "RW"}
    assert set(WAGE.values()) <= printed
    printed = {(int(r["from"]), int(r["to"])) for r in LAYOUT if r["record"] == "RT"}
    assert set(TOTAL.values()) <= printed


def test_the_layout_is_the_one_of_tax_year_2025():
    """Every position of an amount as a reader of Publication 42-007 for 2025 lists it,
    who proved that its fields fill 512 characters (Emerald Coast, payroll-efw2); a second
    one names no change for that year (Sovos). In RT, DD comes before C."""
    codes = "1 2 3 4 5 6 7 - 10 D E F G H - nonqualified_457 W 11 Q - C V Y AA BB DD FF"
    assert dict(spans(188, 11, codes)).items() <= ours("RW").items()
    codes = "1 2 3 4 5 6 7 - 10 D E F G H - nonqualified_457 W 11 Q DD C sick_pay_tax V Y AA BB FF"
    assert dict(spans(10, 15, codes)).items() <= ours("RT").items()
    assert ours("RT")["count"] == (3, 9)
    assert ours("RF")["count"] == (8, 16)


def spans(first, width, names):
    """(key, (from, to)) of amounts side by side; "-" is a blank field."""
    for place, name in enumerate(names.split()):
        start = first + place * width
        if name != "-":
            yield BOXES.get(name, name), (start, start + width - 1)


def ours(kind):
    """{key: (from, to)} of a record's fields that have a value."""
    found, place = {}, 1
    for key, width, _form in fields(kind):
        if key:
            found[key] = (place, place + width - 1)
        place += width
    return found


def test_totals_are_the_sums_of_the_people():
    found = lines()
    people = [line for line in found if line.startswith("RW")]
    total = found[-2]
    assert int(at(total, (3, 9))) == 2
    for key, span in TOTAL.items():
        assert cents(total, span) == sum(cents(p, WAGE[key]) for p in people), key
    assert int(at(found[-1], (8, 16))) == 2


def test_employer_and_submitter():
    submitter, employer = lines()[:2]
    assert at(submitter, (3, 11)) == at(employer, (8, 16)) == "391234567"
    assert at(submitter, (12, 19)) == "ABCD1234"
    assert at(submitter, (446, 485)).strip() == "PAY@LAKESIDE.EXAMPLE"
    assert at(submitter, (500, 500)) == "L"
    assert at(employer, (3, 6)) == "2026"
    assert at(employer, (40, 96)).strip() == "LAKESIDE FAMILY MEDICINE"
    assert at(employer, (174, 174)) == "N"
    assert at(employer, (219, 219)) == "R"


def test_states_have_a_record_each():
    rows = [line for line in lines() if line.startswith("RS")]
    assert [at(row, (3, 4)) for row in rows] == ["55", "55", "17"]
    assert [cents(row, (276, 286)) for row in rows] == [67520, 200000, 30000]
    assert [cents(row, (287, 297)) for row in rows] == [3104, 12000, 1485]
    assert at(rows[2], (248, 267)).strip() == "36-2"
    assert not [line for line in lines(states=False) if line.startswith("RS")]


def test_a_locality_goes_into_the_state_record():
    local = StateBoxes("OH", "51-1", D(100), D(3), "COLUMBUS", D(100), D("2.50"))
    form = w2(2026, replace(NURSE, states=(local,)))
    row = next(
        line for line in lines([replace(STAFF[0], form=form)]) if line.startswith("RS")
    )
    assert at(row, (5, 9)) == "COLUM"
    assert (cents(row, (309, 319)), cents(row, (320, 330))) == (100, D("2.5"))


def test_rare_amounts_get_a_record_and_total_of_their_own():
    form = w2(2026, replace(NURSE, allocated_tips=D("77.01")))
    found = lines([replace(STAFF[0], form=form)])
    assert [line[:2] for line in found] == [
        "RA",
        "RE",
        "RW",
        "RO",
        "RS",
        "RT",
        "RU",
        "RF",
    ]
    assert cents(found[3], (12, 22)) == cents(found[6], (10, 24)) == D("77.01")
    assert int(at(found[6], (3, 9))) == 1


def test_the_file_says_what_it_does_not_hold():
    marks = write(EMPLOYER, STAFF).marks
    assert any("AccuWage" in mark for mark in marks)
    assert any("TT is not in the file: 1 people, 812.50" in mark for mark in marks)


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("401-23-4567", ""),
        ("401 23 4567", ""),
        ("000-12-3456", "never issued"),
        ("666-12-3456", "never issued"),
        ("900-12-3456", "never issued"),
        ("078-05-1120", "never issued"),
        ("401-00-4567", "all zeros"),
        ("401-23-0000", "all zeros"),
        ("40123456", "nine digits"),
        ("٤٠١٢٣٤٥٦٧", "nine digits"),
        ("", "nine digits"),
    ],
)
def test_social_security_numbers(number, says):
    found = ssn_problem(number)
    assert (says in found) if says else found == ""
    assert not number or number not in found


@pytest.mark.parametrize(
    ("number", "says"),
    [("39-1234567", ""), ("07-1234567", "no employer"), ("39-123", "nine digits")],
)
def test_employer_numbers(number, says):
    found = ein_problem(number)
    assert (says in found) if says else found == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ssn": "000-00-0000"}, "Zoë Nuñez: The social security number"),
        ({"ssn": "402-23-4567"}, "another person has the same"),
        ({"last": " "}, "first and last name are needed"),
        (
            {"form": w2(2026, replace(NURSE, states=(StateBoxes("XX", "1"),)))},
            "'XX' is not a state",
        ),
        ({"form": w2(2026, replace(NURSE, ss_tax=D(1)))}, "Box 4 (1) is not 6.2"),
        ({"form": w2(2025, NURSE)}, "the Forms W-2 of one year"),
    ],
)
def test_a_person_who_would_be_rejected_is_named(change, says):
    assert says in refusal((replace(STAFF[0], **change), STAFF[1]))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"ein": "07-1234567"}, "Lakeside Family Medicine: The IRS assigns"),
        ({"user_id": "ABC"}, "eight characters"),
        ({"email": "pay"}, "email address"),
        ({"phone": "call me"}, "telephone number"),
    ],
)
def test_an_employer_who_would_be_rejected(change, says):
    assert says in refusal(employer=replace(EMPLOYER, **change))


def test_an_empty_file_is_not_written():
    assert "no Form W-2" in refusal(())


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"wages": D("-1.00")}, "negative"),
        ({"wages": D("1.005")}, "not whole cents"),
        ({"wages": D("1000000000.00")}, "does not fit"),
        ({"ssn": "40X"}, "not a number"),
        ({"wage": D(1)}, "no field wage"),
    ],
)
def test_a_record_takes_only_what_fits(values, says):
    with pytest.raises(ValueError, match=says):
        record("RW", {"record": "RW", **values})


@given(
    st.decimals(0, 999_999_999, places=2),
    st.text(max_size=15),
    st.text(max_size=22),
)
def test_any_amount_and_name_keep_the_width(amount, first, street):
    try:
        line = record(
            "RW", {"record": "RW", "first": first, "address": street, "wages": amount}
        )
    except ValueError as error:
        assert "does not fit" in str(error)  # a letter that decomposes into many
        return
    assert len(line) == 512 and line.isascii()
    assert cents(line, WAGE["1"]) == amount

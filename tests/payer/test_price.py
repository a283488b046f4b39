"""Fee schedules, contracts, paid lines and volumes: what is read and what is refused."""

from datetime import date
from decimal import Decimal

import pytest
from tools.payer.price.cells import PAYER_TEXTS
from tools.payer.price.contract import (
    anniversaries,
    escalated,
    notice_window,
    term_end,
)
from tools.payer.price.feefile import read_fees
from tools.payer.price.paidfile import read_paid, short_paid
from tools.payer.price.volumefile import read_volumes

START = date(2026, 1, 1)
HEAD = "Code,Modifier,Place,Amount,From,Until\n"


def fees(*rows):
    return read_fees((HEAD + "\n".join(rows)).encode(), START)


def said(problems):
    return [(one.row, one.field, one.code) for one in problems]


def test_a_fee_schedule_is_read():
    rows, problems = fees("99213,,,92.47,,", "99213,25,11,95.10,2026-02-01,12/31/2026")
    assert not problems
    assert [(row.code, row.modifier, row.place, row.amount) for row in rows] == [
        ("99213", "", "", Decimal("92.47")),
        ("99213", "25", "11", Decimal("95.10")),
    ]
    assert rows[0].date_from == START
    assert rows[1].date_to == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("row", "field", "code"),
    [
        ("9921,,,92.47,,", "Code", "not_a_code"),
        ("99213,2,,92.47,,", "Modifier", "not_a_modifier"),
        ("99213,,111,92.47,,", "Place", "not_a_place"),
        ("99213,,,92.475,,", "Amount", "too_precise"),
        ("99213,,,-1,,", "Amount", "too_small"),
        ("99213,,,10,2026-02-30,", "From", "not_a_date"),
        ("99213,,,10,2026-03-01,2026-02-01", "Until", "ends_before"),
    ],
)
def test_a_bad_row_is_named(row, field, code):
    rows, problems = fees("99214,,,130,,", row)
    assert [each.code for each in rows] == ["99214"]
    assert said(problems) == [(3, field, code)]
    what, remedy = PAYER_TEXTS[code]
    assert what and remedy


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (("99213,,,90,,", "99213,,,91,,"), [(3, "Code", "two_prices")]),
        (("99213,,,90,,2026-06-30", "99213,,,91,2026-06-30,"), [(3, "Code", "two_prices")]),
        (("99213,,,90,,2026-06-30", "99213,,,91,2026-07-01,"), []),
        (("99213,,,90,,", "99213,25,,91,,", "99213,,11,92,,"), []),
        # a long span hides a short one before the third begins
        (
            ("99213,,,90,2026-01-01,2026-12-31", "99213,,,91,2026-02-01,2026-02-10",
             "99213,,,92,2026-06-01,2026-07-01"),
            [(3, "Code", "two_prices"), (4, "Code", "two_prices")],
        ),
    ],
)  # fmt: skip
def test_two_prices_for_one_code_and_day_are_refused(rows, wrong):
    assert said(fees(*rows)[1]) == wrong


@pytest.mark.parametrize("title", ["Patient name", "DOB", "MRN", "Member ID", "ICD-10"])
def test_a_file_with_a_column_of_patients_is_refused_as_a_whole(title):
    data = f"Code,Amount,{title}\n99213,90,x\n".encode()
    rows, problems = read_fees(data, START)
    assert not rows
    assert said(problems) == [(0, "", "patient_data")]


def test_an_evergreen_term_rolls_on():
    assert term_end(date(2024, 2, 29), 12, date(2026, 11, 29)) == date(2027, 2, 28)
    assert term_end(date(2026, 12, 31), 12, date(2026, 11, 29)) == date(2026, 12, 31)
    assert term_end(date(2025, 12, 31), 0, date(2026, 11, 29)) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("to", "renews", "notice", "opens", "closes"),
    [
        (date(2027, 3, 31), 12, 90, date(2026, 11, 1), date(2026, 12, 31)),
        # the last day of notice has passed: the next term's
        (date(2026, 12, 31), 12, 90, date(2027, 8, 3), date(2027, 10, 2)),
        (date(2026, 12, 31), 0, 90, date(2026, 8, 3), date(2026, 10, 2)),
    ],
)
def test_the_notice_window(to, renews, notice, opens, closes):
    window = notice_window(to, renews, notice, date(2026, 11, 29))
    assert (window.opens, window.closes) == (opens, closes)


def test_escalators_compound_on_anniversaries():
    start = date(2024, 1, 1)
    assert anniversaries(start, date(2025, 12, 31)) == 1
    assert escalated(Decimal(100), Decimal(3), start, date(2023, 6, 1)) == 100
    assert escalated(Decimal(100), Decimal(3), start, date(2026, 1, 1)) == Decimal(
        "106.09"
    )


def test_volumes_of_months_that_are_over():
    data = b"Month,Code,Units\n2026-10,99213,310\n2026-10,99213,1\n2026-11,99214,2\n"
    rows, problems = read_volumes(data, date(2026, 11, 29))
    assert [(row.code, row.units) for row in rows] == [("99213", 310)]
    assert said(problems) == [(3, "Code", "twice"), (4, "Month", "future_month")]


def test_lines_paid_below_the_contract():
    data = (
        b"Payer,Date of service,Code,Units,Allowed\n"
        b"Badger,2026-10-01,99213,1,80\nBadger,2026-10-02,99214,2,200\n"
        b"Badger,2026-10-03,99215,1,1\nBadger,2026-10-04,99213,1,92.46\n"
    )
    lines, problems = read_paid(data)
    assert not problems
    prices = {2: Decimal("92.47"), 3: Decimal(130), 5: Decimal("92.47")}
    found = short_paid(lines, prices, Decimal("0.01"))
    assert [(short.line.row, short.missing) for short in found] == [
        (3, Decimal(60)),
        (2, Decimal("12.47")),
    ]

"""Bank files, CSV and OFX; day sheet, drawer and bank."""

from datetime import date
from decimal import Decimal

import pytest
from tools.finance.bank.explain import Side, explain, words_of
from tools.finance.bank.lines import BANK_TEXTS, read_lines
from tools.finance.deposit.compare import compare

CSV = (
    b"Date,Description,Amount,Transaction ID\n"
    b'06/01/2026,"DEPOSIT, BRANCH 4",1250.00,A1\n'
    b"2026-06-02,CARD SETTLEMENT,-12.50,A2\n"
)
OFX = b"""OFXHEADER:100
<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><BANKTRANLIST>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260601120000[-5:EST]<TRNAMT>1250.00<FITID>9001<NAME>DEPOSIT
<MEMO>BRANCH 4</STMTTRN>
<STMTTRN>
<TRNTYPE>DEBIT
<DTPOSTED>20260602
<TRNAMT>-12.50
<FITID>9002
<NAME>CARD FEES
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""


def plain(lines):
    return [(line.day, line.amount, line.text, line.key) for line in lines]


def test_a_number_that_a_bank_repeats_loses_no_line():
    again = CSV.replace(b"A2", b"A1")
    lines, problems = read_lines(again)
    assert not problems
    assert len({line.key for line in lines}) == 2


def test_a_csv_with_amounts():
    lines, problems = read_lines(CSV)
    assert not problems
    assert plain(lines) == [
        (
            date(2026, 6, 1),
            Decimal(1250),
            "DEPOSIT, BRANCH 4",
            "id:A1|2026-06-01|1250.00",
        ),
        (
            date(2026, 6, 2),
            Decimal("-12.50"),
            "CARD SETTLEMENT",
            "id:A2|2026-06-02|-12.50",
        ),
    ]


def test_a_csv_with_deposits_and_withdrawals():
    data = b"Posting date,Details,Debit,Credit\n06/01/2026,Fee,12.50,\n06/01/2026,Dep,,80\n"
    lines, problems = read_lines(data)
    assert not problems
    assert [line.amount for line in lines] == [Decimal("-12.50"), Decimal(80)]


def test_a_csv_with_a_payee_and_a_memo_keeps_both():
    data = (
        b"Date,Payee,Memo,Amount\n"
        b"06/01/2026,Lakeside Supply,ACH PAYMENT,-40\n"
        b"06/02/2026,Deposit,Deposit,40\n"
        b"06/03/2026,,INTEREST,1\n"
    )
    lines, problems = read_lines(data)
    assert problems == ()
    said = [line.text for line in lines]
    assert said == ["Lakeside Supply ACH PAYMENT", "Deposit", "INTEREST"]


def test_an_ofx_whose_tags_are_not_closed():
    lines, problems = read_lines(OFX)
    assert not problems
    assert plain(lines) == [
        (date(2026, 6, 1), Decimal(1250), "DEPOSIT BRANCH 4", "id:9001"),
        (date(2026, 6, 2), Decimal("-12.50"), "CARD FEES", "id:9002"),
    ]


def test_lines_alike_stay_apart_and_are_known_again():
    data = b"Date,Description,Amount\n" + b"06/01/2026,Copay,20\n" * 2
    lines, _problems = read_lines(data)
    again, _problems = read_lines(data.replace(b"Copay", b"  copay "))
    assert len({line.key for line in lines}) == 2
    assert [line.key for line in again] == [line.key for line in lines]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"Date,Description,Amount\n", "no_lines"),
        (b"", "empty_file"),
        (b"Date,Description,Amount\n06/01/2026,x,\n", "no_amount"),
        (b"Date,Description,Memo,Amount\n06/01/2026,,,1\n", "no_words"),
        (b"Date,Description,Debit,Credit\n06/01/2026,x,1,2\n", "two_amounts"),
        (b"Date,Description,Amount\n06/01/26,x,1\n", "not_a_date"),
        (OFX.replace(b"20260602", b"2026"), "ofx_line"),
        (OFX.replace(b"-12.50", b"NaN"), "ofx_line"),
        (OFX.replace(b"9002", b"9001"), "number_twice"),
        (b"<OFX></OFX>", "no_lines"),
    ],
)
def test_a_bad_file_says_what_is_wrong(data, code):
    _lines, problems = read_lines(data)
    assert [problem.code for problem in problems] == [code]
    assert problems[0].english(BANK_TEXTS)


@pytest.mark.parametrize(
    ("sheet", "drawer", "bank", "counted", "banked", "within"),
    [
        ("500", "500", "500", "0", "0", True),
        ("500", "498", "498", "-2", "0", True),  # up to and with the tolerance
        ("500", "497.99", None, "-2.01", None, False),
        ("500", "500", "480", "0", "-20", False),
        ("500", "505", None, "5", None, False),
    ],
)
def test_a_day_agrees_within_the_tolerance(
    sheet, drawer, bank, counted, banked, within
):
    found = compare(Decimal(sheet), Decimal(drawer), bank and Decimal(bank), Decimal(2))
    assert found.counted == Decimal(counted)
    assert found.banked == (None if banked is None else Decimal(banked))
    assert found.within is within


def test_a_negative_tolerance_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        compare(Decimal(1), Decimal(1), None, Decimal(-1))


def side(key, day, amount="-90", text="", account=1):
    return Side(key, account, date(2026, 11, day), Decimal(amount), words_of(text))


@pytest.mark.parametrize(
    ("lines", "entries", "found"),
    [
        pytest.param([side(1, 10)], [side(7, 8)], {1: 7}, id="amount and day"),
        pytest.param([side(1, 10)], [side(7, 8, "90")], {}, id="in is not out"),
        pytest.param([side(1, 10)], [side(7, 10, account=2)], {}, id="another account"),
        pytest.param([side(1, 25)], [side(7, 10)], {}, id="long before, no name"),
        pytest.param(
            [side(1, 25, text="CHECK 10442")],
            [side(7, 1, text="Check 10442")],
            {1: 7},
            id="a paper check by its number",
        ),
        pytest.param([side(1, 10)], [side(7, 15)], {1: 7}, id="booked from statement"),
        pytest.param([side(1, 10)], [side(7, 16)], {}, id="booked too long after"),
        pytest.param([side(1, 10)], [side(7, 9), side(8, 11)], {}, id="two fit alike"),
        pytest.param(
            [side(1, 10, text="ACH ROCK COUNTY CIR")],
            [
                side(7, 10, text="Dane Health Plan"),
                side(8, 8, text="Rock County Court"),
            ],
            {1: 8},
            id="the name before the day",
        ),
        pytest.param([side(1, 9), side(2, 11)], [side(7, 10)], {}, id="one for two"),
        pytest.param(
            [side(2, 10), side(1, 10)],
            [side(8, 10), side(7, 10)],
            {1: 7, 2: 8},
            id="twins",
        ),
        pytest.param(
            [side(1, 10), side(2, 10)], [side(7, 10)], {1: 7}, id="paid twice"
        ),
        pytest.param(
            [side(1, 3), side(2, 17)],
            [side(7, 3), side(8, 17)],
            {1: 7, 2: 8},
            id="each",
        ),
        pytest.param(
            # once the first is clear, the second has nothing else left
            [side(1, 10), side(2, 12)],
            [side(7, 10), side(8, 14)],
            {1: 7, 2: 8},
            id="what is left",
        ),
        pytest.param(
            [side(1, 10, text="ACH PAYMENT")],
            [side(7, 1, text="Payment"), side(8, 8)],
            {1: 8},
            id="common words name nothing",
        ),
    ],
)
def test_the_one_entry_that_fits_is_proposed(lines, entries, found):
    assert explain(lines, entries) == found
    # whichever way they come
    assert explain(lines[::-1], entries[::-1]) == found


def test_many_lines_of_one_amount_end_soon():
    lines = [side(key, 1 + key % 28, text=f"CARD {key}") for key in range(150)]
    entries = [side(key, 1 + key % 28, text=f"Card {key}") for key in range(150)]
    assert set(explain(lines, entries)) <= set(range(150))

"""Direct deposit files: written, read back by us and by others, and refused."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal as D

import pytest
from casefile import DATA, cases
from hypothesis import given
from hypothesis import strategies as st
from tools.payroll.ach import (
    AchRefused,
    Credit,
    Offset,
    Origin,
    is_banking_day,
    prenote_clears,
    read,
    reasons,
    returned,
    routing_problem,
    write,
)
from tools.payroll.ach.bankdays import (
    add_banking_days,
    bank_holidays,
    banking_days_left,
    settles_on,
)
from tools.payroll.ach.returns import Change, corrected

SAMPLES = DATA / "ach"
CREATED = datetime(2026, 12, 1, 9, 0)
PAYDAY = date(2026, 12, 4)
ORIGIN = Origin(
    destination="231380104",
    destination_name="Federal Reserve Bank",
    origin="121042882",
    origin_name="Happy Valley Clinic",
    company_name="Valley Clinic",
    company_id="1121042882",
    odfi="121042882",
)
STAFF = (
    Credit("SMITH, JANE", "231380104", "0012345678", D("1567.89"), "EMP001"),
    Credit("DOE, JOHN", "111000025", "99887766554433", D("987.65"), "EMP002", True),
    Credit("NGUYEN, LAN", "121042882", "4455", D(2000), "EMP003"),
)
OFFSET = Offset("121042882", "1000200030")
ABA = [
    row for row in cases("identifier_check_digits_vectors.csv") if row["kind"] == "ABA"
]
GOOD = [
    "examples_testdata_contested-return.ach",
    "examples_testdata_cor-read.ach",
    "examples_testdata_ppd-credit.ach",
    "examples_testdata_ppd-mixedDebitCredit.ach",
    "test_ach-ppd-read_ppd-credit.ach",
    "test_ach-ppd-read_ppd-debit.ach",
    "test_testdata_return-WEB.ach",
    "test_same-day-ach-ppd-read_same-day-ach-ppd-credit.ach",
    "valid_ppd_3_credits.ach",
    "valid_ppd_prenotes.ach",
]
BAD = {
    "bad_batch_hash.ach": "entry hash",
    "bad_check_digit.ach": "check digit",
    "bad_entry_count.ach": "entries and addenda",
    "bad_short_line.ach": "93 characters",
    "test_testdata_20110729A-invalid.ach": "Line 1 has 93 characters",
}


def sample(name):
    return (SAMPLES / name).read_bytes().decode("ascii")


def written(credits=STAFF, **more):
    return write(ORIGIN, credits, CREATED, PAYDAY, **more)


def refusal(text, **more):
    with pytest.raises(AchRefused) as caught:
        read(text, **more)
    return " ".join(caught.value.problems)


@pytest.mark.parametrize("row", ABA, ids=[row["value"] for row in ABA])
def test_routing_numbers(row):
    assert (routing_problem(row["value"]) == "") == (row["expected"] == "valid")


@pytest.mark.parametrize("number", ["12104288", "1210428820", "12104288X", "١٢١٠٤٢٨٨٢"])
def test_routing_numbers_need_nine_digits(number):
    assert "nine digits" in routing_problem(number)


def test_a_routing_number_no_bank_has():
    """130000008 has a right check digit, but 13 is no district."""
    assert "no bank does" in routing_problem("130000008")


@pytest.mark.parametrize("name", GOOD)
def test_good_samples_are_read(name):
    assert read(sample(name)).batches


@pytest.mark.parametrize("name", BAD)
def test_bad_samples_are_refused_even_by_the_tolerant_reader(name):
    assert BAD[name] in refusal(sample(name))
    assert BAD[name] in refusal(sample(name), tolerant=True)


def test_a_file_that_is_not_filled_up_is_refused():
    name = "edge_no_padding.ach"
    assert "multiple of 10" in refusal(sample(name))
    assert len(read(sample(name), tolerant=True).entries) == 3


def test_a_file_of_another_originator_needs_tolerance():
    """Not filled up, zeros in the reserved field, 5 batches announced of which 4 come.

    moov's own test of this file expects the batch count to be refused.
    """
    text = sample("test_testdata_20110805A.ach")
    assert "multiple of 10" in refusal(text)
    found = read(text, tolerant=True)
    assert [batch.sec for batch in found.batches] == ["PPD", "PPD", "IAT", "IAT"]
    assert (found.credit, found.debit) == (D("2.00"), D("51010.00"))


def test_the_file_of_three_credits_is_the_sample():
    """Ours carries the pay date as descriptive date, as the sample does."""
    ours = written().text.splitlines()
    theirs = sample("valid_ppd_3_credits.ach").splitlines()
    assert ours == theirs


def test_prenotes_get_a_batch_of_their_own():
    prenote = Credit("ROE, SAM", "111000025", "998", prenote=True)
    found = read(written((*STAFF, prenote)).text)
    assert [batch.description for batch in found.batches] == ["PAYROLL", "PRENOTE"]
    assert [e.code for e in found.entries] == ["22", "32", "22", "23"]
    assert found.entries[3].amount == 0


def test_an_offset_balances_the_file():
    result = written(offset=OFFSET)
    assert result.credit == result.debit == D("4555.54")
    found = read(result.text)
    assert found.credit == found.debit == D("4555.54")
    assert found.entries[-1].code == "27"
    assert result.text.splitlines()[1][1:4] == "200"


def test_the_offset_account_is_prenoted_with_prenotes():
    prenote = Credit("ROE, SAM", "111000025", "998", savings=True, prenote=True)
    found = read(written([prenote], offset=replace(OFFSET, savings=True)).text)
    assert [entry.code for entry in found.entries] == ["33", "38"]


def test_control_totals_are_what_is_in_the_file():
    result = written()
    assert (result.credit, result.debit, result.entries) == (D("4555.54"), 0, 3)
    assert result.entry_hash == 23138010 + 11100002 + 12104288


def test_names_lose_accents_and_length_not_letters():
    person = replace(STAFF[0], name="Muñoz-Björklund, Ángela María")
    (entry,) = read(written([person]).text).entries
    assert entry.name == "Munoz-Bjorklund, Angel"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"routing": "231380105"}, "mistyped"),
        ({"account": ""}, "1 to 17"),
        ({"account": "123456789012345678"}, "1 to 17"),
        ({"account": "12 34"}, "letters, digits or hyphens"),
        ({"amount": D(0)}, "above zero"),
        ({"amount": D("-5")}, "above zero"),
        ({"amount": D("0.005")}, "whole cents"),
        ({"amount": D("100000000")}, "at most"),
        ({"name": "李"}, "the name is missing"),
        ({"ident": "E" * 16}, "longer than 15"),
        ({"prenote": True}, "a prenote carries no money"),
    ],
)
def test_a_payment_the_bank_would_refuse_is_named(change, says):
    with pytest.raises(AchRefused) as caught:
        written([STAFF[1], replace(STAFF[0], **change)])
    (problem,) = caught.value.problems
    assert problem.startswith("Row 2 (")
    assert says in problem


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"destination": "231380105"}, "Bank that receives the file"),
        ({"odfi": "1"}, "Employer's bank"),
        ({"company_id": "12-1042882"}, "Company identification"),
        ({"company_name": "Happy Valley Medical Clinic"}, "longer than 16"),
        ({"origin_name": " "}, "Origin name is missing"),
    ],
)
def test_an_employer_the_bank_would_refuse_is_named(change, says):
    with pytest.raises(AchRefused, match=says):
        write(replace(ORIGIN, **change), STAFF, CREATED, PAYDAY)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 12, 5), "not a banking day"),
        (date(2026, 12, 25), "not a banking day"),
        (date(2026, 11, 30), "before the file's own date"),
    ],
)
def test_a_pay_date_on_which_nothing_settles(day, says):
    with pytest.raises(AchRefused, match=says):
        write(ORIGIN, STAFF, CREATED, day)


def test_an_empty_file_is_not_written():
    with pytest.raises(AchRefused, match="nobody to pay"):
        written([])


def test_a_second_file_of_the_day_has_another_modifier():
    assert written(modifier="B").text[33] == "B"
    with pytest.raises(AchRefused, match="one letter or digit"):
        written(modifier="BB")


def test_an_independent_reader_finds_the_same():
    """carta-ach knows nothing of this code."""
    parser = pytest.importorskip("ach.parser", reason="carta-ach is not installed")
    prenote = Credit("ROE, SAM", "111000025", "998", prenote=True)
    result = written((*STAFF, prenote), offset=OFFSET)
    found = parser.Parser(result.text).as_dict()
    entries = [
        e["entry_detail"] for batch in found["batches"] for e in batch["entries"]
    ]
    paid = [e for e in entries if e["transaction_code"] in ("22", "32")]
    assert sum(int(e["amount"]) for e in paid) == 455554
    assert [e["ind_name"].strip() for e in paid] == [c.name for c in STAFF]
    assert [e["dfi_acnt_num"].strip() for e in paid] == [c.account for c in STAFF]
    control = found["file_control"]
    assert int(control["credit_amount"]) == int(control["debit_amount"]) == 455554
    assert int(control["batch_count"]) == 2
    assert int(control["entry_hash"]) == result.entry_hash
    assert int(control["entadd_count"]) == result.entries == 6


def test_federal_reserve_holidays():
    """Emancipation Day and a Saturday holiday's Friday are banking days."""
    assert is_banking_day(date(2026, 4, 16))
    assert is_banking_day(date(2026, 7, 3))  # 4 July 2026 is a Saturday
    assert not is_banking_day(date(2027, 7, 5))  # 4 July 2027 is a Sunday
    assert date(2026, 11, 26) in bank_holidays(2026)


def test_live_pay_may_follow_a_prenote_after_three_banking_days():
    """Over Thanksgiving: settled on Tuesday, live from Monday."""
    assert prenote_clears(date(2026, 11, 24)) == date(2026, 11, 30)
    assert add_banking_days(date(2026, 11, 30), -3) == date(2026, 11, 24)


name = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).map(
    lambda text: "x" + text
)
credit = st.builds(
    Credit,
    name,
    st.sampled_from(["231380104", "111000025", "121042882", "021000021"]),
    st.text("0123456789ABC", min_size=1, max_size=17),
    st.decimals(min_value=D("0.01"), max_value=99999, places=2),
    st.text("ABC123", max_size=15),
    st.booleans(),
)


@given(st.lists(credit, min_size=1, max_size=25), st.booleans())
def test_what_is_written_is_read(people, balanced):
    result = written(people, offset=OFFSET if balanced else None)
    lines = result.text.split("\n")
    assert lines.pop() == ""
    assert {len(line) for line in lines} == {94}
    assert len(lines) % 10 == 0
    found = read(result.text)
    assert found.credit == result.credit == sum(p.amount for p in people)
    assert found.debit == result.debit == (result.credit if balanced else 0)
    assert [e.amount for e in found.entries][: len(people)] == [
        p.amount for p in people
    ]
    assert [e.account for e in found.entries][: len(people)] == [
        p.account for p in people
    ]


def cut(text):
    """The text as an editor leaves it that cuts blanks at the ends of lines."""
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


@pytest.mark.parametrize("tolerant", [False, True])
@pytest.mark.parametrize(
    "spoil",
    [
        cut,
        lambda text: text + "\n",
        lambda text: text + "\r\n  \r\n",
        lambda text: "\ufeff" + text,
        lambda text: text + "\x1a",
        lambda text: "\ufeff" + cut(text) + "\n\x1a\n",
    ],
)
def test_what_editors_and_transfers_do_to_a_file_is_taken_back(spoil, tolerant):
    plain = written().text
    assert read(spoil(plain), tolerant=tolerant) == read(plain)


def test_a_cut_number_is_not_made_up():
    lines = written().text.splitlines()
    lines[2] = lines[2][:-1]
    assert "93 characters" in refusal("\n".join(lines), tolerant=True)


@pytest.mark.parametrize("sec", ["XYZ", "   ", "ppd", "PP1"])
def test_an_unknown_class_of_entries_is_refused(sec):
    """Nacha Operating Rules, Article Eight: the class says how the entries are read."""
    lines = written().text.splitlines()
    lines[1] = lines[1][:50] + sec + lines[1][53:]
    for tolerant in (False, True):
        text = "\n".join(lines)
        assert "not a standard entry class" in refusal(text, tolerant=tolerant)


def digits_that_count(text):
    """(line, column) of every digit under the protection of a total or check digit."""
    spans = {
        "5": [(1, 4), (40, 50), (79, 94)],
        "6": [(3, 12), (29, 39), (78, 87)],
        "8": [(1, 54), (79, 94)],
        "9": [(1, 55)],
    }
    for row, line in enumerate(text.splitlines()):
        if line != "9" * 94:
            for first, last in spans.get(line[0], []):
                yield from ((row, column) for column in range(first, last))


@given(st.data())
def test_no_single_changed_digit_goes_unnoticed(data):
    lines = written().text.splitlines()
    row, column = data.draw(
        st.sampled_from(sorted(digits_that_count("\n".join(lines))))
    )
    old = lines[row][column]
    new = data.draw(st.sampled_from([d for d in "0123456789" if d != old]))
    lines[row] = lines[row][:column] + new + lines[row][column + 1 :]
    with pytest.raises(AchRefused):
        read("\n".join(lines) + "\n")


def test_each_credit_is_found_again_by_its_trace_number():
    mixed = (STAFF[0], replace(STAFF[1], amount=D(0), prenote=True), STAFF[2])
    written = write(ORIGIN, mixed, CREATED, PAYDAY, offset=OFFSET)
    by_trace = {entry.trace: entry for entry in read(written.text).entries}
    for credit, trace in zip(mixed, written.traces, strict=True):
        assert by_trace[trace].account == credit.account
        assert by_trace[trace].prenote is credit.prenote


def test_returns_are_read_from_a_banks_file():
    text = (SAMPLES / "test_testdata_return-WEB.ach").read_text()
    found = list(returned(read(text, tolerant=True)))
    assert [(r.code, r.trace, r.amount, r.account) for r in found] == [
        ("R01", "091400600000001", D("123.54"), "123456789"),
        ("R03", "091400600000003", D("45.65"), "867530999999"),
    ]
    assert all(r.change is None for r in found)


def test_a_notification_of_change_carries_the_corrected_account():
    text = (SAMPLES / "examples_testdata_cor-read.ach").read_text()
    (found,) = returned(read(text, tolerant=True))
    assert (found.code, found.trace, found.amount) == ("C01", "121042880000001", 0)
    assert found.change == Change(account="1918171614")


@pytest.mark.parametrize(
    ("code", "data", "change"),
    [
        ("C01", "1918171614", Change(account="1918171614")),
        ("C02", "231380104", Change(routing="231380104")),
        ("C03", "231380104   0012345", Change("231380104", "0012345")),
        ("C05", "32", Change(savings=True)),
        ("C05", "22", Change(savings=False)),
        ("C06", "0012345             32", Change(account="0012345", savings=True)),
        ("C07", "2313801040012345          22", Change("231380104", "0012345", False)),
        (
            "C07",
            "23138010412345678901234567" + "32",
            Change("231380104", "12345678901234567", True),
        ),
        ("C07", "231380104 0012345 22", Change("231380104", "0012345", False)),
        ("C04", "Doe Jane", Change()),
    ],
)
def test_corrected_data_by_code(code, data, change):
    assert corrected(code, data) == change


def test_reason_codes_have_a_meaning_and_advice():
    known = reasons(date(2026, 6, 1))
    assert len({r.code for r in known}) == len(known)
    assert all(r.label and r.advice for r in known)
    assert {r.code for r in known if r.change} >= {"C01", "C02", "C03", "C05"}


def test_a_late_file_settles_on_the_next_banking_day():
    friday = date(2026, 6, 26)
    assert settles_on(date(2026, 6, 25), friday) == friday
    assert settles_on(friday, friday) == date(2026, 6, 29)
    # Juneteenth, a Friday, is no banking day
    assert settles_on(date(2026, 6, 18), date(2026, 6, 18)) == date(2026, 6, 22)
    assert banking_days_left(date(2026, 6, 18), date(2026, 6, 23)) == 2
    assert banking_days_left(friday, friday) == 0

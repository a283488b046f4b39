"""The readers of LEIE and SAM: good files, old ones, and files that are refused."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.compliance.exclusionfile import (
    ListError,
    entries,
    line_hash,
    open_list,
)
from tools.compliance.identifiers import day_of
from tools.npi import npi_is_valid

LEIE = (
    "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,"
    "STATE,ZIP,EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE\r\n"
)
# OIG, UPDATED.csv: a line as published (a firm), and one in its form (a person)
FIRM = (
    '"","","","101 FIRST CARE PHARMACY INC","OTHER BUSINESS","PHARMACY","","1972902351",'
    '"","C/O 609 W 191ST STREET, APT D","NEW YORK","NY","10040","1128b8","20220320",'
    '"00000000","00000000",""\r\n'
)
PERSON = (
    '"DOE","JANE","Q","","IND- LIC HC SERV PRO","NURSE/NURSES AIDE","","0000000000",'
    '"19700131","1 MAIN ST","AUSTIN","TX","78701","1128b4","20200319","00000000",'
    '"00000000",""\r\n'
)
SAM = (
    '"Classification","Name","Prefix","First","Middle","Last","Suffix","Address 1",'
    '"Address 2","Address 3","Address 4","City","State / Province","Country","Zip Code",'
    '"Open Data Flag","Blank (Deprecated)","Unique Entity ID","Exclusion Program",'
    '"Excluding Agency","CT Code","Exclusion Type","Additional Comments","Active Date",'
    '"Termination Date","Record Status","Cross-Reference","SAM Number","CAGE","NPI",'
    '"Creation_Date"\n'
)


def sam(name="", first="", last="", npi="", comment=""):
    cells = [
        "Individual" if last else "Firm",
        name,
        "",
        first,
        "",
        last,
        "JR",
        *[""] * 5,
    ]
    cells += ["TX", "USA", "78701", *[""] * 7, comment, "01/31/2020", "Indefinite"]
    cells += ["", "", "S4MR3Q9W", "", npi, "2020-01-31"]
    return ",".join(f'"{cell}"' for cell in cells) + "\n"


def read(text, part=0, parts=1):
    return list(entries(io.StringIO(text, newline=""), part, parts))


def refused(text):
    with pytest.raises(ListError) as found:
        read(text)
    return found.value


def test_a_list_as_published():
    firm, person = read(LEIE + FIRM + PERSON)
    assert (firm.line, firm.business, firm.npi) == (
        2,
        "101 FIRST CARE PHARMACY INC",
        "1972902351",
    )
    assert (firm.birth, firm.state, firm.last) == ("", "NY", "")
    assert (person.line, person.last, person.first, person.middle) == (
        3,
        "DOE",
        "JANE",
        "Q",
    )
    assert (person.npi, person.birth, person.state) == ("", "19700131", "TX")


def test_columns_are_found_by_name_in_any_order():
    text = (
        "NPI,STATE,DOB,BUSNAME,MIDNAME,FIRSTNAME,LASTNAME,EXCLTYPE,EXCLDATE,REINDATE\n"
    )
    (one,) = read(
        "\ufeff" + text + "0000000000,TX,19700131,,Q,JANE,DOE,1128a1,20200101,\n"
    )
    assert (one.last, one.first, one.birth) == ("DOE", "JANE", "19700131")


@pytest.mark.parametrize(
    "line",
    [
        PERSON.replace('""', ""),  # old supplements: empty values without quotes
        PERSON.replace('"AUSTIN"', '"AUSTIN              "'),
        PERSON.replace('"19700131"', '"01/31/70"'),
        PERSON.replace('"19700131"', '"01/31/1970"'),
        PERSON.replace('"00000000",""', '"00000000","",'),  # one empty cell too many
        PERSON.replace("\r\n", "\n"),
        PERSON + "\r\n",
        PERSON + "\x1a",
    ],
    ids=["unquoted", "blanks", "MM/DD/YY", "MM/DD/YYYY", "extra", "LF", "blank", "^Z"],
)
def test_the_variants_of_old_files_say_the_same(line):
    (one,) = read(LEIE + line)
    assert one == read(LEIE + PERSON)[0]


def test_sam_is_read_by_its_header():
    one, two = read(
        SAM + sam(first="JANE", last="DOE", comment="a, b\nc") + sam("ACME LLC")
    )
    assert (one.line, one.last, one.first, one.suffix, one.state) == (
        2,
        "DOE",
        "JANE",
        "JR",
        "TX",
    )
    assert (two.line, two.business, two.last) == (
        4,
        "ACME LLC",
        "",
    )  # a break in line 2


def test_several_readers_share_a_list_without_loss():
    others = [PERSON.replace("DOE", name) for name in ("ROE", "SMITH", "LI")]
    text = LEIE + FIRM + (PERSON + "".join(others)) * 99
    shared = [each.line for part in range(3) for each in read(text, part, 3)]
    assert sorted(shared) == [each.line for each in read(text)]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 0, "empty"),
        (LEIE.replace("BUSNAME,", "") + PERSON, 1, "BUSNAME"),
        (SAM.replace('"NPI",', "") + sam("ACME"), 1, "NPI"),
        ("a,b\n1,2\n", 1, "neither"),
        (LEIE + PERSON + PERSON[:40], 3, "quotation mark"),
        (LEIE + PERSON + PERSON[:41] + "\r\n" + PERSON, 3, "quotation mark"),
        (LEIE + PERSON + '"DOE","JANE"\r\n', 3, "2 values"),
        (LEIE + PERSON.replace('"JANE",', '"JANE","X",'), 2, "EXCLDATE"),
        (LEIE + PERSON.replace('"DOE"', '"D"OE"'), 2, "quotation mark"),
        (LEIE + PERSON.replace("19700131", "31 JAN 70"), 2, "DOB"),
        (LEIE + PERSON.replace("0000000000", "1 MAIN ST"), 2, "NPI"),
        (LEIE + PERSON.replace("DOE", "").replace("JANE", ""), 2, "neither a name"),
        (SAM + sam(), 2, "neither a name"),
    ],
    ids=lambda value: value[-30:] if isinstance(value, str) else str(value),
)
def test_a_damaged_file_is_refused_by_line_and_remedy(text, line, said):
    error = refused(text)
    assert error.line == line
    assert said in str(error)
    assert error.remedy.endswith(".")


def test_a_birth_date_that_is_in_no_calendar_does_not_stop_the_screening():
    (one,) = read(LEIE + PERSON.replace("19700131", "19700231"))
    assert one.birth == ""


@pytest.mark.parametrize(
    ("cell", "day"),
    [("19700131", "19700131"), ("00000000", ""), ("", ""), ("01/31/70", "19700131"),
     ("1/3/1970", "19700103"), ("19000101", "")],
)  # fmt: skip
def test_dates(cell, day):
    assert day_of(cell) == day


# CMS: the check digit of 123456789 is 3 (69 FR 3434); 1003000126 is from the registry
@pytest.mark.parametrize(
    ("npi", "valid"),
    [("1234567893", True), ("1003000126", True), ("1234567899", False),
     ("123456789", False), ("", False), ("12345678٣3", False)],
)  # fmt: skip
def test_the_check_digit_of_an_npi(npi, valid):
    assert npi_is_valid(npi) is valid


@given(st.integers(0, 10**9 - 1))
def test_each_npi_has_one_check_digit(number):
    assert sum(npi_is_valid(f"{number:09}{digit}") for digit in range(10)) == 1


def test_the_hash_of_a_line_leaves_out_blanks_and_keeps_columns_apart():
    assert line_hash(["DOE ", "JANE"]) == line_hash(["DOE", " JANE"])
    assert line_hash(["DOE", "JANE"]) != line_hash(["DOEJ", "ANE"])
    assert len(line_hash([])) == 64


def test_a_list_in_windows_1252_is_read_and_no_text_is_refused(tmp_path):
    file = tmp_path / "list.csv"
    file.write_bytes((LEIE + PERSON.replace("DOE", "PEÑA")).encode("cp1252"))
    with open_list(file) as lines:
        assert next(entries(lines)).last == "PEÑA"
    file.write_bytes(b"PK\x03\x04 zipped")
    with pytest.raises(ListError, match="Unpack it"):
        open_list(file)

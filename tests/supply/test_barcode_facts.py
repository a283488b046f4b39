"""Codes of each kind with what they say.

Sources. SPEC: GS1 General Specifications and the GS1 Barcode Syntax Dictionary (ff2eb4b).
HIBC: ANSI/HIBC 2.6 (2016). LINK: GS1 Digital Link URI Syntax. Numbers are invented (check
digits computed apart, by biip 5.2 for GS1) unless a row says where they stand.
"""

from datetime import date

import pytest
from tools.supply.barcode import Carton, read
from tools.supply.barcode.rows import rows

TODAY = date(2026, 11, 28)
COLUMNS = ("standard", "item", "lot", "expiry", "serial", "quantity")

GOOD = [
    # two elements after each other, a separator after the lot; SPEC 7.8
    (
        "01003999991230131727063010VX41B\x1d21000071",
        "gs1,00399999123013,VX41B,2027-06-30,000071,",
    ),
    # symbology identifier; day 00 in a leap year, SPEC 3.4.7
    (
        "]d201003999991230131728020010A7\x1d21K9",
        "gs1,00399999123013,A7,2028-02-29,K9,",
    ),
    # leading FNC1; made, then expiry; - and / in a lot, SPEC figure 7.11-1
    (
        "\x1d0109521234000174112701051730010510L-5/2",
        "gs1,09521234000174,L-5/2,2030-01-05,,",
    ),
    # a case: level 5, and how many
    ("]C1015039999912301810VX41B\x1d3710", "gs1,50399999123018,VX41B,,,10"),
    # brackets, as printed
    (
        "(01)09521234000174(17)270831(10)7Q(30)25",
        "gs1,09521234000174,7Q,2027-08-31,,25",
    ),
    # printed with blanks
    (
        "(01) 0 9521234 00017 4 (17) 270831 (10) 7Q",
        "gs1,09521234000174,7Q,2027-08-31,,",
    ),
    # expiry with time; further number
    (
        "010952123400017410L9\x1d70032709150830\x1d240R-14",
        "gs1,09521234000174,L9,2027-09-15,,",
    ),
    # contents of a shipping unit and how many: 02 with 37, dictionary
    (
        "0009521234000000001302095212340001743724\x1d10L9",
        "gs1,09521234000174,L9,,,24",
    ),
    # any order
    (
        "10L9\x1d21S1\x1d172706300109521234000174",
        "gs1,09521234000174,L9,2027-06-30,S1,",
    ),
    # a separator where none is needed, twice, and at the end
    (
        "0109521234000174\x1d17270630\x1d\x1d10L9\x1d",
        "gs1,09521234000174,L9,2027-06-30,,",
    ),
    # the same twice with the same value is no contradiction
    ("010952123400017410L9\x1d10L9", "gs1,09521234000174,L9,,,"),
    # 17 and 7003 that agree
    (
        "01095212340001741727091570032709150830",
        "gs1,09521234000174,,2027-09-15,,",
    ),
    # the internal ones say nothing of the carton and do no harm
    (
        "010952123400017410L9\x1d91abc\x1d92x\x1d99?",
        "gs1,09521234000174,L9,,,",
    ),
    # small letters count, brackets belong to the set of characters
    ("010952123400017410aB(c)_9", "gs1,09521234000174,aB(c)_9,,,"),
    # in print only a bracket with an identifier ends a value: (5) is none
    ("(01)09521234000174(10)A(5)B(17)270630", "gs1,09521234000174,A(5)B,2027-06-30,,"),
    # plain numbers; SPEC 7.9
    ("614141000739", "upc,00614141000739,,,,"),
    ("0614141000739", "ean,00614141000739,,,,"),
    ("00614141000739", "gtin,00614141000739,,,,"),
    ("]E00614141000739", "ean,00614141000739,,,,"),
    ("96385074", "ean,00000096385074,,,,"),
    ("]E496385074", "ean,00000096385074,,,,"),
    ("]I150399999123018", "gtin,50399999123018,,,,"),
    # UPC-E, SPEC 7.10: 0 425261 4 is 042100005264
    ("04252614", "upc,00042100005264,,,,"),
    ("]E00042100005264", "ean,00042100005264,,,,"),
    # addresses, LINK
    (
        "https://id.gs1.org/01/09521234000174/10/L%2F9/21/S1?17=270630",
        "gs1,09521234000174,L/9,2027-06-30,S1,",
    ),
    (
        "HTTPS://EXAMPLE.COM/any/path/01/09521234000174/22/2A/10/L9/?linkType=gs1:pip"
        "&30=5&17=280200#part",
        "gs1,09521234000174,L9,2028-02-29,,5",
    ),
    (
        "https://example.com/gtin/9521234000174/lot/L9/ser/S1?exp=270630",
        "gs1,09521234000174,L9,2027-06-30,S1,",
    ),
    ("https://example.com/01/614141000739", "gs1,00614141000739,,,,"),
    # HIBC
    ("+A999ZX71P", "hibc,A999ZX7,,,,"),
    ("+A99912340/$$1127LOT7/", "hibc,A9991234,LOT7,2027-11-30,,"),
    ("+A99912340/$$2113027LOT72", "hibc,A9991234,LOT7,2027-11-30,,"),
    ("+A99912340/$$3271130LOT73", "hibc,A9991234,LOT7,2027-11-30,,"),
    ("+A99912340/$$527334LOT7A", "hibc,A9991234,LOT7,2027-11-30,,"),
    ("+A99912349/$$8123271130LOT7N", "hibc,A9991234,LOT7,2027-11-30,,12"),
    ("+A99912349/$$9005001127LOT7K", "hibc,A9991234,LOT7,2027-11-30,,500"),
    ("+A99912340/$$+3271130SN77S", "hibc,A9991234,,2027-11-30,SN77,"),
    (
        "+A99912340/$LOT7/14D20271130/16D20260115/SSN77/Q400",
        "hibc,A9991234,LOT7,2027-11-30,SN77,40",
    ),
    ("+A999123402+$$3271130LOT724", "hibc,A9991234,LOT7,2027-11-30,,"),
    # the same typed as printed under the bars
    ("6 14141 00073 9", "upc,00614141000739,,,,"),
    # a lot that could be a web address, and an address without its beginning
    ("010952123400017410A.BC/D-1", "gs1,09521234000174,A.BC/D-1,,,"),
    ("id.gs1.org/01/09521234000174/10/L9", "gs1,09521234000174,L9,,,"),
    # names and numbers that are no identifiers mean anything: exp is a time here
    (
        "https://example.com/01/09521234000174?exp=1699999999&1=2",
        "gs1,09521234000174,,,,",
    ),
    # EAN with a composite component: General Specifications 5.11, as GS1's engine sends
    ("]E00614141000739|]e01727063010L9", "gs1,00614141000739,L9,2027-06-30,,"),
    # parts that may be missing are there as a whole: 8008 with hour and minute
    ("0109521234000174800826112808" + "30\x1d10L9", "gs1,09521234000174,L9,,,"),
    # made to order: dictionary, 03
    ("(03)09521234000174(10)L9", "gs1,09521234000174,L9,,,"),
    # a separator before a bracket says nothing new, nor does a new line
    ("(01)09521234000174\n(10)L9\x1d(17)270630", "gs1,09521234000174,L9,2027-06-30,,"),
    # DataMatrix in its narrow form (ISO/IEC 21471) with FNC1, as zxing-cpp announces it
    ("]d80109521234000174", "gs1,09521234000174,,,,"),
    # UPC-E that is no EAN-8, and one that an EAN-8 of a shop would be too
    ("01234565", "upc,00012345000065,,,,"),
    ("12345670", "ean,00000012345670,,,,"),  # as UPC-E it would be number system 1
    ("NDC 9999-9123-01", "ndc,9999912301,,,,"),
    ("]E412345670", "ean,00000012345670,,,,"),
    ("]E012345670", "upc,00123456000070,,,,"),
    # an NDC printed on the package, 21 CFR 207.33
    ("9999-9123-01", "ndc,9999912301,,,,"),
    # the form of billing, where one part alone begins with a zero
    ("09999-9123-11", "ndc,9999912311,,,,"),
    ("99999-0123-11", "ndc,9999912311,,,,"),
    ("NDC 99999912301", "ndc,9999991231,,,,"),
]

BAD = [
    ("", "unknown", "empty"),
    ("]d2", "gs1", "empty"),
    ("00095212340000000013", "gs1", "logistic_unit"),  # a pallet, no item
    ("010952123400017517270630", "gs1", "check_digit"),
    ("614141000738", "upc", "check_digit"),
    ("+A99912340/$$3271130LOT724", "hibc", "hibc_glued"),
    ("+A99912340/$$3271130LOT76", "hibc", "hibc_check"),
    ("+A999AT421", "hibc", "hibc_blank"),  # its check is a blank, cut off
    ("010952123400017417270231", "gs1", "date"),  # February 31
    ("010952123400017417271301", "gs1", "date"),  # month 13
    ("010952123400017417270001", "gs1", "date"),  # month 00
    ("0109521234000174172706", "gs1", "too_short"),
    ("010952123400", "upc", "check_digit"),
    ("010952123400017410", "gs1", "too_short"),
    ("010952123400017410" + "A" * 21, "gs1", "too_long"),
    ("010952123400017410A 7", "gs1", "character"),
    ("010952123400017410A$7", "gs1", "character"),
    ("010952123400017410A7\x1d10A8", "gs1", "twice"),
    ("(01)09521234000174(17)270630(17)270731", "gs1", "twice"),
    ("01095212340001741727063070032707310000", "gs1", "two_expiries"),
    ("010952123400017470032709000830", "gs1", "date"),  # no day 00 in 7003
    ("010952123400017470032709152460", "gs1", "time"),
    # no separator after 7003: the lot that follows is not to be trusted
    ("0109521234000174700327091508301" + "0L9", "gs1", "too_long"),
    ("010952123400017402095212340001743710", "gs1", "two_items"),
    ("0109521234000174890", "gs1", "unknown_identifier"),
    ("0109521234000174305\x1d376", "gs1", "two_counts"),
    ("0109521234000174300", "gs1", "no_count"),
    ("0100000000000000", "gs1", "zero"),
    ("000000000000", "upc", "zero"),
    ("8018952123400000000019", "unknown", "length"),
    ("]C18018952123400000000017", "gs1", "person"),
    ("]C180046141411234567", "gs1", "no_goods"),
    ("]C001003999991230131727063010VX41B", "gs1", "not_gs1"),
    ("]d101003999991230131727063010VX41B", "gs1", "not_gs1"),
    ("]Z0614141000739", "unknown", "symbology"),
    ("]E012345", "unknown", "length"),
    ("]E4614141000739", "upc", "length"),
    ("(01)09521234000174(17)27-06-30", "gs1", "size"),
    ("(01)09521234000174(10)A#7", "gs1", "character"),
    ("(01)09521234000174(10)A(10)B", "gs1", "twice"),
    ("#12345", "unknown", "unknown"),
    ("01095212340001748008261128083\x1d10L9", "gs1", "too_short"),
    ("01095212340001747007270630270732\x1d10L9", "gs1", "date"),
    ("01095212340001747011270630" + "2430\x1d10L9", "gs1", "time"),
    ("]z1010952123400017410L9", "gs1", "not_gs1"),
    ("https://example.com/01/09521234000174/10/L%209", "gs1", "character"),
    ("https://example.com/414/9521234000174", "gs1", "no_goods"),
    ("61414100073", "unknown", "length"),  # the check digit cut
    ("WIDGET-12", "unknown", "unknown"),
    ("10-22", "unknown", "unknown"),  # could be (10)-22, is more likely an own code
    ("https://example.com/room/3", "gs1", "address"),
    ("https://example.com/01/09521234000175", "gs1", "check_digit"),
    ("https://example.com/01/09521234000174?17=270231", "gs1", "date"),
    ("https://example.com/01/09521234000174/10/L9?10=L8", "gs1", "twice"),
    ("=W000017123456700", "isbt128", "isbt"),
    ("&,1W0000123456", "isbt128", "isbt"),
    ("[)>\x1e06\x1d9N110375286414\x1e\x04", "unknown", "envelope"),
    ("@\n\x1e\rANSI 636000", "unknown", "license"),
    ("+/A123", "hibc", "hibc_pas"),
    ("+A999zX71P", "hibc", "hibc_character"),
    # two parts begin with a zero, then none does
    ("09999-9123-01", "ndc", "ndc_eleven"),
    ("NDC 09999912301", "ndc", "ndc_eleven"),
    ("99999-9123-11", "ndc", "ndc_eleven"),
]

PARTIAL = [
    # second bars: what is read stays, what is missing is said
    ("+$$3271130LOT724", "hibc,,LOT7,2027-11-30,,", "item_missing"),
    ("]C11727063010L9\x1d21S1", "gs1,,L9,2027-06-30,S1,", "item_missing"),
    ("1727063010L9", "gs1,,L9,2027-06-30,,", "item_missing"),
    ("020952123400017410L9", "gs1,09521234000174,L9,,,", "count_missing"),
]


def line(carton: Carton) -> str:
    values = (getattr(carton, name) for name in COLUMNS)
    return ",".join("" if value is None else str(value) for value in values)


@pytest.mark.parametrize(("code", "expected"), GOOD)
def test_what_codes_say(code: str, expected: str) -> None:
    carton = read(code, TODAY)
    assert carton.problems == ()
    assert line(carton) == expected


@pytest.mark.parametrize(("code", "standard", "problem"), BAD)
def test_bad_codes_are_refused_as_a_whole(
    code: str, standard: str, problem: str
) -> None:
    carton = read(code, TODAY)
    assert [one.code for one in carton.problems] == [problem]
    assert line(carton) == f"{standard},,,,,"
    assert len(carton.problems[0].english()) > 30


@pytest.mark.parametrize(("code", "expected", "problem"), PARTIAL)
def test_half_of_a_label_keeps_what_was_read(
    code: str, expected: str, problem: str
) -> None:
    carton = read(code, TODAY)
    assert [one.code for one in carton.problems] == [problem]
    assert not carton.complete
    assert line(carton) == expected


@pytest.mark.parametrize(
    "separator",
    ["\x1d", "<GS>", "{GS}", "[GS]", "<gs>", "{FNC1}", "#", "|", "~", "^", "Alt029",
     "Alt+029", "\\x1d", "\\u001d", "\u241d", "\u2194", "^]", "\r\n", "\t", "]C1", "\x1d]C1"],
)  # fmt: skip
def test_what_wedges_send_for_the_separator(separator: str) -> None:
    """What scanners type: vendors' manuals, Odoo's own default (Alt029, #, ASCII 29)."""
    code = f"010952123400017410A7{separator}21K9{separator}17270630"
    carton = read(code, TODAY)
    assert (carton.lot, carton.serial) == ("A7", "K9")
    assert carton.expiry == date(2027, 6, 30)


def test_a_lost_separator_cannot_be_mended() -> None:
    """The lot swallows the serial: both readings follow the standard, one is printed."""
    carton = read("010952123400017410A721K9", TODAY)
    assert (carton.lot, carton.serial, carton.problems) == ("A721K9", "", ())


@pytest.mark.parametrize("end", ["", "\r", "\n", "\r\n", "\t", "\0"])
@pytest.mark.parametrize("code", ["614141000739", "+A999AT421 ", "]d20109521234000174"])
def test_line_ends_of_scanners(code: str, end: str) -> None:
    """Only line ends are cut off: a blank may be the check character of HIBC."""
    assert read(code + end, TODAY).item


@pytest.mark.parametrize(
    ("today", "code", "expiry"),
    [
        # SPEC 7.12: nearest year; difference of 50 ahead this century, 51 the last one
        (date(2026, 11, 28), "1776", 2076),
        (date(2026, 11, 28), "1777", 1977),
        (date(2026, 11, 28), "1700", 2000),
        (date(2049, 1, 1), "1799", 2099),
        (date(2051, 1, 1), "1701", 2101),
        (date(2051, 1, 1), "1702", 2002),
        (date(2000, 1, 1), "1751", 1951),
        (date(2000, 1, 1), "1750", 2050),
    ],
)
def test_centuries(today: date, code: str, expiry: int) -> None:
    carton = read(f"0109521234000174{code}0630", today)
    assert carton.expiry == date(expiry, 6, 30)


def test_what_else_a_code_says() -> None:
    carton = read(
        "]d2015039999912301811260115152703001012\x1d7159999-9123-01\x1d3103001250"
        "\x1d240R-14\x1d37" + "12",
        TODAY,
    )
    assert carton.level == 5
    assert carton.made == date(2026, 1, 15)
    assert carton.best_before == date(2027, 3, 31)
    assert carton.expiry is None  # best before is no expiry
    assert carton.ndc == "9999912301"
    assert carton.further == (("3103", "001250"), ("240", "R-14"))
    assert carton.symbology == "]d2"


def test_an_ndc_gets_no_zero_and_no_hyphens() -> None:
    """rxtrace.com 2012/01: the parts of an NDC are not in the GTIN."""
    assert read("0100399999123013", TODAY).ndc == "9999912301"
    assert read("399999123013", TODAY).ndc == "9999912301"
    assert read("0109521234000174", TODAY).ndc == ""


def test_the_rows_of_the_command() -> None:
    table = rows(["614141000739", "+A999AT421"], TODAY)
    assert table[0] == [*COLUMNS, "problem"]
    assert table[1] == ["upc", "00614141000739", "", "", "", "", ""]
    assert table[2][:6] == ["hibc", "", "", "", "", ""]
    assert "last character, a space" in table[2][6]

"""Which item a code is: whole codes only, a case counts its pack, doubt asks."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.supply.barcode import Catalog, Pack, equal_codes, find, join, read
from tools.supply.barcode.digits import check_digit
from tools.supply.barcode.lookup import find_lot

TODAY = date(2026, 11, 28)
CATALOG = Catalog(
    gtin={
        "00614141000739": [Pack("gloves")],
        "10614141000736": [Pack("gloves", 200)],
        "00096385074009": [Pack("longer number")],
        "09521234000174": [Pack("swab"), Pack("swab, old")],
        "00042100005264": [Pack("soap", None)],
    },
    hibc={
        "A9991234": [Pack("screw", 1, level=0), Pack("screw", 12, level=1)],
        "A999ZX7": [Pack("plate")],
    },
    ndc={"9999912301": [Pack("saline")]},
    vendor={"GLV_M": [Pack("gloves")], "X%": [Pack("tape")]},
)


def found(code: str) -> tuple[str, int | None, str]:
    answer = find(read(code, TODAY), CATALOG, code)
    return answer.item, answer.units, answer.problem.code if answer.problem else ""


@pytest.mark.parametrize(
    ("code", "item", "units"),
    [
        # one number in all its lengths
        ("614141000739", "gloves", 1),
        ("0614141000739", "gloves", 1),
        ("00614141000739", "gloves", 1),
        ("(01)00614141000739(10)L9", "gloves", 1),
        # a case counts its pack, and says so itself without contradiction
        ("10614141000736", "gloves", 200),
        ("(01)10614141000736(37)200", "gloves", 200),
        # contents: two cases of 200
        ("(02)10614141000736(37)2", "gloves", 400),
        ("(01)00614141000739(30)25", "gloves", 25),
        # the code says what the catalog does not
        ("(01)00042100005264(30)6", "soap", 6),
        # HIBC by unit of measure
        ("+A999123402", "screw", 1),
        ("+A999123413", "screw", 12),
        ("+A999ZX71P", "plate", 1),
        # an NDC inside a GTIN that the catalog does not have
        ("0100399999123013", "saline", 1),
        ("9999-9123-01", "saline", 1),
        # vendors' codes letter by letter
        ("GLV_M", "gloves", 1),
        ("X%", "tape", 1),
    ],
)
def test_items(code: str, item: str, units: int) -> None:
    assert found(code) == (item, units, "")


@pytest.mark.parametrize(
    ("code", "item", "units", "problem"),
    [
        # never by a part: 96385074 stands inside 00096385074009
        ("96385074", "", None, "not_found"),
        ("GLV_", "", None, "unknown"),
        ("GLVXM", "", None, "unknown"),
        ("glv_m", "", None, "unknown"),
        ("%", "", None, "unknown"),
        # two items share the code
        ("(01)09521234000174(10)L9", "", None, "which_item"),
        # a package that is not in the catalog is not one unit
        ("50614141000734", "", None, "package_unknown"),
        ("50399999123018", "", None, "package_unknown"),
        # nobody says how many
        ("042100005264", "soap", None, "pack_unknown"),
        # the label says 20, the catalog 200
        ("(01)10614141000736(37)20", "gloves", None, "pack_differs"),
        ("(02)00614141000739", "gloves", None, "count_missing"),
        # refused codes and half ones count nothing
        ("614141000738", "", None, "check_digit"),
        ("+$$3271130LOT724", "", None, "item_missing"),
    ],
)
def test_doubt_asks(code: str, item: str, units: int | None, problem: str) -> None:
    assert found(code) == (item, units, problem)


def test_a_lot_of_two_items_asks_which() -> None:
    assert find_lot("L9", ["swab"]).item == "swab"
    answer = find_lot("L9", ["swab", "gloves"])
    assert answer.choices == ("gloves", "swab")
    assert answer.problem is not None
    assert "gloves, swab" in answer.problem.english()


@given(st.text("0123456789", min_size=7, max_size=13))
def test_equal_codes(digits: str) -> None:
    number = digits + str(check_digit(digits))
    lengths = [size for size in (8, 12, 13, 14) if size >= len(number)]
    forms = {number.zfill(size) for size in lengths}
    if number.strip("0"):
        assert all(equal_codes(one, other) for one in forms for other in forms)
    full = number.zfill(14)
    other_level = str((int(full[0]) + 1) % 10) + full[1:13]
    assert not equal_codes(full, other_level + str(check_digit(other_level)))


def test_codes_that_are_no_numbers_are_equal_by_the_letter() -> None:
    assert equal_codes("GLV-M", "GLV-M ")
    assert equal_codes("04252614", "042100005264")  # UPC-E and what it stands for
    assert not equal_codes("GLV-M", "glv-m")
    assert not equal_codes("0614141000738", "614141000738")  # no GTIN: kept as typed


@pytest.mark.parametrize(
    ("first", "second", "problem", "lot"),
    [
        ("+A999123402", "+$$3271130LOT724", "", "LOT7"),
        ("+$$3271130LOT724", "+A999123402", "", "LOT7"),
        ("+A999ZX71P", "+$$3271130LOT724", "hibc_link", ""),
        ("]C10109521234000174", "]C11727063010L9", "", "L9"),
        ("]C10109521234000174", "+$$3271130LOT724", "different", ""),
        ("]C1010952123400017410L8", "]C11727063010L9", "two_bars", ""),
        ("]C10209521234000174", "]C13712\x1d10L9", "", "L9"),
        ("]C10209521234000174", "]C110L9", "count_missing", "L9"),
        ("]C1172706301", "]C110L9", "unknown_identifier", ""),
    ],
)
def test_two_codes_of_one_label(
    first: str, second: str, problem: str, lot: str
) -> None:
    carton = join(read(first, TODAY), read(second, TODAY))
    assert [one.code for one in carton.problems] == ([problem] if problem else [])
    assert carton.lot == lot
    assert all(len(one.english()) > 20 for one in carton.problems)


def test_the_level_of_a_single_unit_is_kept() -> None:
    carton = join(read("+A999123402", TODAY), read("+$$3271130LOT724", TODAY))
    assert carton.level == 0

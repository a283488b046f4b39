"""GS1 element strings built from random values read back as they were written."""

import calendar
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tools.supply.barcode import Carton, read
from tools.supply.barcode.digits import check_digit
from tools.supply.barcode.identifiers import identifiers

TODAY = date(2026, 11, 28)
# the 82 characters that GS1 allows in a lot, General Specifications figure 7.11-1
SIGNS = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
assert len(SIGNS) == 82
PREDEFINED = ("01", "17", "11", "20")

texts = st.text(SIGNS, min_size=1, max_size=20)
gtins = st.text("0123456789", min_size=13, max_size=13).map(
    lambda digits: digits + str(check_digit(digits))
)
days = st.dates(date(2000, 1, 1), date(2076, 12, 31))


@st.composite
def labels(draw: st.DrawFn) -> tuple[dict[str, str], date]:
    """Elements by identifier, and the expiry they give."""
    expiry = draw(days)
    last = calendar.monthrange(expiry.year, expiry.month)[1]
    ends = expiry.day == last and draw(st.booleans())
    values = {
        "01": draw(gtins),
        "17": f"{expiry:%y%m}00" if ends else f"{expiry:%y%m%d}",
    }
    assume(values["01"].strip("0"))
    optional = {
        "10": texts,
        "21": texts,
        "11": days.map(lambda day: f"{day:%y%m%d}"),
        "20": st.text("0123456789", min_size=2, max_size=2),
        "30": st.integers(1, 99999999).map(str),
        "240": st.text(SIGNS, min_size=1, max_size=30),
    }
    for ai, strategy in optional.items():
        if draw(st.booleans()):
            values[ai] = draw(strategy)
    return values, expiry


def agrees(carton: Carton, values: dict[str, str], expiry: date) -> None:
    assert carton.problems == ()
    assert carton.item == values["01"]
    assert carton.expiry == expiry
    assert carton.lot == values.get("10", "")
    assert carton.serial == values.get("21", "")
    assert carton.quantity == (int(values["30"]) if "30" in values else None)
    assert dict(carton.further).get("240", "") == values.get("240", "")


def test_figures_alone_behind_a_separator_are_gs1() -> None:
    carton = read("\x1d200017000101110001010100000000000017", TODAY)
    agrees(carton, {"01": "00000000000017"}, date(2000, 1, 1))


@given(label=labels(), data=st.data())
def test_any_order_with_and_without_needless_separators(
    label: tuple[dict[str, str], date], data: st.DataObject
) -> None:
    values, expiry = label
    order = data.draw(st.permutations(list(values)))
    text = data.draw(st.sampled_from(["", "\x1d", "]d2", "]C1", "]Q3\x1d"]))
    marked = bool(text)
    for ai in order:
        needless = ai in PREDEFINED and not data.draw(st.booleans())
        text += ai + values[ai] + ("" if needless else "\x1d")
    # without FNC1 or announcement a text that begins with a lot is anybody's
    if not marked and order[0] != "01":
        text = "\x1d" + text
    agrees(read(text, TODAY), values, expiry)


@given(label=labels())
def test_as_printed_with_brackets(label: tuple[dict[str, str], date]) -> None:
    values, expiry = label
    for value in values.values():
        assume("(" not in value)
    text = "".join(f"({ai}){value}" for ai, value in values.items())
    agrees(read(text, TODAY), values, expiry)


@given(label=labels())
def test_as_an_address(label: tuple[dict[str, str], date]) -> None:
    values, expiry = label

    def escaped(value: str) -> str:
        return "".join(f"%{ord(sign):02X}" for sign in value)

    path = "".join(
        f"/{ai}/{escaped(values[ai])}" for ai in ("01", "10", "21") if ai in values
    )
    others = [ai for ai in values if f"/{ai}/" not in path]
    query = "&".join(f"{ai}={escaped(values[ai])}" for ai in others)
    agrees(read(f"https://example.com/x{path}?{query}", TODAY), values, expiry)


@given(number=gtins, place=st.integers(0, 13), digit=st.sampled_from("0123456789"))
def test_one_misread_digit_is_never_taken(number: str, place: int, digit: str) -> None:
    misread = number[:place] + digit + number[place + 1 :]
    assume(misread.strip("0") and number.strip("0"))
    assert (misread == number) == read(f"]d201{misread}", TODAY).complete


@given(text=st.text(max_size=60))
def test_any_text_gets_an_answer(text: str) -> None:
    """Nothing that a scanner or a person sends raises; a problem has its sentence."""
    carton = read(text, TODAY)
    assert carton.item or carton.problems
    assert all(one.english() for one in carton.problems)


@example(text="d000=0")
@given(text=st.text("0123456789()\x1d]dC12+$/A%=:.-", max_size=60))
def test_any_text_that_looks_like_a_code_gets_an_answer(text: str) -> None:
    carton = read(text, TODAY)
    assert carton.item or carton.problems
    assert all(one.english() for one in carton.problems)


def test_no_identifier_is_the_beginning_of_another() -> None:
    known = sorted(identifiers())
    assert len(known) > 450
    for shorter, longer in pairwise(known):
        assert not longer.startswith(shorter)


@pytest.mark.parametrize(
    ("ai", "least", "most", "predefined"),
    [  # GS1 General Specifications, figure 3.2-1 and 7.8.5-2
        ("00", 18, 18, True),
        ("01", 14, 14, True),
        ("10", 1, 20, False),
        ("17", 6, 6, True),
        ("30", 1, 8, False),
        ("3103", 6, 6, True),
        ("410", 13, 13, True),
        ("422", 3, 3, False),
        ("7003", 10, 10, False),
        ("7007", 6, 12, False),
        ("8005", 6, 6, False),
        ("8008", 8, 12, False),
        ("99", 1, 90, False),
    ],
)
def test_the_table(ai: str, least: int, most: int, predefined: bool) -> None:
    known = identifiers()[ai]
    assert (known.least, known.most, known.predefined) == (least, most, predefined)


def test_predefined_ones_are_told_by_their_first_two_digits() -> None:
    """General Specifications, figure 7.8.5-2."""
    first = {"00", "01", "02", "03", "04", "41"}
    first |= {str(number) for number in (*range(11, 21), *range(31, 37))}
    for ai, known in identifiers().items():
        assert known.predefined == (ai[:2] in first), ai

"""Names in the files of banks and agencies: plain letters, never a blank for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.plaintext import plain, plain_letters, said


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Łukasz Wałęsa", "Lukasz Walesa"),
        ("Đặng Thị Hoa", "Dang Thi Hoa"),
        ("Søren Ærø", "Soren Aero"),
        ("José Núñez", "Jose Nunez"),
        ("Weiß", "Weiss"),
        ("Þóra Guðmundsdóttir", "Thora Gudmundsdottir"),
        ("O’Brien–Smith", "O'Brien-Smith"),
        ("Ma\N{COMBINING ACUTE ACCENT}rta", "Marta"),
        ("李 Wei", "  Wei"),
    ],
)
def test_a_letter_becomes_its_plain_one(name, written):
    assert plain(name) == written


@pytest.mark.parametrize("code", plain_letters(), ids=chr)
def test_no_letter_of_the_table_is_lost(code):
    assert plain(chr(code)).strip().isalpha()


@given(st.text())
def test_what_is_plain_stays_as_it_is(text):
    once = plain(text)
    assert plain(once) == once
    assert all(" " <= one <= "~" for one in once)


@pytest.mark.parametrize(
    "text",
    [
        "", "  \n\t", "\u200b", "\ufeff \u2060", "\xa0", "\u00ad", "\u200e\u200f", "\u3164",
        "\u2800", "\u115f", "\u034f", "\u0301", "\x00", "\u180e", "\ufe0f", None, False, 5, ["x"],
    ],
)  # fmt: skip
def test_nothing_that_can_be_seen_says_nothing(text):
    assert said(text) == ""


@pytest.mark.parametrize(
    "text", ["x", "0", "-", "$", "é", "李", "e\u0301", "👍🏽", "a\u200bb"]
)
def test_what_can_be_seen_stays_as_it_is(text):
    assert said(f" {text}\n") == text

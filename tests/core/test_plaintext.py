"""Names in the files of banks and agencies: plain letters, never a blank for one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.plaintext import plain, plain_letters


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

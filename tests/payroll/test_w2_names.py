"""Names in parts: what is a surname, what a suffix, and what neither."""

import pytest
from tools.payroll.returns.names import split_name


@pytest.mark.parametrize(
    ("full", "first", "middle", "last", "suffix"),
    [
        ("Mary Smith", "Mary", "", "Smith", ""),
        ("Mary Ann Smith", "Mary", "Ann", "Smith", ""),
        ("John Smith Jr.", "John", "", "Smith", "Jr"),
        ("John Smith, Jr., MD", "John", "", "Smith", "Jr"),
        ("John Smith MD", "John", "", "Smith", ""),
        ("Dr. John Q. Smith III", "John", "Q.", "Smith", "III"),
        ("Nora Lake, RN, BSN", "Nora", "", "Lake", ""),
        ("Nora Lake FNP-C", "Nora", "", "Lake", ""),
        ("Smith, Mary Ann", "Mary", "Ann", "Smith", ""),
        ("Smith Jr., John", "John", "", "Smith", "Jr"),
        ("Henry Stone V, MD", "Henry", "", "Stone", "V"),
        # short surnames that look like credentials stay surnames
        ("Jack Ma", "Jack", "", "Ma", ""),
        ("Kim Do", "Kim", "", "Do", ""),
        ("Linda Anne Do", "Linda", "Anne", "Do", ""),
        ("Linda Stone DO", "Linda", "", "Stone", ""),
        ("Prince", "", "", "Prince", ""),
        ("", "", "", "", ""),
    ],
)
def test_a_name_comes_apart(full, first, middle, last, suffix):
    name = split_name(full)
    assert (name.first, name.middle, name.last, name.suffix) == (
        first,
        middle,
        last,
        suffix,
    )


@pytest.mark.parametrize(
    "full", ["Ana de la Cruz", "Piet van Dam", "de la Cruz, Ana", "Omar bin Said"]
)
def test_a_surname_of_several_words_is_asked_about(full):
    assert split_name(full).doubt


def test_a_plain_name_is_not_asked_about():
    assert not split_name("Mary Ann Smith").doubt
    assert split_name("Dr. Mary Ann Smith Jr., RN").whole == "Mary Ann Smith Jr"

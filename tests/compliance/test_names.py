"""Names taken apart, and what must hold for any name."""

import csv

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pairs import line, party, score
from tools.compliance.business import businesses
from tools.compliance.edits import edits, shadows
from tools.compliance.letters import fold
from tools.compliance.likeness import givens_alike, roots, sound
from tools.compliance.person import person
from tools.compliance.wordtable import TABLES, frequency, rows

COMMON = list(frequency("surnames"))[:400]
GIVEN = list(frequency("given_names"))[:400]
SURNAMES = st.sampled_from(COMMON)
GIVENS = st.sampled_from(GIVEN)
WORDS = st.text(alphabet="ABCDE", max_size=9)


@pytest.mark.parametrize(
    ("text", "plain", "source"),
    [
        ("Łukasz Đặng", "LUKASZ DANG", "Unicode: Ł and Đ have no decomposition"),
        ("Bjørn Ægir Þór", "BJORN AEGIR THOR", "ICAO Doc 9303 part 3, section 6"),
        ("Weiß", "WEISS", "ICAO Doc 9303 part 3, section 6"),
        ("José Peña-Ñáñez", "JOSE PENA NANEZ", "Unicode NFKD"),
        ("O’Brien, Mary’s", "OBRIEN MARYS", "an apostrophe joins"),
        ("J.A.  Smith", "J A SMITH", "a full stop parts"),
        ("Mª Dolores", "MA DOLORES", "Spanish abbreviation of María"),
        ("王 Wang", "WANG", "no Latin letter is left out"),
        ("", "", "nothing stays nothing"),
    ],
)
def test_letters(text, plain, source):
    assert fold(text) == plain, source


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text):
    once = fold(text)
    assert fold(once) == once
    assert all(c.isascii() and (c.isalnum() or c == " ") for c in once)


@pytest.mark.parametrize(
    ("fields", "surnames", "given_names", "generation"),
    [
        (("Smith Jr., MD", "John", "A."), ("SMITH",), ("JOHN", "A"), "2"),
        (("Smith III", "Dr. John"), ("SMITH",), ("JOHN",), "3"),
        (("Jones, MSN, FNP-C", "Ann"), ("JONES",), ("ANN",), ""),
        (("Jones, Ph.D.", "Ann"), ("JONES",), ("ANN",), ""),
        (("Jones RT(R)", "Ann"), ("JONES",), ("ANN",), ""),
        (("Do", "Minh"), ("DO",), ("MINH",), ""),
        (("Ma", "Li"), ("MA",), ("LI",), ""),
        (("Neto", "Jose"), ("NETO",), ("JOSE",), ""),
        (("Do M.D.", "Hai"), ("DO",), ("HAI",), ""),
        (("Do, NP", "Hoa"), ("DO",), ("HOA",), ""),
        (("Van Do", "Hoa"), ("VAN", "DO"), ("HOA",), ""),
        (("Le", "Van"), ("LE",), ("VAN",), ""),
        (("King", "Bishop"), ("KING",), ("BISHOP",), ""),
        (("de la Cruz y Soto", "Ma. del Carmen"), ("CRUZ", "SOTO"), ("MARIA", "CARMEN"), ""),
        (("dos Santos Filho", "João"), ("SANTOS",), ("JOAO",), "2"),
        (("Van den Berg", "Anna"), ("BERG",), ("ANNA",), ""),
        (("Mc Donald", "Ron"), ("MCDONALD",), ("RON",), ""),
        (("Saint John", "Mary"), ("STJOHN",), ("MARY",), ""),
        (("O Brien", "Sean"), ("OBRIEN",), ("SEAN",), ""),
        (("Doe nee Roe", "Jane"), ("DOE", "ROE"), ("JANE",), ""),
        (("Smith, John A", ""), ("SMITH",), ("JOHN", "A"), ""),
        (("", "John A Smith Jr"), ("SMITH",), ("JOHN", "A"), "2"),
        (("John Smith, MD", ""), ("SMITH",), ("JOHN",), ""),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_a_name_is_taken_apart(fields, surnames, given_names, generation):
    name = person(*fields)
    assert (name.surnames, name.given, name.generation) == (
        surnames,
        given_names,
        generation,
    )


@pytest.mark.parametrize(
    ("name", "own", "trade"),
    [
        ("The Smith & Jones Clinic, P.C.", ("SMITH", "JONES"), ("CLINIC",)),
        ("St. Mary's Medical Center, Inc.", ("ST", "MARYS"), ("MED", "CTR")),
        ("SAINT MARYS MED CTR", ("ST", "MARYS"), ("MED", "CTR")),
        ("J & J Medical Supplies", ("JJ",), ("MED", "SUPPLY")),
        ("#1 Marketing Service, Inc", ("1", "MARKETING"), ("SVC",)),
        ("A.B.C. Homecare L.L.C.", ("ABC",), ("HOME", "CARE")),
        ("The S & H Clinic", ("SH",), ("CLINIC",)),
        ("THE COMPANY", ("THE", "COMPANY"), ()),
    ],
)
def test_a_business_is_taken_apart(name, own, trade):
    found = businesses(name)[0]
    assert (found.own, found.trade) == (own, trade)


@pytest.mark.parametrize("word", ["DBA", "d/b/a", "D.B.A.", "doing business as", "aka"])
def test_a_business_may_have_two_names(word):
    found = businesses(f"Acme LLC {word} Sunrise Care")
    assert [name.own for name in found] == [("ACME",), ("SUNRISE",)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("BILL", "WILLIAM"), ("PEGGY", "MARGARET"), ("LUPE", "GUADALUPE"),
        ("PEPE", "JOSE"), ("PACO", "FRANCISCO"), ("CHUY", "JESUS"),
        ("NACHO", "IGNACIO"), ("MEMO", "GUILLERMO"), ("BETO", "ALBERTO"),
        ("BETO", "ROBERTO"), ("MAITE", "MARIATERESA"), ("ZE", "JOSE"),
        ("WM", "WILLIAM"), ("BILL", "BILLY"), ("SASHA", "ALEXANDER"),
    ],
)  # fmt: skip
def test_short_forms(one, two):
    assert givens_alike(one, two).how in ("nickname", "other_name")


@pytest.mark.parametrize(("one", "two"), [("WILLIAM", "ROBERT"), ("ALBERT", "ALFRED")])
def test_two_names_with_a_short_form_in_common_are_two_names(one, two):
    assert not roots(one) & roots(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [("GONZALEZ", "GONZALES"), ("CLARK", "CLARKE"), ("PHILLIPS", "PHILIPS"),
     ("VAZQUEZ", "VASQUEZ")],
)  # fmt: skip
def test_spelled_by_sound(one, two):
    assert sound(one) == sound(two)


def test_every_table_gives_a_reason_or_a_figure_for_each_row():
    for path in TABLES.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
        assert found, path
        assert all(None not in row and None not in row.values() for row in found), path
        if path.stem not in ("surnames", "given_names", "states"):
            says_why = next(
                key for key in ("reason", "citation", "source") if key in found[0]
            )
            assert all(row[says_why] for row in found), path
        keys = [tuple(row.values())[:2] for row in found]
        assert len(keys) == len(set(keys)), path


def test_a_short_form_is_written_as_names_are_compared():
    for row in rows("nicknames"):
        assert all(fold(word) == word for word in row["variants"].split()), row


@given(WORDS, WORDS)
def test_edits_are_symmetric_and_near_words_share_a_shadow(one, two):
    number = edits(one, two, 2)
    assert number == edits(two, one, 2)
    if number <= 2:
        assert shadows(one, number) & shadows(two, number)


@given(SURNAMES, GIVENS, GIVENS)
def test_order_does_not_matter(last, first, middle):
    one = line(last, first, middle)
    assert score(party(last, first, middle), one) >= 50
    assert score(party(first, last, middle), one) >= 50
    assert score(party(f"{last}, {first} {middle}"), one) >= 50


@given(SURNAMES, SURNAMES, GIVENS)
def test_cutting_at_the_columns_width_never_loses_the_name(one, two, first):
    last, given_name = f"{one}-{two}-{one}", f"{first}-{first}-{first}"
    cut = line(last[:20].strip("-"), given_name[:15].strip("-"), state="TX")
    assert score(party(last, given_name, state="TX"), cut) >= 50


@example(["DAY", "DAY"])  # a word of the trade, too
@given(st.lists(SURNAMES, min_size=2, max_size=4))
def test_cutting_at_the_columns_width_never_loses_the_firm(words):
    name = " ".join([*words, "HOME HEALTH CARE SERVICES LLC"])
    assert score(party(business=name), line(business=name[:30].strip())) >= 50


@given(SURNAMES, GIVENS, SURNAMES, GIVENS)
def test_who_is_party_and_who_is_on_the_list_does_not_matter(a, b, c, d):
    there = score(party(a, b), line(c, d))
    assert there == score(party(c, d), line(a, b))

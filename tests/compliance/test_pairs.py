"""Parties and lines that are, and are not, the same: each with where the rule is from."""

import csv
from pathlib import Path

import pytest
from pairs import hit, line, party, score
from tools.compliance.screening import MARGIN, STRONG, Hit, Screen, likeliest
from tools.compliance.weigh import near_births

TABLE = Path(__file__).parent / "data" / "pairs.csv"
with TABLE.open(encoding="utf-8", newline="") as file:
    PAIRS = list(csv.DictReader(file))
PARTY = ("last", "first", "middle", "business", "npi", "birth_date", "state")
LINE = ("LASTNAME", "FIRSTNAME", "MIDNAME", "BUSNAME", "NPI", "DOB", "STATE")


def test_every_pair_says_where_its_rule_is_from():
    assert all(pair["source"] for pair in PAIRS)
    assert {pair["hit"] for pair in PAIRS} == {"yes", "no"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["case"])
def test_pair(pair):
    found = hit(party(*map(pair.get, PARTY)), line(*map(pair.get, LINE)))
    assert (found is not None) == (pair["hit"] == "yes"), found


SMITH = line("SMITH", "JOHN", "A", "", "", "19600102", "TX")


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        (party("Smith", "John", birth="1960-01-02"), party("Smith", "John")),
        (party("Smith", "John", state="TX"), party("Smith", "John")),
        (party("Smith", "John", "A"), party("Smith", "John")),
        (party("Smith", "John"), party("Smith", "John", birth="1961-05-07")),
        (party("Smith", "John", birth="1960-01-02"),
         party("Smith", "John", birth="1960-02-01")),
        (party("Smith", "John", state="TX"), party("Smyth", "John", state="TX")),
    ],
    ids=["birth", "state", "middle", "other birth", "exchanged", "typo"],
)  # fmt: skip
def test_what_agrees_raises_and_what_contradicts_lowers(stronger, weaker):
    assert score(stronger, SMITH) > score(weaker, SMITH)


def test_a_rare_name_weighs_more_than_a_common_one():
    rare = score(party("Wojciechowski", "Zbigniew"), line("WOJCIECHOWSKI", "ZBIGNIEW"))
    assert rare > score(party("Smith", "John"), line("SMITH", "JOHN"))


def test_the_same_name_with_nothing_against_it_is_a_hit_however_common():
    assert score(party("Smith", "John"), line("SMITH", "JOHN")) >= 50


def test_the_reasons_say_what_agreed():
    found = hit(
        party("Garcia", "Lupe", "", "", "1234567893", "1970-03-03", "TX"),
        line("GARCIA-LOPEZ", "GUADALUPE", "", "", "1234567893", "19700303", "TX"),
    )
    assert found.score == 100
    assert found.reason == (
        "same surname GARCIA, one part of GARCIA LOPEZ; first name LUPE is short for or "
        "the same as GUADALUPE; same NPI 1234567893; same birth date; same state TX"
    )


def test_an_npi_finds_a_party_under_quite_another_name():
    found = hit(
        party("Doe", "Jane", npi="1234567893"), line("KOWAL", "EVA", npi="1234567893")
    )
    assert found.reason.startswith("surnames differ; first names differ; same NPI")


def test_a_filler_npi_alone_is_no_hit():
    one = party("Doe", "Jane", npi="1234567890")
    assert hit(one, line("KOWAL", "EVA", npi="1234567890")) is None
    found = hit(one, line("DOE", "JANE", npi="1234567890"))
    assert "whose check digit is wrong" in found.reason


def test_an_equal_npi_is_a_hit_under_any_name_and_is_always_kept():
    """Hand-made: other state, other name; a namesake elsewhere does not push it out."""
    for npi in ("1245319599", "1245319590"):  # the second one's check digit is wrong
        one = party("Doe", "Jane", npi=npi, state="TX")
        found = hit(one, line("KOWAL", "EVA", npi=npi, state="GA"))
        assert found.score >= STRONG
        firm = hit(
            party(business="Sunrise Care LLC", npi=npi),
            line(business="WILLOW PHARMACY", npi=npi),
        )
        assert firm.score >= STRONG


def test_a_mistake_in_a_surname_that_many_are_near_to_counts_less():
    """Fifty surnames within two letters of the line's: a likeness by chance."""
    like = line("TARKONOV", "EVA", state="GA")
    alone = Screen([party("Tarkanof", "Eva", state="TX", id="P0")])
    crowd = [f"Tar{a}{b}nov" for a in "bdfgklmnpr" for b in "aeiou"]
    many = Screen(
        [party("Tarkanof", "Eva", state="TX", id="P0")]
        + [party(name, "Zoltan", id=f"P{n}") for n, name in enumerate(crowd, 1)]
    )
    first = {found.party: found.score for found in alone.hits(like)}
    second = {found.party: found.score for found in many.hits(like)}
    assert first["P0"] > second.get("P0", 0)


def test_a_mistake_in_both_names_and_the_birth_date_is_found():
    """Hand-made: one letter each, and one digit of the day."""
    one = party("Tornaseln", "Ceilia", birth="1969-11-12", state="NM")
    two = line("TORNASEN", "CECILIA", birth="19661112", state="NM")
    assert hit(one, two) is not None


def test_a_person_has_one_npi_and_a_firm_may_have_several():
    one, two = "1234567893", "1003000126"
    alone = party("Pankiewicz", "Jane", npi=one), line("PANKIEWICZ", "JANE")
    other = party("Pankiewicz", "Jane", npi=one), line("PANKIEWICZ", "JANE", npi=two)
    assert score(*other) < score(*alone)
    firm = (
        party(business="Sunrise Care LLC", npi=one),
        line(business="SUNRISE CARE", npi=two),
    )
    assert score(*firm) >= 50


def test_former_names_of_a_party_are_rows_with_the_same_id():
    from tools.compliance.screening import Screen

    screen = Screen([party("Doe", "Jane"), party("Pankiewicz", "Jane")])
    assert [found.party for found in screen.hits(line("PANKIEWICZ", "JANE"))] == ["P"]


def test_a_namesake_is_not_asked_about_where_a_better_line_is_found():
    """Hand-made: the birth date says which John Smith; only the name spoke for others."""
    better, weaker = Hit("P", 2, 90, "same birth date"), Hit("P", 3, 57, "name alone")
    other = Hit("Q", 3, 57, "name alone")
    assert likeliest([weaker, better, other]) == [better, other]


def test_a_strong_hit_or_one_near_the_best_is_always_kept():
    hits = [Hit("P", 2, 100, ""), Hit("P", 3, STRONG, ""), Hit("Q", 2, 60, "")]
    hits.append(Hit("Q", 3, 60 - MARGIN, ""))
    assert likeliest(hits) == hits


@pytest.mark.parametrize(
    ("one", "two", "near"),
    [
        ("19631119", "19631120", True),
        ("19390827", "19400827", True),
        ("19390827", "19410827", False),
        ("19631119", "19631121", False),
        ("19391231", "19400101", False),
    ],
)
def test_birth_dates_one_off_are_near(one, two, near):
    assert near_births(one, two) is near
    assert near_births(two, one) is near

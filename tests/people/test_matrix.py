"""Candidates side by side: worked by hand."""

from decimal import Decimal

import pytest
from tools.people.recruit.matrix import Card, card_score, compare


def D(text):
    return Decimal(text)


@pytest.mark.parametrize(
    ("ratings", "score"),
    [
        ([(4, D(1))], "4"),
        ([(5, D(1)), (2, D(1))], "3.5"),
        ([(5, D(3)), (1, D(1))], "4"),  # (15 + 1) / 4
        ([(1, D("0.5")), (4, D("1.5"))], "3.25"),  # (0.5 + 6) / 2
    ],
)
def test_a_card_is_the_weighted_mean_of_its_ratings(ratings, score):
    assert card_score(ratings) == D(score)


@pytest.mark.parametrize(
    "ratings", [[], [(0, D(1))], [(6, D(1))], [(3, D(0))], [(3, D(-1))]]
)
def test_what_is_no_rating_is_refused(ratings):
    with pytest.raises(ValueError):
        card_score(ratings)


def test_rank_mean_spread_and_leniency():
    cards = [
        Card("ann", "kind", D(5)),
        Card("ann", "strict", D(3)),
        Card("bob", "kind", D(4)),
        Card("bob", "strict", D(2)),
        Card("cy", "strict", D(4)),
    ]
    found = compare(cards, ["ann", "bob", "cy", "dee"])
    rows = {
        one.candidate: (one.rank, one.mean, one.spread, one.adjusted, one.cards)
        for one in found.standings
    }
    assert rows == {
        "ann": (1, D(4), D(2), D(4), 2),
        # "cy" was rated by the strict one alone: 4 as well, 6 with the leniency off
        "cy": (1, D(4), D(0), D(6), 1),
        "bob": (3, D(3), D(2), D(3), 2),
        "dee": (None, None, None, None, 0),
    }
    assert [one.candidate for one in found.standings] == ["ann", "cy", "bob", "dee"]
    assert {one.rater: one.leniency for one in found.raters} == {
        "kind": D(2),
        "strict": D(-2),
    }


def test_a_round_weighs_as_much_as_it_says():
    cards = [Card("ann", "x", D(5), D(3)), Card("ann", "y", D(1), D(1))]
    (ann,) = compare(cards, ["ann"]).standings
    assert (ann.mean, ann.spread) == (D(4), D(4))


def test_who_is_knocked_out_has_no_rank_and_takes_none():
    cards = [Card("ann", "x", D(5)), Card("bob", "x", D(3))]
    found = compare(cards, ["ann", "bob"], frozenset({"ann"}))
    assert [(one.candidate, one.rank) for one in found.standings] == [
        ("bob", 1),
        ("ann", None),
    ]


def test_nobody_to_compare_with_is_neither_kind_nor_strict():
    found = compare([Card("ann", "x", D(5))], ["ann"])
    assert found.raters[0].leniency is None


def test_a_skills_test_counts_in_the_mean_and_rates_nobody():
    cards = [Card("ann", "x", D(5)), Card("ann", None, D(3)), Card("ann", "y", D(4))]
    found = compare(cards, ["ann"])
    assert found.standings[0].mean == D(4)
    assert {one.rater: one.leniency for one in found.raters} == {"x": D(1), "y": D(-1)}

"""Whoever is found among all names by comparing letters is found by the index, too."""

import random

import pytest
from tools.compliance.edits import allowed, edits
from tools.compliance.letterindex import LetterIndex

LETTERS = "ABEILMNORST"


def drawn(chance, least=1, most=11):
    """A word of few letters, so that many are near to each other."""
    return "".join(chance.choices(LETTERS, k=chance.randint(least, most)))


def changed(word, chance):
    """The word with up to three mistakes."""
    for _n in range(chance.randrange(4)):
        place = chance.randrange(len(word) + 1)
        kind, letter = (
            chance.choice(["add", "drop", "change", "swap"]),
            chance.choice("AQ"),
        )
        if kind == "add":
            word = word[:place] + letter + word[place:]
        elif kind == "swap":
            word = word[:place] + word[place : place + 2][::-1] + word[place + 2 :]
        elif len(word) > 1:
            word = word[:place] + letter * (kind == "change") + word[place + 1 :]
    return word


@pytest.mark.parametrize("two_from", [4, 7, 1000])
def test_all_within_two_mistakes_are_found_and_nobody_else(two_from):
    chance = random.Random(two_from)
    index, words = LetterIndex(two_from), [drawn(chance) for _n in range(400)]
    for number, word in enumerate(words):
        index.add(word, number)
    index.add("SECOND", 7)  # a name of two words
    for _n in range(400):
        asked = changed(chance.choice(words), chance)
        expected = 0
        for number, other in [*enumerate(words), (7, "SECOND")]:
            limit = allowed(min(len(asked), len(other)), two_from)
            if edits(asked, other, limit) <= limit:
                expected |= 1 << number
        known = index.asked([asked])
        among = chance.getrandbits(400)
        assert index.like(known, among) == expected & among
        assert index.like(known, (1 << 400) - 1) == expected


def test_a_word_added_later_is_found():
    index = LetterIndex(4)
    index.add("SMITH", 0)
    assert index.like(index.asked(["SMYTHE"]), 3) == 1
    index.add("SMYTHES", 1)
    assert index.like(index.asked(["SMYTHE"]), 3) == 3


def test_a_word_longer_than_all_is_nobody():
    index = LetterIndex(4)
    index.add("LI", 0)
    assert not index.like(index.asked(["L" * 60]), 1)
    assert index.like(index.asked(["LI"]), 1) == 1

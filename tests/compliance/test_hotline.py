"""Words and keys of anonymous reports."""

import itertools
import random

import pytest
from tools.compliance.hotline import (
    ALPHABET,
    cleaned,
    key_digest,
    new_key,
)


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        (None, 5, ""),
        (7, 5, ""),
        ("  a  ", 5, "a"),
        ("a\x00b\x1b[31mc", 20, "ab[31mc"),
        ("one\r\ntwo\rthree", 20, "one\ntwo\nthree"),
        ("\ud800x", 5, "x"),
        ("abcdef", 3, "abc"),
        ("\x00" * 100 + "a", 3, ""),  # looked at up to four times what is kept
        ("é漢", 5, "é漢"),
    ],
)
def test_cleaned(text, most, kept):
    assert cleaned(text, most) == kept


def test_a_key_is_typed_in_any_way():
    key = new_key(random.Random(3).choice)
    assert len(key.replace("-", "")) == 16
    ways = {key, key.lower(), key.replace("-", " "), f" {key} \n", key.replace("-", "")}
    assert len({key_digest(way) for way in ways}) == 1


@pytest.mark.parametrize("key", ["", None, "ABCD", "ABCD-EFGH-JKLM-NPQ0", "A" * 17])
def test_what_cannot_be_a_key_has_no_digest(key):
    assert key_digest(key) == ""


def test_no_sign_is_mistaken_for_another():
    assert not set("01IO") & set(ALPHABET)
    assert len(ALPHABET) == 32


def test_keys_differ():
    draw = random.Random(1).choice
    keys = {new_key(draw) for _one in itertools.repeat(None, 1000)}
    assert len(keys) == 1000

"""Seals: what the key makes, what differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.core.sealing import (
    Difference,
    differences,
    key_name,
    same_code,
    seal_code,
)

KEY = bytes(range(32))
PARTS = st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=6)


def test_the_code_is_hmac_sha256_of_plain_json():
    # worked out apart: printf '["a",1]' | openssl dgst -sha256 -mac HMAC
    #   -macopt hexkey:000102...1f
    import hashlib
    import hmac

    expected = hmac.new(KEY, b'["a",1]', hashlib.sha256).hexdigest()
    assert seal_code(KEY, "a", 1) == expected


def test_another_key_or_value_gives_another_code():
    codes = {
        seal_code(KEY, "a", 1),
        seal_code(KEY[::-1], "a", 1),
        seal_code(KEY, "a", 2),
        seal_code(KEY, "a1"),
    }
    assert len(codes) == 4


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        seal_code(b"short", "a")


def test_the_name_of_a_key_is_no_part_of_it():
    assert len(key_name(KEY)) == 16
    assert key_name(KEY) not in KEY.hex()


def test_no_code_equals_nothing():
    assert not same_code("", "")
    assert not same_code(None, None)
    assert same_code("ab", "ab")
    assert not same_code("ab", "ac")


def test_each_difference_is_named():
    sealed = {"": "1", "lines/1": "a", "lines/2": "b"}
    now = {"": "1", "lines/2": "c", "lines/3": "d"}
    assert differences(sealed, now) == [
        Difference("lines/1", "missing"),
        Difference("lines/2", "changed"),
        Difference("lines/3", "added"),
    ]


@given(PARTS, PARTS)
def test_nothing_differs_only_between_equals(sealed, now):
    assert (not differences(sealed, now)) == (sealed == now)

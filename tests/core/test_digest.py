"""Digests: one value, one digest."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.core.digest import sha256

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.decimals(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def test_the_digest_of_a_known_text():
    # printf '"abc"' | sha256sum
    assert sha256("abc") == (
        "6cc43f858fbb763301637b5af970e2a46b46f461f27e5a0f41e009c59b827b25"
    )


def test_the_order_of_keys_does_not_count():
    assert sha256({"a": 1, "b": [2]}) == sha256({"b": [2], "a": 1})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, "1"),
        ([1, 2], [12]),
        (["a", "b"], ["ab"]),
        ({"a": None}, {}),
        (Decimal("1.0"), Decimal("1.00")),  # written with other cents
        (date(2026, 1, 2), datetime(2026, 1, 2)),
        (b"abc", "abc"),
        (0.1 + 0.2, 0.3),
    ],
)
def test_what_differs_has_another_digest(one, other):
    assert sha256(one) != sha256(other)


@given(VALUES)
def test_a_value_has_one_digest(value):
    assert sha256(value) == sha256(value)
    assert len(sha256(value)) == 64


def test_a_set_has_no_order_and_no_digest():
    with pytest.raises(TypeError, match="set"):
        sha256({1, 2})

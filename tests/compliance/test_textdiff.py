"""Differences of two wordings."""

from hypothesis import given
from hypothesis import strategies as st
from tools.compliance.textdiff import ADDED, KEPT, REMOVED, differences

TEXTS = st.lists(st.sampled_from(["Wash hands.", "Wear gloves.", "Report.", ""]))


def test_a_changed_paragraph_is_taken_out_and_put_in():
    assert differences("A\nB\nC", " A \n\nB2\nC") == [
        (KEPT, "A"),
        (REMOVED, "B"),
        (ADDED, "B2"),
        (KEPT, "C"),
    ]


@given(TEXTS, TEXTS)
def test_both_wordings_can_be_read_off(before, after):
    found = differences("\n".join(before), "\n".join(after))
    assert [t for k, t in found if k != ADDED] == [t for t in before if t]
    assert [t for k, t in found if k != REMOVED] == [t for t in after if t]

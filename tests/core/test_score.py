"""The score of an audit by its weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.core.score import Answer, score

WEIGHTS = st.integers(1, 20)
ANSWERS = st.lists(
    st.builds(Answer, WEIGHTS, st.sampled_from(["pass", "fail", "na", "open"]))
)


@pytest.mark.parametrize(
    ("answers", "percent"),
    [
        ([(1, "pass"), (1, "fail")], 50.0),
        ([(3, "pass"), (1, "fail")], 75.0),
        ([(2, "pass"), (1, "fail")], 66.7),
        ([(1, "pass"), (5, "na"), (5, "open")], 100.0),
        ([(0, "fail"), (1, "pass")], 100.0),
        ([(1, "na")], None),
        ([(0, "pass")], None),
        ([], None),
    ],
)
def test_the_score(answers, percent):
    assert score([Answer(*answer) for answer in answers]) == percent


@given(ANSWERS)
def test_one_more_pass_never_lowers_it(answers):
    before = score(answers)
    after = score([*answers, Answer(1, "pass")])
    assert after is not None
    assert before is None or after >= before

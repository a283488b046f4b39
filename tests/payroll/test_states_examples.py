"""Every published example we have, with the document it comes from."""

from collections import Counter

import pytest
import statefile
from tools.payroll.tax.states import Proof, jurisdictions, law_on, status, withhold

EXAMPLES = statefile.all_examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.name}-{e.state}")
def test_published_example_comes_out(example):
    result = withhold(example.state, example.pay_date, example.given)
    off = abs(result.amount - example.expected)
    worksheet = "\n".join(f"{s.label}: {s.amount}" for s in result.steps)
    assert off <= example.tolerance, (
        f"{example.source}: {result.amount} instead of {example.expected}\n{worksheet}"
    )


def test_the_control_examples_are_all_there():
    names = [e.name for e in statefile.examples("state_control_examples")]
    assert len(names) == len(set(names)) == 58


def test_what_is_called_proven_has_an_example_which_the_state_published():
    proofs = Counter(e.state for e in EXAMPLES if e.kind.startswith("state "))
    for state in jurisdictions():
        known = status(state, statefile.UNDATED)
        if known.proof in (Proof.PROVEN, Proof.PARTLY_PROVEN):
            assert proofs[state], state


def test_each_line_of_a_worksheet_cites_the_guide():
    for example in EXAMPLES:
        law = law_on(example.state, example.pay_date, example.given)
        result = withhold(example.state, example.pay_date, example.given)
        assert {step.source for step in result.steps} == {law.citation}
        assert result.steps[-1].amount == result.amount

"""Repair or replace: each figure alone, at its limit and just below, and together."""

from decimal import Decimal

import pytest
from tools.facility.replace import Advice, Record, advise, ranked

NEW = {
    "cost": Decimal(0),
    "value": Decimal(1000),
    "down_hours": Decimal(0),
    "age_years": Decimal(1),
    "life_years": 10,
}


def record(**values):
    return Record(
        **{**NEW, **{k: Decimal(str(v)) if k not in ("life_years", "failures") else v
                     for k, v in values.items()}}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "verdict", "score"),
    [
        ({}, "keep", 0),
        ({"cost": "249.99"}, "keep", 0),
        ({"cost": 250}, "keep", 1),  # a warning alone is no advice
        ({"cost": "499.99"}, "keep", 1),
        ({"cost": 500}, "replace", 2),  # half the price of a new one
        ({"down_hours": 24}, "keep", 1),
        ({"down_hours": 80}, "consider", 2),
        ({"age_years": 8}, "keep", 1),
        ({"age_years": 10}, "consider", 2),
        ({"failures": 2}, "keep", 0),
        ({"failures": 3, "age_years": 8}, "consider", 2),
        ({"age_years": 10, "down_hours": 80}, "replace", 4),
        ({"age_years": 8, "down_hours": 24, "cost": 250, "failures": 3}, "replace", 4),
        ({"life_years": 0, "age_years": 50}, "keep", 0),  # life not known: no age
        ({"value": 0, "cost": 9999}, "keep", 0),  # price not known: no share
    ],
)
def test_verdict(values, verdict, score):
    advice = advise(record(**values))
    assert (advice.verdict, advice.score) == (verdict, score)


def test_the_reasons_are_named_with_their_figures():
    advice = advise(record(cost=600, failures=4))
    assert advice == Advice(
        "replace",
        3,
        Decimal("0.6"),
        (("cost", Decimal("0.6")), ("failures", Decimal(4))),
    )


def test_worst_first_and_nothing_that_is_kept():
    order = ranked(
        {
            1: record(),
            2: record(age_years=10),
            3: record(cost=600),
            4: record(cost=700),
            5: record(age_years=12, cost=600),
        }
    )
    assert [key for key, _advice in order] == [5, 4, 3, 2]

"""Par and reorder point: what they follow from, where they stop, what is said."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.supply.par.demand import LeadTime
from tools.supply.par.lead import lead_time
from tools.supply.par.policy import Item, Policy, Proposal
from tools.supply.par.proposal import propose
from tools.supply.par.usage import Usage

ONE_DAY = LeadTime(1.0)


def steady(quantity: float, days: int = 250) -> Usage:
    return Usage(days, tuple((day, quantity) for day in range(days)))


def answer(usage: Usage, **item: object) -> Proposal:
    return propose(usage, ONE_DAY, Policy(), Item(D("0.50"), **item))  # type: ignore[arg-type]


def said(proposal: Proposal) -> str:
    return " ".join(note.english() for note in proposal.notes)


def test_steady_use_needs_what_is_used_until_the_next_filling() -> None:
    result = answer(steady(4))
    assert result.method == "smooth"
    assert result.reorder == 24  # 4 a day, 5 days between counts and 1 to be filled
    assert result.par_value == result.par * D("0.50")


def test_par_is_in_whole_packs() -> None:
    result = answer(steady(4), pack=D(10))
    assert result.par % 10 == 0
    assert "whole packs of 10" in said(result)


def test_shelf_life_and_space_are_limits() -> None:
    assert answer(steady(4), shelf_days=3.0).par == 12
    assert answer(steady(4), capacity=D(15)).par == 15
    assert "lasts in" in said(answer(steady(4), capacity=D(15)))


def test_what_must_be_there_is_there() -> None:
    unused = Usage(300, ((3, 1.0),))
    result = answer(unused, minimum=D(2))
    assert (result.reorder, result.par) == (2, 2)


def test_an_item_without_use_for_a_year_needs_no_stock() -> None:
    result = answer(Usage(400, ((10, 5.0),)))
    assert (result.method, result.par) == ("no_use", 0)


def test_too_little_history_keeps_the_levels_in_force() -> None:
    result = answer(Usage(4, ()), par=D(9), reorder=D(3))
    assert (result.method, result.reorder, result.par) == ("fallback_current", 3, 9)
    assert answer(Usage(4, ())).method == "fallback_pack"


def test_the_change_is_said_in_money() -> None:
    assert "frees" in said(answer(steady(4), par=D(500), reorder=D(100)))
    assert "ties up" in said(answer(steady(4), par=D(3), reorder=D(1)))


@settings(max_examples=60)
@given(
    st.lists(st.integers(0, 12), min_size=40, max_size=120),
    st.sampled_from([0.8, 0.9, 0.95, 0.99]),
    st.integers(1, 20),
)
def test_levels_are_whole_ordered_and_rise_with_the_service(
    days: list[int], service: float, pack: int
) -> None:
    usage = Usage(len(days), tuple((n, float(q)) for n, q in enumerate(days) if q))
    item = Item(D(1), pack=D(pack))
    low = propose(usage, LeadTime(2.0, 0.6), Policy(service=service), item)
    high = propose(usage, LeadTime(2.0, 0.6), Policy(service=0.999), item)
    assert 0 <= low.reorder <= low.par
    assert low.par % pack == 0
    assert high.reorder >= low.reorder


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"service": 0.4}, "service level"),
        ({"review": 0}, "review interval"),
        ({"order_cost": D(-1)}, "order cost"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(
    values: dict[str, object], text: str
) -> None:
    with pytest.raises(ValueError, match=text):
        Policy(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("receipts", "promised", "mean", "code"),
    [
        ([2, 3, 2, 3, 2], 9.0, 2.4, "lead_receipts"),
        ([2, 4], 5.0, 5.0, "lead_few"),  # the longer of mean and promise
        ([], 3.0, 3.0, "lead_promised"),
        ([], None, 5.0, "lead_default"),
    ],
)
def test_lead_times(
    receipts: list[float], promised: float | None, mean: float, code: str
) -> None:
    lead, note = lead_time(receipts, promised)
    assert (lead.mean, note.code) == (pytest.approx(mean), code)


def test_dates_are_said_with_spikes() -> None:
    usage = Usage(
        60,
        tuple((day, 40.0 if day == 30 else 2.0) for day in range(60)),
        dates=tuple(date.fromordinal(739000 + day) for day in range(60)),
    )
    assert "one-off" in said(answer(usage))

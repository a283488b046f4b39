"""From empty places to quantities: whole packs, store first, the urgent before the full."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.supply.order.replenish import Shelf, days_left, missing, plan, week_use


def shelf(
    key: str, forecast: int, reorder: int, par: int, pack: int = 1, rate: float = 0.0
) -> Shelf:
    return Shelf(key, D(forecast), D(forecast), D(reorder), D(par), D(pack), rate)


@pytest.mark.parametrize(
    ("forecast", "reorder", "par", "pack", "wanted"),
    [
        (4, 5, 10, 1, 6),
        (5, 5, 10, 1, 0),  # strictly below, as the host
        (4, 5, 10, 4, 8),  # 6 lacking, packs of 4
        (-3, 0, 0, 1, 3),  # a negative shelf is brought to zero
        (0, 5, 3, 1, 5),  # par below reorder: the reorder point counts
    ],
)
def test_missing(forecast: int, reorder: int, par: int, pack: int, wanted: int) -> None:
    assert missing(shelf("a", forecast, reorder, par, pack)) == wanted


def test_the_store_gives_first_and_the_rest_is_bought() -> None:
    answer = plan([shelf("a", 2, 5, 10), shelf("b", 9, 5, 10)], D(5))
    (supply,) = answer.supplies
    assert (supply.key, supply.wanted) == ("a", 8)
    assert (supply.from_store, supply.to_buy) == (5, 3)
    assert answer.to_buy == 3


def test_with_too_little_every_shelf_gets_its_reorder_point_first() -> None:
    slow, fast = shelf("slow", 0, 4, 10, rate=1), shelf("fast", 1, 4, 10, rate=5)
    answer = plan([slow, fast], D(8))
    given_out = {supply.key: supply.from_store for supply in answer.supplies}
    # 4 + 3 to the reorder points, the last one to the shelf that runs empty first:
    # "slow" is empty now
    assert given_out == {"slow": 5, "fast": 3}


def test_what_the_store_gives_it_lacks_itself() -> None:
    answer = plan([shelf("a", 0, 5, 10)], D(20), store=shelf("s", 20, 15, 30))
    assert answer.supplies[0].from_store == 10
    assert answer.store_wanted == 20  # 10 left, up to 30
    assert answer.to_buy == 20


@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20)),
        max_size=6,
    ),
    st.integers(0, 100),
)
def test_nothing_is_lost_or_made(levels: list[tuple[int, int, int]], free: int) -> None:
    shelves = [
        shelf(str(n), forecast, min(low, high), max(low, high))
        for n, (forecast, low, high) in enumerate(levels)
    ]
    answer = plan(shelves, D(free))
    assert sum(s.from_store for s in answer.supplies) <= free
    for supply in answer.supplies:
        assert supply.wanted == supply.from_store + supply.to_buy
        assert supply.from_store >= 0 <= supply.to_buy


@pytest.mark.parametrize(
    ("on_hand", "rate", "days"),
    [(10, 4.0, D("2.5")), (-1, 4.0, D("0.0")), (10, 0.0, None)],
)
def test_days_left(on_hand: int, rate: float, days: D | None) -> None:
    assert days_left(D(on_hand), rate) == days


def test_use_of_a_week() -> None:
    assert week_use(0.25) == D("1.3")  # 1.25, half up

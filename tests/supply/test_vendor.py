"""Which vendor, how much, at what price; and prices that creep."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.supply.order.price import creep, over_received, plain_price
from tools.supply.order.vendor import Offer, choose, quote

DAY = date(2026, 11, 24)


def offer(vendor: str, price: str = "1.00", **values: object) -> Offer:
    tiers = ((D(0), D(price)),) if price else ()
    return Offer(vendor, tiers, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("needed", "pack", "minimum", "quantity"),
    [(7, 1, 0, 7), (7, 10, 0, 10), (7, 10, 25, 30), (30, 10, 25, 30)],
)
def test_packs_and_minimum(needed: int, pack: int, minimum: int, quantity: int) -> None:
    terms = offer("a", pack=D(pack), minimum=D(minimum))
    assert quote(terms, D(needed)).quantity == quantity


def test_a_price_break_is_taken_when_the_larger_order_costs_no_more() -> None:
    terms = Offer("a", ((D(0), D("1.00")), (D(100), D("0.80"))))
    assert quote(terms, D(85)).quantity == 100  # 80.00 instead of 85.00
    assert quote(terms, D(79)).quantity == 79
    assert quote(terms, D(85), most=D(90)).quantity == 85  # the rest would expire


def test_nothing_needed_and_no_price_are_the_callers_mistakes() -> None:
    with pytest.raises(ValueError, match="nothing is needed"):
        quote(offer("a"), D(0))
    with pytest.raises(ValueError, match="no price"):
        offer("a", "").price(D(1))


def chosen(*offers: Offer, **values: object) -> str:
    found = choose(offers, D(10), DAY, **values).quote  # type: ignore[arg-type]
    return found.offer.vendor if found else ""


def test_the_cheapest_wins_unless_something_weighs_more() -> None:
    dear, cheap = offer("dear", "2.00"), offer("cheap", "1.00")
    assert chosen(dear, cheap) == "cheap"
    assert chosen(offer("dear", "2.00", contract=True), cheap) == "dear"
    slow = offer("slow", "0.50", lead=9)
    assert chosen(dear, slow, days_left=D(5)) == "dear"  # the shelf would be empty
    assert chosen(slow, offer("slower", lead=20), days_left=D(5)) == "slow"
    big = offer("big", "0.10", pack=D(1000))
    assert chosen(dear, big, most=D(50)) == "dear"  # it would expire
    old = offer("old", "0.10", end=date(2026, 11, 23))
    assert chosen(dear, old) == "dear"
    assert chosen(offer("none", "")) == ""


def test_the_reasons_are_said() -> None:
    answer = choose([offer("a", ""), offer("b", "2.00")], D(1), DAY)
    said = " ".join(note.english() for note in answer.reasons)
    assert "a: no price" in said
    assert "b is left" in said


@pytest.mark.parametrize(
    ("paid", "contract", "last", "codes", "amount"),
    [
        ("1.03", "1.00", None, [], None),  # within 3 percent
        ("1.04", "1.00", "9.99", ["above_contract"], "0.40"),
        ("1.04", None, "1.00", ["above_last"], "0.40"),
        ("1.04", "2.00", "1.00", [], None),  # the contract counts
        ("0.50", None, "0", ["was_free"], "5.00"),
        ("0.50", None, None, [], None),
    ],
)
def test_creep(
    paid: str,
    contract: str | None,
    last: str | None,
    codes: list[str],
    amount: str | None,
) -> None:
    notes = creep(
        D(paid),
        D(10),
        D(contract) if contract else None,
        D(last) if last else None,
        D(3),
    )
    assert [note.code for note in notes] == codes
    assert [str(note.amount) for note in notes] == ([amount] if amount else [])


@pytest.mark.parametrize(
    ("contract", "ordered", "last", "codes"),
    [
        ("1.00", "0.50", None, ["above_order"]),  # the contract is kept, the order not
        ("0.90", "0.50", None, ["above_contract"]),
        (None, "0.50", "1.00", ["above_order"]),
        (None, "1.00", "0.50", []),  # ordered at that price: the last does not matter
        ("1.00", "0", None, ["was_free"]),
    ],
)
def test_creep_above_the_order(contract, ordered, last, codes) -> None:
    prices = [None if price is None else D(price) for price in (contract, last)]
    notes = creep(D("1.00"), D(10), *prices, D(3), D(ordered))
    assert [note.code for note in notes] == codes


@pytest.mark.parametrize(
    ("billed", "received", "over"),
    [
        ([10], 10, [0]),
        ([10], 6, [4]),
        ([10, 2], 10, [0, 2]),
        ([10, 2], 0, [10, 2]),
        ([10, -4], 6, [0, 0]),
        ([-4, 10], 6, [0, 0]),
        ([6, 6, -1], 10, [0, 1, 0]),
        ([], 5, []),
        ([5], -2, [5]),  # more went back than came
        ([5], 20, [0]),
    ],
)
def test_over_received(billed, received, over) -> None:
    found = over_received([D(one) for one in billed], D(received))
    assert found == tuple(D(one) for one in over)


@given(st.lists(st.integers(-20, 50).map(D), max_size=8), st.integers(0, 100).map(D))
def test_over_received_adds_up(billed, received) -> None:
    """What is over in all is what was billed beyond goods and credits, never below 0."""
    over = over_received(billed, received)
    charged = sum((one for one in billed if one > 0), D(0))
    credited = sum((-one for one in billed if one < 0), D(0))
    assert sum(over, D(0)) == max(charged - received - credited, D(0))
    assert all(0 <= o <= max(b, D(0)) for o, b in zip(over, billed, strict=True))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2", "2.00"),
        ("0.0185", "0.0185"),
        ("0.0200000", "0.02"),
        ("1.23456789", "1.234568"),
    ],
)
def test_plain_price(value, text) -> None:
    assert f"{plain_price(D(value)):f}" == text


def test_a_negative_price_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        creep(D(-1), D(1), None, D(1), D(3))

"""Which vendor, how much, at what price; and prices that creep."""

from datetime import date
from decimal import Decimal as D

import pytest
from tools.supply.price import creep
from tools.supply.vendor import Offer, choose, quote

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


def test_a_negative_price_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        creep(D(-1), D(1), None, D(1), D(3))

"""First expired, first out; labels; windows; rescue to the room that uses it in time."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.supply.lot.expiry import (
    Lot,
    allocate,
    expiry_of_label,
    first_expired_first,
    total,
    window,
)
from tools.supply.lot.rescue import Room, rescue
from tools.supply.workdays import Workdays

DAY = date(2026, 11, 24)  # a Tuesday


def lot(key: str, quantity: int, day: int | None) -> Lot:
    expiry = date.fromordinal(DAY.toordinal() + day) if day is not None else None
    return Lot(key, D(quantity), expiry)


@pytest.mark.parametrize(
    ("label", "day"),
    [
        ("2027-03-31", date(2027, 3, 31)),
        ("2027-02", date(2027, 2, 28)),  # CDC: the last day of the month
        ("02/2028", date(2028, 2, 29)),
        ("03/05/2027", date(2027, 3, 5)),  # US order
        ("31 Mar 2027", date(2027, 3, 31)),
        ("MAR 2027", date(2027, 3, 31)),
        ("270331", date(2027, 3, 31)),  # GS1, AI 17
        ("270300", date(2027, 3, 31)),  # GS1: day 00 is the last day
    ],
)
def test_labels(label: str, day: date) -> None:
    assert expiry_of_label(label) == day


@pytest.mark.parametrize("label", ["", "soon", "2027-13", "02/30/2027", "Foo 2027"])
def test_no_labels(label: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        expiry_of_label(label)


@pytest.mark.parametrize(
    ("days", "name"),
    [(-1, "expired"), (0, "30"), (30, "30"), (31, "60"), (90, "90"), (91, "later")],
)
def test_windows(days: int, name: str) -> None:
    assert window(lot("a", 1, days).expiry, DAY) == name
    assert window(None, DAY) == "undated"


def test_the_first_to_expire_is_taken_first_and_expired_ones_never() -> None:
    lots = [
        lot("undated", 9, None),
        lot("late", 5, 60),
        lot("old", 4, -1),
        lot("soon", 2, 0),
    ]
    answer = allocate(lots, D(4), DAY)
    assert [(one.key, part) for one, part in answer.picks] == [("soon", 2), ("late", 2)]
    assert [one.key for one in answer.refused] == ["old"]
    assert answer.short == 0
    assert total(lots, DAY) == 16


def test_what_is_missing_is_said() -> None:
    assert allocate([lot("a", 2, 5)], D(3), DAY).short == 1
    with pytest.raises(ValueError, match="negative"):
        allocate([], D(-1), DAY)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(-9, 90)), max_size=8),
    st.integers(0, 60),
)
def test_an_allocation_adds_up(rows: list[tuple[int, int]], wanted: int) -> None:
    lots = [lot(str(n), quantity, day) for n, (quantity, day) in enumerate(rows)]
    answer = allocate(lots, D(wanted), DAY)
    assert sum(part for _lot, part in answer.picks) + answer.short == wanted
    days = [one.expiry for one, _part in answer.picks]
    assert days == sorted(days)
    assert first_expired_first(lots) == sorted(
        lots, key=lambda one: (one.expiry, one.key)
    )


def test_a_lot_moves_to_the_room_that_uses_it_in_time() -> None:
    rooms = [Room("slow", 0.1, (lot("a", 10, 20),)), Room("fast", 2.0, ())]
    answer = rescue(rooms, D(5), DAY, Workdays())
    (move,) = answer.moves
    assert (move.source, move.target) == ("slow", "fast")
    # the slow room uses one of ten in 14 working days
    assert move.quantity == 9
    assert move.saved == 45
    assert not answer.losses


def test_what_no_room_uses_in_time_is_a_loss() -> None:
    rooms = [Room("a", 0.0, (lot("x", 10, 7),)), Room("b", 0.5, ())]
    answer = rescue(rooms, D(5), DAY, Workdays())
    assert [(move.target, move.quantity) for move in answer.moves] == [("b", 2)]
    assert [(loss.quantity, loss.value) for loss in answer.losses] == [(8, 40)]


def test_a_rescue_never_makes_the_helpers_own_lots_expire() -> None:
    rooms = [Room("a", 0.0, (lot("x", 5, 10),)), Room("b", 1.0, (lot("y", 8, 10),))]
    assert not rescue(rooms, D(1), DAY, Workdays()).moves

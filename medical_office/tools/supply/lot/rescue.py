"""Expiry rescue: to which room a lot should move so that it is used in time.

A room uses its lots first expired first at its usual rate. What a lot has left on its
last day is lost. A lot may move to a room that has time to spare before that day
without making any of that room's own lots expire instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import to_cents
from ..notes import Note, note
from ..quantity import ONE, ZERO, down_to, exact, up_to
from ..workdays import Workdays
from .expiry import Lot, first_expired_first


@dataclass(frozen=True, slots=True)
class Room:
    """One room's lots of one item (each key once) and its use per working day."""

    key: str
    rate: float
    lots: tuple[Lot, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Move ``quantity`` of a lot; ``saved`` in dollars."""

    lot: Lot
    source: str
    target: str
    quantity: Decimal
    saved: Decimal
    reason: Note


@dataclass(frozen=True, slots=True)
class Loss:
    """What no room can use in time."""

    lot: Lot
    room: str
    quantity: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class Rescue:
    """The moves to make and what is lost in spite of them."""

    moves: tuple[Move, ...]
    losses: tuple[Loss, ...]


def rescue(
    rooms: Sequence[Room],
    cost: Decimal,
    on: date,
    workdays: Workdays,
    within: int = 90,
    unit: Decimal = ONE,
) -> Rescue:
    """Moves of one item's lots that expire within ``within`` days.

    :param cost: dollars a unit
    :param on: today; today's use is taken as done, a lot's last day still counts
    :return: whole units; lots that expire first are placed first, each with the room
        that can use most of it. Expired lots are losses of nobody here: they are
        quarantined, not moved.
    """
    books = {room.key: _Book(room, on, workdays) for room in rooms}
    doomed = sorted(
        (lot.expiry, lot.key, room, min(book.left_over(lot.key), lot.quantity))
        for room, book in books.items()
        for lot in book.lots.values()
        if lot.expiry is not None and (lot.expiry - on).days <= within
    )
    moves: list[Move] = []
    losses: list[Loss] = []
    for expiry, key, source, surplus in doomed:
        lot = books[source].lots[key]
        left = up_to(surplus, unit)
        while left > 0:
            spare = {
                room: down_to(book.spare(expiry), unit)
                for room, book in sorted(books.items())
                if room != source
            }
            target = max(spare, key=lambda room: spare[room], default="")
            quantity = min(left, spare.get(target, ZERO))
            if quantity <= 0:
                losses.append(Loss(lot, source, left, to_cents(left * cost)))
                break
            books[source].remove(lot, quantity)
            books[target].add(lot, quantity)
            left -= quantity
            moves.append(_move(lot, source, target, quantity, cost, books[target]))
    return Rescue(tuple(moves), tuple(losses))


class _Book:
    """A room's lots by key, as they will be used, open to additions."""

    def __init__(self, room: Room, on: date, workdays: Workdays) -> None:
        self.rate = exact(max(room.rate, 0.0))
        self.on, self.workdays = on, workdays
        self.lots: dict[str, Lot] = {}
        for lot in room.lots:
            if lot.usable(on) and lot.quantity > 0:
                self.add(lot, lot.quantity)

    def _used_by(self, expiry: date) -> Decimal:
        """Units the room uses until that day, with it."""
        return self.rate * self.workdays.between(self.on, expiry)

    def _dated(self) -> list[Lot]:
        lots = first_expired_first(tuple(self.lots.values()))
        return [lot for lot in lots if lot.expiry is not None]

    def left_over(self, key: str) -> Decimal:
        """What is left of the dated lot ``key`` on its last day."""
        used = ZERO
        for lot in self._dated():
            assert lot.expiry is not None
            part = min(lot.quantity, max(self._used_by(lot.expiry) - used, ZERO))
            if lot.key == key:
                return lot.quantity - part
            used += part
        return ZERO

    def spare(self, expiry: date) -> Decimal:
        """Units of a lot with that last day which the room can use in time without
        losing more of its own.

        As with jobs and deadlines: for that day and every later last day, what is used
        until then less what must be used until then. What is lost takes no time.
        """
        queued, slack = ZERO, self._used_by(expiry)
        for lot in self._dated():
            assert lot.expiry is not None
            most = self._used_by(lot.expiry)
            taken = min(lot.quantity, max(most - queued, ZERO))
            queued += taken
            if lot.expiry <= expiry:
                slack -= taken
            else:
                slack = min(slack, most - queued)
        return max(slack, ZERO)

    def remove(self, lot: Lot, quantity: Decimal) -> None:
        rest = self.lots.pop(lot.key)
        if rest.quantity > quantity:
            self.add(rest, rest.quantity - quantity)

    def add(self, lot: Lot, quantity: Decimal) -> None:
        here = self.lots.get(lot.key)
        both = quantity + (here.quantity if here else ZERO)
        self.lots[lot.key] = Lot(lot.key, both, lot.expiry)


def _move(
    lot: Lot, source: str, target: str, quantity: Decimal, cost: Decimal, book: _Book
) -> Move:
    saved = to_cents(quantity * cost)
    week = book.rate * book.workdays.per_week
    reason = note(
        "rescue", lot=lot.key, expiry=lot.expiry, room=target, week=float(week)
    )
    return Move(lot, source, target, quantity, saved, reason)

"""What a pending enrollment holds back: visits that nobody is paid for yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import ZERO, to_cents

WEEK = 7


@dataclass(frozen=True, slots=True)
class Pending:
    """What one enrollment would bring: visits a week, dollars a visit, needed since."""

    key: object
    needed: date
    visits_week: Decimal
    payment: Decimal


def held_days(needed: date, until: date) -> int:
    """Calendar days that have passed since the enrollment was needed; never negative."""
    return max(0, (until - needed).days)


def held(needed: date, until: date, visits_week: Decimal, payment: Decimal) -> Decimal:
    """Dollars held: expected visits x payment for each visit x days, to the cent.

    :param needed: the day from which visits are to be billed
    :param until: the day of the look, or the effective day
    :param visits_week: expected visits in seven days with this payer's patients
    :param payment: expected dollars for each visit
    :raises ValueError: visits or payment are negative
    """
    if visits_week < 0 or payment < 0:
        raise ValueError("visits and payment are not negative")
    return to_cents(visits_week * payment * held_days(needed, until) / WEEK)


def ranked(pending: Iterable[Pending], until: date) -> list[tuple[object, Decimal]]:
    """(key, dollars held) of each, the most money first; ties as they came."""
    found = [
        (one.key, held(one.needed, until, one.visits_week, one.payment))
        for one in pending
    ]
    return sorted(found, key=lambda pair: -pair[1])


def lapse_cost(
    weeks: Iterable[tuple[Decimal, Decimal]], days_out: int
) -> tuple[Decimal, Decimal]:
    """What a lapsed attestation costs while the plans that rely on it stop.

    :param weeks: (visits a week, dollars a visit) of each enrollment that relies on it
    :param days_out: calendar days until the plans take the provider back
    :return: (dollars for each day, dollars for all those days), both to the cent
    """
    week = sum((visits * payment for visits, payment in weeks), ZERO)
    return to_cents(week / WEEK), to_cents(week * max(0, days_out) / WEEK)

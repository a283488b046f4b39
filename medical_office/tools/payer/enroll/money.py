"""What a pending enrollment holds back: visits that nobody is paid for yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ...money import ZERO, to_cents

WEEK = 7
# first and last day of an effective enrollment; None: until further notice
Span = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Pending:
    """What one enrollment would bring: visits a week, dollars a visit, needed since."""

    key: object
    needed: date
    visits_week: Decimal
    payment: Decimal
    covered: tuple[Span, ...] = ()


def held_days(needed: date, until: date, covered: Iterable[Span] = ()) -> int:
    """Calendar days since the enrollment was needed, less those that were paid for.

    :param needed: the first day that counts
    :param until: the day of the look, which does not count
    :param covered: spans of other enrollments of the same provider, payer, site and line,
        which do not overlap
    """
    paid = sum(
        max(0, (min(until, _after(last, until)) - max(needed, first)).days)
        for first, last in covered
    )
    return max(0, (until - needed).days - paid)


def _after(last: date | None, until: date) -> date:
    """The day after the last one; ``until`` where there is no last day."""
    return until if last is None else last + timedelta(days=1)


def held(
    needed: date,
    until: date,
    visits_week: Decimal,
    payment: Decimal,
    covered: Iterable[Span] = (),
) -> Decimal:
    """Dollars held: expected visits x payment for each visit x days, to the cent.

    :param needed: the day from which visits are to be billed
    :param until: the day of the look, or the effective day
    :param covered: first and last day of other enrollments that were paid meanwhile
    :param visits_week: expected visits in seven days with this payer's patients
    :param payment: expected dollars for each visit
    :raises ValueError: visits or payment are negative
    """
    if visits_week < 0 or payment < 0:
        raise ValueError("visits and payment are not negative")
    return to_cents(visits_week * payment * held_days(needed, until, covered) / WEEK)


def ranked(pending: Iterable[Pending], until: date) -> list[tuple[object, Decimal]]:
    """(key, dollars held) of each, the most money first; ties as they came."""
    found = [
        (one.key, held(one.needed, until, one.visits_week, one.payment, one.covered))
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

"""The least an hour of work may be paid: federal, state, or a figure of the practice."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..law import limits
from ..law.lawtable import rows_on

TABLE = "state_minimum_wages"
FEDERAL = "29 USC 206"
SINCE = date(2009, 7, 24)  # 29 USC 206(a)(1)(C)


@dataclass(frozen=True, slots=True)
class Minimum:
    """Dollars an hour in force from ``start`` until ``end`` (None: open).

    ``place`` is where it holds ("the United States", "Wisconsin", "Denver"), ``law`` where
    it is written; ``checked``: two public sources name the amount. ``note`` says who
    is under it, or what it does not know.
    """

    place: str
    amount: Decimal
    start: date
    end: date | None
    law: str
    checked: bool = True
    note: str = ""

    def covers(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return self.start <= day and (self.end is None or day <= self.end)


def federal(day: date) -> Minimum:
    """The federal minimum wage of the year of ``day``.

    :raises LimitMissing: no settled figure of that year is shipped
    """
    amount = limits.settled("federal_minimum_wage", day.year).value
    last = date(day.year, 12, 31)
    return Minimum("the United States", amount, SINCE, last, FEDERAL)


def of_state(state: str, name: str, day: date) -> Minimum | None:
    """The state's own minimum wage on ``day``; None where the table has no row.

    A state without a law of its own has a row of zero dollars.

    :param state: two letters
    :param name: how a person calls the state
    """
    for row in rows_on(TABLE, day):
        if row["state"] == state:
            return Minimum(
                name,
                Decimal(row["amount"]),
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                row["law"],
                row["checked"] == "yes",
                row["note"],
            )
    return None


def floor(
    state: str,
    name: str,
    day: date,
    entered: Iterable[Minimum] = (),
    local: Iterable[Minimum] = (),
) -> tuple[Minimum, bool]:
    """The highest minimum wage at a place of work on ``day`` (29 USC 218(a)).

    :param state: two letters; ``name`` is how a person calls it
    :param entered: the practice's figures for the state; they go before the table's
    :param local: its figures for the place of work, a city or a kind of employer
    :return: the minimum, and whether anything is known about the state
    :raises LimitMissing: the federal minimum of that year is not shipped
    """
    own = [one for one in entered if one.covers(day)]
    table = None if own else of_state(state, name, day)
    found = [*own, *([table] if table else [])]
    near = [one for one in local if one.covers(day)]
    best = max((federal(day), *found, *near), key=lambda one: one.amount)
    return best, bool(found)


def too_low(
    rate: Decimal, days: Iterable[date], floor_on: Callable[[date], Minimum]
) -> tuple[date, Minimum] | None:
    """The first of ``days`` on which ``rate`` dollars an hour is below the minimum."""
    for day in days:
        least = floor_on(day)
        if rate < least.amount:
            return day, least
    return None

"""What a par level would have done: a shelf replayed day by day on a known demand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Levels:
    """Reorder point and par in force."""

    reorder: float
    par: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of a replay; quantities in units, ``stock_days`` in unit-days.

    ``intervals`` are those between two counts in which anything was asked for,
    ``intervals_short`` those of them in which something was missing.
    """

    demanded: float
    served: float
    days: int
    days_short: int
    intervals: int
    intervals_short: int
    stock_days: float
    fillings: int

    @property
    def fill_rate(self) -> float:
        """Share of the demanded quantity that was on the shelf when asked for."""
        return self.served / self.demanded if self.demanded else 1.0

    @property
    def service(self) -> float:
        """Share of the intervals with use in which nothing was missing."""
        return 1 - self.intervals_short / self.intervals if self.intervals else 1.0

    @property
    def average_stock(self) -> float:
        """Units on the shelf at the end of an average day."""
        return self.stock_days / self.days if self.days else 0.0


def replay(
    demand: Sequence[float],
    levels: Callable[[int], Levels],
    review: int,
    leads: Sequence[int],
    pack: float = 1.0,
    stock: float | None = None,
) -> Outcome:
    """Run a shelf over ``demand`` (units asked for on each working day).

    Counted at the end of every ``review``-th day by the levels of that day; an order of
    day t with lead time L is on the shelf when day t + L + 1 opens. What is not there
    is fetched elsewhere and not asked for again (lost, not back-ordered).

    :param leads: lead times in working days, used one after the other, again and again
    :param pack: orders are rounded up to it
    :param stock: units at the start; par of day 0 if not given
    """
    on_hand = levels(0).par if stock is None else stock
    arrivals: dict[int, float] = {}
    on_order = served = stock_days = 0.0
    days_short = fillings = 0
    asked: set[int] = set()
    short: set[int] = set()
    for day, wanted in enumerate(demand):
        arrived = arrivals.pop(day, 0.0)
        on_hand += arrived
        on_order -= arrived
        given = min(wanted, on_hand)
        on_hand -= given
        served += given
        if wanted:
            asked.add(day // review)
        if given < wanted:
            days_short += 1
            short.add(day // review)
        stock_days += on_hand
        if (day + 1) % review:
            continue
        now = levels(day)
        missing = max(now.reorder, now.par) - on_hand - on_order
        if on_hand + on_order < now.reorder and missing > 0:
            order = -(-missing // pack) * pack
            arrival = day + leads[fillings % len(leads)] + 1
            arrivals[arrival] = arrivals.get(arrival, 0.0) + order
            on_order += order
            fillings += 1
    return Outcome(
        sum(demand),
        served,
        len(demand),
        days_short,
        len(asked),
        len(short),
        stock_days,
        fillings,
    )

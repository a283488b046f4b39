"""Use month by month: which months, what changed against the year before, what moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...money import to_cents
from ..quantity import ZERO

# Why stock left a shelf: on patients, or for nothing.
USED = ("used", "sample")
WASTE = ("wasted", "expired", "lost", "recalled")


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def shifted(month: date, count: int) -> date:
    """The first day of the month ``count`` months later (earlier if below 0)."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def months_until(last: date, count: int = 12) -> tuple[date, ...]:
    """The first days of ``count`` months, oldest first; ``last`` lies in the latest."""
    return tuple(shifted(month_of(last), back) for back in range(1 - count, 1))


def change(now: Decimal, before: Decimal) -> Decimal | None:
    """The change as a fraction of what was before; None where nothing was."""
    return (now - before) / before if before > 0 else None


@dataclass(frozen=True, slots=True)
class Mover:
    """What something cost in a year, and in the year before."""

    key: object
    now: Decimal
    before: Decimal

    @property
    def difference(self) -> Decimal:
        """Dollars more (or less, below 0) than the year before."""
        return self.now - self.before


def movers(rows: Iterable[Mover], count: int = 10) -> tuple[list[Mover], list[Mover]]:
    """What rose most and what fell most, in dollars; what did not move is in neither."""
    ordered = sorted(rows, key=lambda row: (-row.difference, str(row.key)))
    rose = [row for row in ordered if row.difference > 0][:count]
    fell = [row for row in reversed(ordered) if row.difference < 0][:count]
    return rose, fell


def per_visit(cost: Decimal, visits: int) -> Decimal | None:
    """Dollars a visit, to the cent; None where no visits are known.

    :raises ValueError: a negative number of visits
    """
    if visits < 0:
        raise ValueError("a number of visits is not negative")
    return to_cents(cost / visits) if visits else None


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """``part`` as a fraction of ``whole``; None where the whole is nothing."""
    return part / whole if whole != ZERO else None


def rest_of(
    rows: Sequence[Mapping[str, object]], most: int, keys: Sequence[str]
) -> dict[str, Decimal]:
    """The sums of what is left out below the first ``most`` rows; empty: nothing is."""
    left = rows[most:]
    if not left:
        return {}
    numbers = {key: [row.get(key) for row in left] for key in keys}
    return {
        key: sum((one for one in found if isinstance(one, Decimal)), ZERO)
        for key, found in numbers.items()
    }

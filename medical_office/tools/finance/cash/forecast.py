"""Thirteen weeks of cash: what opens, comes, goes and is left in each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

WEEKS = 13
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Flow:
    """Money that comes (positive) or goes (negative) on a day, and why."""

    day: date
    amount: Decimal
    kind: str
    label: str = ""
    partner: int | None = None
    record: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """One week from Monday to Sunday; the first may begin later."""

    start: date
    end: date
    opening: Decimal
    received: Decimal
    spent: Decimal
    closing: Decimal
    lowest: Decimal
    lowest_day: date
    below: bool


def spans(today: date, weeks: int = WEEKS) -> list[tuple[date, date]]:
    """The weeks ahead: from today to Sunday, then Monday to Sunday."""
    sunday = today + timedelta(days=6 - today.weekday())
    later = [
        (sunday + timedelta(days=7 * n - 6), sunday + timedelta(days=7 * n))
        for n in range(1, weeks)
    ]
    return [(today, sunday), *later]


def forecast(
    opening: Decimal,
    flows: Iterable[Flow],
    today: date,
    minimum: Decimal = ZERO,
    weeks: int = WEEKS,
) -> list[Week]:
    """What is left week by week, and whether a day of it is below the minimum.

    Within a day what goes is counted before what comes: the cautious order.

    :param opening: cash at the start of ``today``
    :param flows: those before today or after the last week are left out
    """
    rows = sorted(flows, key=lambda flow: (flow.day, flow.amount))
    result: list[Week] = []
    balance, place = opening, 0
    while place < len(rows) and rows[place].day < today:
        place += 1
    for start, end in spans(today, weeks):
        first, received, spent = balance, ZERO, ZERO
        lowest, lowest_day = balance, start
        while place < len(rows) and rows[place].day <= end:
            flow = rows[place]
            balance += flow.amount
            if flow.amount > 0:
                received += flow.amount
            else:
                spent -= flow.amount
            if balance < lowest:
                lowest, lowest_day = balance, flow.day
            place += 1
        result.append(
            Week(
                start,
                end,
                first,
                received,
                spent,
                balance,
                lowest,
                lowest_day,
                lowest < minimum,
            )
        )
    return result


@dataclass(frozen=True, slots=True)
class Miss:
    """A week of a forecast beside what came: ``off`` is actual less forecast."""

    start: date
    expected: Decimal
    actual: Decimal
    off: Decimal


def back_test(
    expected: Sequence[tuple[date, date, Decimal]],
    actual: Iterable[tuple[date, Decimal]],
) -> list[Miss]:
    """Compare forecast net flows with what really came.

    :param expected: (start, end, net flow) of each week
    :param actual: (day, amount) of each real flow
    """
    real = list(actual)
    misses = []
    for start, end, net in expected:
        came = sum((amount for day, amount in real if start <= day <= end), ZERO)
        misses.append(Miss(start, net, came, came - net))
    return misses

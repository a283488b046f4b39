"""What a room used of an item, by working day: the raw material of every par level.

Use is kept sparse, as (day number, quantity) pairs, because most rooms use most items
on few days: fifty thousand par levels then cost what their moves cost, not what their
calendar costs.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from ..workdays import Workdays

# Tukey's outer fence (Exploratory Data Analysis, 1977): "far out" is beyond three
# interquartile ranges. The second condition keeps a 2 among many 1s from being news.
FENCE_RANGES = 3.0
FENCE_MEDIANS = 3.0
MIN_EVENTS_FOR_FENCE = 8
SPIKE_SHARE = 0.03  # more often than that it is no one-off but how the room works


@dataclass(frozen=True, slots=True)
class Usage:
    """Use of one item in one room over ``days`` observed working days.

    ``events`` are (day number from 0, quantity above 0), ascending, one per day.
    ``week`` and ``year`` are the numbers of working days in them at this site,
    ``dates`` the date of each day number where known (one tuple for all items).
    """

    days: int
    events: tuple[tuple[int, float], ...]
    week: int = 5
    year: int = 250
    dates: tuple[date, ...] = ()

    @property
    def total(self) -> float:
        """Everything used, in the item's unit."""
        return sum(quantity for _day, quantity in self.events)

    def weeks(self) -> list[float]:
        """Use per working week, oldest first; an incomplete oldest week is left out."""
        count = self.days // self.week
        skipped = self.days - count * self.week
        totals = [0.0] * count
        for day, quantity in self.events:
            if day >= skipped:
                totals[(day - skipped) // self.week] += quantity
        return totals

    def per_day(self) -> list[float]:
        """Use of each working day, zeros included."""
        totals = [0.0] * self.days
        for day, quantity in self.events:
            totals[day] = quantity
        return totals


@dataclass(frozen=True, slots=True)
class Spike:
    """A single day that counts for less than was used, and why it stands out."""

    day: int
    when: date | None
    quantity: float
    counted: float


class Window:
    """The working days of one site from ``first`` to ``last``, to sort moves into.

    Build it once, call ``usage`` for each room and item. Use booked on a closed day
    belongs to the open day before it (the shelf was emptied since then).
    """

    __slots__ = ("_number", "dates", "first", "last", "week", "year")

    def __init__(self, workdays: Workdays, first: date, last: date) -> None:
        """:raises ValueError: no working day in the window"""
        self.first, self.last = first, last
        self.dates = tuple(workdays.dates(first, last))
        if not self.dates:
            raise ValueError(f"no working day from {first} to {last}")
        self.week = workdays.per_week
        self.year = workdays.between(last - timedelta(days=364), last)
        self._number: dict[date, int] = {}
        number = 0
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            while number + 1 < len(self.dates) and self.dates[number + 1] <= day:
                number += 1
            self._number[day] = number

    def usage(
        self,
        moves: Iterable[tuple[date, float]],
        since: date | None = None,
        empty: Collection[date] = (),
    ) -> Usage:
        """The use in ``moves`` (date, quantity; returns to stock are negative).

        :param since: the item came to the room only then; earlier days do not count
        :param empty: days on which the shelf was empty. Without use they say nothing
            about demand and are left out; with use they stay.
        :return: moves outside the window are ignored
        """
        totals: dict[int, float] = {}
        for day, quantity in moves:
            number = self._number.get(day)
            if number is not None:
                totals[number] = totals.get(number, 0.0) + quantity
        _carry_returns_back(totals)
        start = 0
        if since is not None and since > self.first:
            start = self._number.get(since, len(self.dates))
        silent = {self._number[day] for day in empty if day in self._number}
        silent = {n for n in silent if n >= start and n not in totals}
        kept = sorted(n for n in totals if n >= start)
        if not silent:
            events = tuple((n - start, totals[n]) for n in kept)
            return self._usage(events, self.dates[start:] if start else self.dates)
        left = [n for n in range(start, len(self.dates)) if n not in silent]
        place = {n: index for index, n in enumerate(left)}
        events = tuple((place[n], totals[n]) for n in kept)
        return self._usage(events, tuple(self.dates[n] for n in left))

    def _usage(
        self, events: tuple[tuple[int, float], ...], dates: tuple[date, ...]
    ) -> Usage:
        return Usage(len(dates), events, self.week, self.year, dates)


def _carry_returns_back(totals: dict[int, float]) -> None:
    """Take what came back off the latest earlier use; only days with use remain."""
    back = 0.0
    for number in sorted(totals, reverse=True):
        net = totals[number] + back
        back = min(net, 0.0)
        if net > 0.0:
            totals[number] = net
        else:
            del totals[number]


def tame_spikes(usage: Usage) -> tuple[Usage, tuple[Spike, ...]]:
    """Use with one-off spikes cut to the fence, and the spikes for the explanation.

    A day is a spike if it lies beyond Tukey's outer fence of the days with use and
    beyond three medians. If such days make up more than 3 % of the days with use they
    are how the room works (a monthly clinic) and stay as they are.
    """
    sizes = sorted(quantity for _day, quantity in usage.events)
    if len(sizes) < MIN_EVENTS_FOR_FENCE:
        return usage, ()
    low, high = _quartiles(sizes)
    fence = max(high + FENCE_RANGES * (high - low), FENCE_MEDIANS * median(sizes))
    far = [(day, quantity) for day, quantity in usage.events if quantity > fence]
    if not far or len(far) > max(1, int(SPIKE_SHARE * len(sizes))):
        return usage, ()
    events = tuple((day, min(quantity, fence)) for day, quantity in usage.events)
    spikes = tuple(
        Spike(day, usage.dates[day] if usage.dates else None, quantity, fence)
        for day, quantity in far
    )
    return Usage(usage.days, events, usage.week, usage.year, usage.dates), spikes


def _quartiles(ordered: Sequence[float]) -> tuple[float, float]:
    """Tukey's hinges: medians of the lower and the upper half, the middle in both."""
    half = (len(ordered) + 1) // 2
    return median(ordered[:half]), median(ordered[-half:])

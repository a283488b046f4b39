"""Temperatures of a storage unit: excursions, gaps, and the summary of a period.

Any reading outside the limits is an excursion, however short; what it means for a
vaccine its manufacturer decides (CDC, Vaccine Storage and Handling Toolkit, March 2024,
"Temperature excursions"). Times are the logger's local times; nothing here knows what
day it is.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from statistics import median

from .reading import TENTH, Reading
from .spans import Rule, spans

# USP <1160>, "Mean Kinetic Temperature": heat of activation 83.144 kJ/mol, gas constant
# 8.3144 J/mol/K; only their quotient matters.
_ACTIVATION_KELVIN = 10_000.0
_KELVIN = 273.15


@dataclass(frozen=True, slots=True)
class Excursion:
    """A stretch of readings on one side of the limits.

    ``end`` is the first reading back inside (or beyond the other limit), so the
    duration is the longest the unit can have been out as far as the readings tell from
    ``start`` on; None if the readings end outside. ``worst`` is the reading farthest
    out, ``last`` the last one outside.
    """

    kind: str
    start: datetime
    last: datetime
    end: datetime | None
    worst: Decimal
    readings: int

    @property
    def duration(self) -> timedelta:
        """Time out of range, up to the last reading if it is not over."""
        return (self.end or self.last) - self.start


@dataclass(frozen=True, slots=True)
class Gap:
    """A time without readings, much longer than the usual interval."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """A period of readings: extremes, mean and mean kinetic temperature (Celsius)."""

    readings: int
    first: datetime
    last: datetime
    lowest: Decimal
    highest: Decimal
    mean: Decimal
    mean_kinetic: Decimal
    out_of_range: timedelta
    excursions: tuple[Excursion, ...]
    gaps: tuple[Gap, ...]


def excursions(
    readings: Sequence[Reading], low: Decimal, high: Decimal
) -> list[Excursion]:
    """Stretches below ``low`` or above ``high`` (the limits themselves are allowed).

    :param readings: in order of time
    """
    return [
        Excursion(one.kind, one.start, one.last, one.end, one.worst, one.readings)
        for one in spans(readings, low, high, Rule())
    ]


def gaps(readings: Sequence[Reading], factor: float = 2.5) -> list[Gap]:
    """Times without readings longer than ``factor`` usual (median) intervals."""
    steps = [(b.at - a.at).total_seconds() for a, b in pairwise(readings)]
    if not steps:
        return []
    longest = timedelta(seconds=median(steps) * factor)
    return [
        Gap(earlier.at, later.at)
        for earlier, later in pairwise(readings)
        if later.at - earlier.at > longest
    ]


def mean_kinetic(readings: Sequence[Reading]) -> Decimal:
    """Mean kinetic temperature in degrees Celsius, to a tenth.

    The constant temperature that would do as much harm as the real ones (USP <1160>).
    Each reading weighs as long as it stood for: half the time to either neighbor.

    :raises ValueError: no readings
    """
    weights, kelvins = zip(*_weighted(readings), strict=True)
    exponents = [-_ACTIVATION_KELVIN / kelvin for kelvin in kelvins]
    top = max(exponents)
    total = sum(w * math.exp(x - top) for w, x in zip(weights, exponents, strict=True))
    log_mean = top + math.log(total / sum(weights))
    return _tenth(_ACTIVATION_KELVIN / -log_mean - _KELVIN)


def summary(readings: Sequence[Reading], low: Decimal, high: Decimal) -> Summary:
    """Everything a log sheet shows about a period.

    :param readings: in order of time, at least one
    :return: mean and mean kinetic temperature weighted by time, to a tenth
    :raises ValueError: no readings, or not in order of time
    """
    if any(later.at < earlier.at for earlier, later in pairwise(readings)):
        raise ValueError("readings are not in order of time")
    weighted = list(_weighted(readings))
    mean = sum(w * k for w, k in weighted) / sum(w for w, _k in weighted) - _KELVIN
    outside = excursions(readings, low, high)
    return Summary(
        len(readings),
        readings[0].at,
        readings[-1].at,
        min(reading.celsius for reading in readings),
        max(reading.celsius for reading in readings),
        _tenth(mean),
        mean_kinetic(readings),
        sum((found.duration for found in outside), timedelta()),
        tuple(outside),
        tuple(gaps(readings)),
    )


def _weighted(readings: Sequence[Reading]) -> Iterator[tuple[float, float]]:
    """(seconds the reading stands for, kelvin); equal weights if no time passes."""
    if not readings:
        raise ValueError("no readings")
    steps = [(b.at - a.at).total_seconds() for a, b in pairwise(readings)]
    around = [0.0, *steps, 0.0]
    still = not any(steps)
    for place, reading in enumerate(readings):
        seconds = 1.0 if still else (around[place] + around[place + 1]) / 2
        yield seconds, float(reading.celsius) + _KELVIN


def _tenth(value: float) -> Decimal:
    return Decimal(repr(value)).quantize(TENTH, ROUND_HALF_UP)

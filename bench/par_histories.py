"""Deterministic histories of use, by kind, for the par back-test."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

YEAR = 250  # working days
TRAINING = 2 * YEAR
TEST = YEAR


@dataclass(frozen=True)
class Shelf:
    """One item in one room: demand of each day, and how it is supplied."""

    kind: str
    demand: list[int]
    born: int  # first day the item is in the room
    leads: tuple[int, ...]  # working days, used in turn
    pack: int
    cost: Decimal


def shelves(per_kind: int) -> list[Shelf]:
    """``per_kind`` shelves of every kind; the same ones in every run."""
    return [_shelf(kind, n) for kind in KINDS for n in range(per_kind)]


def _shelf(kind: str, n: int) -> Shelf:
    rng = random.Random(f"{kind} {n}")
    cost = Decimal(round(math.exp(rng.uniform(math.log(0.1), math.log(30))), 2))
    leads, pack = rng.choice([((1,), 1), ((1,), 1), ((2, 3, 3, 4), 5)])
    born = TRAINING - 10 if kind == "new" else 0
    demand = [0] * born + KINDS[kind](rng, TRAINING + TEST - born)
    return Shelf(kind, demand, born, leads, pack, round(cost, 2))


def poisson(rng: random.Random, mean: float) -> int:
    """Knuth's method; enough for the small means of a shelf."""
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def _steady(rng: random.Random, days: int) -> list[int]:
    mean = rng.uniform(1, 15)
    return [poisson(rng, mean) for _day in range(days)]


def _clinic(rng: random.Random, days: int) -> list[int]:
    """All of a week's use on one weekday."""
    weekday, mean = rng.randrange(5), rng.uniform(8, 40)
    return [poisson(rng, mean) if day % 5 == weekday else 0 for day in range(days)]


def _seasonal(rng: random.Random, days: int) -> list[int]:
    mean, swing, shift = rng.uniform(2, 12), rng.uniform(0.5, 0.95), rng.random()
    return [
        poisson(rng, mean * (1 + swing * math.sin(2 * math.pi * (day / YEAR + shift))))
        for day in range(days)
    ]


def _trend(rng: random.Random, days: int) -> list[int]:
    """From a third of to three times the use within three years, or the way back."""
    mean, growth = rng.uniform(3, 8), rng.choice([-1, 1]) * rng.uniform(0.3, 1.1)
    return [
        poisson(rng, mean * math.exp(growth * (day - days / 2) / (days / 2)))
        for day in range(days)
    ]


def _erratic(rng: random.Random, days: int) -> list[int]:
    """Used most days, in batches of very different size."""
    mean = rng.uniform(2, 8)
    return [
        int(rng.expovariate(1 / mean) * rng.choice([0.3, 0.5, 4]))
        if rng.random() < 0.5
        else 0
        for _day in range(days)
    ]


def _intermittent(rng: random.Random, days: int) -> list[int]:
    chance, size = rng.uniform(0.02, 0.1), rng.choice([1, 1, 2, 3])
    return [size if rng.random() < chance else 0 for _day in range(days)]


def _lumpy(rng: random.Random, days: int) -> list[int]:
    chance = rng.uniform(0.03, 0.1)
    sizes = [1, 1, 2, 2, 5, 10, 20]
    return [rng.choice(sizes) if rng.random() < chance else 0 for _day in range(days)]


def _spiked(rng: random.Random, days: int) -> list[int]:
    """Steady use with one flu drive half a year before the test."""
    use = _steady(rng, days)
    use[TRAINING - YEAR // 2] += 400
    return use


KINDS: dict[str, Callable[[random.Random, int], list[int]]] = {
    "steady": _steady,
    "one-day clinic": _clinic,
    "seasonal": _seasonal,
    "trend": _trend,
    "erratic": _erratic,
    "intermittent": _intermittent,
    "lumpy": _lumpy,
    "one-off spike": _spiked,
    "new": _steady,
}

"""Estimates of the rate of use: exponential smoothing, Croston, SBA, TSB, season.

Sources: Silver, Pyke, Thomas, "Inventory and Production Management in Supply Chains",
4th ed., ch. 3 (smoothing, error variance); Croston, "Forecasting and Stock Control for
Intermittent Demands", Operational Research Quarterly 23 (1972) 289-303; Syntetos and
Boylan, "The accuracy of intermittent demand estimates", International Journal of
Forecasting 21 (2005) 303-314 (SBA); Teunter, Syntetos and Babai, "Intermittent demand:
linking forecasting to inventory obsolescence", European Journal of Operational Research
214 (2011) 606-615 (TSB).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, variance

ALPHA = 0.1
ALPHAS = (0.1, 0.2, 0.3)
CLEARLY_BETTER = 0.95  # a nervous forecast must be 5 % better to be preferred
WARM_UP = 8
SHORT_HISTORY = 26
SEASON_AHEAD = 6  # weeks: a par lives until next month's review and its delivery
SEASON_RECENT = 13
GROWTH = (0.5, 2.0)


@dataclass(frozen=True, slots=True)
class Level:
    """Average use of a week, standard deviation of a week around its forecast, and how
    many weeks' worth of evidence the average rests on. ``alpha`` is None for a plain
    average."""

    mean: float
    deviation: float
    evidence: float
    alpha: float | None = None


def smooth(values: Sequence[float], alpha: float, start: float) -> tuple[float, float]:
    """Simple exponential smoothing: last level, mean squared one-step error."""
    level, squares = start, 0.0
    for value in values:
        error = value - level
        squares += error * error
        level += alpha * error
    return level, squares / len(values) if values else 0.0


def steady_level(weeks: Sequence[float]) -> Level:
    """The level of a steady or erratic item from its weekly use (two weeks or more).

    Under half a year of history the plain average is used. Otherwise the smoothing
    constant (0.1, 0.2, 0.3) with the smallest one-step error, a larger one only if it
    is 5 % better. Evidence of a smoothed average: (2 - alpha) / alpha weeks.
    """
    if len(weeks) < SHORT_HISTORY:
        return Level(fmean(weeks), variance(weeks) ** 0.5, float(len(weeks)))
    start = fmean(weeks[:WARM_UP])
    best: tuple[float, float, float] | None = None
    for alpha in ALPHAS:
        level, error = smooth(weeks[WARM_UP:], alpha, start)
        if best is None or error < CLEARLY_BETTER * best[1]:
            best = level, error, alpha
    assert best is not None
    level, error, alpha = best
    return Level(level, error**0.5, (2 - alpha) / alpha, alpha)


def season_level(weeks: Sequence[float], year: int) -> Level:
    """The level of the coming six weeks from the same weeks of the two past years.

    Last year is scaled by the growth of the last 13 weeks over the same weeks a year
    ago (between half and double), the year before also by the growth between the years.
    The level is the highest three-week average of the coming six weeks, so that the par
    holds through a rise. The deviation is what the two years differ by.
    """

    def total(first: int, last: int) -> float:
        return sum(weeks[len(weeks) + first : len(weeks) + last])

    usual = 4 * total(-2 * year, 0) / (2 * year)  # four average weeks calm the ratio
    recent = _within_growth(
        (total(-SEASON_RECENT, 0) + usual)
        / (total(-year - SEASON_RECENT, -year) + usual)
    )
    yearly = _within_growth(
        (total(-year, 0) + usual) / (total(-2 * year, -year) + usual)
    )
    places = [len(weeks) + offset for offset in range(-1, SEASON_AHEAD + 1)]
    last = [weeks[place - year] * recent for place in places]
    before = [weeks[max(place - 2 * year, 0)] * recent * yearly for place in places]
    both = [(a + b) / 2 for a, b in zip(last, before, strict=True)]
    mean = max(fmean(both[i : i + 3]) for i in range(len(both) - 2))
    squares = fmean((a - b) ** 2 / 2 for a, b in zip(last, before, strict=True))
    return Level(mean, squares**0.5, 6.0)


def _within_growth(ratio: float) -> float:
    return min(max(ratio, GROWTH[0]), GROWTH[1])


def croston(
    events: Iterable[tuple[int, float]], alpha: float, size: float, interval: float
) -> tuple[float, float]:
    """Croston's smoothed demand size and interval after ``events`` (day, quantity).

    ``size`` and ``interval`` are the starting values; days count from 0, the first
    interval from the day before day 0. Croston's rate is size / interval.
    """
    before = -1
    for day, quantity in events:
        size += alpha * (quantity - size)
        interval += alpha * (day - before - interval)
        before = day
    return size, interval


def sba_rate(size: float, interval: float, alpha: float) -> float:
    """Croston's rate without its upward bias: (1 - alpha/2) * size / interval."""
    return (1 - alpha / 2) * size / interval


def tsb_rate(
    events: Iterable[tuple[int, float]],
    days: int,
    alpha: float,
    beta: float,
    size: float,
    chance: float,
) -> float:
    """Rate of use by Teunter, Syntetos and Babai: the chance of use falls on each day
    without, so that an item nobody uses any more loses its stock.

    :param days: number of observed days; the silent days after the last event count
    :param beta: smoothing constant of the daily chance, ``chance`` its starting value
    """
    before = -1
    for day, quantity in events:
        chance *= (1 - beta) ** (day - before - 1)
        chance += beta * (1 - chance)
        size += alpha * (quantity - size)
        before = day
    chance *= (1 - beta) ** (days - 1 - before)
    return chance * size

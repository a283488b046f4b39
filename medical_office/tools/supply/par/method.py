"""Which model of demand fits a history, and why, in notes."""

from dataclasses import dataclass
from statistics import fmean, median

from ..notes import Note, note
from .demand import CompoundDemand, Demand, GammaDemand, NormalDemand, lattice
from .forecast import (
    ALPHA,
    Level,
    croston,
    sba_rate,
    season_level,
    steady_level,
    tsb_rate,
)
from .pattern import CV2_CUT, LUMPY, SMOOTH, classify, is_seasonal
from .usage import Spike, Usage, tame_spikes

SEASONAL = "seasonal"
EARLY = "early"
SILENT_INTERVALS = 3  # that many usual intervals without use, and at least a month
SILENT_DAYS = 20
EVIDENCE_CAP = (2 - ALPHA) / ALPHA  # what exponential smoothing remembers
DAILY = 1 / 1.32  # used on fewer days than that: single busy days decide (ADI cut)
BUSY_SPAN = 10
SEASON_USES = 48  # days with use in two years; with fewer any pattern is chance
BUSY_HISTORY = 60


@dataclass(frozen=True, slots=True)
class Fit:
    """The demand model of one history, its name, and the reasons for it."""

    demand: Demand
    kind: str
    usual: float
    """the median quantity of a day with use: less than that on a shelf is of no use"""
    notes: tuple[Note, ...]
    history: Usage
    """use as counted, spikes cut"""

    def busy_level(self, service: float, span: float) -> float:
        """What was enough in ``service`` of all spans of up to two weeks in the past.

        Items used steadily by the week but on few days (an allergy clinic on Tuesdays)
        need a whole clinic day on the shelf, which a daily average hides. Zero for all
        other items. The history is closed to a ring, so that a longer span never needs
        less than a shorter one.
        """
        used, days = self.history.events, self.history.days
        if not isinstance(self.demand, (NormalDemand, GammaDemand)):
            return 0.0
        if self.kind == SEASONAL or days < BUSY_HISTORY or len(used) > DAILY * days:
            return 0.0
        width = max(1, min(int(span), BUSY_SPAN))
        ring = self.history.per_day()
        running = sum(ring[-width:])
        sums = []
        for day in range(days):
            running += ring[day] - ring[day - width]
            sums.append(running)
        sums.sort()
        return sums[min(int(service * days), days - 1)]


def fit(usage: Usage, unit: float) -> Fit:
    """The demand model for a history with at least one use.

    :param unit: the smallest quantity that is taken or counted
    :raises ValueError: no use in the history
    """
    if not usage.events:
        raise ValueError("no use, no demand model")
    counted, spikes = tame_spikes(usage)
    notes = [_history_note(usage), *(_spike_note(spike) for spike in spikes)]
    weeks = counted.weeks()
    year = round(counted.year / counted.week)
    usual = median(quantity for _day, quantity in counted.events)
    if len(counted.events) >= SEASON_USES and is_seasonal(weeks, year):
        level = season_level(weeks, year)
        notes.append(note("season", week=level.mean))
        demand = _by_moments(level, counted.week)
        return Fit(demand, SEASONAL, usual, tuple(notes), counted)
    if len(weeks) < 2 or not any(weeks):
        return _rare(counted, unit, LUMPY, usual, notes)
    pattern = classify(weeks)
    notes.append(note(f"pattern_{pattern.kind}", adi=pattern.adi, cv2=pattern.cv2))
    if pattern.adi >= 1.32:
        return _rare(counted, unit, pattern.kind, usual, notes)
    level = steady_level(weeks)
    if level.alpha is None:
        notes.append(note("level_average", weeks=len(weeks), week=level.mean))
    else:
        percent = round(100 * level.alpha)
        notes.append(note("level_smoothed", week=level.mean, percent=percent))
    kind = GammaDemand if pattern.kind != SMOOTH else NormalDemand
    demand = kind(*_moments(level, counted.week))
    return Fit(demand, pattern.kind, usual, tuple(notes), counted)


def fit_early(usage: Usage, unit: float) -> Fit:
    """The model for the first few days of an item: what was taken, how often, and a
    wide margin, because the frequency rests on a handful of days."""
    usual = median(quantity for _day, quantity in usage.events)
    return _rare(usage, unit, EARLY, usual, [_history_note(usage)])


def _moments(level: Level, week: int) -> tuple[float, float, float]:
    """Daily rate, daily variance and days of evidence of a weekly level."""
    return level.mean / week, level.deviation**2 / week, level.evidence * week


def _by_moments(level: Level, week: int) -> NormalDemand | GammaDemand:
    steady = level.deviation**2 < CV2_CUT * level.mean**2
    return (NormalDemand if steady else GammaDemand)(*_moments(level, week))


def _rare(usage: Usage, unit: float, kind: str, usual: float, notes: list[Note]) -> Fit:
    """SBA, or TSB for an item that has fallen silent, with the quantities taken."""
    sizes = [quantity for _day, quantity in usage.events]
    mean, interval = fmean(sizes), usage.days / len(sizes)
    silent = usage.days - 1 - usage.events[-1][0]
    if silent > max(SILENT_INTERVALS * interval, SILENT_DAYS):
        # beta per day so that the chance forgets as fast, in uses, as the size does
        chance = 1 / interval
        rate = tsb_rate(usage.events, usage.days, ALPHA, ALPHA / interval, mean, chance)
        notes.append(note("level_tsb", silent=silent, interval=interval))
    else:
        size, gap = croston(usage.events, ALPHA, mean, interval)
        rate = sba_rate(size, gap, ALPHA)
        notes.append(note("level_sba", size=size, interval=gap))
    shares, cell = lattice(sizes, unit)
    evidence = min(float(len(sizes)), EVIDENCE_CAP)
    demand = CompoundDemand(rate, rate / mean, shares, cell, evidence)
    return Fit(demand, kind, usual, tuple(notes), usage)


def _history_note(usage: Usage) -> Note:
    return note(
        "history",
        total=usage.total,
        uses=len(usage.events),
        days=usage.days,
        week=usage.total / usage.days * usage.week,
    )


def _spike_note(spike: Spike) -> Note:
    when = spike.when.isoformat() if spike.when else spike.day + 1
    return note("spike", when=when, used=spike.quantity, counted=spike.counted)

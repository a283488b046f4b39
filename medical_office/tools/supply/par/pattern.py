"""Kinds of demand: steady, erratic, intermittent, lumpy, seasonal.

Classification of Syntetos, Boylan and Croston, "On the categorization of demand
patterns", Journal of the Operational Research Society 56 (2005) 495-503: the average
interval between periods with demand (ADI, cut at 1.32) and the squared coefficient of
variation of the demand sizes (CV2, cut at 0.49). The period here is the working week.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

ADI_CUT = 1.32
CV2_CUT = 0.49

SMOOTH = "smooth"
ERRATIC = "erratic"
INTERMITTENT = "intermittent"
LUMPY = "lumpy"

SEASON_PARTS = 12
SEASON_LIKENESS = 0.6  # 12 pairs: by chance in about 2 of 100 items (one-sided)
SEASON_PEAK = 1.3  # the strongest part of the year is 30 % over the average


@dataclass(frozen=True, slots=True)
class Pattern:
    """The kind of demand and the two figures that decided it."""

    kind: str
    adi: float
    cv2: float


def classify(periods: Sequence[float]) -> Pattern:
    """The kind of demand of ``periods``, of which at least one is above zero.

    :raises ValueError: no period with demand
    """
    sizes = [size for size in periods if size > 0]
    if not sizes:
        raise ValueError("no demand, no pattern")
    adi = len(periods) / len(sizes)
    mean = fmean(sizes)
    # the standard library's variance works with fractions, ten times slower
    cv2 = fmean([(size - mean) ** 2 for size in sizes]) / (mean * mean)
    if adi < ADI_CUT:
        kind = SMOOTH if cv2 < CV2_CUT else ERRATIC
    else:
        kind = INTERMITTENT if cv2 < CV2_CUT else LUMPY
    return Pattern(kind, adi, cv2)


def is_seasonal(weeks: Sequence[float], year: int) -> bool:
    """Whether the last two years (of ``year`` weeks) went through the same season.

    Both years are cut into twelve parts, the straight trend over both is taken off, and
    what is left must look alike (correlation 0.6 or more) with a peak of 30 % or more.
    One year alone cannot tell a season from a coincidence: then the answer is no.
    """
    if year < SEASON_PARTS or len(weeks) < 2 * year:
        return False
    last = weeks[-2 * year :]
    edges = [part * year // SEASON_PARTS for part in range(SEASON_PARTS + 1)]
    parts = [
        fmean(last[start + low : start + high])
        for start in (0, year)
        for low, high in pairwise(edges)
    ]
    mean = fmean(parts)
    if mean <= 0:
        return False
    flat = _without_trend(parts)
    first, second = flat[:SEASON_PARTS], flat[SEASON_PARTS:]
    shape = [(a + b) / 2 for a, b in zip(first, second, strict=True)]
    if 1 + max(shape) / mean < SEASON_PEAK:
        return False
    return _correlation(first, second) >= SEASON_LIKENESS


def _without_trend(values: Sequence[float]) -> list[float]:
    """Residuals of the least-squares line."""
    center, mean = (len(values) - 1) / 2, fmean(values)
    spread = sum((x - center) ** 2 for x in range(len(values)))
    slope = sum((x - center) * y for x, y in enumerate(values)) / spread
    return [y - mean - slope * (x - center) for x, y in enumerate(values)]


def _correlation(left: Sequence[float], right: Sequence[float]) -> float:
    mean_l, mean_r = fmean(left), fmean(right)
    cross = sum((a - mean_l) * (b - mean_r) for a, b in zip(left, right, strict=True))
    square_l = sum((a - mean_l) ** 2 for a in left)
    square_r = sum((b - mean_r) ** 2 for b in right)
    return cross / (square_l * square_r) ** 0.5 if square_l and square_r else 0.0

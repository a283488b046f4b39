"""Demand until the next filling arrives, as a distribution with quantiles.

A shelf that is looked at every R working days and filled L days later must last R + L
days ("protection interval"; Silver, Pyke, Thomas, ch. 6.9-6.10 and 7). Which family
describes the demand over it depends on the pattern of use:

* steady: Normal, with the textbook sqrt((R+L) s^2 + d^2 sL^2) (same source, ch. 6.10);
* erratic: Gamma (Burgin, "The gamma distribution and inventory control", Operational
  Research Quarterly 26 (1975) 507-525), for a Normal would go below zero;
* intermittent, lumpy: a compound of the number of days with use and the quantities
  really taken, by Panjer's recursion (Panjer, "Recursive evaluation of a family of
  compound distributions", ASTIN Bulletin 12 (1981) 22-26). The number of days with use
  is negative binomial: a Poisson count whose rate is known only from ``evidence`` days.
  Here the service level is the chance *given that the item is used at all*: an item
  used twice a year is not wanted in 96 of 100 weeks, but an empty shelf serves nobody.

A forecast is itself uncertain; the variance of the average is added for the whole
interval (Prak, Teunter, Syntetos, "On the calculation of safety stocks when demand is
forecasted", European Journal of Operational Research 256 (2017) 454-461).

Every family gives a level that never falls when service level or lead time rise. For
Gamma and compound the spread of the lead time is therefore not a variance term but a
mixture of three lead times (Gauss-Hermite: mean, and mean -/+ sqrt(3) spreads with
weights 2/3, 1/6, 1/6).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import mul
from statistics import NormalDist
from typing import Protocol

from .special import gamma_p

_STANDARD = NormalDist()
_ROOT3 = math.sqrt(3)
_FINE = 16  # cells of the lattice to the average quantity taken
_CELLS = 200_000  # never reached for service levels below 0.9999; ends any loop


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Working days from count to filled shelf: average and standard deviation."""

    mean: float
    spread: float = 0.0

    def __post_init__(self) -> None:
        if not (self.mean >= 0 and self.spread >= 0):
            raise ValueError("a lead time and its spread are not negative")

    def mixture(self, review: float) -> tuple[tuple[float, float], ...]:
        """(protection interval in days, weight), three of them if the time varies."""
        if not self.spread:
            return ((review + self.mean, 1.0),)
        low = max(self.mean - _ROOT3 * self.spread, 0.0)
        high = self.mean + _ROOT3 * self.spread
        return (
            (review + low, 1 / 6),
            (review + self.mean, 2 / 3),
            (review + high, 1 / 6),
        )


class Demand(Protocol):
    """What the par arithmetic needs to know of a demand."""

    @property
    def rate(self) -> float:
        """Average use per working day."""
        ...

    def level(self, service: float, review: float, lead: LeadTime) -> float:
        """Stock that is enough for a protection interval with use, in ``service`` of
        such intervals."""
        ...

    def chance(self, level: float, review: float, lead: LeadTime) -> float:
        """Chance that ``level`` is enough for a protection interval with use."""
        ...


@dataclass(frozen=True, slots=True)
class NormalDemand:
    """Steady use: daily rate and variance, and the days of evidence for the rate."""

    rate: float
    variance: float
    evidence: float

    def _deviation(self, review: float, lead: LeadTime) -> float:
        span = review + lead.mean
        own = self.variance * span * (1 + span / self.evidence)
        return math.sqrt(own + (self.rate * lead.spread) ** 2)

    def level(self, service: float, review: float, lead: LeadTime) -> float:
        """d (R+L) + z sqrt(s^2 (R+L)(1 + (R+L)/n) + d^2 sL^2)."""
        safety = _STANDARD.inv_cdf(service) * self._deviation(review, lead)
        return self.rate * (review + lead.mean) + safety

    def chance(self, level: float, review: float, lead: LeadTime) -> float:
        """See ``Demand``."""
        expected = self.rate * (review + lead.mean)
        deviation = self._deviation(review, lead)
        if not deviation:
            return float(level >= expected)
        return _STANDARD.cdf((level - expected) / deviation)


@dataclass(frozen=True, slots=True)
class GammaDemand:
    """Erratic use: moments as in ``NormalDemand``, matched by a Gamma distribution."""

    rate: float
    variance: float
    evidence: float

    def chance(self, level: float, review: float, lead: LeadTime) -> float:
        """See ``Demand``."""
        if level <= 0:
            return 0.0
        total = 0.0
        for span, weight in lead.mixture(review):
            mean = self.rate * span
            variance = self.variance * span * (1 + span / self.evidence)
            if mean <= 0 or variance <= 0:
                total += weight * (level >= mean)
            else:
                total += weight * gamma_p(
                    mean * mean / variance, level * mean / variance
                )
        return total

    def level(self, service: float, review: float, lead: LeadTime) -> float:
        """By bisection, to a millionth."""
        low, high = 0.0, self.rate * (review + lead.mean)
        if high <= 0:
            return 0.0
        while self.chance(high, review, lead) < service:
            low, high = high, 2 * high
        # the second limit ends it where next to nothing is enough (wildly erratic use)
        while high - low > max(1e-6 * high, 1e-12):
            middle = (low + high) / 2
            if self.chance(middle, review, lead) < service:
                low = middle
            else:
                high = middle
        return high


@dataclass(frozen=True, slots=True)
class CompoundDemand:
    """Rare use: days with use per working day, the quantities taken on such a day.

    ``sizes`` are (cells, share) on a lattice of ``cell`` units, shares sum to 1.
    ``evidence`` is the number of days with use behind the frequency.
    """

    rate: float
    frequency: float
    sizes: tuple[tuple[int, float], ...]
    cell: float
    evidence: float

    def _served(self, span: float) -> Iterator[float]:
        """P(demand over ``span`` days <= 0, 1, 2 ... cells | some), by Panjer."""
        r, beta = self.evidence, self.frequency * span / self.evidence
        a = beta / (1 + beta)
        b = (r - 1) * a
        steps = [(k, a * share, b * share * k) for k, share in self.sizes]
        none = (1 + beta) ** -r
        some = -math.expm1(-r * math.log1p(beta))
        mass, total = [none], 0.0
        for s in range(1, _CELLS):
            yield total / some
            new = 0.0
            for k, af, bfk in steps:
                if k > s:
                    break
                new += (af + bfk / s) * mass[s - k]
            mass.append(new)
            total += new

    def _mixed(self, review: float, lead: LeadTime) -> Iterator[float]:
        mixture = lead.mixture(review)
        if len(mixture) == 1:
            return self._served(mixture[0][0])
        runs = (self._served(span) for span, _weight in mixture)
        weights = [weight for _span, weight in mixture]
        return (sum(map(mul, weights, column)) for column in zip(*runs, strict=True))

    def level(self, service: float, review: float, lead: LeadTime) -> float:
        """The smallest number of cells that is enough, in units."""
        for cells, total in enumerate(self._mixed(review, lead)):
            if total >= service:
                return cells * self.cell
        raise ArithmeticError(f"no level reaches a service of {service}")

    def chance(self, level: float, review: float, lead: LeadTime) -> float:
        """See ``Demand``."""
        last = math.floor(level / self.cell + 1e-9)
        return min(next(islice(self._mixed(review, lead), last, None)), 1.0)


def lattice(
    quantities: Sequence[float], unit: float
) -> tuple[tuple[tuple[int, float], ...], float]:
    """Quantities as shares on a lattice, and the cell's width in units.

    The width is the greatest common divisor of the quantities in steps of ``unit``; if
    that is finer than a sixteenth of the average, a wider one, quantities rounded up.
    """
    steps = [max(1, round(quantity / unit)) for quantity in quantities]
    width = math.gcd(*steps)
    mean = sum(steps) / len(steps)
    if mean > _FINE * width:
        width = math.ceil(mean / _FINE)
    counts: dict[int, int] = {}
    for step in steps:
        cells = -(-step // width)
        counts[cells] = counts.get(cells, 0) + 1
    shares = tuple((k, counts[k] / len(steps)) for k in sorted(counts))
    return shares, width * unit

"""Distributions of demand against tables, brute force and their own law: more service
or more lead time never means less stock."""

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.supply.par.demand import (
    CompoundDemand,
    Demand,
    GammaDemand,
    LeadTime,
    NormalDemand,
    lattice,
)
from tools.supply.par.special import gamma_p

ONE_DAY = LeadTime(1)


@pytest.mark.parametrize(
    ("a", "x", "expected"),
    [
        (1, 1, 1 - math.exp(-1)),  # exponential
        (0.5, 1, math.erf(1)),  # chi-square with one degree of freedom
        (0.5, 0.01, math.erf(0.1)),
        # tables of the chi-square distribution, 95 % and 99 % points: P(df/2, x/2)
        (5, 18.307 / 2, 0.95),
        (50, 124.342 / 2, 0.95),
        (2, 13.277 / 2, 0.99),
        (3, 0, 0),
    ],
)
def test_incomplete_gamma(a: float, x: float, expected: float) -> None:
    assert gamma_p(a, x) == pytest.approx(expected, abs=1e-5)


@given(st.floats(0.05, 300), st.floats(0, 600), st.floats(0, 600))
def test_incomplete_gamma_rises_from_0_to_1(a: float, x: float, y: float) -> None:
    low, high = sorted((x, y))
    assert 0 <= gamma_p(a, low) <= gamma_p(a, high) + 1e-12 <= 1 + 1e-12


def test_the_textbook_safety_stock() -> None:
    """A published example (supplychainanalytics.in, "How to calculate safety stock when
    both demand and lead time fluctuate"): 120 a day, deviation 60, lead time 5 days,
    deviation 2: sqrt(5 * 60^2 + 120^2 * 2^2) = 274.95; it rounds z to 1.65."""
    demand = NormalDemand(120, 60**2, math.inf)
    level = demand.level(0.95, 0, LeadTime(5, 2))
    assert (level - 600) / 1.644854 == pytest.approx(274.9545, abs=1e-3)


def test_uncertain_forecasts_need_more() -> None:
    """By hand (Prak, Teunter, Syntetos): 9 days, variance 4, average of 18 days:
    4 * 9 * (1 + 9/18) = 54."""
    demand = NormalDemand(10, 4, 18)
    level = demand.level(0.95, 5, LeadTime(4))
    assert level == pytest.approx(90 + 1.644854 * math.sqrt(54), abs=1e-4)


def test_gamma_of_shape_one_is_exponential() -> None:
    """Mean 6, variance 36: 95 % are below 6 * ln 20 = 17.974."""
    demand = GammaDemand(1, 6, math.inf)
    assert demand.level(0.95, 5, ONE_DAY) == pytest.approx(6 * math.log(20), rel=1e-5)


def test_gamma_without_variance_is_the_mean() -> None:
    assert GammaDemand(2, 0, 10).level(0.95, 5, ONE_DAY) == pytest.approx(12, rel=1e-5)
    assert GammaDemand(0, 0, 10).level(0.95, 5, ONE_DAY) == 0


@pytest.mark.parametrize(
    ("units", "cumulative"),
    # Poisson table, mean 2
    [(1, 0.4060), (2, 0.6767), (3, 0.8571), (4, 0.9473), (5, 0.9834), (6, 0.9955)],
)
def test_single_units_with_certain_rate_are_poisson(
    units: int, cumulative: float
) -> None:
    demand = CompoundDemand(1 / 3, 1 / 3, ((1, 1.0),), 1.0, 1e9)
    given_use = (cumulative - 0.1353) / (1 - 0.1353)
    assert demand.chance(units, 5, ONE_DAY) == pytest.approx(given_use, abs=1e-4)


def brute_force(demand: CompoundDemand, span: float, most: int) -> float:
    """P(some, at most ``most`` cells) / P(some) by adding up all ways to get there."""
    r, mean = demand.evidence, demand.frequency * span
    chance = 1 - r / (r + mean)
    total, none = 0.0, (r / (r + mean)) ** r
    for uses in range(1, most + 1):
        pmf = (
            math.exp(math.lgamma(uses + r) - math.lgamma(r) - math.lgamma(uses + 1))
            * (1 - chance) ** r
            * chance**uses
        )
        for taken in product(demand.sizes, repeat=uses):
            if sum(cells for cells, _share in taken) <= most:
                total += pmf * math.prod(share for _cells, share in taken)
    return total / (1 - none)


@pytest.mark.parametrize("most", [0, 1, 2, 3, 5, 7])
@pytest.mark.parametrize("evidence", [1.0, 4.0, 19.0])
def test_panjer_adds_up_all_ways(most: int, evidence: float) -> None:
    demand = CompoundDemand(0.5, 0.2, ((1, 0.5), (2, 0.3), (5, 0.2)), 10.0, evidence)
    expected = brute_force(demand, 6, most)
    assert demand.chance(10 * most, 5, ONE_DAY) == pytest.approx(expected, abs=1e-12)


def test_a_rare_item_is_stocked_for_its_use() -> None:
    """Used once a year: 98 weeks of 100 need nothing, but the use needs its one."""
    demand = CompoundDemand(0.004, 0.004, ((1, 1.0),), 1.0, 2.0)
    assert demand.level(0.95, 5, ONE_DAY) == 1


def test_quantities_keep_their_lattice() -> None:
    shares, cell = lattice([10, 20, 10, 50], 1.0)
    assert cell == 10
    assert shares == ((1, 0.5), (2, 0.25), (5, 0.25))


def test_fine_lattices_are_made_coarser_upwards() -> None:
    shares, cell = lattice([101, 99, 100, 103], 1.0)
    assert cell == 7  # average 100.75 in at most 16 cells
    assert all(k * cell >= 99 for k, _share in shares)


def test_parts_of_a_unit_are_counted_in_steps() -> None:
    assert lattice([0.5, 1.5], 0.5) == (((1, 0.5), (3, 0.5)), 0.5)


@pytest.mark.parametrize(("mean", "spread"), [(-1, 0), (1, -1), (math.nan, 0)])
def test_a_lead_time_is_not_negative(mean: float, spread: float) -> None:
    with pytest.raises(ValueError, match="not negative"):
        LeadTime(mean, spread)


def test_the_mixture_has_the_mean_and_spread_of_the_lead_time() -> None:
    points = LeadTime(6, 2).mixture(5)
    mean = sum(span * weight for span, weight in points)
    variance = sum((span - mean) ** 2 * weight for span, weight in points)
    assert sum(weight for _span, weight in points) == pytest.approx(1)
    assert (mean, variance) == pytest.approx((11, 4))


sizes = st.lists(st.integers(1, 40), min_size=1, max_size=12)


@st.composite
def demands(draw: st.DrawFn) -> Demand:
    family = draw(st.sampled_from([NormalDemand, GammaDemand, CompoundDemand]))
    evidence = draw(st.floats(1, 50))
    if family is CompoundDemand:
        taken = draw(sizes)
        shares, cell = lattice([float(size) for size in taken], 1.0)
        frequency = draw(st.floats(0.001, 0.5))
        rate = frequency * sum(taken) / len(taken)
        return CompoundDemand(rate, frequency, shares, cell, evidence)
    return family(draw(st.floats(0.01, 50)), draw(st.floats(0.01, 500)), 5 * evidence)


services = st.floats(0.5, 0.999)
leads = st.integers(0, 40).map(lambda halves: halves / 2)


@given(demands(), services, services, leads, leads, st.floats(0, 4), st.floats(0.5, 20))
def test_more_service_or_longer_lead_never_needs_less(
    demand: Demand,
    service: float,
    other: float,
    lead: float,
    longer: float,
    spread: float,
    review: float,
) -> None:
    low, high = sorted((service, other))
    short, long = sorted((lead, longer))
    least = demand.level(low, review, LeadTime(short, spread))
    # the bisection ends within a millionth, or within 1e-12 where next to nothing is
    # enough
    more = demand.level(high, review, LeadTime(short, spread))
    assert least <= more * (1 + 1e-5) + 2e-12
    more = demand.level(low, review, LeadTime(long, spread))
    assert least <= more * (1 + 1e-5) + 2e-12


@given(demands(), services, leads, st.floats(0, 4), st.floats(0.5, 20))
def test_the_level_gives_the_service_it_was_asked_for(
    demand: Demand, service: float, lead: float, spread: float, review: float
) -> None:
    time = LeadTime(lead, spread)
    level = demand.level(service, review, time)
    assert demand.chance(level, review, time) >= service - 1e-4
    if isinstance(demand, CompoundDemand):
        assert demand.chance(level - demand.cell, review, time) < service


def test_use_so_erratic_that_nothing_is_nearly_always_enough_comes_to_an_end() -> None:
    demand = GammaDemand(0.01, 500.0, 5.0)
    assert demand.level(0.5, 0.5, LeadTime(0.0)) < 1e-9

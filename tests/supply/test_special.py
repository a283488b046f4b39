"""The incomplete gamma function against closed forms and its own approximation."""

import math
from statistics import NormalDist

import pytest
from tools.supply.par.special import gamma_p


@pytest.mark.parametrize("x", [0.1, 1.0, 2.5, 10.0])
def test_shape_one_is_the_exponential(x: float) -> None:
    assert gamma_p(1.0, x) == pytest.approx(1 - math.exp(-x), abs=1e-12)


@pytest.mark.parametrize("x", [0.2, 1.0, 4.0])
def test_shape_one_half_is_the_error_function(x: float) -> None:
    assert gamma_p(0.5, x) == pytest.approx(math.erf(math.sqrt(x)), abs=1e-12)


@pytest.mark.parametrize("z", [-4.0, -1.0, 0.0, 1.0, 4.0])
def test_both_ways_agree_where_they_meet(z: float) -> None:
    below, above = 9_999.0, 10_001.0
    exact = gamma_p(below, below + z * math.sqrt(below))
    assert gamma_p(above, above + z * math.sqrt(above)) == pytest.approx(
        exact, abs=1e-5
    )


def test_a_huge_shape_is_nearly_normal() -> None:
    a = 1e8
    level = a + NormalDist().inv_cdf(0.95) * math.sqrt(a)
    assert gamma_p(a, level) == pytest.approx(0.95, abs=1e-4)
    assert gamma_p(a, 0.0) == 0.0

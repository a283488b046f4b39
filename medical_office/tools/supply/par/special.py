"""The incomplete gamma function, which the standard library does not have."""

import math
from statistics import NormalDist

_TINY = 1e-300
_EXACT = 1e-12
_TERMS = 10_000
_LARGE = 10_000.0  # from here on series and fraction need more and more terms
_STANDARD = NormalDist()


def gamma_p(a: float, x: float) -> float:
    """Regularized lower incomplete gamma function P(a, x) for a > 0, x >= 0.

    The chance that a Gamma variable of shape ``a`` and scale 1 is at most ``x``. Series
    below a + 1, continued fraction above (Abramowitz and Stegun 6.5.29, 6.5.31); for
    large ``a`` the cube root is as good as normal (Wilson and Hilferty, PNAS 17, 1931).
    """
    if x <= 0:
        return 0.0
    if a > _LARGE:
        return _STANDARD.cdf(3 * math.sqrt(a) * ((x / a) ** (1 / 3) - 1 + 1 / (9 * a)))
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        return min(front * _series(a, x), 1.0)
    return max(1.0 - front * _fraction(a, x), 0.0)


def _series(a: float, x: float) -> float:
    term = total = 1 / a
    for n in range(1, _TERMS):
        term *= x / (a + n)
        total += term
        if term < total * _EXACT:
            break
    return total


def _fraction(a: float, x: float) -> float:
    """Lentz's evaluation of the continued fraction."""
    b = x + 1 - a
    c = 1 / _TINY
    d = 1 / b
    value = d
    for n in range(1, _TERMS):
        numerator = -n * (n - a)
        b += 2
        d = 1 / (numerator * d + b or _TINY)
        c = b + numerator / c or _TINY
        change = d * c
        value *= change
        if abs(change - 1) < _EXACT:
            break
    return value

"""Forecasts against sums done by hand."""

import pytest
from tools.supply.par.forecast import (
    croston,
    sba_rate,
    season_level,
    smooth,
    steady_level,
    tsb_rate,
)


def test_smoothing_by_hand() -> None:
    # level 10; 14: error 4, level 12; 8: error -4, level 10; mean square (16 + 16) / 2
    assert smooth([14, 8], 0.5, 10) == (10, 16)


def test_croston_by_hand() -> None:
    """0 0 10 0 0 20 0 0 0 15 with weight 0.1, starting at 10 every 3 days.

    Sizes 10, 10 + 0.1 * 10 = 11, 11 + 0.1 * 4 = 11.4;
    intervals 3, 3, 3 + 0.1 * (4 - 3) = 3.1.
    """
    size, interval = croston([(2, 10), (5, 20), (9, 15)], 0.1, 10, 3)
    assert (size, interval) == pytest.approx((11.4, 3.1))
    # Syntetos-Boylan: 0.95 * 11.4 / 3.1 = 10.83 / 3.1
    assert sba_rate(size, interval, 0.1) == pytest.approx(3.493548, abs=1e-6)


def test_tsb_by_hand() -> None:
    """Used 2 on the first of four days: the chance rises to 0.5 + 0.5 * 0.5 = 0.75,
    then halves three times to 0.09375; times 2 is 0.1875."""
    assert tsb_rate([(0, 2)], 4, 0.1, 0.5, 2, 0.5) == pytest.approx(0.1875)


def test_tsb_fades_while_nothing_is_used() -> None:
    rates = [tsb_rate([(0, 2), (5, 2)], d, 0.1, 0.02, 2, 0.2) for d in (6, 50, 250)]
    assert rates[0] > rates[1] > rates[2] > 0


def test_a_short_history_is_a_plain_average() -> None:
    level = steady_level([8, 12, 8, 12])
    # sample variance: 4 * 4 / 3
    assert (level.mean, level.evidence, level.alpha) == (10, 4, None)
    assert level.deviation**2 == pytest.approx(16 / 3)


def test_a_steady_history_is_smoothed_calmly() -> None:
    level = steady_level([8, 12] * 20)
    assert level.alpha == 0.1
    assert level.evidence == pytest.approx(19)  # (2 - 0.1) / 0.1
    assert level.mean == pytest.approx(10, abs=0.5)


def test_a_step_is_followed_faster() -> None:
    level = steady_level([10] * 20 + [30] * 20)
    assert level.alpha == 0.3
    assert level.mean == pytest.approx(30, abs=0.1)


def test_the_coming_weeks_are_those_of_the_past_years() -> None:
    """Use is 1 a week, 5 in weeks 10 to 20 of the year; it is week 9 of year three."""
    year = [5.0 if 10 <= week <= 20 else 1.0 for week in range(50)]
    weeks = [*year, *year, *year[:9]]
    level = season_level(weeks, 50)
    assert level.mean == pytest.approx(5)
    assert level.deviation == pytest.approx(0)


def test_out_of_season_nothing_is_expected() -> None:
    year = [5.0 if 10 <= week <= 20 else 0.0 for week in range(50)]
    assert season_level([*year, *year, *year[:30]], 50).mean == 0


def test_growth_carries_the_season_up() -> None:
    year = [5.0 if 10 <= week <= 20 else 1.0 for week in range(50)]
    grown = [1.5 * use for use in year]
    level = season_level([*year, *grown, *(1.5 * use for use in grown[:9])], 50)
    assert level.mean == pytest.approx(5 * 1.5**2, rel=0.15)

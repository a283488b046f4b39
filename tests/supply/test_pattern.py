"""Kinds of demand against the cut-offs of Syntetos, Boylan and Croston (2005)."""

import math
import random

import pytest
from tools.supply.par.pattern import classify, is_seasonal

YEAR = 50


@pytest.mark.parametrize(
    ("weeks", "kind", "adi", "cv2"),
    [
        # sizes 4, 6, 5, 5: mean 5, population variance 0.5, CV2 0.02
        ([4, 6, 5, 5], "smooth", 1.0, 0.02),
        # 1, 9: mean 5, variance 16, CV2 0.64
        ([1, 9], "erratic", 1.0, 0.64),
        ([5, 0, 5], "intermittent", 1.5, 0.0),
        ([1, 0, 9], "lumpy", 1.5, 0.64),
        # the cut itself: ADI 4/3 = 1.333 is above 1.32, 5/4 below
        ([5, 5, 5, 0], "intermittent", 4 / 3, 0.0),
        ([5, 5, 5, 5, 0], "smooth", 1.25, 0.0),
        # CV2 of 3, 17: mean 10, variance 49: 0.49 is not below 0.49
        ([3, 17], "erratic", 1.0, 0.49),
    ],
)
def test_the_four_kinds(weeks: list[float], kind: str, adi: float, cv2: float) -> None:
    found = classify(weeks)
    assert found.kind == kind
    assert (found.adi, found.cv2) == pytest.approx((adi, cv2))


def test_no_demand_has_no_pattern() -> None:
    with pytest.raises(ValueError, match="no demand"):
        classify([0, 0])


def season(week: int) -> float:
    return 10 + 6 * math.sin(2 * math.pi * week / YEAR)


def noise(seed: str) -> list[float]:
    rng = random.Random(seed)
    return [rng.uniform(5, 15) for _week in range(2 * YEAR)]


def test_the_same_season_twice_is_a_season() -> None:
    assert is_seasonal([season(week) for week in range(2 * YEAR)], YEAR)


def test_a_season_on_a_rising_use_is_a_season() -> None:
    weeks = [season(week) + 0.1 * week for week in range(2 * YEAR)]
    assert is_seasonal(weeks, YEAR)


@pytest.mark.parametrize(
    "weeks",
    [
        [season(week) for week in range(YEAR)],  # one year proves nothing
        [10.0] * 2 * YEAR,
        [float(week) for week in range(2 * YEAR)],  # growth is no season
        [season(week if week < YEAR else week + YEAR // 2) for week in range(2 * YEAR)],
        [0.0] * 2 * YEAR,
    ],
)
def test_what_is_no_season(weeks: list[float]) -> None:
    assert not is_seasonal(weeks, YEAR)


def test_noise_is_rarely_taken_for_a_season() -> None:
    assert sum(is_seasonal(noise(f"noise {n}"), YEAR) for n in range(200)) <= 4

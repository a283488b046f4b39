"""Continuing education: hours of a cycle against what a rule asks, by category."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ...money import ZERO
from ..clock.days import keep_until


@dataclass(frozen=True, slots=True)
class Course:
    """Hours of one course, on the day it ended."""

    day: date
    hours: Decimal
    category: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What a cycle has: hours in all, and hours missing in each category.

    ``missing`` counts hours in all; a category that lacks hours is in ``lacking``.
    """

    first: date
    last: date
    earned: Decimal
    asked: Decimal
    lacking: Mapping[int, Decimal]

    @property
    def missing(self) -> Decimal:
        """Hours in all that are still to come."""
        return max(self.asked - self.earned, ZERO)

    @property
    def is_done(self) -> bool:
        """Whether the hours in all and those of each category are there."""
        return not self.missing and not self.lacking


def cycle(last: date, months: int) -> tuple[date, date]:
    """First and last day of the cycle that ends with a term.

    >>> cycle(date(2027, 2, 28), 24)
    (datetime.date(2025, 3, 1), datetime.date(2027, 2, 28))
    """
    return keep_until(last + timedelta(days=1), -months), last


def progress(
    courses: Sequence[Course],
    last: date,
    months: int,
    asked: Decimal,
    categories: Mapping[int, Decimal],
) -> Progress:
    """How far a person is in the cycle that ends on ``last``.

    :param courses: of one person, of any time
    :param months: length of the cycle
    :param asked: hours in all
    :param categories: {category: hours at least}; they count to the hours in all
    """
    first, last = cycle(last, months)
    within = [one for one in courses if first <= one.day <= last]
    lacking = {}
    for category, hours in categories.items():
        there = sum((one.hours for one in within if one.category == category), ZERO)
        if there < hours:
            lacking[category] = hours - there
    earned = sum((one.hours for one in within), ZERO)
    return Progress(first, last, earned, asked, lacking)

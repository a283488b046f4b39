"""What an answer on a checklist line is worth: passed, failed, or not acceptable.

A number outside the limits of its item is a finding and fails by itself; a number
outside the hard limits cannot be what the gauge showed (a refrigerator at 410 degrees)
and is refused, so that a typing error never becomes a record.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Literal

Result = Literal["pass", "fail"]
Problem = Literal["no_number", "not_number", "outside_hard"]

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")


@dataclass(frozen=True)
class Limits:
    """The range that passes and, around it, the range that is possible at all.

    None is no bound on that side.
    """

    minimum: float | None = None
    maximum: float | None = None
    hard_minimum: float | None = None
    hard_maximum: float | None = None

    def ordered(self) -> bool:
        """Whether minima lie below maxima and the limits inside the hard limits."""
        bounds = (self.hard_minimum, self.minimum, self.maximum, self.hard_maximum)
        chain = [bound for bound in bounds if bound is not None]
        return all(one <= other for one, other in pairwise(chain))

    def passes(self, value: float) -> bool:
        """Whether ``value`` lies inside the limits; a limit itself passes."""
        return _inside(value, self.minimum, self.maximum)

    def possible(self, value: float) -> bool:
        """Whether ``value`` lies inside the hard limits, the bounds included."""
        return _inside(value, self.hard_minimum, self.hard_maximum)


@dataclass(frozen=True)
class Reading:
    """A number that was read: its value and result, or the problem with it."""

    value: float | None
    result: Result | None
    problem: Problem | None = None


def read_number(raw: object, limits: Limits) -> Reading:
    """Judge what was entered where a number is due.

    ``raw`` is a number or its text with a decimal point. Refused: nothing, a text, a
    comma (1,5 and 1,500 look alike), true/false, NaN and infinity, and a value outside
    the hard limits.
    """
    if raw is None or raw is False or raw == "":
        return Reading(None, None, "no_number")
    value = _to_float(raw)
    if value is None:
        return Reading(None, None, "not_number")
    if not limits.possible(value):
        return Reading(value, None, "outside_hard")
    return Reading(value, "pass" if limits.passes(value) else "fail")


def meant_in_other_unit(value: float, uom: str, limits: Limits) -> float | None:
    """A temperature outside its limits that would be inside, had it been read in the
    other unit: 4.5 typed where degrees Fahrenheit are asked for.

    :param uom: "°F" or "°C"; any other unit has no other one
    :return: what was meant then, in ``uom``; None if nothing speaks for that
    """
    if limits.passes(value) or uom not in ("°F", "°C"):
        return None
    meant = value * 9 / 5 + 32 if uom == "°F" else (value - 32) * 5 / 9
    return meant if limits.passes(meant) else None


def _to_float(raw: object) -> float | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, (int, float, Decimal)):
        value = float(raw)
        return value if math.isfinite(value) else None
    if isinstance(raw, str) and _NUMBER.fullmatch(raw.strip()):
        return float(raw.strip())
    return None


def _inside(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)

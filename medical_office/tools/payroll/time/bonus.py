"""Overtime on a bonus that was earned over several workweeks (29 CFR 778.209)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from ...money import ZERO, to_cents
from ..law.working import Step, Worked
from .overtime import HALF

SOURCE = "29 CFR 778.209"


class Basis(Enum):
    """How a bonus is laid back over the weeks in which it was earned."""

    EQUAL = "equal"  # the same amount for each week
    HOURS = "hours"  # the same amount for each hour worked


@dataclass(frozen=True, slots=True)
class Week:
    """One workweek of the bonus period."""

    name: str
    hours: Decimal
    overtime_hours: Decimal


def overtime_on_bonus(
    bonus: Decimal, weeks: Sequence[Week], basis: Basis = Basis.EQUAL
) -> Worked:
    """Additional overtime pay owed because of a nondiscretionary ``bonus``.

    Each week's part of the bonus, divided by its hours, raises the regular rate of that
    week; half the rise is owed for each of its overtime hours. A bonus that is a
    percentage of total earnings, overtime included, needs none of this (778.210).

    :param bonus: dollars
    :return: dollars to the cent, one step per week with overtime
    :raises ValueError: no hours were worked in the bonus period
    """
    total = sum((week.hours for week in weeks), ZERO)
    if not total:
        raise ValueError("A bonus cannot be laid over weeks in which nobody worked.")
    worked = [week for week in weeks if week.hours]
    due = ZERO
    steps = [Step("Bonus to lay back over the weeks", bonus, SOURCE)]
    for week in worked:
        share = week.hours / total if basis is Basis.HOURS else 1 / Decimal(len(worked))
        rise = bonus * share / week.hours
        extra = rise * HALF * week.overtime_hours
        due += extra
        if week.overtime_hours:
            label = f"{week.name}: half of {rise:.4f} an hour x {week.overtime_hours} h"
            steps.append(Step(label, to_cents(extra), SOURCE))
    steps.append(Step("Overtime due on the bonus", to_cents(due), SOURCE))
    return Worked(to_cents(due), tuple(steps))

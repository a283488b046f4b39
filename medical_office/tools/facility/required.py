"""Whether what is required is planned often enough."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

# how many times a year one round of each frequency comes, closed days left aside
_PER_YEAR: Mapping[str, int] = {
    "once": 0,
    "daily": 365,
    "weekly": 52,
    "monthly": 12,
    "quarterly": 4,
    "yearly": 1,
}

Target = tuple[str, int]  # model and id


@dataclass(frozen=True, slots=True)
class Need:
    """A rule asks for a checklist at a target so many times a year."""

    rule: int
    target: Target
    checklist: int
    per_year: Fraction


def per_year(frequency: str, every: int, times: int, weekdays: int = 1) -> Fraction:
    """How often a check comes in a year.

    :param every: 2 is every second day, week, month, quarter or year
    :param times: how many times on its day
    :param weekdays: on how many days of a week, for weekly checks
    :raises KeyError: an unknown frequency
    """
    days = weekdays if frequency == "weekly" else 1
    return Fraction(_PER_YEAR[frequency] * times * days, max(every, 1))


def missing(
    needs: Iterable[Need], planned: Mapping[tuple[Target, int], Fraction]
) -> dict[int, list[Target]]:
    """Rule -> the targets for which its checklist is planned too rarely or not at all.

    :param planned: (target, checklist) -> times a year
    """
    found: dict[int, list[Target]] = {}
    for need in needs:
        if planned.get((need.target, need.checklist), Fraction()) < need.per_year:
            found.setdefault(need.rule, []).append(need.target)
    return found

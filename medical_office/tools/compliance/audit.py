"""What an audit comes to: scores by section, their trend, risk, and when things are due.

Pure calculation: results come in as plain rows, days as arguments.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ..core.score import Answer, score

RESULTS = ("pass", "fail", "na", "open")
LOWEST, HIGHEST = 1, 5
# days until a finding is to be corrected, by the severity of its item; a practice's own
# rule and no law's
DAYS_TO_CORRECT = {"critical": 14, "high": 30, "medium": 60, "low": 90}
# days after the last action until somebody looks whether it worked
DAYS_TO_LOOK_AGAIN = 30
# severity of the item -> impact proposed to whoever rates the finding
IMPACT = {"critical": 5, "high": 4, "medium": 3, "low": 2}


class Judged(NamedTuple):
    """An item as it was answered.

    :param section: heading of its library; empty for items without one
    :param weight: how much it counts, 0 or more
    :param result: open, pass, fail or na
    """

    section: str
    weight: float
    result: str


class SectionScore(NamedTuple):
    """What a section comes to.

    :param score: percent of the weight that passed, or None where nothing counted
    :param counts: {result: number of items}
    """

    section: str
    score: float | None
    counts: dict[str, int]


def section_scores(items: Iterable[Judged]) -> list[SectionScore]:
    """Scores of the sections, in the order in which they first appear.

    What is open or not applicable does not count (``tools.core.score``).

    :raises ValueError: a result that is none
    """
    sections: dict[str, list[Judged]] = {}
    for item in items:
        if item.result not in RESULTS:
            raise ValueError(f"{item.result!r} is not a result of an item")
        sections.setdefault(item.section, []).append(item)
    return [
        SectionScore(
            section,
            score(Answer(item.weight, item.result) for item in found),
            {
                result: sum(item.result == result for item in found)
                for result in RESULTS
            },
        )
        for section, found in sections.items()
    ]


class Point(NamedTuple):
    """A signed audit in a trend: its day, its score and the step from the one before."""

    day: date
    score: float | None
    change: float | None


def trend(scores: Iterable[tuple[date, float | None]]) -> list[Point]:
    """Audits of one library in order of their days, each with its step from the last
    one that had a score.

    :param scores: (day, percent or None) in any order
    """
    points: list[Point] = []
    last: float | None = None
    for day, percent in sorted(scores, key=lambda pair: pair[0]):
        step = None
        if percent is not None:
            step = None if last is None else round(percent - last, 1)
            last = percent
        points.append(Point(day, percent, step))
    return points


def risk(likelihood: int, impact: int) -> int:
    """Likelihood times impact, 1 to 25.

    :raises ValueError: one of them is not between 1 and 5
    """
    for number in (likelihood, impact):
        if not LOWEST <= number <= HIGHEST:
            raise ValueError(f"{number} is not between {LOWEST} and {HIGHEST}")
    return likelihood * impact


def risk_level(points: int) -> str:
    """low (to 4), medium (to 9), high (to 15) or critical, of ``risk``.

    The bounds are this program's; NIST SP 800-30 asks for a scale and leaves it to the
    organization.
    """
    for level, most in (("low", 4), ("medium", 9), ("high", 15)):
        if points <= most:
            return level
    return "critical"


def due_day(found: date, severity: str) -> date:
    """Until when a finding is corrected, if nobody decides otherwise.

    :raises KeyError: no such severity
    """
    return found + timedelta(days=DAYS_TO_CORRECT[severity])


def look_again_day(done: Sequence[date], days: int = DAYS_TO_LOOK_AGAIN) -> date | None:
    """The first day on which it can be judged whether the actions worked.

    :param done: the days on which the actions were finished
    :param days: how long they have to stand, 0 or more
    :return: None while nothing is finished
    """
    return max(done) + timedelta(days=days) if done else None


def named(count: int, names: Sequence[str], most: int = 20) -> str:
    """Gaps in words for the evidence: each on a line, the rest as a number.

    :param count: how many there are, of which ``names`` may hold fewer
    """
    lines = list(names[:most])
    if count > len(lines):
        lines.append(f"… {count - len(lines)}")
    return "\n".join(lines)

"""Repair or replace: what an asset's last twelve months say about keeping it.

The rule of thumb of hospital equipment planning weighs three things: what repairs cost
against a new one, how long it stood still, and how much of its expected life is gone. The
weights are set here, in one place, and each reason is given in words for the reader.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Verdict = Literal["replace", "consider", "keep"]

# Repairs of a year beyond this share of the price of a new one: replace. Half the price is
# the customary limit of economic repair; a quarter is the warning.
COST_LIMIT = Decimal("0.50")
COST_WARNING = Decimal("0.25")
# Hours out of service in a year: ten and three working days of eight hours
DOWN_LIMIT = Decimal(80)
DOWN_WARNING = Decimal(24)
# Share of the expected life that is gone
AGE_LIMIT = Decimal("1.00")
AGE_WARNING = Decimal("0.80")
FAILURES_WARNING = 3
SCORE_REPLACE = 4
SCORE_CONSIDER = 2


@dataclass(frozen=True, slots=True)
class Record:
    """One asset's last twelve months.

    ``cost`` and ``value`` in the same currency; ``down_hours`` out of service;
    ``age_years`` and ``life_years`` (0: not known).
    """

    cost: Decimal
    value: Decimal
    down_hours: Decimal
    age_years: Decimal
    life_years: int
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Advice:
    """The verdict, its points (0 and up) and the reasons as (code, figure).

    ``cost_share`` is cost over value; None where no replacement value is known.
    """

    verdict: Verdict
    score: int
    cost_share: Decimal | None
    reasons: tuple[tuple[str, Decimal], ...]


def advise(record: Record) -> Advice:
    """What to do with an asset.

    Two points for a limit that is passed, one for a warning; four points or repairs
    beyond half the price of a new one: replace; two or three: consider it.

    >>> old = Record(Decimal(900), Decimal(1500), Decimal(100), Decimal(11), 10, 4)
    >>> advise(old).verdict
    'replace'
    >>> advise(Record(Decimal(0), Decimal(1500), Decimal(0), Decimal(1), 10)).verdict
    'keep'
    """
    share = record.cost / record.value if record.value > 0 else None
    age = record.age_years / record.life_years if record.life_years > 0 else None
    measured = (
        ("cost", share, COST_WARNING, COST_LIMIT),
        ("down", record.down_hours, DOWN_WARNING, DOWN_LIMIT),
        ("age", age, AGE_WARNING, AGE_LIMIT),
    )
    score, reasons = 0, []
    for code, figure, warning, limit in measured:
        if figure is None or figure < warning:
            continue
        score += 2 if figure >= limit else 1
        reasons.append((code, figure))
    if record.failures >= FAILURES_WARNING:
        score += 1
        reasons.append(("failures", Decimal(record.failures)))
    beyond = share is not None and share >= COST_LIMIT
    verdict: Verdict = "keep"
    if beyond or score >= SCORE_REPLACE:
        verdict = "replace"
    elif score >= SCORE_CONSIDER:
        verdict = "consider"
    return Advice(verdict, score, share, tuple(reasons))


def ranked(records: Mapping[int, Record]) -> Sequence[tuple[int, Advice]]:
    """All that are not to be kept, worst first: by points, then by cost."""
    advised = [(key, advise(record)) for key, record in records.items()]
    chosen = [pair for pair in advised if pair[1].verdict != "keep"]
    return sorted(
        chosen, key=lambda pair: (-pair[1].score, -records[pair[0]].cost, pair[0])
    )

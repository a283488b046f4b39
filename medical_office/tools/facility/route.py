"""Which rule of responsibility fits a piece of work best."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule; 0, "" and False mean "any". The lower ``sequence`` wins between equals."""

    key: int
    sequence: int
    kind: int = 0
    family: str = ""
    site: int = 0
    electrical: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: on which kind of asset, at which site, on a connection?"""

    kind: int
    family: str
    site: int
    electrical: bool


def best(rules: Iterable[Rule], work: Work) -> Rule | None:
    """The most special rule that fits, or None.

    A rule for electrical connections beats one for a kind, a kind its family, and a rule
    that names the site one that does not.
    """
    fitting = [rule for rule in rules if _fits(rule, work)]
    return min(fitting, key=_rank, default=None)


def _rank(rule: Rule) -> tuple[int, int, int]:
    return -_weight(rule), rule.sequence, rule.key


def _fits(rule: Rule, work: Work) -> bool:
    return (
        rule.kind in (0, work.kind)
        and rule.family in ("", work.family)
        and rule.site in (0, work.site)
        and (work.electrical or not rule.electrical)
    )


def _weight(rule: Rule) -> int:
    return (
        8 * rule.electrical
        + 4 * bool(rule.kind)
        + 2 * bool(rule.family)
        + bool(rule.site)
    )

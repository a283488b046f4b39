"""Breach of unsecured health information: outcome of the assessment, and who is told when.

45 CFR 164.402(2) has four factors; 164.404-408 and the laws of some states have clocks,
which are rows of ``tables/breach_rules.csv``. A state without a row is *not known here*:
it is shown as such, never as free of duties.
"""

import csv
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..people.clock.days import working_days_after

TABLE = Path(__file__).parent / "tables" / "breach_rules.csv"
FACTORS = ("nature", "who", "acquired", "mitigated")  # 45 CFR 164.402(2)(i)-(iv)


class Rule(NamedTuple):
    """Who is told within how many days, from how many people on."""

    code: str
    state: str
    told: str
    days: int
    unit: str
    starts: str
    at_least: int
    below: int | None
    counts: str
    citation: str
    date_from: date
    is_checked: bool
    note: str


class Notice(NamedTuple):
    """A notice that is owed.

    :ivar due: None where it waits for another notice, or the law is not known here
    :ivar waits_for: the code of that other notice, or ""
    """

    code: str
    state: str
    told: str
    due: date | None
    citation: str
    is_checked: bool
    note: str
    waits_for: str
    is_known: bool


@cache
def rules() -> tuple[Rule, ...]:
    """The rules, federal first."""
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Rule(
                row["code"],
                row["state"],
                row["told"],
                int(row["days"]),
                row["unit"],
                row["starts"],
                int(row["at_least"]),
                int(row["below"]) if row["below"] else None,
                row["counts"],
                row["citation"],
                date.fromisoformat(row["date_from"]),
                row["checked"] == "yes",
                row["note"],
            )
            for row in csv.DictReader(handle)
        )


def outcome(factors: Mapping[str, str]) -> str:
    """What four rated factors say: ``breach``, ``low`` or "" while one is not rated.

    A breach is presumed; low probability takes all four factors low (164.402(2)).

    :param factors: {factor: "low" or "high"}
    """
    rated = [factors.get(name) or "" for name in FACTORS]
    if "high" in rated:
        return "breach"
    return "low" if all(rated) else ""


def notices(
    discovered: date,
    by_state: Mapping[str, int],
    done: Mapping[str, date],
    closed: Collection[date] = (),
) -> list[Notice]:
    """The notices that are owed for a breach.

    :param discovered: the first day it was known, or would have been with diligence
    :param by_state: {two letters of a state, "" where it is not known: people}
    :param done: {code of a notice: day}; some clocks start with another notice
    :param closed: days that are no business days

    >>> [n.due for n in notices(date(2026, 1, 31), {"WI": 500}, {}) if not n.state]
    [datetime.date(2026, 4, 1), datetime.date(2026, 4, 1)]
    """
    total = sum(by_state.values())
    found = []
    for rule in rules():
        if rule.date_from > discovered:
            continue
        if rule.counts == "all":
            places = [("", total)]
        else:
            places = [
                (state, people)
                for state, people in sorted(by_state.items())
                if state and rule.state in ("", state)
            ]
        found += [
            _notice(rule, state, discovered, done, closed)
            for state, people in places
            if people >= rule.at_least and (rule.below is None or people < rule.below)
        ]
    known = {rule.state for rule in rules() if rule.date_from <= discovered}
    found += [
        Notice("unknown", state, "", None, "", False, "", "", False)
        for state, people in sorted(by_state.items())
        if people and state not in known - {""}
    ]
    return found


def _notice(
    rule: Rule,
    state: str,
    discovered: date,
    done: Mapping[str, date],
    closed: Collection[date],
) -> Notice:
    start: date | None = discovered
    waits_for = ""
    if rule.starts == "year_end":
        start = date(discovered.year, 12, 31)
    elif rule.starts == "hhs":
        start = done.get("hhs") or done.get("hhs_year")
        waits_for = "" if start else "hhs"
    elif rule.starts != "discovered":
        start = done.get(rule.starts)
        waits_for = "" if start else rule.starts
    due = None
    if start and rule.unit == "business":
        due = working_days_after(start, rule.days, closed)
    elif start:
        due = start + timedelta(days=rule.days)
    return Notice(
        rule.code,
        state,
        rule.told,
        due,
        rule.citation,
        rule.is_checked,
        rule.note,
        waits_for,
        True,
    )

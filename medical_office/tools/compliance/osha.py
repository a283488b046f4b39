"""OSHA recordkeeping (29 CFR 1904): what is recorded, as what, and how days are counted.

The questions, clocks and exempt industries are rows of ``tables/osha_*.csv``, each with its
citation, the day from which it holds and whether somebody read the rule.
"""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLES = Path(__file__).parent / "tables"
DAY_CAP = 180  # 1904.7(b)(3)(vii): days away and restricted together
SMALL = 10  # 1904.1(a)(1): employees at the peak of last year
SMALL_CITATION = "29 CFR 1904.1(a)(1)"
ENTER_DAYS = 7  # 1904.29(b)(3)
# from the graver to the lesser: a case is counted once, in the first that applies
OUTCOMES = ("death", "away", "restricted", "other")


class Question(NamedTuple):
    """``part``: gate (all yes), bar (one yes ends it), class or criterion (one suffices)."""

    code: str
    part: str
    text: str
    citation: str
    date_from: date
    is_checked: bool


class Clock(NamedTuple):
    """A severe event to be reported by phone or form, in hours."""

    code: str
    event: str
    hours: int
    within_hours: int
    citation: str
    date_from: date
    is_checked: bool
    note: str


class Exempt(NamedTuple):
    """An industry that need not keep the log."""

    naics: str
    industry: str
    citation: str
    date_from: date
    is_checked: bool
    source: str


class Verdict(NamedTuple):
    """What the answers say.

    :ivar is_recordable: None while an open answer could change it
    :ivar outcome: of :data:`OUTCOMES`, "" where it is not recordable or not known yet
    :ivar reasons: codes of the answers that decided
    :ivar open: codes of the questions that have to be answered
    """

    is_recordable: bool | None
    outcome: str
    reasons: tuple[str, ...]
    open: tuple[str, ...]


class Days(NamedTuple):
    """Calendar days of a case, as they stand in columns K and L."""

    away: int
    restricted: int
    is_capped: bool


@cache
def questions() -> tuple[Question, ...]:
    """The questions in the order in which they are asked."""
    return tuple(
        Question(
            row["code"], row["part"], row["question"], row["citation"],
            date.fromisoformat(row["date_from"]), row["checked"] == "yes",
        )
        for row in _rows("osha_questions.csv")
    )  # fmt: skip


@cache
def clocks() -> dict[str, Clock]:
    """{code: clock} of the events that OSHA is told of within hours."""
    return {
        row["code"]: Clock(
            row["code"], row["event"], int(row["hours"]), int(row["within_hours"]),
            row["citation"], date.fromisoformat(row["date_from"]),
            row["checked"] == "yes", row["note"],
        )
        for row in _rows("osha_severe.csv")
    }  # fmt: skip


@cache
def exempt_industries() -> tuple[Exempt, ...]:
    """The health industries of Appendix A to Subpart B."""
    return tuple(
        Exempt(
            row["naics"], row["industry"], row["citation"],
            date.fromisoformat(row["date_from"]), row["checked"] == "yes",
            row["source"],
        )
        for row in _rows("osha_exempt.csv")
    )  # fmt: skip


def recordability(answers: Mapping[str, bool | None]) -> Verdict:
    """Whether a case goes on the log, and in which column (29 CFR 1904.4, 1904.7).

    :param answers: {code of a question: yes, no, or None where it is open}; what is not
        there is open

    >>> recordability({"related": False}).is_recordable
    False
    """
    by_part: dict[str, list[str]] = {}
    for question in questions():
        by_part.setdefault(question.part, []).append(question.code)
    stops = [code for code in by_part["gate"] if answers.get(code) is False]
    stops += [code for code in by_part["bar"] if answers.get(code)]
    if stops:
        return Verdict(False, "", tuple(stops), ())
    first = [*by_part["gate"], *by_part["bar"]]
    criteria = [*by_part["class"], *by_part["criterion"]]
    met = [code for code in criteria if answers.get(code)]
    unknown = [code for code in first if answers.get(code) is None]
    if met:
        # which column: the graver ones have to be ruled out
        for outcome in by_part["class"]:
            if answers.get(outcome):
                break
            if answers.get(outcome) is None:
                unknown.append(outcome)
        outcome = next((code for code in OUTCOMES if code in met), "other")
        if unknown:
            return Verdict(None, "", tuple(met), _in_order(unknown))
        return Verdict(True, outcome, tuple(met), ())
    unknown += [code for code in criteria if answers.get(code) is None]
    if unknown:
        return Verdict(None, "", (), _in_order(unknown))
    return Verdict(False, "", ("none",), ())


def days_counted(
    happened: date, spans: Iterable[tuple[str, date, date | None]], until: date
) -> Days:
    """Calendar days away and restricted (29 CFR 1904.7(b)(3), (b)(4)(xi)).

    The day it happened does not count, weekends and holidays do. A day away and
    restricted at once is a day away. Counting ends at 180 together.

    :param spans: ("away" or "restricted", first day, last day or None: goes on)
    :param until: the last day that is counted of what goes on

    >>> days_counted(date(2026, 3, 2), [("away", date(2026, 3, 2), date(2026, 3, 4))],
    ...              date(2026, 12, 31))
    Days(away=2, restricted=0, is_capped=False)
    """
    kinds: dict[date, str] = {}
    for kind, first, last in spans:
        day = max(first, happened + timedelta(days=1))
        end = min(last or until, until)
        while day <= end and (day - happened).days <= 100 * 366:
            if kind == "away" or day not in kinds:
                kinds[day] = kind
            day += timedelta(days=1)
    counted = sorted(kinds)[:DAY_CAP]
    away = sum(kinds[day] == "away" for day in counted)
    return Days(away, len(counted) - away, len(kinds) > DAY_CAP)


def severe_due(code: str, learned: datetime) -> datetime:
    """Until when OSHA has to be told: hours that pass, whatever the clocks do.

    :param learned: when somebody of the practice learned of it, naive UTC
    :return: naive UTC
    :raises KeyError: no such event
    """
    return learned + timedelta(hours=clocks()[code].hours)


def must_be_told(code: str, happened: datetime, event: datetime) -> bool:
    """Whether the event came soon enough after the incident (29 CFR 1904.39(b)(6))."""
    return event - happened <= timedelta(hours=clocks()[code].within_hours)


def is_privacy(reason: str, is_sharp: bool) -> bool:
    """Whether the name stays off the log (29 CFR 1904.29(b)(6)-(7)).

    :param reason: of the list of (b)(7), or ""
    :param is_sharp: a sharp contaminated with another's blood: (b)(7)(v)
    """
    return bool(reason) or is_sharp


def exemption(naics: str, peak: int | None, day: date) -> list[str]:
    """Citations by which an establishment need not keep the log; empty: it must.

    Deaths and severe injuries are reported all the same (1904.39).

    :param naics: the establishment's code, from four digits up
    :param peak: most employees of the whole company last year; None: not known
    """
    found = []
    if peak is not None and peak <= SMALL:
        found.append(SMALL_CITATION)
    found += [
        f"{row.citation} ({row.naics} {row.industry.lower()})"
        for row in exempt_industries()
        if naics.startswith(row.naics) and row.date_from <= day
    ]
    return found


def _in_order(codes: Iterable[str]) -> tuple[str, ...]:
    asked = set(codes)
    return tuple(one.code for one in questions() if one.code in asked)


def _rows(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))

"""Clocks of hiring and leaving: final pay by state, COBRA notices, new-hire reports."""

import csv
import re
from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .days import duty_after, working_days_after

TABLE = Path(__file__).parents[1] / "tables" / "final_pay.csv"
NEAR_PAYDAY = 5  # days, Minn. Stat. 181.14
LATEST_MN = 20
# COBRA: 29 CFR 2590.606-2 and -4
COBRA_EMPLOYER_DAYS = 30
COBRA_OWN_ADMINISTRATOR_DAYS = 44
COBRA_MONTHS = 18
# 42 USC 653a(b)(2); stricter states as read in 2026
NEW_HIRE_DAYS = 20
NEW_HIRE_STATES = {
    "AL": 7, "GA": 10, "IA": 15, "ME": 7, "MA": 14, "MS": 15, "RI": 14, "VT": 10, "WV": 14,
}  # fmt: skip
_CALL = re.compile(r"(earlier|later)\((.+),(.+)\)")


class Rule(NamedTuple):
    """How one state counts, for a discharge or for a resignation."""

    state: str
    ended: str
    rule: str
    note: str
    citation: str
    read: str
    source: str
    is_checked: bool


class FinalPay(NamedTuple):
    """Until when the last wages are paid. ``due`` None: the state sets no date by itself,
    or a payday that it counts by is not known; ``rule.note`` says more."""

    due: date | None
    rule: Rule


@cache
def final_pay_rules() -> dict[tuple[str, str], Rule]:
    """{(state, "fired" or "quit"): rule} of the table."""
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return {
            (row["state"], row["ended"]): Rule(
                row["state"],
                row["ended"],
                row["rule"],
                row["note"],
                row["citation"],
                row["read"],
                row["source"],
                row["checked"] == "yes",
            )
            for row in csv.DictReader(handle)
        }


class _Count(NamedTuple):
    last_day: date
    paydays: tuple[date, ...]
    period_end: date | None
    closed: Collection[date]

    def by(self, rule: str) -> date | None:
        call = _CALL.fullmatch(rule)
        if call:
            days = [self.by(call[2]), self.by(call[3])]
            known = [day for day in days if day is not None]
            if call[1] == "later":
                return max(known) if len(known) == len(days) else None
            return min(known, default=None)
        word, _colon, number = rule.partition(":")
        if word == "now":
            return self.last_day
        if word == "days":
            return self.last_day + timedelta(days=int(number))
        if word == "hours":
            return self.last_day + timedelta(days=int(number) // 24)
        if word == "bdays":
            return working_days_after(self.last_day, int(number), self.closed)
        if word == "period_end":
            return self.period_end
        return self._by_payday(word)

    def _by_payday(self, word: str) -> date | None:
        if not self.paydays:
            return None
        first, second = self.paydays[0], (*self.paydays, None)[1]
        gap = (first - self.last_day).days
        if word == "mn_quit":
            day = second if gap < NEAR_PAYDAY else first
            latest = self.last_day + timedelta(days=LATEST_MN)
            return min(day, latest) if day else latest
        if word == "payday3":
            return second if gap < 3 else first
        return first if word == "payday" else None


def final_pay(
    state: str,
    ended: str,
    last_day: date,
    paydays: tuple[date, ...] = (),
    period_end: date | None = None,
    closed: Collection[date] = (),
) -> FinalPay:
    """When the last wages are due.

    :param state: two letters, where the person works
    :param ended: "fired" (discharge, layoff) or "quit"
    :param paydays: the next regular paydays after the last day, the first on top
    :param closed: days the practice is closed, for rules in working days
    :raises KeyError: there is no such state
    """
    rule = final_pay_rules()[state, ended]
    return FinalPay(_Count(last_day, paydays, period_end, closed).by(rule.rule), rule)


def cobra_notice_due(event: date, own_administrator: bool) -> date:
    """Until when the employer gives notice: to the administrator within 30 days, to the
    people themselves within 44 where it is the administrator."""
    days = COBRA_OWN_ADMINISTRATOR_DAYS if own_administrator else COBRA_EMPLOYER_DAYS
    return event + timedelta(days=days)


def cobra_ends(event: date) -> date:
    """The last month's day of 18 months of continued coverage."""
    return duty_after(event, COBRA_MONTHS)


def new_hire_report_due(state: str, hired: date) -> date:
    """Until when a hire is reported to the state's directory; it does not roll."""
    return hired + timedelta(days=NEW_HIRE_STATES.get(state, NEW_HIRE_DAYS))

"""The clocks of hiring, keeping and leaving, against examples with their reasons."""

import csv
from datetime import date
from pathlib import Path

import pytest
from tools.people.clock.i9 import (
    i9_keep_until,
    receipt_allowed,
    receipt_due,
    section_2_due,
)
from tools.people.clock.retention import kept_until, rules
from tools.people.clock.separation import (
    cobra_ends,
    cobra_notice_due,
    final_pay,
    final_pay_rules,
    new_hire_report_due,
)

VECTORS = Path(__file__).parent / "data" / "clock_vectors.csv"


def rows():
    with VECTORS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def pairs(text):
    return dict(pair.split("=") for pair in text.split(";"))


def day(text):
    return date.fromisoformat(text[:10])


def answer(code, given):
    """What the tools say: the day, and for a short job whether a receipt is allowed."""
    closed = {day(one) for one in given.get("closed", "").split("+") if one}
    if code == "I9-S2":
        planned = int(given.get("planned_business_days", 0)) or None
        return section_2_due(day(given["first_day"]), closed, planned)
    if code == "I9-RECEIPT":
        return receipt_due(day(given["hire"]))
    if code == "I9-KEEP":
        return i9_keep_until(day(given["hire"]), day(given["end"]))
    if code.startswith("NEWHIRE"):
        return new_hire_report_due(code[-2:], day(given["hire"]))
    if code.startswith("COBRA"):
        event = day(given["event"])
        if code == "COBRA-MAX":
            return cobra_ends(event)
        return cobra_notice_due(event, own_administrator=code == "COBRA-44")
    paydays = tuple(day(given[k]) for k in ("payday", "payday2") if k in given)
    last = day(given.get("last_day") or given["quit_at"])
    return final_pay(
        code[-2:], given.get("case", "fired"), last, paydays, None, closed
    ).due


@pytest.mark.parametrize(
    "row",
    [row for row in rows() if "case=files" not in row["inputs"]],
    ids=lambda row: f"{row['code']} {row['inputs']}",
)
def test_vectors(row):
    given, expected = pairs(row["inputs"]), pairs(row["expected"])
    due = answer(row["code"], given)
    assert due == day(expected.get("due") or expected["keep_until"]), row["why"]
    if "as_of" in given:
        assert (day(given["as_of"]) > due) == (expected["overdue"] == "yes")
    if "receipt_allowed" in expected:
        assert not receipt_allowed(int(given["planned_business_days"]))


def test_every_state_has_both_endings_and_a_source():
    states = {state for state, _ended in final_pay_rules()}
    assert len(states) == 51
    assert len(final_pay_rules()) == 102
    for rule in final_pay_rules().values():
        assert rule.source
        assert rule.citation or rule.rule == "none"


def test_what_counts_by_a_payday_needs_one():
    assert final_pay("WI", "quit", date(2026, 3, 5)).due is None
    payday = date(2026, 3, 13)
    assert final_pay("WI", "quit", date(2026, 3, 5), (payday,)).due == payday
    assert final_pay("CA", "fired", date(2026, 3, 5)).due == date(2026, 3, 5)
    # the earlier of two, one of them unknown: the known one holds
    assert final_pay("LA", "quit", date(2026, 3, 5)).due == date(2026, 3, 20)
    assert final_pay("KY", "quit", date(2026, 3, 5)).due is None
    assert final_pay("MN", "fired", date(2026, 3, 5), (payday,)).due is None


def test_retention_counts_from_the_end_only_once_there_is_one():
    hired, left = date(2020, 3, 2), date(2026, 9, 30)
    assert kept_until("i9", hired, None, None) is None
    assert kept_until("i9", hired, left, None) == date(2027, 9, 30)
    assert kept_until("osha_medical", hired, left, None) == date(2056, 9, 30)
    assert kept_until("hipaa", hired, None, date(2024, 2, 29)) == date(2030, 3, 1)
    for code, rule in rules().items():
        assert kept_until(code, hired, left, hired), rule
        assert rule.citation and (
            not rule.is_checked or "memory" not in rule.source.split(";")[0]
        )

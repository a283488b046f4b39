"""Scores of an audit by section, their trend, risk and due days."""

from datetime import date

import pytest
from tools.compliance.audit import (
    Judged,
    due_day,
    look_again_day,
    named,
    risk,
    risk_level,
    section_scores,
    trend,
)


def test_each_section_has_a_score_of_its_own_in_order():
    found = section_scores(
        [
            Judged("Technical", 3, "pass"),
            Judged("Physical", 1, "fail"),
            Judged("Technical", 1, "fail"),
            Judged("Physical", 1, "na"),
            Judged("Technical", 5, "open"),
            Judged("", 2, "na"),
        ]
    )
    assert [(one.section, one.score) for one in found] == [
        ("Technical", 75.0),
        ("Physical", 0.0),
        ("", None),
    ]
    assert found[0].counts == {"pass": 1, "fail": 1, "na": 0, "open": 1}


def test_weights_of_nothing_count_for_nothing():
    [one] = section_scores([Judged("A", 0, "fail"), Judged("A", 0, "pass")])
    assert one.score is None


def test_an_unknown_result_is_refused():
    with pytest.raises(ValueError, match="maybe"):
        section_scores([Judged("A", 1, "maybe")])


def test_the_trend_compares_with_the_last_audit_that_had_a_score():
    points = trend(
        [
            (date(2026, 3, 1), 91.5),
            (date(2024, 3, 1), 80.0),
            (date(2025, 3, 1), None),
        ]
    )
    assert [(p.day.year, p.score, p.change) for p in points] == [
        (2024, 80.0, None),
        (2025, None, None),
        (2026, 91.5, 11.5),
    ]


@pytest.mark.parametrize(
    ("likelihood", "impact", "points", "level"),
    [
        (1, 1, 1, "low"),
        (2, 2, 4, "low"),
        (1, 5, 5, "medium"),
        (3, 3, 9, "medium"),
        (2, 5, 10, "high"),
        (3, 5, 15, "high"),
        (4, 4, 16, "critical"),
        (5, 5, 25, "critical"),
    ],
)
def test_risk_is_likelihood_times_impact(likelihood, impact, points, level):
    assert risk(likelihood, impact) == points
    assert risk_level(points) == level


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 3), (3, 6), (-1, 1)])
def test_risk_outside_the_scale_is_refused(likelihood, impact):
    with pytest.raises(ValueError, match="between 1 and 5"):
        risk(likelihood, impact)


def test_the_worse_the_sooner():
    found = date(2026, 11, 29)
    days = [due_day(found, name) for name in ("critical", "high", "medium", "low")]
    assert days == sorted(set(days))
    assert days[0] == date(2026, 12, 13)


def test_looked_at_again_after_the_last_action():
    assert look_again_day([]) is None
    done = [date(2026, 11, 1), date(2026, 10, 1)]
    assert look_again_day(done, 30) == date(2026, 12, 1)
    assert look_again_day(done, 0) == date(2026, 11, 1)


def test_many_gaps_are_named_and_counted():
    assert named(2, ["a", "b"]) == "a\nb"
    assert named(5, list("abcde"), most=2) == "a\nb\n… 3"
    assert named(0, []) == ""

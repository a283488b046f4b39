"""Breach: what four factors say, and who is told until when."""

from datetime import date

import pytest
from tools.compliance.breach import notices, outcome, rules

D = date
LOW = dict.fromkeys(("nature", "who", "acquired", "mitigated"), "low")


@pytest.mark.parametrize(
    ("factors", "says"),
    [
        (LOW, "low"),
        ({**LOW, "acquired": "high"}, "breach"),
        ({"nature": "high"}, "breach"),  # one is enough: a breach is presumed
        ({**LOW, "who": ""}, ""),
        ({}, ""),
    ],
)
def test_outcome(factors, says):
    assert outcome(factors) == says


def owed(discovered, by_state, done=None, closed=()):
    return {
        (one.code, one.state): one.due
        for one in notices(discovered, by_state, done or {}, closed)
    }


@pytest.mark.parametrize(
    ("discovered", "by_state", "found"),
    [
        # 500 exactly: HHS now, media only above 500 in one state
        (
            D(2026, 1, 31),
            {"OH": 500},
            {
                ("individuals", ""): D(2026, 4, 1),
                ("hhs", ""): D(2026, 4, 1),
                ("unknown", "OH"): None,
            },
        ),
        (
            D(2026, 1, 31),
            {"OH": 501, "GA": 10},
            {
                ("individuals", ""): D(2026, 4, 1),
                ("hhs", ""): D(2026, 4, 1),
                ("media", "OH"): D(2026, 4, 1),
                ("unknown", "OH"): None,
                ("unknown", "GA"): None,
            },
        ),
        # 250 each in two states: HHS, no media
        (
            D(2026, 1, 31),
            {"OH": 250, "": 250},
            {
                ("individuals", ""): D(2026, 4, 1),
                ("hhs", ""): D(2026, 4, 1),
                ("unknown", "OH"): None,
                ("unknown", ""): None,
            },
        ),
        # the yearly log: 60 days after December 31, 2027 is the leap day
        (
            D(2027, 11, 20),
            {"": 12},
            {
                ("individuals", ""): D(2028, 1, 19),
                ("hhs_year", ""): D(2028, 2, 29),
                ("unknown", ""): None,
            },
        ),
        (
            D(2026, 11, 20),
            {"": 499},
            {
                ("individuals", ""): D(2027, 1, 19),
                ("hhs_year", ""): D(2027, 3, 1),
                ("unknown", ""): None,
            },
        ),
        # California's 30 days of 2026
        (
            D(2026, 1, 31),
            {"CA": 20},
            {
                ("individuals", ""): D(2026, 4, 1),
                ("hhs_year", ""): D(2027, 3, 1),
                ("people_ca", "CA"): D(2026, 3, 2),
            },
        ),
        # ... and none of it the year before: then it is not known here
        (
            D(2025, 12, 31),
            {"CA": 20},
            {
                ("individuals", ""): D(2026, 3, 1),
                ("hhs_year", ""): D(2026, 3, 1),
                ("unknown", "CA"): None,
            },
        ),
        (
            D(2026, 1, 31),
            {"TX": 250},
            {
                ("individuals", ""): D(2026, 4, 1),
                ("hhs_year", ""): D(2027, 3, 1),
                ("people_tx", "TX"): D(2026, 4, 1),
                ("ag_tx", "TX"): D(2026, 3, 2),
            },
        ),
        (D(2026, 1, 31), {}, {}),
        (D(2026, 1, 31), {"CA": 0}, {}),
    ],
)
def test_who_is_told_until_when(discovered, by_state, found):
    assert owed(discovered, by_state) == found


def test_a_clock_that_starts_with_another_notice():
    waiting = {n.code: n for n in notices(D(2026, 1, 31), {"NY": 3, "CA": 501}, {})}
    assert waiting["ag_ny"].due is None
    assert waiting["ag_ny"].waits_for == "hhs"
    assert waiting["ag_ca"].waits_for == "individuals"
    told = {"hhs": D(2026, 2, 13), "individuals": D(2026, 2, 20)}
    running = owed(D(2026, 1, 31), {"NY": 3, "CA": 501}, told, {D(2026, 2, 16)})
    assert running["ag_ny", "NY"] == D(2026, 2, 23)  # without Presidents' Day
    assert running["ag_ca", "CA"] == D(2026, 3, 7)


def test_vermont_is_told_since_its_act_of_2012():
    people = {"VT": 1}
    assert ("people_vt", "VT") not in owed(D(2012, 5, 7), people)
    since = owed(D(2012, 5, 8), people)
    assert since["people_vt", "VT"] == D(2012, 6, 22)
    assert since["ag_vt", "VT"] == D(2012, 5, 28)


def test_each_rule_has_a_citation_and_says_whether_it_was_read():
    assert all(rule.citation for rule in rules())
    assert [rule.code for rule in rules() if not rule.is_checked] == [
        "people_me",
        "people_wi",
        "ag_il",
    ]
    assert len({rule.code for rule in rules()}) == len(rules())

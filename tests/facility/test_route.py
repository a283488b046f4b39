"""The most special rule wins."""

import pytest
from tools.facility.route import Rule, Work, best

RULES = [
    Rule(1, 10),
    Rule(2, 10, site=7),
    Rule(3, 10, family="appliance"),
    Rule(4, 10, kind=5),
    Rule(5, 10, kind=5, site=7),
    Rule(6, 10, electrical=True),
    Rule(7, 20, family="appliance"),
]


@pytest.mark.parametrize(
    ("kind", "family", "site", "electrical", "expected"),
    [
        (0, "", 0, False, 1),
        (0, "", 7, False, 2),
        (9, "appliance", 1, False, 3),
        (9, "appliance", 7, False, 3),  # the family says more than the site
        (5, "appliance", 1, False, 4),
        (5, "appliance", 7, False, 5),
        (5, "appliance", 7, True, 6),
    ],
)
def test_best(kind, family, site, electrical, expected):
    assert best(RULES, Work(kind, family, site, electrical)).key == expected


def test_the_lower_sequence_wins_between_equals():
    rules = [Rule(1, 20), Rule(2, 10), Rule(3, 10)]
    assert best(rules, Work(0, "", 0, False)).key == 2


def test_no_rule_fits():
    assert best([Rule(1, 10, kind=5)], Work(6, "", 0, False)) is None
    assert best([], Work(6, "", 0, False)) is None

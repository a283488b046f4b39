"""How often is often enough."""

from fractions import Fraction

import pytest
from tools.facility.required import Need, missing, per_year

EXTINGUISHER = ("maintenance.equipment", 1)
MONTHLY = Need(rule=7, target=EXTINGUISHER, checklist=3, per_year=Fraction(12))


@pytest.mark.parametrize(
    ("frequency", "every", "times", "weekdays", "expected"),
    [
        ("daily", 1, 2, 1, 730),
        ("daily", 2, 1, 1, Fraction(365, 2)),
        ("weekly", 1, 1, 1, 52),
        ("weekly", 1, 1, 5, 260),
        ("monthly", 1, 1, 5, 12),
        ("quarterly", 2, 1, 1, 2),
        ("yearly", 5, 1, 1, Fraction(1, 5)),
        ("once", 1, 1, 1, 0),
    ],
)
def test_times_a_year(frequency, every, times, weekdays, expected):
    assert per_year(frequency, every, times, weekdays) == expected


@pytest.mark.parametrize(
    ("planned", "found"),
    [
        ({}, {7: [EXTINGUISHER]}),
        ({(EXTINGUISHER, 3): Fraction(12)}, {}),
        ({(EXTINGUISHER, 3): Fraction(52)}, {}),
        # quarterly is not monthly
        ({(EXTINGUISHER, 3): Fraction(4)}, {7: [EXTINGUISHER]}),
        # another checklist, another extinguisher
        ({(EXTINGUISHER, 4): Fraction(12)}, {7: [EXTINGUISHER]}),
        ({(("maintenance.equipment", 2), 3): Fraction(12)}, {7: [EXTINGUISHER]}),
        # an outlet with the id of the extinguisher
        ({(("medical.facility.outlet", 1), 3): Fraction(12)}, {7: [EXTINGUISHER]}),
    ],
)
def test_what_is_missing(planned, found):
    assert missing([MONTHLY], planned) == found

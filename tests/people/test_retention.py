"""How long an applicant's records are kept: 29 CFR 1602.14."""

from datetime import date

import pytest
from tools.people.recruit.retention import keep_until


@pytest.mark.parametrize(
    ("made", "action", "last"),
    [
        (date(2026, 1, 5), date(2026, 3, 1), date(2027, 3, 1)),
        (date(2026, 3, 9), date(2026, 3, 1), date(2027, 3, 9)),
        (date(2026, 1, 5), None, date(2027, 1, 5)),
        (date(2024, 2, 29), None, date(2025, 2, 28)),
    ],
)
def test_one_year_from_the_later(made, action, last):
    assert keep_until(made, action) == last

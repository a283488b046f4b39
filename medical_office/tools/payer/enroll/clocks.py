"""How long an attestation, a recredentialing or a revalidation holds, as dated rows.

The rows with their sources stand in ``tables/clocks.csv``; one that nobody could check at
its source says so, and whoever shows its date shows that, too.
"""

import csv
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "tables" / "clocks.csv"


@dataclass(frozen=True, slots=True)
class Clock:
    """One row: for how long something holds that was done while the row is in force."""

    code: str
    state: str  # two letters; "" holds wherever no row names the state
    days: int
    months: int
    date_from: date
    date_to: date | None
    source: str
    checked: bool


@cache
def clocks() -> tuple[Clock, ...]:
    """All rows of the table, read once."""
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Clock(
                row["code"],
                row["state"],
                int(row["days"] or 0),
                int(row["months"] or 0),
                date.fromisoformat(row["date_from"]),
                date.fromisoformat(row["date_to"]) if row["date_to"] else None,
                row["source"],
                row["checked"] == "yes",
            )
            for row in csv.DictReader(handle)
        )


def clock_of(code: str, done: date, state: str = "") -> Clock | None:
    """The row for something done on a day: the state's own, else the general one."""
    fitting = [
        row
        for row in clocks()
        if row.code == code
        and row.state in ("", state)
        and row.date_from <= done
        and (row.date_to is None or done <= row.date_to)
    ]
    return max(fitting, key=lambda row: (row.state, row.date_from), default=None)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def due(code: str, done: date, state: str = "") -> date | None:
    """Until when it has to be done again; the due day itself is still on time.

    :param code: as in the table: caqh, recredential, medicare, medicaid
    :param done: when it was done last
    :param state: two letters of the state, where the rule is a state's
    :return: None where no row is in force on that day
    """
    row = clock_of(code, done, state)
    if row is None:
        return None
    return add_months(done, row.months) + timedelta(days=row.days)

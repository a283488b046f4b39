"""The number of visits by month and department, as a CSV file: a dry run. No patients."""

from dataclasses import dataclass
from datetime import date

from ... import csvcells
from ...csvproblems import TEXTS, Problem
from ...csvread import Column, read_table
from ...marked import _lt

MOST_VISITS = 1_000_000  # a month; more is a typing error in any practice

VISIT_TEXTS: dict[str, tuple[str, str]] = TEXTS | {
    "future_month": (
        _lt("%(cell)s has not started yet."),
        _lt("Enter past months only."),
    ),
    "same_month_twice": (
        _lt("This month, site and department are already in row %(other)s."),
        _lt("Keep one of the two rows."),
    ),
}


COLUMNS = (
    Column("month", "Month", csvcells.month, aliases=("Period",)),
    Column("site", "Site", csvcells.text(120), aliases=("Location", "Clinic")),
    Column("department", "Department", csvcells.text(120)),
    Column(
        "visits",
        "Visits",
        csvcells.whole(0, MOST_VISITS),
        aliases=("Encounters", "Number of visits"),
    ),
)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """So many visits of a department in a month; names as the file writes them."""

    row: int
    month: date
    site: str
    department: str
    visits: int


def read_visits(
    data: bytes, today: date
) -> tuple[tuple[VisitRow, ...], tuple[Problem, ...]]:
    """Read a file without writing anything.

    :param today: months after it are refused
    :return: the good rows as the file orders them, and a problem for each other row
    """
    table = read_table(data, COLUMNS)
    errors = list(table.errors)
    rows: list[VisitRow] = []
    seen: dict[tuple[date, str, str], int] = {}
    for found in table.rows:
        row = VisitRow(
            found.number,
            found.take("month", date),
            found.take("site", str),
            found.take("department", str),
            found.take("visits", int),
        )
        key = (row.month, row.site.casefold(), row.department.casefold())
        if row.month > today:
            said = {"cell": f"{row.month:%Y-%m}"}
            errors.append(Problem(row.row, "Month", "future_month", said))
        elif key in seen:
            said = {"other": str(seen[key])}
            errors.append(Problem(row.row, "Month", "same_month_twice", said))
        else:
            seen[key] = row.row
            rows.append(row)
    errors.sort(key=lambda problem: problem.row)
    return tuple(rows), tuple(errors)

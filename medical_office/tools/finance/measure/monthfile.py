"""The ten numbers of a month as a CSV file: a dry run. Numbers only, no patients."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ... import csvcells
from ...csvproblems import TEXTS, Problem
from ...csvread import Column, read_table
from ...marked import _lt

MOST = Decimal(1_000_000_000)
MOST_VISITS = 1_000_000
# payments so many times the charges are a typing error or another unit, not a good month
UNLIKELY = 10
BUCKETS = ("ar_30", "ar_60", "ar_90", "ar_120", "ar_over")
AMOUNTS = ("charges", "payments", "adjustments", *BUCKETS)

MONTH_TEXTS: dict[str, tuple[str, str]] = TEXTS | {
    "future_month": (
        _lt("%(cell)s is not over yet."),
        _lt("Enter months that are over."),
    ),
    "same_month_twice": (
        _lt("This month is already in row %(other)s."),
        _lt("Keep one of the two rows."),
    ),
    "new_above_visits": (
        _lt("%(new)s new patients are more than the %(visits)s visits."),
        _lt("Check both numbers."),
    ),
    "payments_unlikely": (
        _lt(
            "Payments of %(payments)s are more than ten times the charges of %(charges)s."
        ),
        _lt("Check that both are in dollars and in the right column."),
    ),
}


def _amount(title: str, key: str, *aliases: str, low: Decimal | None = None) -> Column:
    return Column(key, title, csvcells.number(low, MOST, 2), aliases=aliases)


COLUMNS = (
    Column("month", "Month", csvcells.month, aliases=("Period",)),
    Column("visits", "Visits", csvcells.whole(0, MOST_VISITS), aliases=("Encounters",)),
    Column("new_patients", "New patients", csvcells.whole(0, MOST_VISITS)),
    _amount("Charges", "charges", "Gross charges", low=Decimal(0)),
    _amount("Payments", "payments", "Collections"),
    _amount("Adjustments", "adjustments", "Contractual adjustments"),
    _amount("A/R 0-30", "ar_30", "AR 0-30"),
    _amount("A/R 31-60", "ar_60", "AR 31-60"),
    _amount("A/R 61-90", "ar_90", "AR 61-90"),
    _amount("A/R 91-120", "ar_120", "AR 91-120"),
    _amount("A/R over 120", "ar_over", "AR over 120", "A/R 120+"),
    Column(
        "physicians",
        "Physician FTE",
        csvcells.number(0, 10_000, 2),
        required=False,
        aliases=("FTE physicians", "Full-time physicians"),
    ),
)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The numbers of one month; amounts in dollars."""

    row: int
    month: date
    visits: int
    new_patients: int
    amounts: dict[str, Decimal]
    physicians: Decimal | None = None


def unlikely(charges: Decimal, payments: Decimal) -> bool:
    """Whether charges are below the payments by ten times or more."""
    return payments > 0 and payments >= UNLIKELY * charges


def read_months(
    data: bytes, today: date
) -> tuple[tuple[MonthRow, ...], tuple[Problem, ...]]:
    """Read a file without writing anything.

    :param today: months that are not over on this day are refused
    :return: the good rows as the file orders them, and a problem for each other row
    """
    table = read_table(data, COLUMNS)
    errors = list(table.errors)
    rows: list[MonthRow] = []
    seen: dict[date, int] = {}
    for found in table.rows:
        row = MonthRow(
            found.number,
            found.take("month", date),
            found.take("visits", int),
            found.take("new_patients", int),
            {key: found.take(key, Decimal) for key in AMOUNTS},
            found.maybe("physicians", Decimal),
        )
        problem = _problem(row, seen, today)
        if problem:
            errors.append(problem)
        else:
            rows.append(row)
        seen.setdefault(row.month, row.row)
    errors.sort(key=lambda each: each.row)
    return tuple(rows), tuple(errors)


def _problem(row: MonthRow, seen: dict[date, int], today: date) -> Problem | None:
    charges, payments = row.amounts["charges"], row.amounts["payments"]
    if row.month >= today.replace(day=1):
        return Problem(row.row, "Month", "future_month", {"cell": f"{row.month:%Y-%m}"})
    if row.month in seen:
        said = {"other": str(seen[row.month])}
        return Problem(row.row, "Month", "same_month_twice", said)
    if row.new_patients > row.visits:
        said = {"new": str(row.new_patients), "visits": str(row.visits)}
        return Problem(row.row, "New patients", "new_above_visits", said)
    if unlikely(charges, payments):
        said = {"charges": str(charges), "payments": str(payments)}
        return Problem(row.row, "Charges", "payments_unlikely", said)
    return None

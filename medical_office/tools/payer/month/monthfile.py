"""A payer's numbers of a month as a CSV file: a dry run. Numbers only, no patients."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ... import csvcells
from ...csvproblems import Problem
from ...csvread import Column
from ..price.cells import read

MOST = Decimal(1_000_000_000)
REASONS = ("eligibility", "authorization", "coding", "timely", "enrollment", "other")
TITLES = {
    "eligibility": "Denied: eligibility",
    "authorization": "Denied: authorization",
    "coding": "Denied: coding",
    "timely": "Denied: timely filing",
    "enrollment": "Denied: enrollment",
    "other": "Denied: other",
}
COLUMNS = (
    Column("payer", "Payer", csvcells.text(120), aliases=("Payer ID",)),
    Column("month", "Month", csvcells.month, aliases=("Period",)),
    Column("claims", "Claims", csvcells.whole(0, 10_000_000)),
    Column("denied", "Denied", csvcells.whole(0, 10_000_000)),
    *(
        Column(
            f"denied_{reason}",
            TITLES[reason],
            csvcells.whole(0, 10_000_000),
            required=False,
            default=0,
        )
        for reason in REASONS
    ),
    Column("paid", "Paid", csvcells.number(None, MOST, 2), aliases=("Payments",)),
    Column(
        "contract",
        "Owed by contract",
        csvcells.number(0, MOST, 2),
        required=False,
        aliases=("Expected", "Contract amount"),
    ),
    Column("days", "Days to pay", csvcells.number(0, 999, 1)),
)


@dataclass(frozen=True, slots=True)
class PayerMonth:
    """What a payer did in a month; money in dollars."""

    row: int
    payer: str
    month: date
    claims: int
    denied: int
    reasons: dict[str, int]
    paid: Decimal
    contract: Decimal | None
    days: Decimal


def read_months(
    data: bytes, today: date
) -> tuple[tuple[PayerMonth, ...], tuple[Problem, ...]]:
    """Read a file without writing anything.

    :param today: months that are not over on this day are refused
    """
    table = read(data, COLUMNS)
    errors = list(table.errors)
    rows: list[PayerMonth] = []
    seen: dict[tuple[str, date], int] = {}
    for found in table.rows:
        row = PayerMonth(
            found.number,
            found.take("payer", str),
            found.take("month", date),
            found.take("claims", int),
            found.take("denied", int),
            {reason: found.take(f"denied_{reason}", int) for reason in REASONS},
            found.take("paid", Decimal),
            found.maybe("contract", Decimal),
            found.take("days", Decimal),
        )
        problem = _problem(row, seen, today)
        if problem:
            errors.append(problem)
        else:
            rows.append(row)
        seen.setdefault((row.payer.casefold(), row.month), row.row)
    errors.sort(key=lambda problem: problem.row)
    return tuple(rows), tuple(errors)


def _problem(
    row: PayerMonth, seen: dict[tuple[str, date], int], today: date
) -> Problem | None:
    other = seen.get((row.payer.casefold(), row.month))
    counted = sum(row.reasons.values())
    if row.month >= today.replace(day=1):
        said = {"cell": f"{row.month:%Y-%m}"}
        return Problem(row.row, "Month", "future_month", said)
    if other:
        return Problem(row.row, "Payer", "twice", {"other": str(other)})
    if row.denied > row.claims:
        said = {"denied": str(row.denied), "claims": str(row.claims)}
        return Problem(row.row, "Denied", "denied_above", said)
    if counted > row.denied:
        said = {"sum": str(counted), "denied": str(row.denied)}
        return Problem(row.row, "Denied", "reasons_above", said)
    return None

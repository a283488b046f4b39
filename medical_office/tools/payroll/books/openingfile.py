"""The file of opening balances: one row a person, pay date (or quarter) and figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ...csvcells import choice, day, number, text, whole
from ...csvproblems import TEXTS, Problem
from ...csvread import Column, read_table
from ...dates import quarter_span
from ...marked import _lt
from ...money import ZERO
from .opening import WHATS

OPENING_TEXTS = TEXTS | {
    "no_day": (
        _lt("There is neither a pay date nor a quarter."),
        _lt("Fill in one of them."),
    ),
}
_MONEY = number(places=2)
_WHATS: Mapping[str, object] = {
    title.casefold(): key for key, what in WHATS.items() for title in (key, what.label)
}
COLUMNS = (
    Column("person", "Employee", text(200), aliases=("name", "employee name")),
    Column("day", "Pay date", day, required=False),
    Column("quarter", "Quarter", whole(1, 4), required=False),
    Column("what", "What", choice(_WHATS), aliases=("code", "kind")),
    Column("of", "Of", text(64), required=False, aliases=("state", "tax")),
    Column("plan", "Plan or order", text(200), required=False),
    Column("amount", "Amount", _MONEY, required=False, default=ZERO),
    Column("wages", "Wages", _MONEY, required=False, default=ZERO),
    Column("taxed", "Taxable wages", _MONEY, required=False, default=ZERO),
    Column("hours", "Hours", number(), required=False, default=ZERO),
)


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """A row of the file that could be read; names are looked up by the caller."""

    row: int
    person: str
    day: date
    what: str
    of: str
    plan: str
    amount: Decimal
    wages: Decimal
    taxed: Decimal
    hours: Decimal


def read_opening(
    data: bytes, year: int
) -> tuple[tuple[OpeningRow, ...], tuple[Problem, ...]]:
    """Read the file of one year. A quarter stands for its last day.

    :return: the good rows, and a problem for each bad cell
    """
    table = read_table(data, COLUMNS)
    rows, problems = [], list(table.errors)
    for row in table.rows:
        paid, number_of = row.maybe("day", date), row.maybe("quarter", int)
        if paid is None and number_of:
            paid = quarter_span(year, number_of)[1]
        if paid is None:
            problems.append(Problem(row.number, "Pay date", "no_day"))
            continue
        rows.append(
            OpeningRow(
                row.number,
                row.take("person", str),
                paid,
                row.take("what", str),
                _of(row.take("what", str), row.maybe("of", str) or ""),
                row.maybe("plan", str) or "",
                *(row.take(k, Decimal) for k in ("amount", "wages", "taxed", "hours")),
            )
        )
    return tuple(rows), tuple(problems)


def _of(what: str, named: str) -> str:
    """States and tax codes are written in capitals, localities as they are."""
    return named if what == "LIT" else named.upper()

"""A fee schedule as a CSV file: a dry run. One price for each code and day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ... import csvcells
from ...csvproblems import Problem
from ...csvread import Column
from .cells import CODE, MODIFIER, PLACE, read

MOST = Decimal(1_000_000)

COLUMNS = (
    CODE,
    MODIFIER,
    PLACE,
    Column(
        "amount",
        "Amount",
        csvcells.number(0, MOST, 2),
        aliases=("Fee", "Allowed", "Rate", "Price"),
    ),
    Column(
        "date_from",
        "From",
        csvcells.day,
        required=False,
        aliases=("Effective", "Effective date", "Start"),
    ),
    Column(
        "date_to",
        "Until",
        csvcells.day,
        required=False,
        aliases=("End", "Termination", "Through"),
    ),
)


@dataclass(frozen=True, slots=True)
class Fee:
    """One price: "" as modifier is none, "" as place is every place."""

    row: int
    code: str
    modifier: str
    place: str
    amount: Decimal
    date_from: date
    date_to: date | None


def read_fees(
    data: bytes, date_from: date
) -> tuple[tuple[Fee, ...], tuple[Problem, ...]]:
    """Read a file without writing anything.

    :param date_from: from when a price holds whose row names no day
    :return: the good rows as the file orders them, and what is wrong with the others
    """
    table = read(data, COLUMNS)
    errors = list(table.errors)
    fees: list[Fee] = []
    for found in table.rows:
        fee = Fee(
            found.number,
            found.take("code", str),
            found.take("modifier", str),
            found.take("place", str),
            found.take("amount", Decimal),
            found.maybe("date_from", date) or date_from,
            found.maybe("date_to", date),
        )
        if fee.date_to and fee.date_to < fee.date_from:
            said = {"last": str(fee.date_to), "first": str(fee.date_from)}
            errors.append(Problem(fee.row, "Until", "ends_before", said))
        else:
            fees.append(fee)
    errors += _doubles(fees)
    errors.sort(key=lambda problem: problem.row)
    return tuple(fees), tuple(errors)


def _doubles(fees: Iterable[Fee]) -> list[Problem]:
    """Rows whose days run into those of another price of the same code."""
    rows: dict[tuple[str, str, str], list[Fee]] = {}
    for fee in fees:
        rows.setdefault((fee.code, fee.modifier, fee.place), []).append(fee)
    problems = []
    for prices in rows.values():
        if len(prices) == 1:
            continue
        prices.sort(key=lambda fee: (fee.date_from, fee.row))
        before = prices[0]
        for fee in prices[1:]:
            if before.date_to is None or fee.date_from <= before.date_to:
                first, second = sorted((before, fee), key=lambda one: one.row)
                said = {
                    "code": fee.code,
                    "day": str(fee.date_from),
                    "other": str(first.row),
                }
                problems.append(Problem(second.row, "Code", "two_prices", said))
            if before.date_to is not None and (
                fee.date_to is None or fee.date_to > before.date_to
            ):
                before = fee
    return problems

"""A sample of paid lines, compared with what the contract says. No patients."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ... import csvcells
from ...csvproblems import Problem
from ...csvread import Column
from ...money import ZERO, to_cents
from .cells import CODE, MODIFIER, PLACE, read

COLUMNS = (
    Column("payer", "Payer", csvcells.text(120)),
    Column("day", "Date of service", csvcells.day, aliases=("Service date", "DOS")),
    CODE,
    MODIFIER,
    PLACE,
    Column("units", "Units", csvcells.whole(1, 10_000), required=False, default=1),
    Column(
        "allowed",
        "Allowed",
        csvcells.number(0, 1_000_000, 2),
        aliases=("Allowed amount", "Paid"),
    ),
)


@dataclass(frozen=True, slots=True)
class Paid:
    """One line of a remittance as far as it says nothing of a patient."""

    row: int
    payer: str
    day: date
    code: str
    modifier: str
    place: str
    units: int
    allowed: Decimal


@dataclass(frozen=True, slots=True)
class Short:
    """A line that was allowed less than the contract's price; ``price`` for one unit."""

    line: Paid
    price: Decimal
    missing: Decimal


def read_paid(data: bytes) -> tuple[tuple[Paid, ...], tuple[Problem, ...]]:
    """Read a file without writing anything."""
    table = read(data, COLUMNS)
    rows = tuple(
        Paid(
            found.number,
            found.take("payer", str),
            found.take("day", date),
            found.take("code", str),
            found.take("modifier", str),
            found.take("place", str),
            found.take("units", int),
            found.take("allowed", Decimal),
        )
        for found in table.rows
    )
    return rows, table.errors


def short_paid(
    lines: Iterable[Paid], prices: Mapping[int, Decimal], tolerance: Decimal = ZERO
) -> list[Short]:
    """Lines allowed less than their price times units, the most missing first.

    :param prices: {row number: contract price of one unit on the day of service}; a line
        without one is not judged
    :param tolerance: dollars for each line that are let go
    """
    found = []
    for line in lines:
        price = prices.get(line.row)
        if price is None:
            continue
        missing = to_cents(price * line.units) - line.allowed
        if missing > tolerance:
            found.append(Short(line, price, missing))
    return sorted(found, key=lambda short: (-short.missing, short.line.row))

"""How often each code was billed in a month, as a CSV file. Numbers, no patients."""

from dataclasses import dataclass
from datetime import date

from ... import csvcells
from ...csvproblems import Problem
from ...csvread import Column
from .cells import CODE, MODIFIER, PLACE, read

MOST = 10_000_000
COLUMNS = (
    Column("month", "Month", csvcells.month, aliases=("Period",)),
    CODE,
    MODIFIER,
    PLACE,
    Column("units", "Units", csvcells.whole(0, MOST), aliases=("Volume", "Count")),
)


@dataclass(frozen=True, slots=True)
class Volume:
    """Units of one code in one month."""

    row: int
    month: date
    code: str
    modifier: str
    place: str
    units: int


def read_volumes(
    data: bytes, today: date
) -> tuple[tuple[Volume, ...], tuple[Problem, ...]]:
    """Read a file without writing anything.

    :param today: months that are not over on this day are refused
    """
    table = read(data, COLUMNS)
    errors = list(table.errors)
    rows: list[Volume] = []
    seen: dict[tuple[date, str, str, str], int] = {}
    for found in table.rows:
        row = Volume(
            found.number,
            found.take("month", date),
            found.take("code", str),
            found.take("modifier", str),
            found.take("place", str),
            found.take("units", int),
        )
        key = (row.month, row.code, row.modifier, row.place)
        if row.month >= today.replace(day=1):
            said = {"cell": f"{row.month:%Y-%m}"}
            errors.append(Problem(row.row, "Month", "future_month", said))
        elif key in seen:
            said = {"other": str(seen[key])}
            errors.append(Problem(row.row, "Code", "twice", said))
        else:
            rows.append(row)
        seen.setdefault(key, row.row)
    errors.sort(key=lambda problem: problem.row)
    return tuple(rows), tuple(errors)

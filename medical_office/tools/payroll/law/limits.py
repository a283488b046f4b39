"""The yearly figures of payroll law, each with its citation."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from .lawtable import kept, rows

TABLE = "limits_annual"


class Status(Enum):
    """How far a figure may be trusted."""

    PUBLISHED = "published"  # read in a source named beside it
    MEMORY = "memory"  # nobody has checked it: never used without being told to
    POTENTIAL = "potential"  # announced as possible, not final


class LimitMissing(LookupError):
    """No settled figure of that name and year is shipped."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One figure of one year: dollars unless ``unit`` says otherwise."""

    item: str
    year: int
    value: Decimal
    unit: str
    status: Status
    note: str
    source: str


def find(item: str, year: int) -> Limit:
    """Return the row for ``item`` in ``year``, settled or not.

    :raises LimitMissing: the table has no such row
    """
    found = _limits().get((item, year))
    if found:
        return found
    raise LimitMissing(
        f"No figure {item!r} for {year} in {TABLE}.csv: import the law package of {year} "
        f"(docs/payroll-year.md) before paying its wages."
    )


def settled(item: str, year: int) -> Limit:
    """Return the row for ``item`` in ``year`` if it is settled law.

    :raises LimitMissing: no such row, or the row is only remembered or potential
    """
    limit = find(item, year)
    if limit.status is not Status.PUBLISHED:
        raise LimitMissing(
            f"The figure {item!r} for {year} is marked {limit.status.value} "
            f"({limit.note}): check it against its source and mark it published."
        )
    return limit


@kept
def _limits() -> dict[tuple[str, int], Limit]:
    """All rows by item and year."""
    return {
        (row["item"], int(row["year"])): Limit(
            row["item"],
            int(row["year"]),
            Decimal(row["value"]),
            row["unit"],
            Status(row["status"]),
            row["note"],
            row["source"],
        )
        for row in rows(TABLE)
    }

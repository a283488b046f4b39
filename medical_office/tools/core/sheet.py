"""A report's lines, computed once: the same sheet becomes a PDF table and an XLSX tab."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

Kind = Literal["text", "whole", "number", "money", "percent", "day", "moment", "flag"]

NUMBERS: frozenset[str] = frozenset({"whole", "number", "money", "percent"})
# Width in characters where a column does not say: what its kind usually needs.
_WIDTHS: Mapping[str, int] = {
    "text": 24,
    "whole": 10,
    "number": 12,
    "money": 14,
    "percent": 10,
    "day": 12,
    "moment": 18,
    "flag": 7,
}
# What Excel refuses in the name of a tab: these signs, more characters, an apostrophe at
# an end, and its own word for a log of changes
_NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
TAB_LENGTH = 31
_RESERVED = "history"
# A row that holds only this key is a heading over the rows below it.
GROUP = "_group"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where its value stands in a row, its title and how it is shown.

    ``percent`` takes a fraction (0.25 is 25 %). ``total``: the sum stands below.
    ``of_totals``: what stands below is worked out of the sums of the other columns, as
    for a share, whose own sum would mean nothing. ``width`` is in characters, for
    spreadsheets.
    """

    key: str
    title: str
    kind: Kind = "text"
    width: int | None = None
    total: bool = False
    of_totals: Callable[[Mapping[str, Decimal]], Decimal | None] | None = None

    @property
    def is_number(self) -> bool:
        return self.kind in NUMBERS

    @property
    def characters(self) -> int:
        """The width in characters; never narrower than the title."""
        return max(self.width or _WIDTHS[self.kind], min(len(self.title) + 2, 40))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a name; ``rows`` map column keys to values (None is an empty cell).

    A row ``{GROUP: "Main site"}`` is a heading over the rows that follow.
    ``page_by_group``: printed, what stands below each heading is a page of its own, to be
    handed out; a spreadsheet keeps one tab.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, object]] = field(default_factory=tuple)
    note: str = ""
    empty: str = ""
    page_by_group: bool = False

    def pages(self) -> list["Sheet"]:
        """The tables as they are printed: this one, or one for each heading."""
        starts = [number for number, row in enumerate(self.rows) if GROUP in row]
        if not self.page_by_group or len(starts) < 2:
            return [self]
        ends = [*starts[1:], len(self.rows)]
        return [
            replace(self, name="", rows=self.rows[start:end])
            for start, end in zip(starts, ends, strict=True)
        ]

    def totals(self) -> dict[str, Decimal | None]:
        """The sum of each column that asks for it, exact (floats as they print), and
        what is worked out of them.

        :raises TypeError: a value in such a column is no number
        """
        sums = {
            column.key: sum(
                (_decimal(row.get(column.key)) for row in self.rows), Decimal()
            )
            for column in self.columns
            if column.total
        }
        return sums | {
            column.key: column.of_totals(sums)
            for column in self.columns
            if column.of_totals and self.rows
        }


def _decimal(value: object) -> Decimal:
    if value is None or value == "":
        return Decimal()
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise TypeError(f"{value!r} cannot be added up")
    return Decimal(str(value))


def tab_name(name: str, taken: Collection[str] = ()) -> str:
    """The name of a spreadsheet's tab: what Excel accepts, different from those taken.

    :param name: any text; what cannot stand in a tab's name becomes a blank
    :param taken: names of the workbook's other tabs; capitals make no difference
    :return: 1 to 31 characters; where the same name is taken, " (2)" and so on at its end
    """
    wanted = " ".join(_NOT_IN_A_TAB.sub(" ", name).split()).strip("' ") or "Sheet"
    if wanted.lower() == _RESERVED:
        wanted = f"{wanted} 1"
    others = {other.lower() for other in taken}
    number, found = 1, wanted[:TAB_LENGTH].strip("' ")
    while found.lower() in others:
        number += 1
        end = f" ({number})"
        found = wanted[: TAB_LENGTH - len(end)].strip("' ") + end
    return found

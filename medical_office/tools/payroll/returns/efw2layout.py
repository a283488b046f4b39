"""Places values into the 512 characters of an EFW2 record, by the layout's table."""

from collections.abc import Mapping
from decimal import Decimal

from ...money import CENT
from ...plaintext import plain
from ..law.lawtable import kept, rows

WIDTH = 512
# last tax year whose specification is known to keep this layout: two public readers of
# Publication 42-007 for 2025 (its whole layout; "no changes") say so
LAYOUT_YEAR = 2025
Value = str | int | Decimal


@kept
def fields(kind: str) -> tuple[tuple[str, int, str], ...]:
    """Key, width and format of each field of a record, in order."""
    found = tuple(
        (row["key"], int(row["last"]) - int(row["first"]) + 1, row["format"])
        for row in rows("efw2_layout")
        if row["record"] == kind
    )
    if sum(width for _key, width, _form in found) != WIDTH:
        raise ValueError(f"The layout of record {kind} is not {WIDTH} characters.")
    return found


def record(kind: str, values: Mapping[str, Value]) -> str:
    """Return one record of 512 characters.

    Decimals are dollars and become cents; numbers are right-aligned with zeros, text is
    left-aligned in capitals. A numeric field without a value is zeros, others blank.

    :raises ValueError: a value does not fit, is negative, or has no field
    """
    known = fields(kind)
    unknown = set(values) - {key for key, _width, _form in known}
    if unknown:
        raise ValueError(f"Record {kind} has no field {', '.join(sorted(unknown))}.")
    cells = []
    for key, width, form in known:
        value = values.get(key, "") if key else ""
        try:
            cells.append(_cell(value, width, form))
        except ValueError as error:
            raise ValueError(f"Record {kind}, field {key}: {error}") from error
    return "".join(cells)


def _cell(value: Value, width: int, form: str) -> str:
    if isinstance(value, Decimal):
        if value < 0:
            raise ValueError(f"{value} is negative")
        if value != value.quantize(CENT):
            raise ValueError(f"{value} is not whole cents")
        value = int(value / CENT)
    text = plain(str(value)).upper()
    if len(text) > width:
        raise ValueError(f"{text!r} does not fit into {width} characters")
    if form == "N":
        if text and not text.isdigit():
            raise ValueError(f"{text!r} is not a number")
        return text.rjust(width, "0")
    return text.ljust(width)

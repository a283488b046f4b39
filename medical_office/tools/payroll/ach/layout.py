"""Places values into the 94 characters of a Nacha record, by the layout's table."""

from collections.abc import Mapping

from ..law.lawtable import kept, rows

WIDTH = 94
BLOCK = 10
FILLER = "9" * WIDTH


@kept
def _fields(record: str) -> tuple[tuple[str, int, str], ...]:
    return tuple(
        (row["key"], int(row["last"]) - int(row["first"]) + 1, row["format"])
        for row in rows("ach_ppd_layout")
        if row["record"] == record
    )


def record(kind: str, values: Mapping[str, str | int]) -> str:
    """Return one record of 94 characters.

    Numbers are right-aligned and filled with zeros, text left-aligned and filled with
    blanks; a field without a value is blank.

    :raises ValueError: a value does not fit its field, or there is no such field
    """
    fields = _fields(kind)
    unknown = set(values) - {key for key, _width, _form in fields}
    if unknown:
        raise ValueError(f"Record {kind} has no field {', '.join(sorted(unknown))}.")
    text = "".join(
        _cell(values.get(key, ""), width, form) for key, width, form in fields
    )
    if len(text) != WIDTH:
        raise ValueError(f"Record {kind} is {len(text)} characters long.")
    return text


def _cell(value: str | int, width: int, form: str) -> str:
    text = str(value)
    if len(text) > width:
        raise ValueError(f"{text!r} does not fit into {width} characters.")
    return text.rjust(width, "0") if form == "N" else text.ljust(width)

"""Tables that come in and go out as CSV: nothing runs as a formula, nothing is lost.

Going out, ``safe_cell`` and ``write_table`` make sure that no text a person typed is
run as a formula by the spreadsheet that opens the file (CWE-1236; OWASP, "CSV
Injection"): such text gets a leading apostrophe, numbers stay numbers.

Coming in, ``read_table`` (from ``csvread``) is the one strict reader of all importers;
``csvcells`` holds the parsers of cells. Reading back a file written by ``write_table``
gives the same texts.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from .csvcells import CellError, runs_as_formula
from .csvproblems import TEXTS, Problem
from .csvread import Column, Row, Table, read_table

__all__ = [
    "TEXTS",
    "CellError",
    "Column",
    "Problem",
    "Row",
    "Table",
    "read_table",
    "safe_cell",
    "write_table",
]


def safe_cell(value: object) -> str | int | float | Decimal:
    """Return ``value`` as a spreadsheet may have it without running it.

    Numbers stay numbers, None is an empty text, dates are ISO text. Text that a
    spreadsheet would take for a formula gets an apostrophe in front; "-5" typed as
    text stays, for a negative number does nothing.

    :raises ValueError: a float is infinite or no number
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float, Decimal)):
        if not Decimal(value).is_finite():
            raise ValueError(f"{value} cannot be written to a table")
        return value
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    cell = str(value)
    # An apostrophe that stands before a formula sign was the user's own: mark it too,
    # so that reading the file back gives the user's text.
    return "'" + cell if runs_as_formula(cell.lstrip("'")) else cell


def write_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """CSV as spreadsheets expect it: UTF-8 with mark, commas, CRLF, guarded cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe_cell(cell) for cell in header])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")

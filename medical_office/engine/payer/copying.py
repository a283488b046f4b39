"""Writes many rows of one table with COPY: all of them or none."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from odoo.tools import SQL

_ESCAPED = str.maketrans({"\\": "\\\\", "\t": " ", "\n": " ", "\r": " ", "\0": " "})
NULL = "\\N"


def copy_rows(
    env: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> int:
    """Write rows as they come; None is NULL.

    The caller has checked every value and holds a transaction.

    :return: how many rows were written
    """
    names = SQL(", ").join(map(SQL.identifier, columns))
    query = SQL("COPY %s (%s) FROM STDIN", SQL.identifier(table), names)
    lines = [
        "\t".join(
            [NULL if cell is None else str(cell).translate(_ESCAPED) for cell in row]
        )
        for row in rows
    ]
    if not lines:
        return 0
    # psycopg2's own COPY: the ORM has no door to it
    env.cr._obj.copy_expert(query.code, io.StringIO("\n".join(lines) + "\n"))
    return len(lines)

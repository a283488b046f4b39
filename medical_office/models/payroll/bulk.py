"""Rows by the thousand: ids reserved at once, written with COPY.

A thousand payslips are 30,000 lines. Through the ORM that is minutes; the rows here
are those the ORM would write, column for column, which a test holds against it.
"""

import io
import json
from datetime import date, datetime

from odoo.tools import SQL


def reserve(env, table, count):
    """``count`` new ids of a table."""
    if not count:
        return []
    sequence = SQL("pg_get_serial_sequence(%s, 'id')", table)
    rows = env.execute_query(
        SQL("SELECT nextval(%s) FROM generate_series(1, %s)", sequence, count)
    )
    return [row[0] for row in rows]


def copy_rows(env, table, columns, rows):
    """Write ``rows`` (tuples in the order of ``columns``) with COPY.

    :param table: a table of ours or of OCA payroll, never text of a user
    """
    if not rows:
        return
    buffer = io.StringIO()
    for row in rows:
        buffer.write("\t".join(map(_cell, row)))
        buffer.write("\n")
    buffer.seek(0)
    # psycopg2's own COPY: the ORM has no door to it; names are quoted by the driver
    env.cr._obj.copy_from(buffer, table, columns=columns)


def _cell(value):
    if value is None or value is False:
        return "\\N" if value is None else "f"
    if value is True:
        return "t"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (dict, list)):
        value = json.dumps(value)
    elif isinstance(value, (date, datetime)):
        return str(value)
    else:
        value = str(value)
    return (
        value.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
    )

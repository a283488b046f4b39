"""Columns of ours in tables of the host."""

from odoo.tools import SQL


def set_default(cr, table, column, value):
    """Let the database fill a required column of ours where nobody gives a value.

    The host's modules, and their tests, insert rows while this addon's fields are not
    loaded; without a default the row is refused.

    :param table: a table of the host
    :param column: our column in it
    :param value: text, as the database keeps it
    """
    cr.execute(
        SQL(
            "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s",
            SQL.identifier(table),
            SQL.identifier(column),
            value,
        )
    )

"""Writing records by the thousand: one statement, the rows that the ORM would write."""

import json
from typing import Any

from odoo.tools import SQL


def insert_rows(model: Any, values: list[dict[str, Any]]) -> Any:
    """Write records of the program's own; nothing is tracked or recomputed.

    Callers give every stored field that is not to be empty, computed ones too; tests
    hold the rows against those of ``create``.

    :param model: an empty recordset is enough; money is in its company's currency
    :param values: list of dicts with the same fields, ``company_id`` among them; None
        for what is empty
    :return: the records in the order of ``values``
    """
    if not values:
        return model.browse()
    model.flush_model()
    names = sorted(values[0])
    fields = [model._fields[name] for name in names]
    rows = model.env.execute_query(
        SQL(
            """
            INSERT INTO %(table)s
                   (%(names)s, create_uid, write_uid, create_date, write_date)
            SELECT %(cells)s, %(uid)s, %(uid)s, %(now)s, %(now)s
              FROM ROWS FROM (jsonb_to_recordset(%(values)s) AS (%(columns)s))
                   WITH ORDINALITY AS given
              JOIN res_company company ON company.id = given.company_id
              JOIN res_currency currency ON currency.id = company.currency_id
             ORDER BY given.ordinality
            RETURNING id
            """,
            table=SQL.identifier(model._table),
            names=SQL(", ").join(map(SQL.identifier, names)),
            cells=SQL(", ").join(_rounded(model.env, field) for field in fields),
            columns=SQL(", ").join(
                SQL("%s %s", SQL.identifier(field.name), SQL(field.column_type[0]))
                for field in fields
            ),
            values=json.dumps(values),
            uid=model.env.uid,
            now=model.env.cr.now(),
        )
    )
    return model.browse([key for (key,) in rows])


def _rounded(env: Any, field: Any) -> Any:
    """A value as the ORM would round it."""
    cell = SQL("given.%s", SQL.identifier(field.name))
    if field.type == "monetary":
        return SQL("round(%s, currency.decimal_places)", cell)
    digits = field.type == "float" and field.get_digits(env)
    return SQL("round(%s, %s)", cell, digits[1]) if digits else cell

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


def renew_rows(model: Any, known: Any, values: list[dict[str, Any]], key: Any) -> Any:
    """Replace records of the program's own by others; what says the same already stays
    as it is, since writing takes longer than comparing.

    :param known: the records there are; those that nobody proposes any more go
    :param values: as for ``insert_rows``
    :param key: function of values (or of a record's) that tells which are of one thing
    :return: the records in the order of ``values``
    """
    same, names = {}, sorted(values[0]) if values else []
    by_key = {key(given): number for number, given in enumerate(values)}
    steps = [(name, _step(model, model._fields[name])) for name in names]
    for row_id, *cells in _stored(model, known, names) if values else ():
        number = by_key.get(key(dict(zip(names, cells, strict=True))))
        if number is not None and number not in same:
            given = values[number]
            if all(
                _is_same(cell, given[name], step)
                for cell, (name, step) in zip(cells, steps, strict=True)
            ):
                same[number] = row_id
    (known - model.browse(same.values())).unlink()
    other = [number for number in range(len(values)) if number not in same]
    new = insert_rows(model, [values[number] for number in other])
    same.update(zip(other, new.ids, strict=True))
    return model.browse([same[number] for number in range(len(values))])


def _stored(model: Any, records: Any, names: list[str]) -> list[Any]:
    """Ids and columns of records, as the database has them."""
    model.flush_model(names)
    rows: list[Any] = model.env.execute_query(
        SQL(
            "SELECT id, %s FROM %s WHERE id = ANY(%s)",
            SQL(", ").join(map(SQL.identifier, names)),
            SQL.identifier(model._table),
            records.ids,
        )
    )
    return rows


def _step(model: Any, field: Any) -> float:
    """How far a number may be from what is stored and be rounded to the same; what lies
    half way between two steps is taken for another number."""
    if field.type == "monetary":
        smallest: float = min(model.env["res.currency"].search([]).mapped("rounding"))
        return 0.49 * smallest
    digits = field.type == "float" and field.get_digits(model.env)
    return 0.49 * 10.0 ** -digits[1] if digits else 0.0


def _is_same(stored: Any, given: Any, step: float) -> bool:
    if stored == given:
        return True
    if step and stored is not None and given is not None:
        return bool(abs(stored - given) < step)
    return False


def _rounded(env: Any, field: Any) -> Any:
    """A value as the ORM would round it."""
    cell = SQL("given.%s", SQL.identifier(field.name))
    if field.type == "monetary":
        return SQL("round(%s, currency.decimal_places)", cell)
    digits = field.type == "float" and field.get_digits(env)
    return SQL("round(%s, %s)", cell, digits[1]) if digits else cell

"""Writing proposals by the thousand: one statement, the rows that the ORM would write."""

import json

from odoo import api, models
from odoo.tools import SQL


class SupplyProposal(models.Model):
    _inherit = "medical.supply.proposal"

    @api.model
    def _insert(self, values):
        """Write the program's own proposals, with what is computed from their values.

        Nobody follows them and nothing is tracked: every morning they are worked out
        anew. A test holds the rows against those of ``create``.

        :param values: list of dicts with the same fields, None for what is empty
        :return: the proposals in the same order
        """
        if not values:
            return self
        self.flush_model()
        names = sorted(values[0])
        fields = [self._fields[name] for name in names]
        rows = self.env.execute_query(
            SQL(
                """
                INSERT INTO medical_supply_proposal
                       (%(names)s, state, create_uid, write_uid, create_date, write_date)
                SELECT %(cells)s, 'draft', %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM ROWS FROM (jsonb_to_recordset(%(values)s) AS (%(columns)s))
                       WITH ORDINALITY AS need
                  JOIN res_company company ON company.id = need.company_id
                  JOIN res_currency currency ON currency.id = company.currency_id
                 ORDER BY need.ordinality
                RETURNING id
                """,
                names=SQL(", ").join(map(SQL.identifier, names)),
                cells=SQL(", ").join(map(self._cell_sql, fields)),
                columns=SQL(", ").join(
                    SQL("%s %s", SQL.identifier(field.name), SQL(field.column_type[0]))
                    for field in fields
                ),
                values=json.dumps(values),
                uid=self.env.uid,
                now=self.env.cr.now(),
            )
        )
        return self.browse([key for (key,) in rows])

    def _cell_sql(self, field):
        """A value as the ORM would round it."""
        cell = SQL("need.%s", SQL.identifier(field.name))
        if field.type == "monetary":
            return SQL("round(%s, currency.decimal_places)", cell)
        digits = field.type == "float" and field.get_digits(self.env)
        return SQL("round(%s, %s)", cell, digits[1]) if digits else cell

"""Many par levels at once: their numbers, and the figures the host keeps stored.

The host works its stored figures out anew one reordering rule at a time, with some four
queries each; ours are the same figures in a handful of queries (a test compares them).
"""

from odoo import api, fields, models
from odoo.tools import SQL

STORED = ("qty_to_order_computed", "deadline_date")


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    @api.model
    def _medical_names(self, count):
        """So many numbers of the host's sequence of reordering rules, in one query.

        :return: list of str; empty where the sequence is not a plain one, so that the
            host gives the numbers itself
        """
        # sudo: numbering is the host's, for whoever may create
        sequence = (
            self.env["ir.sequence"]
            .sudo()
            .search(
                [
                    ("code", "=", "stock.orderpoint"),
                    ("company_id", "in", [self.env.company.id, False]),
                ],
                order="company_id",
                limit=1,
            )
        )
        plain = sequence.implementation == "standard" and not sequence.use_date_range
        if not plain:
            return []
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [sequence.get_next_char(number) for (number,) in rows]

    def _medical_hold(self):
        """Keep the host from working out its stored figures of these par levels one by
        one at the next query; :meth:`_medical_settle` has to follow."""
        for name in STORED:
            self.env.remove_to_compute(self._fields[name], self)

    def _medical_settle(self):
        """Store the host's own figures of these par levels, worked out together."""
        figures = self._medical_figures()
        # ordered by hand, or with moves to come: the host's arithmetic by day
        special = self.filtered(
            lambda par: par.qty_to_order_manual or figures[par.id].promised
        )
        for name in STORED:
            self.env.add_to_compute(self._fields[name], special)
        today = fields.Date.today()
        # sudo: stored figures, not levels; whoever may set the levels brings them about
        for par in (self - special).sudo():
            figure = figures[par.id]
            short = figure.on_hand < par.product_min_qty
            par.qty_to_order_computed = figure.wanted
            par.deadline_date = today if short else False

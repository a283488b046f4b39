"""Use per week of every par level, in one statement for all of them."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

WEEKS = 13  # a quarter: long enough for slow items, short enough to follow a change
# what leaves a shelf for these reasons is demand; expired and lost stock is not
DEMAND = ("used", "sample", "wasted")


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    @api.model
    def _medical_moves_sql(self, since, rooms=None):
        """Use and returns of rooms since a moment, a row each.

        :param rooms: location ids; None for all
        :return: SQL with the columns room, product_id, date, quantity (units of the
            item; what came back is negative)
        """
        return SQL(
            """
            SELECT line.location_id AS room, line.product_id, line.date,
                   line.quantity_product_uom AS quantity
              FROM stock_move_line line
              JOIN stock_move move ON move.id = line.move_id
             WHERE line.state = 'done' AND line.date >= %(since)s
               AND move.medical_cause IN %(demand)s AND %(here)s
            """,
            since=since,
            demand=DEMAND,
            here=SQL("true")
            if rooms is None
            else SQL("line.location_id = ANY(%s)", rooms),
        )

    @api.model
    def _cron_medical_use(self):
        """Work out the use per week of all par levels."""
        since = fields.Datetime.now() - timedelta(weeks=WEEKS)
        self.env["stock.move"].flush_model()
        self.env["stock.move.line"].flush_model()
        self.flush_model(["location_id", "product_id", "medical_week_use"])
        self.env.cr.execute(
            SQL(
                """
                UPDATE stock_warehouse_orderpoint par
                   SET medical_week_use = coalesce(use.quantity, 0) / %(weeks)s
                  FROM stock_warehouse_orderpoint known
                  LEFT JOIN (
                           SELECT room, product_id, sum(quantity) AS quantity
                             FROM (%(moves)s) moves
                            GROUP BY room, product_id
                       ) use
                    ON use.room = known.location_id
                   AND use.product_id = known.product_id
                 WHERE par.id = known.id
                   AND par.medical_week_use
                       IS DISTINCT FROM coalesce(use.quantity, 0) / %(weeks)s
                """,
                weeks=WEEKS,
                moves=self._medical_moves_sql(since),
            )
        )
        self.invalidate_model(["medical_week_use"])

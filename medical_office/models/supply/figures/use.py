"""What left the shelves and why, with its money: the rows of trend, waste and cost."""

from odoo import fields, models
from odoo.tools import SQL

from ....tools.supply.figures.trend import USED, WASTE
from ..item.product import KINDS
from ..site.move import CAUSES


class SupplyUse(models.Model):
    """A row for each move with a cause; what came back or was found is negative.

    Money is what the valuation booked for the move; where it booked nothing (history that
    was imported), the quantity at today's cost.
    """

    _name = "medical.supply.use"
    _description = "Use and Waste"
    _auto = False
    _order = "moment desc, id desc"
    _depends = {
        "stock.move": [
            "company_id",
            "date",
            "location_dest_id",
            "location_id",
            "medical_cause",
            "medical_count_id",
            "medical_room_id",
            "product_id",
            "product_uom",
            "quantity",
            "state",
            "value",
        ],
        "stock.location": ["medical_department_id", "usage", "warehouse_id"],
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["medical_kind", "uom_id"],
        "uom.uom": ["factor"],
        "resource.calendar": ["tz"],
        "res.company": ["resource_calendar_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    moment = fields.Datetime(readonly=True)
    day = fields.Date(
        string="Date", readonly=True, help="The day in the practice's time zone."
    )
    site_id = fields.Many2one("stock.warehouse", readonly=True)
    room_id = fields.Many2one(
        "stock.location",
        readonly=True,
        help="The shelf it left; for stock written off in quarantine, the shelf it "
        "came from.",
    )
    department_id = fields.Many2one("hr.department", readonly=True)
    product_id = fields.Many2one("product.product", string="Item", readonly=True)
    uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    medical_kind = fields.Selection(KINDS, string="Category", readonly=True)
    cause = fields.Selection(CAUSES, readonly=True)
    count_id = fields.Many2one("medical.supply.count", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    value = fields.Monetary(readonly=True, aggregator="sum")
    used_value = fields.Monetary(
        string="Used", readonly=True, help="Used for patients, and samples given."
    )
    waste_value = fields.Monetary(
        string="Waste", readonly=True, help="Wasted, expired, lost and recalled."
    )

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT gone.id, gone.company_id, gone.moment, gone.day, gone.count_id,
                   room.warehouse_id AS site_id, gone.room_id,
                   room.medical_department_id AS department_id, gone.product_id,
                   gone.uom_id, gone.medical_kind, gone.cause, gone.quantity, gone.value,
                   CASE WHEN gone.cause IN %(used)s THEN gone.value ELSE 0
                        END AS used_value,
                   CASE WHEN gone.cause IN %(waste)s THEN gone.value ELSE 0
                        END AS waste_value
              FROM (
                    SELECT move.id, move.company_id, move.date AS moment,
                           (move.date AT TIME ZONE 'UTC'
                            AT TIME ZONE coalesce(calendar.tz, 'UTC'))::date AS day,
                           move.medical_count_id AS count_id,
                           CASE WHEN goal.usage IN ('internal', 'transit')
                                THEN move.location_dest_id
                                ELSE coalesce(move.medical_room_id, move.location_id)
                                END AS room_id,
                           move.product_id, template.uom_id, template.medical_kind,
                           move.medical_cause AS cause,
                           sign.sign * move.quantity * unit.factor / base.factor
                               AS quantity,
                           round((sign.sign * coalesce(
                               nullif(abs(move.value), 0),
                               move.quantity * unit.factor / base.factor
                                   * (item.standard_price
                                      ->> move.company_id::text)::float,
                               0))::numeric, 2) AS value
                      FROM stock_move move
                      JOIN stock_location source ON source.id = move.location_id
                      JOIN stock_location goal ON goal.id = move.location_dest_id
                      JOIN product_product item ON item.id = move.product_id
                      JOIN product_template template
                        ON template.id = item.product_tmpl_id
                      JOIN uom_uom unit ON unit.id = move.product_uom
                      JOIN uom_uom base ON base.id = template.uom_id
                      JOIN res_company company ON company.id = move.company_id
                      LEFT JOIN resource_calendar calendar
                             ON calendar.id = company.resource_calendar_id
                     CROSS JOIN LATERAL (
                           SELECT (source.usage IN ('internal', 'transit'))::int
                                - (goal.usage IN ('internal', 'transit'))::int AS sign
                           ) sign
                     WHERE move.medical_cause IS NOT NULL
                       AND move.state = 'done'
                       AND sign.sign <> 0
                   ) gone
              JOIN stock_location room ON room.id = gone.room_id
            """,
            used=USED,
            waste=WASTE,
        )

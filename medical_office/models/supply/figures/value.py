"""What the stock is worth, room by room, and how much of it expires soon."""

from odoo import fields, models
from odoo.tools import SQL

from ..item.product import KINDS

EXPIRY = [
    ("expired", "Expired"),
    ("30", "Within 30 days"),
    ("60", "Within 60 days"),
    ("90", "Within 90 days"),
    ("later", "Later"),
    ("undated", "No expiration date"),
]
SOON = ("expired", "30", "60", "90")


class SupplyValue(models.Model):
    """A row for each lot (or item without lots) in each place of the company.

    The value is the host's: quantity at the cost the valuation keeps (of the lot where
    an item is valued by lot), for what the company owns in its own places.
    """

    _name = "medical.supply.value"
    _description = "Stock Value by Room"
    _auto = False
    _order = "site_id, room_id, value desc, id"
    _depends = {
        "stock.quant": [
            "company_id",
            "location_id",
            "lot_id",
            "owner_id",
            "product_id",
            "quantity",
        ],
        "stock.location": [
            "company_id",
            "medical_department_id",
            "usage",
            "warehouse_id",
        ],
        "stock.lot": ["expiration_date", "standard_price"],
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["lot_valuated", "medical_kind", "uom_id"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    site_id = fields.Many2one("stock.warehouse", readonly=True)
    room_id = fields.Many2one("stock.location", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    product_id = fields.Many2one("product.product", string="Item", readonly=True)
    uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    medical_kind = fields.Selection(KINDS, string="Category", readonly=True)
    lot_id = fields.Many2one("stock.lot", readonly=True)
    expires_on = fields.Date(readonly=True)
    expiry = fields.Selection(EXPIRY, string="Expiration Window", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    value = fields.Monetary(readonly=True, aggregator="sum")
    soon_value = fields.Monetary(
        string="Expired or Within 90 Days",
        readonly=True,
        help="Value of what has expired or will within 90 days.",
        aggregator="sum",
    )
    soon_share = fields.Float(
        string="Share That Expires",
        readonly=True,
        aggregator="avg",
        help="Part of the value that has expired or will within 90 days.",
    )

    def _read_group_select(self, aggregate_spec, query):
        """The share of a group is the share of its money, not a mean of shares."""
        if aggregate_spec != "soon_share:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "SUM(%(soon)s) / NULLIF(SUM(%(value)s), 0.0)",
            soon=self._field_to_sql(self._table, "soon_value", query),
            value=self._field_to_sql(self._table, "value", query),
        )

    @property
    def _table_query(self):
        """Expiry is told by the practice's calendar day, as on the lists of lots."""
        return SQL(
            """
            SELECT stock.*,
                   CASE WHEN expiry IN %(soon)s THEN value ELSE 0 END AS soon_value,
                   CASE WHEN value = 0 THEN 0
                        WHEN expiry IN %(soon)s THEN 1.0 ELSE 0.0 END AS soon_share
              FROM (
                    SELECT quant.id, quant.company_id, room.warehouse_id AS site_id,
                           quant.location_id AS room_id,
                           room.medical_department_id AS department_id,
                           quant.product_id, template.uom_id, template.medical_kind,
                           quant.lot_id, last.day AS expires_on,
                           CASE WHEN lot.expiration_date IS NULL THEN 'undated'
                                WHEN lot.expiration_date < %(now)s THEN 'expired'
                                WHEN last.day - %(today)s <= 30
                                     THEN '30'
                                WHEN last.day - %(today)s <= 60
                                     THEN '60'
                                WHEN last.day - %(today)s <= 90
                                     THEN '90'
                                ELSE 'later' END AS expiry,
                           quant.quantity,
                           round((quant.quantity * coalesce(
                               CASE WHEN template.lot_valuated AND lot.id IS NOT NULL
                                    THEN (lot.standard_price
                                          ->> quant.company_id::text)::float
                                    ELSE (item.standard_price
                                          ->> quant.company_id::text)::float END, 0)
                           )::numeric, 2) AS value
                      FROM stock_quant quant
                      JOIN stock_location room ON room.id = quant.location_id
                      JOIN product_product item ON item.id = quant.product_id
                      JOIN product_template template
                        ON template.id = item.product_tmpl_id
                      JOIN res_company company ON company.id = quant.company_id
                      LEFT JOIN resource_calendar calendar
                        ON calendar.id = company.resource_calendar_id
                      LEFT JOIN stock_lot lot ON lot.id = quant.lot_id
                     CROSS JOIN LATERAL (
                           SELECT (lot.expiration_date AT TIME ZONE 'UTC' AT TIME ZONE
                                   coalesce(calendar.tz, 'UTC'))::date AS day
                           ) last
                     WHERE room.company_id IS NOT NULL
                       AND room.usage IN ('internal', 'transit')
                       AND template.medical_kind IS NOT NULL
                       AND quant.quantity <> 0
                       AND (quant.owner_id IS NULL
                            OR quant.owner_id = company.partner_id)
                   ) stock
            """,
            soon=SOON,
            now=fields.Datetime.now(),
            today=fields.Date.context_today(self),
        )

    def action_open_lots(self):
        """The lots of these rows' rooms, where they are put away or written off."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.stock_quant_expiry_action"
        )
        return action | {
            "domain": [("location_id", "in", self.room_id.ids)],
            "context": {"search_default_group_room": 1},
        }

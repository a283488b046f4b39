"""Three-way match: what was ordered, what arrived, what is billed, line by line."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ....tools.supply.order.price import HALF_CENT, PRICE_DIGITS
from ...core.mixins.open_action import works_here
from ..item.product import KINDS

STATUS = [
    ("not_received", "Billed, not received"),
    ("over_billed", "Billed above received"),
    ("above_contract", "Price above contract"),
    ("above_order", "Price above order"),
    ("not_billed", "Received, not billed"),
    ("waiting", "Waiting for goods"),
    ("match", "Matches"),
]
DIFFERENCES = tuple(code for code, _label in STATUS[:5])
EXCEPTIONS = DIFFERENCES[:4]


class SupplyMatch(models.Model):
    """A row for each line of a confirmed order of supplies; prices a unit of the order.

    The status is the worst of the differences; each has its own flag. Prices are compared
    with the company's tolerance, like the check of bills; the dearest bill counts.
    """

    _name = "medical.supply.match"
    _description = "Three-Way Match"
    _auto = False
    _order = "excess desc, date_order desc, id desc"
    _depends = {
        "purchase.order": [
            "company_id",
            "currency_id",
            "date_order",
            "partner_id",
            "picking_type_id",
            "state",
            "user_id",
        ],
        "purchase.order.line": [
            "discount",
            "order_id",
            "price_unit",
            "product_id",
            "product_qty",
            "product_uom_id",
            "qty_received",
        ],
        "account.move": ["currency_id", "move_type", "payment_state", "state"],
        "account.move.line": [
            "display_type",
            "move_id",
            "price_subtotal",
            "product_uom_id",
            "purchase_line_id",
            "quantity",
        ],
        "product.supplierinfo": [
            "company_id",
            "medical_contract_price",
            "medical_contract_until",
            "partner_id",
            "product_id",
            "product_tmpl_id",
            "product_uom_id",
        ],
        "product.product": ["product_tmpl_id"],
        "product.template": ["medical_kind", "uom_id"],
        "res.company": ["medical_price_tolerance", "resource_calendar_id"],
        "resource.calendar": ["tz"],
        "res.partner": ["commercial_partner_id"],
        "stock.picking.type": ["warehouse_id"],
        "uom.uom": ["factor"],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    order_id = fields.Many2one("purchase.order", readonly=True)
    date_order = fields.Datetime(string="Ordered On", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Vendor", readonly=True)
    site_id = fields.Many2one("stock.warehouse", readonly=True)
    user_id = fields.Many2one("res.users", string="Buyer", readonly=True)
    product_id = fields.Many2one("product.product", string="Item", readonly=True)
    medical_kind = fields.Selection(KINDS, string="Category", readonly=True)
    uom_id = fields.Many2one("uom.uom", string="Unit", readonly=True)
    ordered = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    received = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    billed = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    order_price = fields.Monetary(readonly=True, aggregator=None)
    contract_price = fields.Monetary(readonly=True, aggregator=None)
    billed_price = fields.Monetary(
        readonly=True,
        aggregator=None,
        help=("The highest billed price, after discount."),
    )
    status = fields.Selection(STATUS, readonly=True)
    is_over_billed = fields.Boolean(string="Billed Above Received", readonly=True)
    is_above_order = fields.Boolean(string="Price Above Order", readonly=True)
    is_above_contract = fields.Boolean(string="Price Above Contract", readonly=True)
    is_not_billed = fields.Boolean(string="Received, Not Billed", readonly=True)
    is_open = fields.Boolean(
        string="Bill Unpaid",
        readonly=True,
        help="A bill for this line is not paid yet.",
    )
    excess = fields.Monetary(
        string="Overcharge",
        readonly=True,
        help="The amount billed beyond what was received or above the agreed price.",
        aggregator="sum",
    )
    to_come = fields.Monetary(
        string="Still to Be Billed",
        readonly=True,
        help="What was received but not billed, at the order price.",
    )

    @property
    def _table_query(self):
        return SQL(
            """
            WITH bill AS (
                SELECT line.purchase_line_id,
                       sum(CASE WHEN move.move_type = 'in_refund' THEN -1 ELSE 1 END
                           * line.quantity * unit.factor / own.factor) AS billed,
                       max(line.price_subtotal
                           / nullif(line.quantity * unit.factor / own.factor, 0))
                           FILTER (WHERE move.move_type IN ('in_invoice', 'in_receipt')
                                   AND move.payment_state <> 'reversed'
                                   AND move.currency_id = bought_for.currency_id)
                           AS price,
                       bool_or(move.move_type <> 'in_refund' AND move.payment_state
                               IN ('not_paid', 'partial')) AS is_open
                  FROM account_move_line line
                  JOIN account_move move ON move.id = line.move_id
                  JOIN purchase_order_line bought ON bought.id = line.purchase_line_id
                  JOIN purchase_order bought_for ON bought_for.id = bought.order_id
                  JOIN uom_uom own ON own.id = bought.product_uom_id
                  LEFT JOIN uom_uom unit
                         ON unit.id = coalesce(line.product_uom_id, own.id)
                 WHERE (move.state <> 'cancel'
                        AND move.move_type IN ('in_invoice', 'in_receipt')
                        OR move.state = 'posted' AND move.move_type = 'in_refund')
                   AND line.display_type = 'product'
                 GROUP BY line.purchase_line_id
            ), line AS (
                SELECT bought.id, orders.company_id, orders.currency_id,
                       bought.order_id, orders.date_order, orders.partner_id,
                       operation.warehouse_id AS site_id, orders.user_id,
                       bought.product_id, template.medical_kind,
                       bought.product_uom_id AS uom_id, bought.product_qty AS ordered,
                       bought.qty_received AS received,
                       coalesce(bill.billed, 0) AS billed,
                       (bought.price_unit * (1 - coalesce(bought.discount, 0) / 100))
                           ::numeric AS order_price,
                       contract.price AS contract_price, bill.price AS billed_price,
                       coalesce(bill.is_open, false) AS is_open,
                       1 + company.medical_price_tolerance::numeric / 100 AS margin
                  FROM purchase_order_line bought
                  JOIN purchase_order orders ON orders.id = bought.order_id
                  JOIN product_product item ON item.id = bought.product_id
                  JOIN product_template template ON template.id = item.product_tmpl_id
                  JOIN uom_uom unit ON unit.id = bought.product_uom_id
                  JOIN res_company company ON company.id = orders.company_id
                  JOIN res_partner vendor ON vendor.id = orders.partner_id
                  LEFT JOIN stock_picking_type operation
                         ON operation.id = orders.picking_type_id
                  LEFT JOIN resource_calendar calendar
                         ON calendar.id = company.resource_calendar_id
                  LEFT JOIN bill ON bill.purchase_line_id = bought.id
                  LEFT JOIN LATERAL (
                       SELECT min(terms.medical_contract_price * unit.factor
                                  / coalesce(pack.factor, own.factor)) AS price
                         FROM product_supplierinfo terms
                         JOIN uom_uom own ON own.id = template.uom_id
                         LEFT JOIN uom_uom pack ON pack.id = terms.product_uom_id
                        WHERE terms.product_tmpl_id = item.product_tmpl_id
                          AND (terms.product_id IS NULL OR terms.product_id = item.id)
                          AND terms.partner_id
                              IN (vendor.id, vendor.commercial_partner_id)
                          AND (terms.company_id IS NULL
                               OR terms.company_id = orders.company_id)
                          AND terms.medical_contract_price > 0
                          AND (terms.medical_contract_until IS NULL
                               OR terms.medical_contract_until
                                  >= (orders.date_order AT TIME ZONE 'UTC' AT TIME ZONE
                                      coalesce(calendar.tz, 'UTC'))::date)
                       ) contract ON true
                 WHERE orders.state = 'purchase'
                   AND template.medical_kind IS NOT NULL
            ), flagged AS (
                SELECT line.*,
                       billed > received + 0.00001 AS is_over_billed,
                       %(above_order)s AS is_above_order,
                       %(above_contract)s AS is_above_contract,
                       received > billed + 0.00001 AS is_not_billed
                  FROM line
            )
            SELECT id, company_id, currency_id, order_id, date_order, partner_id, site_id,
                   user_id, product_id, medical_kind, uom_id, ordered, received, billed,
                   order_price, contract_price, billed_price, is_open, is_over_billed,
                   is_above_order, is_above_contract, is_not_billed,
                   CASE WHEN is_over_billed AND received <= 0 THEN 'not_received'
                        WHEN is_over_billed THEN 'over_billed'
                        WHEN is_above_contract THEN 'above_contract'
                        WHEN is_above_order THEN 'above_order'
                        WHEN is_not_billed THEN 'not_billed'
                        WHEN received < ordered THEN 'waiting'
                        ELSE 'match' END AS status,
                   round(CASE WHEN is_over_billed
                              THEN (billed - received) * coalesce(billed_price, 0)
                              ELSE 0 END
                         + CASE WHEN is_above_contract
                                THEN least(billed, received)
                                     * (billed_price - contract_price)
                                WHEN is_above_order
                                THEN least(billed, received)
                                     * (billed_price - order_price)
                                ELSE 0 END, 2) AS excess,
                   round(CASE WHEN is_not_billed
                              THEN (received - billed) * order_price ELSE 0 END, 2)
                       AS to_come
              FROM flagged
            """,
            above_order=self._above("order_price"),
            above_contract=self._above("contract_price"),
        )

    @api.model
    def _above(self, agreed):
        """The rule of ``tools.supply.order.price.creep`` in SQL: prices as people write
        them, dearer than agreed by more than the tolerance, and by more than what rounds
        to no cent on all that is billed."""
        return SQL(
            """
            coalesce(round(billed_price, %(digits)s)
                     > round(%(agreed)s::numeric, %(digits)s) * margin
                     AND (round(billed_price, %(digits)s)
                          - round(%(agreed)s::numeric, %(digits)s)) * billed
                         > %(half_cent)s, false)
            """,
            agreed=SQL.identifier(agreed),
            digits=PRICE_DIGITS,
            half_cent=HALF_CENT,
        )

    # ---------------------------------------------------------------------- buttons

    @api.model
    def _action_of(self, lines):
        """The match of these order lines, all of them."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.supply_match_action"
        )
        return action | {"domain": [("id", "in", lines.ids)], "context": {}}

    def _bills(self):
        lines = self.env["account.move.line"].search(
            [
                ("purchase_line_id", "in", self.ids),
                ("move_id.state", "!=", "cancel"),
            ]
        )
        return lines.move_id

    def action_open_order(self):
        """The order of this line."""
        self.ensure_one()
        self.check_access("read")
        return self.order_id.get_formview_action()

    def action_open_bills(self):
        """The bills of these lines."""
        self.check_access("read")
        return self._bills()._medical_bills_action()

    def action_release_bills(self):
        """Ask for the reason, then release the bills of these lines that are on hold."""
        self.check_access("read")
        self.env["account.move"]._medical_check_releaser()
        held = self._bills().filtered(lambda move: move.medical_hold == "held")
        if not held:
            raise UserError(self.env._("No bill for these lines is on hold."))
        return held.action_medical_ask_release()

    def action_open_exceptions(self):
        """What the register says about the bills of these lines."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.core_exception_action"
        )
        return action | {
            "domain": [
                ("res_model", "=", "account.move"),
                ("res_id", "in", self._bills().ids),
            ]
        }


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    medical_match_count = fields.Integer(
        string="Differences", compute="_compute_medical_match_count"
    )
    medical_has_match = fields.Boolean(
        compute="_compute_medical_match_count", string="Has Differences to Show"
    )

    def _compute_medical_match_count(self):
        """Lines with a difference; whether the order has lines of supplies at all."""
        self.medical_match_count = 0
        self.medical_has_match = False
        match = self.env["medical.supply.match"]
        if not match.has_access("read"):
            return
        for order, status, count in match._read_group(
            [("order_id", "in", self.ids)], ["order_id", "status"], ["__count"]
        ):
            order.medical_has_match = True
            if status in DIFFERENCES:
                order.medical_match_count += count

    def action_view_invoice(self, invoices=False):
        """Who works here gets these bills in our list and form."""
        action = super().action_view_invoice(invoices)
        if not works_here(self.env.user):
            return action
        return (invoices or self.invoice_ids)._medical_bills_action()

    def action_medical_match(self):
        """The lines of this order, ordered against received against billed."""
        self.env["medical.supply.match"].check_access("read")
        self.check_access("read")
        return self.env["medical.supply.match"]._action_of(self.order_line)

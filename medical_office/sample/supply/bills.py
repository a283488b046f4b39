"""The sample practice's orders with their bills: most agree, four do not."""

import math
from datetime import datetime, time, timedelta

from odoo import models
from odoo.fields import Command

LINES = 3
# days ago, share received, share billed (None: no bill yet), price against the order
ORDERS = (
    (41, 1, 1, 1),
    (34, 1, 1, 1.01),
    (27, 1, 1, 1.09),  # above the order
    (19, 0.75, 1, 1),  # a part has not come
    (15, 1, 1, 1),
    (12, 0, 1, 1),  # billed before anything came
    (6, 1, None, 1),  # the bill is still to come
)


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_supply_bills(self, practice):
        """Orders of the last six weeks, received and billed as vendors do it."""
        env = practice.env
        site = env["stock.warehouse"].search([("medical_is_site", "=", True)], limit=1)
        terms = env["product.supplierinfo"].search(
            [
                ("product_tmpl_id.medical_kind", "in", ("medical", "office", "ppe")),
                ("product_tmpl_id.tracking", "=", "none"),
                ("price", ">", 5),
            ],
            order="partner_id, product_tmpl_id, id",
        )
        vendors = list(terms.grouped("partner_id").items())
        orders = env["purchase.order"].create(
            [
                self._sample_order(
                    practice, site, *vendors[number % len(vendors)], case
                )
                for number, case in enumerate(ORDERS)
            ]
        )
        orders.button_confirm()
        for order, (days, received, billed, factor) in zip(orders, ORDERS, strict=True):
            if received:
                self._sample_receive(order, received)
            moment = datetime.combine(practice.today - timedelta(days=days), time(15))
            order.date_approve = moment
            if billed:
                self._sample_bill(practice, order, days, factor)

    def _sample_order(self, practice, site, vendor, terms, case):
        days, *_rest = case
        moment = datetime.combine(practice.today - timedelta(days=days), time(15))
        start = days % max(len(terms) - LINES, 1)
        return {
            "company_id": practice.company.id,
            "partner_id": vendor.id,
            "picking_type_id": site.in_type_id.id,
            "user_id": practice.user("alvarez").id,
            "date_order": moment,
            "date_planned": moment + timedelta(days=4),
            "order_line": [
                Command.create(
                    {
                        "product_id": term.product_tmpl_id.product_variant_id.id,
                        "product_qty": 4 + 2 * place,
                        "product_uom_id": term.product_uom_id.id,
                        "price_unit": term.price,
                        "date_planned": moment + timedelta(days=4),
                    }
                )
                for place, term in enumerate(terms[start : start + LINES])
            ],
        }

    def _sample_receive(self, order, share):
        for move in order.picking_ids.move_ids:
            move.quantity = math.floor(move.product_uom_qty * share)
            move.picked = True
        order.picking_ids._action_done()
        order.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        ).move_ids.date_deadline = order.date_order + timedelta(days=30)

    def _sample_bill(self, practice, order, days, factor):
        """The accountant enters the bill as it came; only a price is ever wrong."""
        billed_on = practice.today - timedelta(days=days - 3)
        bill = (
            practice.env["account.move"]
            .with_user(practice.user("schwartz"))
            .create(
                {
                    "move_type": "in_invoice",
                    "company_id": practice.company.id,
                    "partner_id": order.partner_id.id,
                    "ref": f"INV-{order.name}",
                    "invoice_date": billed_on,
                    "invoice_date_due": billed_on + timedelta(days=30),
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": line.product_id.id,
                                "product_uom_id": line.product_uom_id.id,
                                "quantity": line.product_qty,
                                "price_unit": round(line.price_unit * factor, 2),
                                "purchase_line_id": line.id,
                                "tax_ids": [Command.clear()],
                            }
                        )
                        for line in order.order_line
                    ],
                }
            )
        )
        bill.action_post()

"""Items and vendors that go: not while they lie on a shelf or somebody waits for them."""

from odoo import models

from ..site.move import UNDER_WAY

NOT_PLACED = ("draft", "sent", "to approve")


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["medical.core.used", "product.product"]

    def _medical_check_unused(self):
        """What is not in the catalog is none of ours."""
        ours = self.filtered("medical_kind")
        super(ProductProduct, ours)._medical_check_unused()

    def _medical_used_by(self):
        _ = self.env._
        return [
            *super()._medical_used_by(),
            (
                "stock.quant",
                "product_id",
                [("quantity", "!=", 0), ("location_id.usage", "=", "internal")],
                _("on hand in places: %(count)s; use up, return or waste it first."),
            ),
            (
                "purchase.order.line",
                "product_id",
                [("order_id.state", "in", NOT_PLACED)],
                _("orders not yet placed: %(names)s; take it off or cancel them."),
            ),
            (
                "stock.move",
                "product_id",
                UNDER_WAY,
                _("under way: %(names)s; receive, finish or cancel it first."),
            ),
            (
                "medical.supply.proposal",
                "product_id",
                [("state", "in", ("draft", "approved"))],
                _("order proposals: %(names)s; order or dismiss them first."),
            ),
            (
                "medical.supply.count.line",
                "product_id",
                [("count_id.state", "not in", ("posted", "cancelled"))],
                _("lines of open counts: %(count)s; finish or cancel them first."),
            ),
            (
                "medical.supply.kit.line",
                "product_id",
                [("kit_id.active", "=", True)],
                _("kits that hold it: %(count)s; take it off their lists first."),
            ),
            (
                "medical.supply.recall",
                "product_id",
                [("state", "!=", "closed")],
                _("open recalls: %(names)s; close them first."),
            ),
        ]


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = ["medical.core.used", "res.partner"]

    def _medical_used_by(self):
        _ = self.env._
        return [
            *super()._medical_used_by(),
            (
                "purchase.order",
                "partner_id",
                [
                    "|",
                    ("state", "in", NOT_PLACED),
                    "&",
                    ("state", "=", "purchase"),
                    ("receipt_status", "in", ("pending", "partial")),
                ],
                _("open orders: %(names)s; receive or cancel them first."),
            ),
            (
                "medical.supply.proposal",
                "partner_id",
                [("state", "in", ("draft", "approved"))],
                _("order proposals: %(names)s; choose another vendor there."),
            ),
        ]

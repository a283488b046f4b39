"""Items and vendors that go: not while they lie on a shelf or somebody waits for them."""

from odoo import fields, models

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
            (
                "product.supplierinfo",
                "partner_id",
                [("id", "in", self._medical_bought_first().ids)],
                _(
                    "prices of items that are bought there first: %(count)s; let "
                    "them end or put another vendor before them."
                ),
            ),
        ]

    def _medical_bought_first(self):
        """The rows of price lists by which items of the catalog are bought from these
        vendors: an archived one is passed over without a word."""
        # sudo: what hangs on a vendor counts, also where this user may not see it
        rows = (
            self.env["product.supplierinfo"]
            .sudo()
            .search(
                [
                    ("product_tmpl_id.seller_ids.partner_id", "in", self.ids),
                    ("product_tmpl_id.medical_kind", "!=", False),
                    ("product_tmpl_id.product_variant_ids.active", "=", True),
                    ("partner_id.active", "=", True),
                    "|",
                    ("date_end", "=", False),
                    ("date_end", ">=", fields.Date.context_today(self)),
                ]
            )
        )
        first = rows.browse()
        for same in rows.grouped(
            lambda row: (row.product_tmpl_id, row.product_id, row.company_id)
        ).values():
            first |= same[0]  # in the order of the price list
        return first

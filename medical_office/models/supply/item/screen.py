"""Items inside the medical office: our form, and where an item stands on a shelf."""

from odoo import models

from ...core.mixins.open_action import list_action, own_form


class ProductTemplate(models.Model):
    _inherit = "product.template"

    _medical_path = "supply-items"
    _medical_left_out = (
        "product.action_product_template_price_list_report",
        "stock.action_product_template_replenishment",
    )

    def get_formview_id(self, access_uid=None):
        """Links to an item of the catalog open our form."""
        if self.medical_kind:
            view = own_form(self, "supply_item_view_form")
            if view:
                return view
        return super().get_formview_id(access_uid)

    def action_medical_pars(self):
        """The shelves on which this item is kept, with their par levels."""
        self.ensure_one()
        self.check_access("read")
        return list_action(
            self.env,
            "stock_orderpoint_action",
            self.env._("Par Levels of %s", self.name),
            [
                ("product_id", "in", self.product_variant_ids.ids),
                ("medical_is_room", "=", True),
            ],
            default_trigger="manual",
        )

    def action_medical_lots(self):
        """The stock of this item, by room and lot."""
        self.ensure_one()
        self.check_access("read")
        return list_action(
            self.env,
            "stock_quant_expiry_action",
            self.env._("Stock of %s", self.name),
            [("product_id", "in", self.product_variant_ids.ids)],
        )


class ProductProduct(models.Model):
    _inherit = "product.product"

    def get_formview_action(self, access_uid=None):
        """A link to an item opens it as the catalog shows it."""
        if self.medical_kind and own_form(self, "supply_item_view_form"):
            return self.product_tmpl_id.get_formview_action(access_uid)
        return super().get_formview_action(access_uid)

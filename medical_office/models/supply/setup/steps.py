"""Setup of supplies: items, par by room, vendors, what is on the shelves."""

from odoo import api, models

from ...core.setup.step import Step


class CoreSetup(models.AbstractModel):
    _inherit = "medical.core.setup"

    @api.model
    def _steps(self):
        return [*super()._steps(), *self._supply_steps()]

    @api.model
    def _supply_steps(self):
        _, company = self.env._, self.env.company
        mine = ["|", ("company_id", "=", False), ("company_id", "=", company.id)]
        own = [("company_id", "=", company.id)]
        items = self.env["product.template"].search_count(
            [("medical_kind", "!=", False), *mine], limit=1
        )
        pars = self.env["stock.warehouse.orderpoint"].search_count(
            [("medical_is_room", "=", True), *own], limit=1
        )
        stock = self.env["stock.quant"].search_count(
            [("location_id.medical_room_type", "!=", False), *own], limit=1
        )
        manager = ("core_group_manager",)
        return [
            Step(
                "item", "supply", 10, _("Items"),
                _("Begin with the starter catalog or bring your own list (CSV)."),
                manager,
                [] if items else [_("No items yet.")],
                "supply_catalog_wizard_action",
            ),
            Step(
                "par", "supply", 20, _("Par levels by room"),
                _(
                    "How much each room keeps. Levels are proposed by room type; correct "
                    "them in the grid."
                ),
                manager,
                [] if pars else [_("No room has par levels yet.")],
                "supply_par_wizard_action", after=("room", "item"),
            ),
            self._vendor_step(mine),
            Step(
                "stock", "supply", 40, _("First count"),
                _("Count each shelf once, so that orders begin from what is there."),
                ("core_group_staff",),
                [] if stock else [_("Nothing has been counted yet.")],
                "supply_count_phone_action", after=("par",),
            ),
        ]  # fmt: skip

    @api.model
    def _vendor_step(self, mine):
        _ = self.env._
        vendors = self.env["product.supplierinfo"]._read_group(
            [("product_tmpl_id.medical_kind", "!=", False), *mine], ["partner_id"]
        )
        partners = self.env["res.partner"].union(*(one for (one,) in vendors))
        silent = partners.filtered(lambda one: not one.email and not one.phone)
        missing = [] if partners else [_("No item has a vendor yet.")]
        if silent:
            missing.append(
                _("Vendors without an email address or phone number: %s.", len(silent))
            )
        return Step(
            "vendor", "supply", 30, _("Vendors"),
            _("Orders go to them. The starter catalog names example vendors: rename or "
              "replace them by yours."),
            ("core_group_manager",), missing, "supply_vendor_action", after=("item",),
        )  # fmt: skip

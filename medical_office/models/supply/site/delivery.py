"""Deliveries: what is on its way, and the dialog in which it is received."""

from odoo import fields, models
from odoo.exceptions import UserError

from ...core.mixins.open_action import own_form

AWAITED = ("confirmed", "waiting", "assigned")


class StockPicking(models.Model):
    _inherit = "stock.picking"

    _medical_path = "supply-deliveries"
    # what arrived is asked by Receive: quantity, lot and expiration date
    _medical_left_out = (
        "stock.action_lead_mass_mail",
        "stock.action_report_delivery",
        "stock.action_scrap",
        "stock.action_toggle_is_locked",
        "stock.action_unreserve_picking",
        "stock.action_validate_picking",
        "stock.return_label_report",
        "stock.stock_split_picking",
    )

    medical_site_id = fields.Many2one(
        related="picking_type_id.warehouse_id", string="Site"
    )

    def get_formview_id(self, access_uid=None):
        """Links to a delivery open our form."""
        return own_form(self, "supply_delivery_view_form") or super().get_formview_id(
            access_uid
        )

    def action_medical_receive(self):
        """The dialog that asks what arrived: quantity, lot and expiration date.

        :raises AccessError: neither head nor office manager
        :raises UserError: the delivery is no longer awaited
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_head")
        self.check_access("read")
        if self.picking_type_code != "incoming" or self.state not in AWAITED:
            raise UserError(
                self.env._("%s is no longer on its way. Reload the page.", self.name)
            )
        return self.env["medical.supply.receive.wizard"]._asking(self)

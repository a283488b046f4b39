"""Vendor bills, as the domains that have some open them."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _medical_bills_action(self):
        """The screen of these bills. Hook: the books have a list of ours."""
        if len(self) == 1:
            return self.get_formview_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_in_invoice_type"
        )
        return action | {"domain": [("id", "in", self.ids)], "context": {}}

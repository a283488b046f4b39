"""Orders inside the medical office: our form, and the steps that lead on from it."""

from odoo import models
from odoo.exceptions import UserError

from ...core.mixins.open_action import list_action, own_form

AWAITED = ("confirmed", "waiting", "assigned")


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    _medical_path = "supply-orders"
    # orders are approved and ordered by our steps; accruals are the month-end close's
    _medical_left_out = (
        "purchase.action_accrued_expense_entry",
        "purchase.action_confirm_rfqs",
        "purchase.action_merger",
        "purchase.report_purchase_quotation",
    )

    def get_formview_id(self, access_uid=None):
        """Links to an order open our form."""
        return own_form(self, "supply_order_view_form") or super().get_formview_id(
            access_uid
        )

    def _medical_open_action(self, finding=None):
        """An order that is late is dealt with where its goods are received."""
        return self.get_formview_action()

    def action_medical_receive(self):
        """Enter what arrived of this order.

        :raises UserError: nothing is on its way
        """
        self.ensure_one()
        self.check_access("read")
        awaited = self.picking_ids.filtered(lambda one: one.state in AWAITED)
        if not awaited:
            raise UserError(
                self.env._("%s: nothing more is on its way.", self.display_name)
            )
        if len(awaited) > 1:
            return self.action_medical_deliveries()
        return awaited.action_medical_receive()

    def action_medical_deliveries(self):
        """The deliveries of this order."""
        self.ensure_one()
        self.check_access("read")
        if len(self.picking_ids) == 1:
            return self.picking_ids.get_formview_action()
        return list_action(
            self.env,
            "supply_delivery_action",
            self.env._("Deliveries of %s", self.name),
            [("id", "in", self.picking_ids.ids)],
        )

    def action_medical_bills(self):
        """The bills of this order."""
        self.ensure_one()
        self.check_access("read")
        return self.action_view_invoice()

    def action_medical_bill(self):
        """Make the draft of the vendor's bill, from what was received.

        :raises AccessError: the user keeps no books
        """
        self.env["medical.core.guard"]._check_caller("core_group_accountant")
        self.ensure_one()
        self.check_access("read")
        self.action_create_invoice()
        return self.action_view_invoice()

    def action_medical_ask_send_back(self):
        """Ask why, then give an order that waits back to whoever made it."""
        self._medical_check_approver()
        return self.env["medical.core.reason.wizard"]._asking(
            self, "action_medical_send_back", self.env._("Send Back")
        )

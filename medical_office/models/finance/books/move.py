"""Bills and journal entries inside the medical office: our forms, and what posting means."""

from odoo import models

from ...core.mixins.open_action import list_action, own_form

BILLS = ("in_invoice", "in_refund", "in_receipt")


class AccountMove(models.Model):
    _inherit = "account.move"

    def get_formview_id(self, access_uid=None):
        """Links to a bill or an entry open our form; a supply bill seen by somebody
        without payments opens as the domain below says."""
        found = super().get_formview_id(access_uid=access_uid)
        hold = self.env.ref("medical_office.supply_bill_view_form").id
        if len(self) != 1 or found == hold:
            return found
        forms = {"entry": "finance_entry_view_form"}
        forms |= dict.fromkeys(BILLS, "finance_bill_view_form")
        form = forms.get(self.move_type)
        return (form and own_form(self, form)) or found

    def _medical_bills_action(self):
        """Several in our list; without payments for who may not read them."""
        if len(self) == 1:
            return super()._medical_bills_action()
        pays = self.env["account.payment"].has_access("read")
        return list_action(
            self.env,
            "finance_bill_action" if pays else "supply_bill_action",
            self.env._("Vendor Bills"),
            [("id", "in", self.ids)],
        )

    def _post(self, soft=True):
        """What follows a posting here: budgets are asked, adjusting entries taken back."""
        posted = super()._post(soft=soft)
        posted._medical_ask_budget()
        posted._medical_adjusted()
        return posted

"""Bills ask the budget when they are posted; lines of an order asked with the order."""

from odoo import models

from ....engine.finance.budget_control import BudgetControl

BILLS = ("in_invoice", "in_receipt")


class AccountMove(models.Model):
    _inherit = "account.move"

    def _medical_ask_budget(self):
        """Hold the posted bills of these entries against the budgets that pay them.

        :raises UserError: one goes beyond a budget, and the policy blocks it
        """
        billed = self.filtered(lambda move: move.move_type in BILLS)
        for company, bills in billed.grouped("company_id").items():
            control = BudgetControl(self.env, company)
            over = control.over(bills, control.of_bills)
            self.env["medical.finance.control"]._respond(company, over)

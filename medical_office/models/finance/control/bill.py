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
            if not control.kept():
                continue
            standings = control.standings(control.of_bills(bills), counted=True)
            over = [each for each in standings if each.over]
            if not over:
                continue
            parts = {bill: control.of_bills(bill) for bill in bills}
            found = {
                bill: [
                    each
                    for each in over
                    if part.get((each.month, each.department, each.category))
                ]
                for bill, part in parts.items()
            }
            self.env["medical.finance.control"]._respond(
                company, {bill: own for bill, own in found.items() if own}
            )

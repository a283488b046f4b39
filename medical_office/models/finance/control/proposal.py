"""What to order: the line says what its budget has left, and its order names who pays."""

from odoo import models

from ....engine.finance.budget_control import BudgetControl
from ....tools.money import ZERO


class SupplyProposal(models.Model):
    _inherit = "medical.supply.proposal"

    def _medical_budget_left(self):
        """What is left of the budget that pays each line, before the line."""
        found = super()._medical_budget_left()
        for company, lines in self.grouped("company_id").items():
            control = BudgetControl(self.env, company)
            if not control.kept():
                continue
            keys = control.of_proposals(lines)
            asked = dict.fromkeys(keys.values(), ZERO)
            left = {
                (each.month, each.department, each.category): each.left
                for each in control.standings(asked, counted=True)
            }
            found |= {
                line: float(left[key]) for line, key in keys.items() if key in left
            }
        return found

    def _line_values(self, store, pars):
        """The department and the site that asked for it pay it."""
        values = super()._line_values(store, pars)
        # sudo: cost centers, whoever orders
        line = self.sudo()
        centers = (
            line.department_id.medical_analytic_account_id,
            line.site_id.medical_analytic_account_id,
        )
        distribution = {str(center.id): 100 for center in centers if center}
        if distribution:
            values["analytic_distribution"] = distribution
        return values

"""Setup of the books: the chart of accounts and its practice categories."""

from odoo import api, models

from ....tools.finance.category.propose import MAPPED_TYPES
from ...core.setup.step import Step

KEEPERS = ("core_group_accountant", "core_group_manager")
GENERIC = (False, "generic_coa")


class CoreSetup(models.AbstractModel):
    _inherit = "medical.core.setup"

    @api.model
    def _steps(self):
        return [*super()._steps(), *self._finance_steps()]

    @api.model
    def _finance_steps(self):
        _, company = self.env._, self.env.company
        unmapped = self.env["account.account"].search_count(
            [
                ("company_ids", "in", company.ids),
                ("account_type", "in", list(MAPPED_TYPES)),
                ("medical_category_id", "=", False),
            ]
        )
        return [
            Step(
                "chart", "books", 10, _("Chart of accounts"),
                _("The US chart replaces the general one, as long as nothing is posted."),
                KEEPERS,
                [_("The books are still on the general chart.")]
                if company.chart_template in GENERIC
                else [],
                "finance_chart_wizard_action",
            ),
            Step(
                "category", "books", 20, _("Practice categories"),
                _("Statements and measures group accounts by what a practice earns and "
                  "spends; a category is proposed for each account."),
                KEEPERS,
                [_("Accounts without a category: %s.", unmapped)] if unmapped else [],
                "finance_map_wizard_action", after=("chart", "pay_accounts"),
            ),
        ]  # fmt: skip

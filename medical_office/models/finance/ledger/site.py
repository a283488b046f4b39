"""The cost center of a site."""

from odoo import api, fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    medical_analytic_account_id = fields.Many2one(
        "account.analytic.account",
        "Cost Center",
        check_company=True,
        groups="medical_office.core_group_accountant,medical_office.core_group_manager,"
        "medical_office.core_group_director",
        help="Entries of this analytic account count for the site.",
    )

    @api.model
    def _medical_set_up_cost_centers(self, company):
        """An analytic account for each site that has none, under the plan “Sites”."""
        sites = self.search(
            [
                ("company_id", "=", company.id),
                ("medical_is_site", "=", True),
                ("medical_analytic_account_id", "=", False),
            ]
        )
        if not sites:
            return
        plans = self.env["account.analytic.plan"]
        plan = plans.search([("name", "=", "Sites")], limit=1) or plans.create(
            {"name": "Sites"}
        )
        accounts = self.env["account.analytic.account"].create(
            [
                {"name": site.name, "plan_id": plan.id, "company_id": company.id}
                for site in sites
            ]
        )
        for site, account in zip(sites, accounts, strict=True):
            site.medical_analytic_account_id = account

"""The US chart of accounts instead of the general one."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...models.core.mixins.done import CLOSE, done

KEEPERS = ("core_group_accountant", "core_group_manager")
CHART = "us"
# accounts that it lacks and a practice needs: code, name, type, practice category
ADDED = (
    ("605100", "Medical Supplies", "expense", "medical_supply"),
    ("605200", "Drugs and Vaccines", "expense", "drugs"),
    ("656500", "Depreciation of Equipment", "expense_depreciation", "equipment"),
)


class FinanceChartWizard(models.TransientModel):
    """The host keeps charts for its administrator; before the first entry the accountant
    chooses the US one. It gets the accounts of supplies and drugs, which it lacks."""

    _name = "medical.finance.chart.wizard"
    _description = "US Chart of Accounts"
    _inherit = ["medical.core.wizard"]

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    account_count = fields.Integer(
        "Accounts Now", compute="_compute_account_count", compute_sudo=True
    )

    def _compute_account_count(self):
        for wizard in self:
            wizard.account_count = self.env["account.account"].search_count(
                [("company_ids", "in", self.env.company.ids)]
            )

    def action_load(self):
        """Load the US chart.

        :raises UserError: something is posted already, or the chart is loaded
        """
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        self.ensure_one()
        # sudo: the host asks its administrator for a chart; it is loaded into one's own
        # company, before the first entry
        company = self.env.company.sudo()
        if company.chart_template == CHART:
            raise UserError(self.env._("The US chart is loaded already."))
        moves = company.env["account.move"]
        if moves.search_count([("company_id", "=", company.id)], limit=1):
            raise UserError(
                self.env._(
                    "%s has journal entries: its chart stays. Map its accounts to "
                    "practice categories, and skip this step.",
                    company.name,
                )
            )
        if company.env["medical.payroll.posting"].search_count(
            [("company_id", "=", company.id)], limit=1
        ):
            raise UserError(
                self.env._(
                    "%s has payroll accounts on its chart already: the chart stays. Map "
                    "its accounts to practice categories, and skip this step.",
                    company.name,
                )
            )
        self._load(company)
        return done(
            self.env,
            self.env._("%s has the US chart of accounts now.", company.name),
            then=CLOSE,
        )

    @api.model
    def _load(self, company):
        """The US chart with what a practice adds to it; items are posted there."""
        env = company.with_company(company).env
        env["account.chart.template"].try_loading(
            CHART, company=company, install_demo=False
        )
        categories = env["medical.finance.category"].search([]).grouped("code")
        added = env["account.account"]._pen().create(
            [
                {
                    "code": code,
                    "name": name,
                    "account_type": kind,
                    "tag_ids": [Command.link(categories[category].tag_id.id)],
                }
                for code, name, kind, category in ADDED
            ]
        )  # fmt: skip
        env["product.category"]._medical_book(company)
        return added

"""Map accounts to practice categories: the program proposes, a person decides."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...tools.finance.category.propose import MAPPED_TYPES, propose

KEEPERS = ("core_group_accountant", "core_group_manager")


class FinanceMapWizard(models.TransientModel):
    """Proposes a category for each account of income and cost that has none."""

    _name = "medical.finance.map.wizard"
    _description = "Map Accounts"
    _inherit = ["medical.core.guard"]

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        readonly=True,
    )
    line_ids = fields.One2many(
        "medical.finance.map.wizard.line",
        "wizard_id",
        default=lambda self: self._default_lines(),
    )

    @api.model
    def _default_lines(self):
        """A line for each account without category, with a proposal."""
        company = self.env.company
        accounts = self.env["account.account"].search(
            [
                ("company_ids", "in", company.ids),
                ("account_type", "in", list(MAPPED_TYPES)),
                ("medical_category_id", "=", False),
            ]
        )
        # sudo: which accounts payroll posts to is asked for, no amount of pay
        postings = self.env["medical.payroll.posting"].sudo()
        kinds = {
            posting.account_id: posting.kind
            # what a department has of its own is told by its name: physicians' pay
            for posting in postings.search(
                [("company_id", "=", company.id), ("department_id", "=", False)]
            )
        }
        categories = self.env["medical.finance.category"].search([])
        by_code = {category.code: category for category in categories}
        lines = []
        for account in accounts.with_context(lang="en_US"):
            kind = kinds.get(account.with_context(lang=self.env.lang))
            proposal = propose(account.name, account.account_type, kind)
            category = by_code.get(proposal.code) if proposal else None
            lines.append(
                Command.create(
                    {
                        "account_id": account.id,
                        "category_id": category.id if category else False,
                        "reason": proposal.reason if category else False,
                    }
                )
            )
        return lines

    def action_map(self):
        """Give each account the tag of the category chosen for it; other tags stay.

        :raises UserError: no line has a category
        """
        self.ensure_one()
        self._check_caller(*KEEPERS)
        chosen = self.line_ids.filtered("category_id")
        if not chosen:
            raise UserError(
                self.env._("Choose the category of at least one account first.")
            )
        chosen._check_accounts()
        for category, lines in chosen.grouped("category_id").items():
            # sudo: the host keeps charts for its own administrators; a tag is added here,
            # nothing of the chart is changed
            lines.account_id.sudo()._pen().write(
                {"tag_ids": [Command.link(category.sudo().tag_id.id)]}
            )
        self.env["product.category"]._medical_book(self.env.company)
        return self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.finance_category_action"
        )


class FinanceMapWizardLine(models.TransientModel):
    _name = "medical.finance.map.wizard.line"
    _description = "Map Accounts Line"
    _inherit = ["medical.core.wizard"]
    _order = "category_id, id"

    wizard_id = fields.Many2one(
        "medical.finance.map.wizard", required=True, ondelete="cascade"
    )
    account_id = fields.Many2one("account.account", required=True, ondelete="cascade")
    account_type = fields.Selection(related="account_id.account_type")
    category_id = fields.Many2one("medical.finance.category", ondelete="cascade")
    reason = fields.Selection(
        [
            ("payroll", "Payroll posts to it"),
            ("name", "Its name"),
            ("type", "Its type"),
        ],
        "Proposed because of",
        readonly=True,
    )

    def _check_accounts(self):
        """Refuse what the dialog did not propose: a client may put any on a line.

        :raises UserError: an account of the balance sheet, or one that has a category
        """
        self.account_id.check_access("read")
        for account in self.account_id:
            if account.account_type not in MAPPED_TYPES:
                raise UserError(
                    self.env._(
                        "%s is an account of the balance sheet. Practice categories are "
                        "of income and cost.",
                        account.display_name,
                    )
                )
            if account.medical_category_id:
                raise UserError(
                    self.env._(
                        "%(account)s belongs to “%(category)s”. Open the dialog again: "
                        "it lists the accounts without a category.",
                        account=account.display_name,
                        category=account.medical_category_id.name,
                    )
                )
        if len(self.account_id) < len(self):
            raise UserError(
                self.env._("Choose one category for each account: one is listed twice.")
            )

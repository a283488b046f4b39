"""Which practice category an account belongs to, and the check for those without."""

from odoo import api, fields, models

from ....tools.finance.category.propose import MAPPED_TYPES
from ...core.check.answerable import finding
from ...core.check.check import CheckResult


class AccountAccount(models.Model):
    _name = "account.account"
    _inherit = ["account.account", "medical.core.guard"]

    medical_category_id = fields.Many2one(
        "medical.finance.category",
        "Practice Category",
        compute="_compute_medical_category_id",
        store=True,
        index="btree_not_null",
        ondelete="set null",
        help="Follows from the account's tags.",
    )

    @api.depends("tag_ids")
    def _compute_medical_category_id(self):
        categories = (
            self.env["medical.finance.category"].sudo().search([])
        )  # sudo: tags
        by_tag = {category.tag_id.id: category for category in categories}
        for account in self:
            found = [by_tag[tag] for tag in account.tag_ids.ids if tag in by_tag]
            account.medical_category_id = min(
                found,
                key=lambda category: (category.sequence, category.id),
                default=False,
            )

    @api.model
    def _medical_check_categories(self):
        """Accounts of income and cost that carry entries and belong to no category, or
        to two."""
        used = self.env["account.move.line"]._read_group(
            [
                ("account_id.account_type", "in", list(MAPPED_TYPES)),
                ("parent_state", "=", "posted"),
            ],
            ["company_id", "account_id"],
            ["balance:sum"],
        )
        tags = self.env["medical.finance.category"].search([]).tag_id
        rows = []
        for company, account, balance in used:
            named = account.tag_ids & tags
            if len(named) == 1:
                continue
            text = (
                self.env._(
                    "%(account)s has entries and no practice category: map it",
                    account=account.with_company(company).display_name,
                )
                if not named
                else self.env._(
                    "%(account)s has the tags of %(count)s practice categories: keep one",
                    account=account.with_company(company).display_name,
                    count=len(named),
                )
            )
            rows.append(
                finding(
                    account,
                    text,
                    company_id=company.id,
                    money_at_risk=abs(balance),
                    key=str(company.id),
                )
            )
        return CheckResult(looked_at=len(used), rows=rows)

    def _medical_open_action(self, finding=None):
        """An account without category is dealt with in the dialog that maps accounts."""
        return self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.finance_map_wizard_action"
        )

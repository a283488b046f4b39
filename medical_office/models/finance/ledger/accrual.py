"""Journal items by department and site: what was earned and used up, when it was."""

from odoo import fields, models

from ....engine.finance.kept_ledger import accrual_kept

LINE_FIELDS = [
    "account_id",
    "analytic_distribution",
    "balance",
    "company_id",
    "credit",
    "date",
    "debit",
    "journal_id",
    "move_id",
    "name",
    "parent_state",
    "partner_id",
]
ACCOUNT_FIELDS = ["account_type", "medical_category_id"]


class FinanceAccrual(models.Model):
    _name = "medical.finance.accrual"
    _description = "Entries by Department"
    _inherit = ["medical.finance.ledger"]
    _auto = False
    _document = "move_id"
    _depends = {
        "account.move.line": LINE_FIELDS,
        "account.account": ACCOUNT_FIELDS,
        "hr.department": ["medical_analytic_account_id"],
        "stock.warehouse": ["medical_analytic_account_id"],
    }

    move_line_id = fields.Many2one("account.move.line", "Journal Item", readonly=True)
    move_id = fields.Many2one("account.move", "Journal Entry", readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True)

    @property
    def _table_query(self):
        return accrual_kept()

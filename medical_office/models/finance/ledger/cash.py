"""Income and cost by department in the month in which they were paid."""

from odoo import fields, models

from ....engine.finance.ledger_query import cash
from .accrual import ACCOUNT_FIELDS, LINE_FIELDS


class FinanceCash(models.Model):
    _name = "medical.finance.cash"
    _description = "Paid Income and Cost by Department"
    _inherit = ["medical.finance.ledger"]
    _auto = False
    _document = "move_id"
    _depends = {
        "account.move.line": LINE_FIELDS,
        "account.account": ACCOUNT_FIELDS,
        "account.partial.reconcile": [
            "amount",
            "credit_move_id",
            "debit_move_id",
            "max_date",
        ],
        "hr.department": ["medical_analytic_account_id"],
        "stock.warehouse": ["medical_analytic_account_id"],
    }

    move_line_id = fields.Many2one("account.move.line", "Journal Item", readonly=True)
    move_id = fields.Many2one("account.move", "Journal Entry", readonly=True)
    journal_id = fields.Many2one("account.journal", readonly=True)

    @property
    def _table_query(self):
        return cash()

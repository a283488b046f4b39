"""Income and cost by department in the month in which they were paid."""

from odoo import api, fields, models

from ....engine.finance.kept import work_off
from ....engine.finance.kept_ledger import ACCRUED, CASH, KEPT, ORDERED, cash_kept
from ....engine.finance.kept_setup import set_up
from ...core.check.answerable import finding
from ...core.check.check import CheckResult
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
        return cash_kept()

    def init(self):
        # after the columns of this addon are there
        self.pool.post_init(set_up, self.env.cr)

    @api.model
    def _cron_work_off(self):
        """Write kept rows of what was touched since the last time anew."""
        self.env.flush_all()
        work_off(self.env.cr, KEPT)

    @api.model
    def _medical_check_kept(self):
        """Entries and orders whose kept rows are not what the books say.

        They are marked, so that the next reader has them right.
        """
        self.env.flush_all()
        rows, looked_at = [], 0
        for model, kept in (
            ("account.move", (CASH, ACCRUED)),
            ("purchase.order", (ORDERED,)),
        ):
            # sudo: the check looks at everything
            records = self.env[model].sudo()
            looked_at += records.search_count([])
            rows += [
                finding(
                    record,
                    self.env._(
                        "%s: what reports kept of it was not what the books say; it was "
                        "recalculated. Tell who looks after the database: somebody "
                        "changed the books without the triggers.",
                        record.display_name,
                    ),
                    company_id=record.company_id.id,
                )
                for record in records.browse(
                    sorted({key for each in kept for key in each.wrong(self.env.cr)})
                )
            ]
        return CheckResult(looked_at=looked_at, rows=rows)

"""The OCA's ledger, trial balance, open items and ageing, for those who may read all of
the ledger."""

from odoo import models
from odoo.exceptions import AccessError

LEDGER = ("account.group_account_readonly", "account.group_account_user")


class LedgerReport(models.AbstractModel):
    """What each of these reports asks first, on the screen, as PDF and as XLSX.

    The OCA lets every user ask and shows the journal items that person may read. Whoever
    buys may read bills, so an office manager got a trial balance of bills alone: figures
    that look like the practice's and are not.
    """

    _inherit = "report.account_financial_report.abstract_report"

    def _get_report_values(self, docids, data):
        """:raises AccessError: the user does not read the ledger, or works for another
        company"""
        user = self.env.user
        if not self.env.su and not any(map(user.has_group, LEDGER)):
            raise AccessError(
                self.env._(
                    "The general ledger and what is printed from it belong to the "
                    "accountant and the director. Under Finance, Statements you find "
                    "what you may read."
                )
            )
        company = self.env["res.company"].browse(data["company_id"])
        if not self.env.su and company not in user.company_ids:
            raise AccessError(
                self.env._("You do not work for the company of this report.")
            )
        return super()._get_report_values(docids, data)

"""Which of its accounts the practice pays from: sealed with the journal."""

from odoo import models

from ....engine.core.sealreader import covers


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["account.journal", "medical.core.sealed.always"]

    _seal_schemes = (covers("bank_account_id"),)

    def _seal_domain(self):
        """A journal without an account pays from none."""
        return [("bank_account_id", "!=", False)]

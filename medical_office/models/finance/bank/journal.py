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

    def _medical_bank_accounts(self):
        """The accounts on which the books show what moves at the bank: its own, and
        where payments wait that are on their way."""
        ways = (
            self.inbound_payment_method_line_ids + self.outbound_payment_method_line_ids
        )
        return self.default_account_id | ways.payment_account_id

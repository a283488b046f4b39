"""Which of its accounts the practice pays from: sealed with the journal."""

from odoo import api, models

from ....engine.core.sealreader import covers

SEALED = "bank_account_id"


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["account.journal", "medical.core.sealed"]

    _seal_states = None
    _seal_schemes = (covers(SEALED),)

    def _seal_domain(self):
        """A journal without an account pays from none."""
        return [(SEALED, "!=", False)]

    @api.model_create_multi
    def create(self, vals_list):
        journals = super().create(vals_list)
        journals.filtered(SEALED)._seal()
        return journals

    def write(self, vals):
        had = self.filtered(SEALED) if SEALED in vals else self.browse()
        result = super().write(vals)
        if SEALED in vals:
            having = self.filtered(SEALED)
            having._seal()
            self.env["medical.core.seal"]._make(had - having, "opened")
        return result

    def unlink(self):
        """What was rightly deleted is not missing."""
        self.env["medical.core.seal"]._make(self.filtered(SEALED), "opened")
        return super().unlink()

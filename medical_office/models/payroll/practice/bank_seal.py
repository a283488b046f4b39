"""The practice's bank for pay: sealed from its entry on, and anew with each change that a
person makes, so that a file never leaves for, or from, an account that SQL put there."""

from odoo import api, models

from ....engine.core.sealreader import covers

SEALED = (
    "company_id",
    "name",
    "destination",
    "origin",
    "company_ident",
    "company_label",
    "balanced",
    "account",
    "prenote_new",
    "journal_id",
)


class PayrollBank(models.Model):
    _name = "medical.payroll.bank"
    _inherit = ["medical.payroll.bank", "medical.core.sealed"]

    _seal_states = None
    _seal_schemes = (covers(" ".join(SEALED)),)

    @api.model_create_multi
    def create(self, vals_list):
        banks = super().create(vals_list)
        banks._seal()
        return banks

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & set(SEALED):
            self._seal()
        return result

    def unlink(self):
        """What was rightly deleted is not missing."""
        self.env["medical.core.seal"]._make(self, "opened")
        return super().unlink()

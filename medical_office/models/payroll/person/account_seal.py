"""Where pay goes: sealed anew with each change that a person makes, so that a change by
SQL is seen, before a payment and after it."""

from odoo import models

from ....engine.core.sealreader import covers

SEALED = ("employee_id", "routing", "number", "kind", "share", "value", "active")


class PayrollAccount(models.Model):
    _name = "medical.payroll.account"
    _inherit = ["medical.payroll.account", "medical.core.sealed"]

    _seal_states = None
    _seal_schemes = (covers(" ".join(SEALED)),)

    def _seal_domain(self):
        """An account without a number is paid nothing."""
        return [("number", "not in", (False, ""))]

    def _seal_written(self, vals):
        """Seal anew what somebody has rightly changed."""
        if vals.keys() & set(SEALED):
            # sudo: the number is nobody's to read; only its digest is kept
            self.filtered(lambda account: account.sudo().number)._seal()

    def unlink(self):
        """What was rightly deleted is not missing."""
        # sudo: as above
        numbered = self.filtered(lambda account: account.sudo().number)
        self.env["medical.core.seal"]._make(numbered, "opened")
        return super().unlink()

"""Where pay goes: sealed anew with each change that a person makes, so that a change by
SQL is seen, before a payment and after it."""

from odoo import models

from ....engine.core.sealreader import covers


class PayrollAccount(models.Model):
    _name = "medical.payroll.account"
    _inherit = ["medical.payroll.account", "medical.core.sealed.always"]

    _seal_schemes = (covers("employee_id routing number kind share value active"),)

    def _seal_domain(self):
        """An account without a number is paid nothing."""
        return [("number", "not in", (False, ""))]

"""The practice's bank for pay: sealed from its entry on, and anew with each change that a
person makes, so that a file never leaves for, or from, an account that SQL put there."""

from odoo import models

from ....engine.core.sealreader import covers


class PayrollBank(models.Model):
    _name = "medical.payroll.bank"
    _inherit = ["medical.payroll.bank", "medical.core.sealed.always"]

    _seal_schemes = (
        covers(
            "company_id name destination origin company_ident company_label balanced "
            "account prenote_new journal_id"
        ),
    )

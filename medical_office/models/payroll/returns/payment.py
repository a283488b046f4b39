"""Payments that came back."""

from odoo import api, fields, models


class PayrollPayment(models.Model):
    _inherit = "medical.payroll.payment"

    return_ids = fields.One2many(
        "medical.payroll.deposit.return", "payment_id", "Deposit Returns"
    )
    returned = fields.Boolean(compute="_compute_returned", compute_sudo=True)

    @api.depends("return_ids.about")
    def _compute_returned(self):
        for payment in self:
            payment.returned = "payment" in payment.return_ids.mapped("about")

    def action_returned(self):
        """Enter that this deposit came back."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Deposit Return"),
            "res_model": "medical.payroll.deposit.return",
            "views": [(False, "form")],
            "context": {
                "default_payment_id": self.id,
                "default_company_id": self.company_id.id,
            },
        }

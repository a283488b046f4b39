"""Additional earnings of a person: each pay, or once."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("addl", "Other wages (leave paid out, severance)"),
    ("allowance", "Allowance, on-call pay (raises overtime)"),
    ("bonus", "Promised bonus (raises overtime)"),
    ("discretionary", "Discretionary bonus"),
    ("retro", "Correction of an earlier period"),
    ("reimb", "Reimbursed expenses (not wages)"),
]


class PayrollEarning(models.Model):
    """Money beside the pay for time. ``once`` is paid with the first pay from its day."""

    _name = "medical.payroll.earning"
    _description = "Additional Earning"
    _inherit = ["medical.people.dated"]

    name = fields.Char("On the payslip", required=True)
    kind = fields.Selection(KINDS, required=True, default="addl")
    amount = fields.Monetary(required=True)
    once = fields.Boolean(
        help=("Paid once, with the first paycheck on or after “From”.")
    )

    @api.constrains("amount", "kind")
    def _check_amount(self):
        for earning in self:
            if not earning.amount or (earning.amount < 0 and earning.kind != "retro"):
                raise ValidationError(
                    self.env._(
                        "%(name)s: enter an amount above zero. Only a correction may be "
                        "negative.",
                        name=earning.name,
                    )
                )

    @api.constrains("employee_id", "kind", "amount", "once", "date_from", "date_to")
    def _check_not_own(self):
        """Nobody writes the own pay, as nobody writes the own raise.

        :raises AccessError: it is paid to who enters it
        """
        self._refuse_own(
            self.env._("Somebody else has to enter additional earnings of your own.")
        )

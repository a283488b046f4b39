"""What leave is paid as: its bucket and its code on the payslip."""

from odoo import fields, models

BUCKETS = [
    ("pto", "Paid time off"),
    ("sick", "Sick leave"),
    ("holiday", "Holiday"),
    ("unpaid", "Unpaid"),
]
CODES = {"pto": "PTO", "sick": "SICK", "holiday": "HOL", "unpaid": "UNPAID"}


class HrLeaveType(models.Model):
    """Each type of leave has a code of its own, so that a rule can tell them apart."""

    _inherit = "hr.leave.type"

    medical_pay_bucket = fields.Selection(
        BUCKETS,
        "Paid as",
        help="How payroll pays this leave. Empty: unpaid if the type is marked "
        "unpaid, otherwise paid time off.",
    )
    medical_pay_code = fields.Char(
        "Payslip code",
        help="Name in salary rules (worked_days.CODE). Empty: the code of “Paid as”; "
        "if that is empty too, GLOBAL.",
    )

    def _pay_bucket(self):
        """The bucket of the type; paid time off unless it says otherwise."""
        self.ensure_one()
        if self.medical_pay_bucket:
            return self.medical_pay_bucket
        return "unpaid" if self.unpaid else "pto"

    def _pay_code(self):
        """The code in ``worked_days``; types with one of their own can be told apart."""
        self.ensure_one()
        if self.medical_pay_code:
            return self.medical_pay_code
        if self.medical_pay_bucket:
            return CODES[self.medical_pay_bucket]
        return "GLOBAL"

"""What returned deposits tell the register: pay not paid anew."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult


class PayrollReturn(models.Model):
    _inherit = "medical.payroll.deposit.return"

    @api.model
    def _medical_check_open(self):
        """Pay that came back and is not paid anew: wages are due on payday."""
        today = fields.Date.context_today(self)
        waiting = self.search([("state", "not in", ["paid", "closed"])])
        rows = [
            finding(
                item,
                self.env._(
                    (
                        "A deposit to %(who)s was returned on %(day)s and has not "
                        "been paid again."
                    ),
                    who=item.employee_id.name,
                    day=format_date(self.env, item.date),
                )
                if item.about == "payment"
                else self.env._(
                    (
                        "The bank's notice about an account of %s is waiting to "
                        "be applied."
                    ),
                    item.employee_id.name,
                ),
                severity="high" if item.about == "payment" else "medium",
                money_at_risk=item.amount,
                # a notification of change is worked in within six banking days
                date_due=item.date
                + timedelta(days=2 if item.about == "payment" else 8),
            )
            for item in waiting
            if item.date <= today
        ]
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(waiting), rows)

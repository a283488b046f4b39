"""What taxes tell the register: deposits due, returns not filed."""

from datetime import timedelta

from odoo import api, fields, models

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

SOON = 5  # days before a deposit is due
RETURN_SOON = 14


class PayrollDeposit(models.Model):
    _inherit = "medical.payroll.deposit"

    @api.model
    def _medical_check_due(self):
        """Deposits that are due within days, or overdue."""
        today = fields.Date.context_today(self)
        everything = self.search([("state", "=", "due")])
        rows = []
        for deposit in everything:
            if deposit.amount <= 0 or deposit.date_due > today + timedelta(days=SOON):
                continue
            late = deposit.date_due < today
            text = (
                self.env._("%(what)s is overdue: %(amount)s.")
                if late
                else self.env._("%(what)s is due: %(amount)s.")
            )
            rows.append(
                finding(
                    deposit,
                    text
                    % {
                        "what": deposit.display_name,
                        "amount": deposit.currency_id.format(deposit.amount),
                    },
                    severity="critical" if late else "medium",
                    money_at_risk=deposit.penalty,
                    date_due=deposit.date_due,
                )
            )
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(everything), rows)


class PayrollFiling(models.Model):
    _inherit = "medical.payroll.tax.return"

    @api.model
    def _medical_check_due(self):
        """Returns that are begun and not filed as their day comes near."""
        today = fields.Date.context_today(self)
        everything = self.search([("state", "=", "draft")])
        rows = [
            finding(
                filing,
                self.env._("%s is not filed yet.", filing.display_name),
                severity="critical" if filing.date_due < today else "medium",
                date_due=filing.date_due,
            )
            for filing in everything
            if filing.date_due <= today + timedelta(days=RETURN_SOON)
        ]
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(everything), rows)

"""What the register looks for: a risk analysis signed within the last year."""

from datetime import timedelta

from odoo import api, fields, models

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

YEAR = 365


class ComplianceRiskAnalysis(models.Model):
    _inherit = "medical.compliance.risk.analysis"

    @api.model
    def _medical_check_yearly(self):
        """Practices that audit the Security Rule and signed no risk analysis in a year."""
        programs = self.env["medical.core.schedule"].search(
            [("program", "=", "hipaa_security")]
        )
        since = fields.Date.context_today(self) - timedelta(days=YEAR)
        signed = self.search([("state", "=", "signed"), ("date", ">=", since)])
        rows = [
            finding(
                schedules[0],
                self.env._(
                    "%s has not signed a risk analysis within the last year",
                    company.name,
                ),
                company_id=company.id,
                user_id=schedules[0].owner_id.id,
            )
            for company, schedules in programs.grouped("company_id").items()
            if company not in signed.company_id
        ]
        return CheckResult(len(programs.company_id), rows)

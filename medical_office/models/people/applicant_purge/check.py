"""Applicants whose records are kept longer than they have to be."""

from odoo import api, models

from ...core.check.answerable import finding
from ...core.check.check import CheckResult


class PeopleApplicantPurge(models.Model):
    _inherit = "medical.people.applicant.purge"

    @api.model
    def _medical_check_due(self):
        """One finding for each company with applicants past their retention."""
        rows = []
        companies = self.env["res.company"].search([])
        for company in companies:
            due = self.env["hr.applicant"]._medical_due_for_purge(company)
            if due:
                rows.append(
                    finding(
                        company,
                        self.env._(
                            "Applicants past their retention: %s. Propose a purge.",
                            len(due),
                        ),
                        company_id=company.id,
                    )
                )
        return CheckResult(len(companies), rows)

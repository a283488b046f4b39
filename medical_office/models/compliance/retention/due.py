"""Which records of a class may go, and when the next one may."""

from datetime import date

from odoo import api, fields, models

from ....tools.people.clock.retention import rules
from ...core.check.answerable import finding
from ...core.check.check import CheckResult

LOG_YEARS = 5  # 29 CFR 1904.33(a): after the end of the year
BREACH_YEARS = 6  # 45 CFR 164.530(j)


class ComplianceRetention(models.Model):
    _inherit = "medical.compliance.retention"

    @api.model
    def _due(self, company):
        """{code: (how many may go, the next day on which one may or False)}.

        A fixed number of queries, whoever asks: figures, no records.
        """
        today = fields.Date.context_today(self)
        # sudo: figures of the register, whoever reads it
        program = self.sudo()
        found = program._due_papers(company, today)
        applicants = program.env["hr.applicant"]._medical_due_for_purge(company)
        found["applicants"] = (len(applicants), False)
        found["osha_log"] = program._due_years(
            "medical.compliance.osha.case", company, today
        )
        found["sharps"] = program._due_days(
            "medical.compliance.incident",
            [("company_id", "=", company.id), ("kind", "=", "needle")],
            "reported_on",
            LOG_YEARS,
            today,
        )
        found["breach"] = program._due_days(
            "medical.compliance.breach",
            [("company_id", "=", company.id), ("state", "=", "closed")],
            "discovered_on",
            BREACH_YEARS,
            today,
        )
        return found

    def _due_papers(self, company, today):
        """Papers of the personnel files, by the rule of their type."""
        documents = self.env["medical.people.document"].with_context(active_test=False)
        documents = documents.search(
            [
                ("company_id", "=", company.id),
                ("state", "in", ("accepted", "void")),
                ("has_file", "=", True),
            ]
        )
        days = {}
        for document in documents:
            if document.keep_until:
                code = document.type_id.retention or "personnel"
                days.setdefault(code, []).append(document.keep_until)
        return {
            code: (
                sum(day < today for day in days.get(code, ())),
                min((d for d in days.get(code, ()) if d >= today), default=False),
            )
            for code in rules()
        }

    def _due_years(self, model, company, today):
        """Records of a year: kept to the end of the fifth year after it."""
        counts = self.env[model]._read_group(
            [("company_id", "=", company.id)], ["year"], ["__count"]
        )
        kept = [year for year, _count in counts if year + LOG_YEARS >= today.year]
        return (
            sum(count for year, count in counts if year + LOG_YEARS < today.year),
            date(min(kept) + LOG_YEARS + 1, 1, 1) if kept else False,
        )

    def _due_days(self, model, domain, field, years, today):
        """Records of a day: kept to the end of the year, and the years after it."""
        records = self.env[model].search_fetch(domain, [field])
        days = [date(one[field].year + years + 1, 1, 1) for one in records]
        return (
            sum(day <= today for day in days),
            min((day for day in days if day > today), default=False),
        )

    @api.model
    def _medical_check_due(self):
        """Papers of the personnel files that may go, a row for each company."""
        rows = []
        companies = self.env["res.company"].search([])
        classes = self.search([("purge", "=", "people")])
        for company in companies:
            found = self._due(company)
            count = sum(found.get(one.code, (0, False))[0] for one in classes)
            if count:
                rows.append(
                    finding(
                        company,
                        self.env._(
                            "Papers past their retention: %s. Fill a purge list.", count
                        ),
                        company_id=company.id,
                        key="retention",
                    )
                )
        return CheckResult(len(companies), rows)

"""Clocks of the recordkeeping rule: hours to tell OSHA, days to enter, days to post."""

from datetime import date, timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

CERTIFY_BY = (2, 1)  # 1904.32(b)(6): posted from February 1


class ComplianceOshaCase(models.Model):
    _inherit = "medical.compliance.osha.case"

    def _medical_answerable(self):
        """Who answers for the incident."""
        return self.sudo().incident_id._medical_answerable()  # sudo: who, not what

    @api.model
    def _medical_check_severe(self):
        """Severe events that OSHA has not been told of: from the first minute on."""
        now = fields.Datetime.now()
        cases = self.search([("severe", "!=", False)])
        rows = []
        for case in cases.filtered(
            lambda one: one.tell_osha_by and not one.told_osha_at
        ):
            late = now > case.tell_osha_by
            text = (
                self.env._("%(case)s: OSHA should have been told by %(at)s (%(rule)s)")
                if late
                else self.env._("%(case)s: tell OSHA by %(at)s (%(rule)s)")
            )
            rows.append(
                finding(
                    case,
                    text
                    % {
                        "case": case.display_name,
                        "at": case._tell_words(),
                        "rule": case.severe_citation,
                    },
                    severity="critical",
                    date_due=case.company_id._medical_day(case.tell_osha_by),
                )
            )
        return CheckResult(len(cases), rows)

    @api.model
    def _medical_check_entered(self):
        """Cases that are not decided within seven days of learning of them."""
        today = fields.Date.context_today(self)
        cases = self.search([("state", "=", "review")])
        rows = [
            finding(
                case,
                self.env._(
                    "%(case)s is to be put on the log, or left off, by %(day)s",
                    case=case.display_name,
                    day=format_date(self.env, case.enter_by),
                ),
                date_due=case.enter_by,
            )
            for case in cases
            if case.enter_by <= today + timedelta(days=2)
        ]
        return CheckResult(len(cases), rows)


class ComplianceOshaYear(models.Model):
    _inherit = "medical.compliance.osha.year"

    @api.model
    def _medical_check_year(self):
        """Summaries that are not certified in time, and logs that changed afterward."""
        today = fields.Date.context_today(self)
        years = self.search([("year", ">=", today.year - 5)])
        rows = []
        for one in years:
            due = date(one.year + 1, *CERTIFY_BY)
            text = None
            if one.state != "certified" and today >= due - timedelta(days=14):
                if not one.is_exempt:
                    text = self.env._(
                        "The injury summary %(year)s is to be certified and posted by "
                        "%(day)s",
                        year=one.display_name,
                        day=format_date(self.env, due),
                    )
            elif one.state == "certified" and one._differs():
                text = self.env._(
                    "The injury log %s has changed since its summary was certified",
                    one.display_name,
                )
            if text:
                officers = self.env["medical.compliance.incident"]._officers(
                    one.company_id
                )
                rows.append(
                    finding(
                        one,
                        text,
                        date_due=max(due, today),
                        user_id=officers[:1].id,
                        company_id=one.company_id.id,
                    )
                )
        return CheckResult(len(years), rows)

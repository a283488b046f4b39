"""Incidents that wait: for somebody to look into them, for an end, for an answer."""

from datetime import timedelta

from odoo import api, fields, models

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

LOOK_DAYS = 2  # from the report until somebody looks into it
CLOSE_DAYS = 30  # until it is closed


class ComplianceIncident(models.Model):
    _inherit = "medical.compliance.incident"

    @api.model
    def _medical_check_open(self):
        """A row for each incident that waits; the words of it are not repeated."""
        today = fields.Date.context_today(self)
        incidents = self.search([("state", "!=", "closed")])
        rows = []
        for incident in incidents:
            age = (today - incident.reported_on).days
            if incident.state == "reported" and age >= LOOK_DAYS:
                text = self.env._(
                    "Incident %(number)s waits to be looked into, day %(days)s",
                    number=incident.id,
                    days=age,
                )
            elif incident.state == "looking" and age > CLOSE_DAYS:
                text = self.env._(
                    "Incident %(number)s is not closed after %(days)s days",
                    number=incident.id,
                    days=age,
                )
            else:
                continue
            due = incident.reported_on + timedelta(days=LOOK_DAYS)
            rows.append(finding(incident, text, date_due=due, key="open"))
        rows += [
            finding(
                incident,
                self.env._(
                    "The reporter of incident %s wrote and waits for an answer",
                    incident.id,
                ),
                key="answer",
            )
            for incident in incidents
            if incident.waits_for_answer
            and incident.sudo().message_line_ids[-1:].day < today  # sudo: a day
        ]
        return CheckResult(len(incidents), rows)

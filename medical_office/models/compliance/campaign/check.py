"""Policies that were to be read and are not."""

from odoo import api, fields, models

from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from ...core.mixins.listing import named

SHOWN = 3


class ComplianceCampaign(models.Model):
    _inherit = "medical.compliance.campaign"

    @api.model
    def _medical_check_unread(self):
        """Running campaigns past their day with readers missing, a row for each."""
        today = fields.Date.context_today(self)
        running = self.search([("state", "=", "running")])
        late = running.filtered(lambda one: one.date_due < today and one.missing_count)
        rows = []
        for campaign in late:
            missing = campaign.reader_ids.filtered(lambda row: not row.acknowledged_at)
            names = missing.user_id.mapped("name")
            rows.append(
                finding(
                    campaign,
                    self.env._(
                        "“%(policy)s” is not read by %(count)s people: %(names)s",
                        policy=campaign.display_name,
                        count=len(missing),
                        names=named(self.env, names, SHOWN),
                    ),
                    user_id=campaign.user_id.id,
                    company_id=campaign.company_id.id,
                )
            )
        return CheckResult(len(running), rows)

"""What the register looks for: findings overdue, effectiveness checks due."""

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult


class ComplianceAuditFinding(models.Model):
    _inherit = "medical.compliance.audit.finding"

    @api.model
    def _medical_check_overdue(self):
        """Findings past the day by which they were to be corrected, a row for each."""
        today = fields.Date.context_today(self)
        open_ones = self.search([("state", "in", ("open", "action"))])
        rows = [
            finding(
                one,
                self.env._(
                    "“%(finding)s” was to be corrected by %(day)s",
                    finding=one.display_name,
                    day=format_date(self.env, one.date_due),
                ),
                severity=one.risk_level or one.severity,
                date_due=one.date_due,
            )
            for one in open_ones
            if one.date_due < today
        ]
        return CheckResult(len(open_ones), rows)

    @api.model
    def _medical_check_effect(self):
        """Corrected findings at which somebody else has to look now."""
        today = fields.Date.context_today(self)
        waiting = self.search([("state", "=", "look")])
        rows = [
            finding(
                one,
                self.env._(
                    "“%(finding)s”: look whether the correction works",
                    finding=one.display_name,
                ),
                date_due=one.look_due,
                user_id=one._checker().id,
                backup_id=False,
            )
            for one in waiting
            if one.look_due and one.look_due <= today
        ]
        return CheckResult(len(waiting), rows)

    def _checker(self):
        """Who looks: the person planned, else the site's manager, nobody who did it."""
        self.ensure_one()
        for user in (self.checker_id, self.site_id.medical_manager_id, self.user_id):
            if user and user not in self.doer_ids:
                return user
        return self.env["res.users"]

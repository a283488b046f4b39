"""Time off that would leave a duty uncovered says so where it is asked for."""

from odoo import api, fields, models
from odoo.tools import format_date

from ....engine.people.coverage import CoverageReader

LONGEST = 62  # days looked at of one request


class HrLeave(models.Model):
    _inherit = "hr.leave"

    medical_coverage_warning = fields.Char(
        "Coverage", compute="_compute_medical_coverage_warning"
    )

    @api.depends("employee_id", "request_date_from", "request_date_to", "state")
    def _compute_medical_coverage_warning(self):
        """Which duties nobody would do; nothing for time off already decided on."""
        for leave in self:  # shown on one form
            leave.medical_coverage_warning = leave._medical_uncovered() or False

    def _medical_uncovered(self):
        first, last = self.request_date_from, self.request_date_to
        if (
            not self.employee_id
            or not first
            or not last
            or last < first
            or self.state in ("validate", "refuse", "cancel")
        ):
            return ""
        last = min(last, fields.Date.add(first, days=LONGEST))
        # sudo: whether a duty is covered is told to whoever asks for time off
        env = self.sudo().env
        rows = CoverageReader(env, first, last).left_uncovered(
            (self.employee_id.id or self.employee_id._origin.id, first, last)
        )
        by_duty = {}
        for row in rows:
            by_duty.setdefault(row["duty_id"], []).append(row["day"])
        names = env["medical.people.duty"].browse(by_duty)
        return "; ".join(
            self.env._(
                "“%(duty)s” would not be covered on %(days)s",
                duty=duty.name,
                days=", ".join(
                    format_date(self.env, day, date_format="MMM d")
                    for day in by_duty[duty.id][:5]
                )
                + ("…" if len(by_duty[duty.id]) > 5 else ""),
            )
            for duty in names
        )

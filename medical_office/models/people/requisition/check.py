"""Requisitions that wait, and jobs that are advertised without one."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult

WAITING_DAYS = 5


class PeopleRequisition(models.Model):
    _inherit = "medical.people.requisition"

    @api.model
    def _medical_check_waiting(self):
        """Requisitions that nobody has decided for days."""
        waiting = self.search([("state", "=", "requested")])
        limit = fields.Datetime.now() - timedelta(days=WAITING_DAYS)
        rows = [
            finding(
                requisition,
                self.env._(
                    "The requisition %(name)s has waited for approval since %(day)s",
                    name=requisition.display_name,
                    day=format_date(self.env, requisition.requested_at),
                ),
            )
            for requisition in waiting
            if requisition.requested_at and requisition.requested_at < limit
        ]
        return CheckResult(len(waiting), rows)

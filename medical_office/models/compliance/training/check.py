"""Trainings that are late: each person's own task, with the manager behind it."""

from odoo import api, models

from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from .status import FETCHED


class ComplianceTrainingStatus(models.Model):
    _inherit = "medical.compliance.training.status"

    @api.model
    def _medical_check_late(self):
        """Trainings that somebody has never had in time, or not again."""
        rows = self.search_fetch([("status", "in", ("missing", "expired"))], FETCHED)
        found = []
        for row in rows:
            person = row.employee_id
            manager = (
                person.parent_id.user_id or person.department_id.manager_id.user_id
            )
            found.append(
                finding(
                    person._medical_public(),
                    self.env._(
                        "%(who)s: %(what)s %(status)s",
                        who=person.name,
                        what=row.training_id.name,
                        status=self.env._("is missing")
                        if row.status == "missing"
                        else self.env._("is late"),
                    ),
                    user_id=person.user_id.id or manager.id,
                    backup_id=manager.id,
                    department_id=row.department_id.id,
                    company_id=row.company_id.id,
                    date_due=row.due or None,
                    key=f"training-{row.training_id.id}",
                )
            )
        return CheckResult(self.search_count([]), found)

"""Trainings that are late: each person's own task, with the manager behind it."""

from odoo import api, models

from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from ...core.mixins.listing import named
from .status import FETCHED

MOST = 3  # trainings named in one line


class ComplianceTrainingStatus(models.Model):
    _inherit = "medical.compliance.training.status"

    @api.model
    def _medical_check_late(self):
        """Who has never had a training in time, or not again: a row a person."""
        rows = self.search_fetch([("status", "in", ("missing", "expired"))], FETCHED)
        rows -= rows._said_by_credentials()
        rows.employee_id.fetch(["name"])  # the host would read each thousand alone
        answers = rows.employee_id._medical_answerables()
        found = []
        for person, late in rows.grouped("employee_id").items():
            told = answers[person]
            found.append(
                finding(
                    person._medical_public(),
                    self.env._(
                        "%(who)s: %(what)s",
                        who=person.name,
                        what=named(self.env, [row._late_text() for row in late], MOST),
                    ),
                    told,
                    user_id=told.user_id or told.backup_id,
                    date_due=min((row.due for row in late if row.due), default=None),
                    key="trainings",
                )
            )
        return CheckResult(self.search_count([]), found)

    def _said_by_credentials(self):
        """Rows proven by a credential that is asked of the person itself: the checks of
        credentials say that it is missing, ended or not verified, and one act ends both."""
        linked = self.filtered("training_id.credential_type_ids")
        if not linked:
            return linked
        gaps = self.env["medical.people.readiness"].search_fetch(
            [
                ("employee_id", "in", linked.employee_id.ids),
                ("status", "in", ("missing", "expired", "unverified")),
            ],
            ["employee_id", "requirement_id"],
        )
        asked = {
            person: lacking.requirement_id.type_ids
            for person, lacking in gaps.grouped("employee_id").items()
        }
        return linked.filtered(
            lambda row: (
                row.employee_id in asked
                and row.training_id.credential_type_ids & asked[row.employee_id]
            )
        )

    def _late_text(self):
        if self.status == "missing":
            return self.env._("%s is missing", self.training_id.name)
        return self.env._("%s is late", self.training_id.name)

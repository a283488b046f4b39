"""Scorecards that are late; one reminder to who owes them, once the interview was held."""

from odoo import api, fields, models

from ...core.check.answerable import Answerable, finding
from ...core.check.check import CheckResult


class PeopleScorecard(models.Model):
    _inherit = "medical.people.scorecard"

    @api.model
    def _medical_check_late(self):
        """Open scorecards of interviews that took place, past their due time.

        The summary names round and job, never the candidate or a score.
        """
        cards = self.search(
            [
                ("state", "=", "open"),
                ("interview_state", "=", "held"),
                ("applicant_id.active", "=", True),  # nobody rates who was refused
            ]
        )
        now = fields.Datetime.now()
        rows = [
            finding(
                card,
                self.env._(
                    "%(user)s owes a scorecard for %(job)s, round “%(round)s”",
                    user=card.interviewer_id.name,
                    job=card.job_id.name,
                    round=card.round_id.name,
                ),
            )
            for card in cards
            if card.due_at < now
        ]
        return CheckResult(len(cards), rows)

    def _medical_answerable(self):
        return Answerable(
            user_id=self.interviewer_id.id,
            backup_id=self.plan_id.recruiter_id.id,
            department_id=False,
            company_id=self.company_id.id,
        )

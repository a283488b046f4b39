"""Questions of investors that nobody has answered."""

from odoo import api, fields, models
from odoo.tools import format_date

from ....models.core.check.answerable import Answerable, finding
from ....models.core.check.check import CheckResult

DAYS = 7


class PayerQuestion(models.Model):
    _inherit = "medical.payer.question"

    def _medical_answerable(self):
        """Nobody in particular: the director, as for all that investors are told."""
        self.ensure_one()
        return Answerable(
            user_id=False,
            backup_id=False,
            department_id=False,
            company_id=self.company_id.id,
        )

    @api.model
    def _medical_check_questions(self):
        """Questions of investors that wait for more than a week."""
        waiting = self.search([("answered_at", "=", False)])
        last = fields.Date.subtract(fields.Date.context_today(self), days=DAYS)
        rows = [
            finding(
                question,
                self.env._(
                    "%(who)s asked on %(day)s and has no answer.",
                    # sudo: the investor is named
                    who=question.sudo().investor_id.name,
                    day=format_date(self.env, question.asked_on),
                ),
                date_due=fields.Date.add(question.asked_on, days=DAYS),
            )
            for question in waiting
            if question.asked_on <= last
        ]
        return CheckResult(len(waiting), rows)

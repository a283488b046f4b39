"""What an investor sees and asks with a portal login; a right on a model they have none."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ....tools.core.hits import Limit
from ....tools.plaintext import storable

SHOWN = ("approved", "paid")
LONGEST = 4000  # letters of a question


class CoreHit(models.Model):
    _inherit = "medical.core.hit"

    @api.model
    def _limits(self):
        """Adds how often an investor asks."""
        return super()._limits() | {"investor_question": Limit(20, timedelta(hours=1))}


class PayerInvestor(models.Model):
    _inherit = "medical.payer.investor"

    @api.model
    def _read_by(self, user):
        """The investors that a portal login reads for, as the program.

        :param user: who is signed in
        """
        # sudo: the reader has no rights; what the register gives them is theirs to read
        return self.sudo().search(
            [
                ("reader_ids", "in", user.ids),
                ("company_id", "in", user.company_ids.ids),
            ]
        )

    def _page(self):
        """What the page shows of one investor, read as the program.

        :return: {"holdings", "parts", "questions"}: records, the latest first
        """
        self.ensure_one()
        parts = self.env["medical.payer.distribution.line"].search(
            [
                ("investor_id", "=", self.id),
                ("distribution_id.state", "in", SHOWN),
            ]
        )
        return {
            "investor": self,
            "holdings": self.holding_ids,
            "parts": parts.sorted(
                lambda part: (part.distribution_id.record_on, part.id), reverse=True
            ),
            "questions": self.question_ids,
        }

    def _note_view(self, user):
        """Note that a reader opened the page."""
        self.env["medical.core.opened"].with_user(user)._log(
            self.sudo(),  # sudo: as in _read_by
            self.env._("Investor's page"),
        )

    def _ask(self, user, text):
        """Keep a question as it was asked.

        :param user: the reader who asks
        :raises UserError: nothing was asked, or too much
        """
        self.ensure_one()
        text = storable(text).strip()
        if not text:
            raise UserError(self.env._("Write your question first."))
        if len(text) > LONGEST:
            raise UserError(
                self.env._(
                    "The question has %(count)s letters, and %(most)s fit. Shorten it, or "
                    "ask in two parts.",
                    count=len(text),
                    most=LONGEST,
                )
            )
        # sudo: the reader has no right to write; the question is kept by the program
        questions = self.env["medical.payer.question"].sudo()._pen()
        return questions.create(
            {
                "investor_id": self.id,
                "asked_on": fields.Date.context_today(self),
                "question": text,
                "asked_by_id": user.id,
            }
        )

"""What investors ask, and what they are told: both stay as they were said."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.mixins.done import done
from .investor import KEEPERS


class PayerQuestion(models.Model):
    """A question is answered once; a later word is another entry."""

    _name = "medical.payer.question"
    _description = "Question of an Investor"
    _inherit = ["mail.thread", "medical.core.guard"]
    _order = "asked_on desc, id desc"
    _editors = {"*": KEEPERS}
    _born_fields = frozenset({"investor_id", "asked_on", "question"})
    _past_fields = frozenset({"asked_on"})
    _deletable_in = frozenset()

    investor_id = fields.Many2one(
        "medical.payer.investor", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="investor_id.company_id", store=True, index=True, precompute=True
    )
    asked_on = fields.Date("Asked on", required=True, default=fields.Date.context_today)
    question = fields.Text(required=True)
    asked_by_id = fields.Many2one(
        "res.users",
        "Asked by",
        readonly=True,
        help="The portal login that asked on the investor's page. Empty: entered here.",
    )
    draft = fields.Text("Answer", help="Sent with the button; it stays from then on.")
    answer = fields.Text("Answer given", readonly=True)
    answered_at = fields.Datetime("Answered at", readonly=True)
    answered_by_id = fields.Many2one("res.users", "Answered by", readonly=True)

    @api.depends("investor_id", "asked_on")
    def _compute_display_name(self):
        for question in self:
            question.display_name = ", ".join(
                filter(
                    None,
                    [
                        question.investor_id.name,
                        question.asked_on and fields.Date.to_string(question.asked_on),
                    ],
                )
            )

    def action_answer(self):
        """Give the answer: it is kept as it was given.

        :raises UserError: there is no text, or it was answered already
        """
        self.env["medical.core.guard"]._check_caller(*KEEPERS)
        self.check_access("write")
        for question in self:
            if question.answered_at:
                raise UserError(
                    self.env._(
                        "%s is answered already. Enter another question for what is "
                        "added.",
                        question.display_name,
                    )
                )
            if not (question.draft or "").strip():
                raise UserError(
                    self.env._("%s: write the answer first.", question.display_name)
                )
            question._pen().write(
                {
                    "answer": question.draft,
                    "answered_at": fields.Datetime.now(),
                    "answered_by_id": self.env.uid,
                }
            )
            question._tell()
        return done(
            self.env,
            self.env._("The answer is given: it stays as it was given."),
        )

    def _tell(self):
        """Mail to the readers that there is an answer; what it says stays behind the
        login."""
        self.ensure_one()
        # sudo: the readers' addresses, and a mail of the program
        own = self.sudo()
        addresses = [
            user.email_formatted for user in own.investor_id.reader_ids if user.email
        ]
        if not addresses:
            return
        body = self.env["ir.qweb"]._render(
            "medical_office.payer_answer_mail",
            {"question": own, "url": f"{self.get_base_url()}/my/investment"},
        )
        own.env["mail.mail"].create(
            {
                "subject": self.env._(
                    "%s has answered your question", own.company_id.name
                ),
                "body_html": body,
                "email_to": ", ".join(addresses),
                "auto_delete": False,
            }
        )

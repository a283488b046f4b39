"""The question bank: the same question and the same yardstick for every candidate."""

from odoo import api, fields, models
from odoo.exceptions import UserError

ROLES = [
    ("any", "Any Role"),
    ("medical_assistant", "Medical Assistant"),
    ("nurse", "Nurse"),
    ("front_desk", "Front Desk"),
    ("biller", "Biller"),
]


class PeopleInterviewQuestion(models.Model):
    """One question with what makes an answer weak, good and outstanding."""

    _name = "medical.people.interview.question"
    _description = "Interview Question"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _order = "role, sequence, id"
    _rec_name = "text"

    text = fields.Text("Question", required=True, translate=True)
    role = fields.Selection(ROLES, required=True, default="any", index=True)
    competency_id = fields.Many2one(
        "medical.people.competency", required=True, index=True, ondelete="restrict"
    )
    anchor_1 = fields.Char("1: weak", required=True, translate=True)
    anchor_2 = fields.Char("2: below what is needed", translate=True)
    anchor_3 = fields.Char("3: what is needed", required=True, translate=True)
    anchor_4 = fields.Char("4: above what is needed", translate=True)
    anchor_5 = fields.Char("5: outstanding", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    def _check_locks(self, names):
        """Every candidate of a plan in use is asked the same."""
        super()._check_locks(names)
        if set(names) - {"sequence"}:
            self._check_unused()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        self._check_unused()

    def _check_unused(self):
        # sudo: plans of every company whose candidates are asked it
        rounds = self.env["medical.people.interview.round"].sudo()
        used = rounds.search(
            [("question_ids", "in", self.ids), ("plan_id.state", "=", "in_use")],
            limit=1,
        )
        if used:
            raise UserError(
                self.env._(
                    "This question is asked by an interview plan in use. Close that plan "
                    "first, or enter another question."
                )
            )

    def _anchors(self):
        """The yardstick in one text, a line for each rating that is described."""
        self.ensure_one()
        return "\n".join(
            f"{rating}: {self[f'anchor_{rating}']}"
            for rating in range(1, 6)
            if self[f"anchor_{rating}"]
        )

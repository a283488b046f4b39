"""The question bank: the same question and the same yardstick for every candidate."""

from odoo import fields, models

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

    def _anchors(self):
        """The yardstick in one text, a line for each rating that is described."""
        self.ensure_one()
        return "\n".join(
            f"{rating}: {self[f'anchor_{rating}']}"
            for rating in range(1, 6)
            if self[f"anchor_{rating}"]
        )

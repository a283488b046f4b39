"""Reference checks: who was asked about an applicant, and what was said."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core.mixins.guard import AllBut

ANSWERED = ("supports", "reservations", "against", "unreachable")


class PeopleReference(models.Model):
    """Kept as it was answered; a second call is a second record."""

    _name = "medical.people.reference"
    _description = "Reference Check"
    _inherit = ["medical.core.guard"]
    _order = "applicant_id, id"

    _lock_state = "outcome"
    _locked = dict.fromkeys(ANSWERED, AllBut(()))
    _deletable_in = frozenset({"open"})
    _born_fields = frozenset({"applicant_id"})

    applicant_id = fields.Many2one(
        "hr.applicant", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="applicant_id.company_id", store=True)
    name = fields.Char("Reference", required=True)
    relation = fields.Selection(
        [
            ("manager", "Former manager"),
            ("coworker", "Coworker"),
            ("teacher", "Teacher"),
            ("other", "Other"),
        ],
        required=True,
        default="manager",
    )
    employer = fields.Char()
    phone = fields.Char()
    email = fields.Char()
    outcome = fields.Selection(
        [
            ("open", "To ask"),
            ("supports", "Supports hiring"),
            ("reservations", "With reservations"),
            ("against", "Advises against"),
            ("unreachable", "Not reached"),
        ],
        required=True,
        default="open",
        copy=False,
    )
    would_rehire = fields.Selection(
        [("yes", "Yes"), ("no", "No"), ("not_told", "Not told")], copy=False
    )
    answer = fields.Text(
        copy=False, help="What was asked and said, about the work alone."
    )
    asked_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    asked_at = fields.Datetime(readonly=True, copy=False)

    def _birth_values(self, vals):
        if vals.get("outcome", "open") == "open":
            return {}
        return {"asked_by_id": self.env.uid, "asked_at": fields.Datetime.now()}

    def write(self, vals):
        """Who entered an answer, and when, goes with it."""
        result = super().write(vals)
        if vals.get("outcome", "open") != "open" and not self._is_program():
            self._pen().write(
                {"asked_by_id": self.env.uid, "asked_at": fields.Datetime.now()}
            )
        return result

    @api.constrains("outcome", "answer")
    def _check_answer(self):
        for one in self:
            if one.outcome in ANSWERED[:3] and not (one.answer or "").strip():
                raise ValidationError(
                    self.env._("%s: enter what the reference said.", one.name)
                )

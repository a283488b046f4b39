"""A course of continuing education: entered by whoever took it, accepted by HR."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ...core.mixins.guard import ALL

KEEPERS = ("core_group_hr", "core_group_manager")
MOST_HOURS = 100  # of one course; more is a slip of the pen


class PeopleEducation(models.Model):
    """Hours count once somebody else has seen the certificate."""

    _name = "medical.people.education"
    _description = "CE Course"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date desc, id desc"

    _transitions = {
        ("entered", "accepted"): KEEPERS,
        ("entered", "void"): KEEPERS,
        ("accepted", "void"): KEEPERS,
    }
    # nobody accepts the own hours, nor those they entered for somebody
    _segregated = {"accepted": ("user_id", "create_uid", "entered_by_ids")}
    _written_by = "entered_by_ids"
    _reason_required = frozenset({"void"})
    _reason_methods = frozenset({"action_void"})
    _born_fields = frozenset({"user_id"})
    _locked = {"accepted": ALL, "void": ALL}
    _deletable_in = frozenset({"entered"})
    _decision_domain = "people"

    user_id = fields.Many2one(
        "res.users",
        "Person",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain="[('share', '=', False)]",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    name = fields.Char("Course", required=True)
    provider = fields.Char(help="Who gave it, with its accreditation.")
    number = fields.Char("Approval Number", help="As it stands on the certificate.")
    date = fields.Date(
        "Ended on", required=True, default=fields.Date.context_today, index=True
    )
    hours = fields.Float(required=True, aggregator="sum")
    category_id = fields.Many2one(
        "medical.people.education.category",
        required=True,
        ondelete="restrict",
    )
    file = fields.Binary("Certificate", attachment=True)
    file_name = fields.Char()
    state = fields.Selection(
        [("entered", "Entered"), ("accepted", "Accepted"), ("void", "Void")],
        required=True,
        default="entered",
        readonly=True,
        index=True,
    )
    entered_by_ids = fields.Many2many(
        "res.users",
        "medical_people_education_entered_rel",
        string="Entered by",
        readonly=True,
        copy=False,
    )
    accepted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    accepted_at = fields.Datetime(readonly=True, copy=False)

    _range = models.Constraint(
        f"CHECK (hours > 0 AND hours <= {MOST_HOURS})",
        f"A course has more than 0 and up to {MOST_HOURS} hours.",
    )

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for course in self:
            if course.date > today:
                raise ValidationError(
                    self.env._(
                        "%(course)s ends on %(day)s: enter it once it is over.",
                        course=course.name,
                        day=format_date(self.env, course.date),
                    )
                )

    def action_accept(self):
        """The certificate was seen: its hours count.

        :raises UserError: there is no certificate
        """
        self._check_caller(*KEEPERS)
        bare = self.filtered(lambda course: not course.file)
        if bare:
            raise UserError(
                self.env._(
                    "%s has no certificate: attach it, then accept.", bare[0].name
                )
            )
        self._move_to("accepted")

    def action_void(self, reason):
        """Take back what was entered wrongly."""
        self._check_caller(*KEEPERS)
        self._move_to("void", reason)

    def _state_values(self, state, reason):
        if state == "accepted":
            return {
                "accepted_by_id": self.env.uid,
                "accepted_at": fields.Datetime.now(),
            }
        return {}

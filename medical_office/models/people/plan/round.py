"""A round of an interview plan: who asks what, and how much it counts."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class PeopleInterviewRound(models.Model):
    _name = "medical.people.interview.round"
    _description = "Interview Round"
    _inherit = ["medical.core.guard"]
    _order = "plan_id, sequence, id"

    _locked_by = ("plan_id",)
    # somebody falls ill: who asks may change, what is asked may not
    _free_fields = frozenset({"interviewer_ids"})
    _number_bounds = {"minutes": (0, 1440)}

    plan_id = fields.Many2one(
        "medical.people.interview.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    job_id = fields.Many2one(related="plan_id.job_id")
    name = fields.Char(required=True, translate=True, help="Such as “Phone screen”.")
    sequence = fields.Integer(default=10)
    mode = fields.Selection(
        [
            ("phone", "Phone"),
            ("video", "Video"),
            ("person", "In Person"),
            ("test", "Skills Test"),
        ],
        "How",
        required=True,
        default="person",
    )
    minutes = fields.Integer(required=True, default=45, aggregator=None)
    weight = fields.Float(
        required=True,
        default=1.0,
        digits=(6, 2),
        aggregator=None,
        help="How much the round counts against the others.",
    )
    interviewer_ids = fields.Many2many(
        "res.users",
        "medical_people_round_interviewer_rel",
        "round_id",
        "user_id",
        string="Interviewers",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    question_ids = fields.Many2many(
        "medical.people.interview.question",
        "medical_people_round_question_rel",
        "round_id",
        "question_id",
        string="Questions",
    )
    survey_id = fields.Many2one(
        "survey.survey",
        "Skills Test",
        ondelete="restrict",
        help="The test of this round; only finished answers count.",
    )

    _minutes_positive = models.Constraint(
        "check (minutes > 0)", "A round takes at least one minute."
    )
    _weight_positive = models.Constraint(
        "check (weight > 0)", "The weight of a round has to be above zero."
    )

    @api.depends("name", "plan_id.job_id.name")
    @api.depends_context("medical_round_job")
    def _compute_display_name(self):
        """Where rounds of several plans are chosen from, with their job."""
        named = self.env.context.get("medical_round_job")
        for one in self:
            job = named and one.plan_id.job_id.name
            one.display_name = f"{one.name} ({job})" if job else one.name

    @api.constrains("interviewer_ids")
    def _check_interviewers(self):
        for one in self:
            for user in one.interviewer_ids:
                if not user.has_group("medical_office.core_group_staff"):
                    raise ValidationError(
                        self.env._(
                            "%(user)s has no role in the practice. Give one, or choose "
                            "another interviewer for “%(round)s”.",
                            user=user.name,
                            round=one.name,
                        )
                    )

    def _check_complete(self):
        """:raises UserError: the round names nobody to ask or nothing to be asked"""
        self.ensure_one()
        if self.mode == "test":
            if not self.survey_id:
                raise UserError(
                    self.env._("“%s”: choose the skills test of this round.", self.name)
                )
            return
        if not self.interviewer_ids:
            raise UserError(
                self.env._("“%s”: name at least one interviewer.", self.name)
            )
        if not self.question_ids:
            raise UserError(
                self.env._("“%s”: choose questions from the question bank.", self.name)
            )

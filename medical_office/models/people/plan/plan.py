"""The interview plan of a job: the same rounds and questions for every candidate."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core.mixins.guard import AllBut


class PeopleInterviewPlan(models.Model):
    """Fixed once it is in use, so that candidates can be compared."""

    _name = "medical.people.interview.plan"
    _description = "Interview Plan"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "state, id desc"
    _check_company_auto = True

    _transitions = {
        ("draft", "in_use"): "core_group_hr",
        ("in_use", "closed"): "core_group_hr",
    }
    _locked = {
        "in_use": AllBut({"note", "recruiter_id", "due_hours"}),
        "closed": AllBut({"note"}),
    }
    _born_fields = frozenset({"job_id"})
    _deletable_in = frozenset({"draft"})
    _number_bounds = {"due_hours": (0, 8784), "references_needed": (0, 100)}

    job_id = fields.Many2one(
        "hr.job", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    department_id = fields.Many2one(related="job_id.department_id", store=True)
    state = fields.Selection(
        [("draft", "Draft"), ("in_use", "In use"), ("closed", "Closed")],
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )
    recruiter_id = fields.Many2one(
        "res.users",
        required=True,
        default=lambda self: self.env.user,
        help="Answers for the interviews: exceptions go to this person.",
    )
    due_hours = fields.Integer(
        "Scorecard Due (hours)",
        required=True,
        default=24,
        aggregator=None,
        help="How many hours after an interview its scorecards are due.",
    )
    license_type_id = fields.Many2one(
        "medical.core.credential.type",
        "Required License",
        ondelete="restrict",
        help="Knock-out: nobody is hired who does not hold it. Empty: none is needed.",
    )
    references_needed = fields.Integer(
        default=2,
        aggregator=None,
        help="Knock-out: references to be checked before somebody is hired.",
    )
    checks_exclusion = fields.Boolean(
        "Exclusion List",
        default=True,
        help="Knock-out: nobody is hired who is on the exclusion lists of OIG or SAM.",
    )
    note = fields.Text()
    round_ids = fields.One2many("medical.people.interview.round", "plan_id", copy=True)

    _one_in_use = models.UniqueIndex(
        "(job_id) WHERE state = 'in_use'",
        "This job already has an interview plan in use. Close that one first.",
    )
    _due_positive = models.Constraint(
        "check (due_hours > 0)", "The hours until a scorecard is due start at 1."
    )
    _references_positive = models.Constraint(
        "check (references_needed >= 0)",
        "The number of references cannot be negative.",
    )

    @api.depends("job_id")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = bool(plan.job_id) and self.env._(
                "Interviews: %s", plan.job_id.name
            )

    def action_use(self):
        """Put the plan in use: candidates are interviewed by it from now on."""
        self._move_to("in_use")

    def action_close(self):
        """Close the plan; what was interviewed by it stays on record."""
        self._move_to("closed")

    def _before_in_use(self):
        """:raises UserError: a plan or a round that nobody could follow"""
        for plan in self:
            if not plan.round_ids:
                raise UserError(
                    self.env._("%s: add a round before using it.", plan.display_name)
                )
            for one in plan.round_ids:
                one._check_complete()

    @api.model
    def _of_job(self, jobs):
        """{job: its plan in use}, as the program sees it."""
        # sudo: whether a job has a plan decides what may be done with its applicants
        plans = self.sudo().search(
            [("job_id", "in", jobs.ids), ("state", "=", "in_use")]
        )
        return {plan.job_id: plan for plan in plans}

    @api.constrains("recruiter_id")
    def _check_recruiter(self):
        for plan in self:
            if not plan.recruiter_id.has_group("medical_office.core_group_hr"):
                raise ValidationError(
                    self.env._(
                        "%(user)s is not an HR officer. Choose one as the recruiter of "
                        "%(plan)s.",
                        user=plan.recruiter_id.name,
                        plan=plan.display_name,
                    )
                )

"""A requisition: a position is asked for, priced and approved before it is advertised."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.check.answerable import Answerable
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import AllBut


class PeopleRequisition(models.Model):
    """Who asks for it does not approve it."""

    _name = "medical.people.requisition"
    _description = "Requisition"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "id desc"
    _check_company_auto = True

    _transitions = {
        ("draft", "requested"): ("core_group_head", "core_group_hr"),
        ("requested", "draft"): ("core_group_director", "core_group_hr"),
        ("requested", "approved"): "core_group_director",
        ("approved", "closed"): ("core_group_hr", "core_group_director"),
    }
    _segregated = {"approved": ("requested_by_id", "create_uid", "writer_ids")}
    _written_by = "writer_ids"
    _reason_required = frozenset({("requested", "draft"), "closed"})
    _reason_methods = frozenset({"action_send_back", "action_close"})
    _decisions = {
        "requested": Waiting("action_approve", "action_send_back", to="approved")
    }
    _decision_domain = "people"
    _locked = {
        "requested": AllBut({"note"}),
        "approved": AllBut({"note"}),
        "closed": AllBut({"note"}),
    }
    _deletable_in = frozenset({"draft"})
    _number_bounds = {"positions": (0, 1000)}
    # the job decides the department
    _scope_fields = frozenset({"company_id", "department_id", "job_id"})

    job_id = fields.Many2one(
        "hr.job", required=True, index=True, ondelete="restrict", check_company=True
    )
    department_id = fields.Many2one(
        "hr.department",
        required=True,
        index=True,
        compute="_compute_department_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "To approve"),
            ("approved", "Approved"),
            ("closed", "Closed"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )
    reason = fields.Selection(
        [
            ("replacement", "Somebody leaves"),
            ("growth", "More work"),
            ("service", "New service"),
            ("cover", "Leave to be covered"),
        ],
        required=True,
    )
    explanation = fields.Text(
        "Why",
        required=True,
        help="What is not done, or done at overtime, without this position.",
    )
    positions = fields.Integer(required=True, default=1, aggregator="sum")
    start_date = fields.Date("Wanted from")
    annual_cost = fields.Monetary(
        "Yearly Cost",
        required=True,
        help="Pay, benefits and the employer's taxes of all positions for a year.",
    )
    budget_left = fields.Monetary(
        readonly=True,
        copy=False,
        help="What the department may still spend in the month, when it was requested.",
    )
    has_budget = fields.Boolean(
        "Budget Is Kept",
        readonly=True,
        copy=False,
        help="Off: nobody keeps a budget of this department.",
    )
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    requested_at = fields.Datetime(readonly=True, copy=False)
    writer_ids = fields.Many2many(
        "res.users",
        "medical_people_requisition_writer_rel",
        string="Written by",
        readonly=True,
        copy=False,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    note = fields.Text()

    _positions_positive = models.Constraint(
        "check (positions > 0)", "A requisition is for one position at least."
    )
    _cost_positive = models.Constraint(
        "check (annual_cost > 0)", "Enter what the position costs in a year."
    )

    @api.depends("job_id")
    def _compute_department_id(self):
        for requisition in self:
            requisition.department_id = (
                requisition.job_id.department_id or requisition.department_id
            )

    @api.depends("job_id", "positions")
    def _compute_display_name(self):
        for requisition in self:
            requisition.display_name = bool(requisition.job_id) and (
                f"{requisition.job_id.name} × {requisition.positions}"
            )

    def action_request(self):
        """Ask for the position; the department's budget is noted as it stands."""
        self._move_to("requested")

    def action_approve(self):
        """Approve it: the job's target of people to be hired goes up."""
        self._move_to("approved")

    def action_send_back(self, reason):
        """Back to who asked for it, with a reason."""
        self._move_to("draft", reason)

    def action_close(self, reason):
        """Nothing more is hired by it: filled, or no longer wanted."""
        self._move_to("closed", reason)

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "requested":
            return {"requested_by_id": self.env.uid, "requested_at": now}
        if state == "approved":
            return {"approved_by_id": self.env.uid, "approved_at": now}
        return {}

    def _before_requested(self):
        """:raises UserError: a job of another department would spend its budget"""
        for requisition in self:
            department = requisition.job_id.department_id
            if department and department != requisition.department_id:
                raise UserError(
                    self.env._(
                        "%(job)s belongs to %(department)s. Choose that department, or "
                        "another job.",
                        job=requisition.job_id.name,
                        department=department.name,
                    )
                )

    def _after_requested(self):
        left = self.department_id._medical_budget_left(fields.Date.context_today(self))
        for requisition in self:
            amount = left.get(requisition.department_id.id)
            requisition._pen().write(
                {"budget_left": amount or 0.0, "has_budget": amount is not None}
            )

    def _after_approved(self):
        for requisition in self:
            # sudo: the program opens the job, whoever approved it
            job = requisition.job_id.sudo()
            job.no_of_recruitment += requisition.positions

    def _decision_amount(self):
        return self.annual_cost

    def _medical_answerable(self):
        manager = self.department_id.manager_id.user_id
        return Answerable(
            user_id=self.requested_by_id.id or manager.id,
            backup_id=manager.id,
            department_id=self.department_id.id,
            company_id=self.company_id.id,
        )


class HrDepartment(models.Model):
    _inherit = "hr.department"

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "medical.people.requisition",
                "department_id",
                [("state", "!=", "closed")],
                self.env._("open requisitions: %(names)s; close them first."),
            ),
        ]

"""The hiring decision: made once all scorecards are in, with its reason, never changed."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL


class PeopleHiring(models.Model):
    """Who is to be hired and why, with the ranking as it stood."""

    _name = "medical.people.hiring"
    _description = "Hiring Decision"
    _inherit = ["medical.core.workflow"]
    _order = "id desc"

    _transitions = {
        ("requested", "approved"): "core_group_director",
        ("requested", "rejected"): "core_group_director",
    }
    _segregated = {
        "approved": ("requested_by_id",),
        "rejected": ("requested_by_id",),
    }
    _reason_required = frozenset({"rejected"})
    _reason_methods = frozenset({"action_reject"})
    _decisions = {
        "requested": Waiting("action_approve", "action_reject", to="approved")
    }
    _decision_domain = "people"
    _locked = dict.fromkeys(("requested", "approved", "rejected"), ALL)
    _deletable_in = frozenset()

    plan_id = fields.Many2one(
        "medical.people.interview.plan",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'in_use')]",
    )
    job_id = fields.Many2one(related="plan_id.job_id", store=True, index=True)
    department_id = fields.Many2one(related="plan_id.department_id", store=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    requisition_id = fields.Many2one(
        "medical.people.requisition",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('job_id', '=', job_id), ('state', '=', 'approved')]",
    )
    chosen_id = fields.Many2one(
        "hr.applicant",
        "Candidate",
        index=True,
        ondelete="set null",
        domain="[('job_id', '=', job_id)]",
    )
    candidate_name = fields.Char("Name as Decided", readonly=True)
    reason = fields.Text(
        required=True, help="Why this candidate, in terms of what the job asks."
    )
    override_reason = fields.Text(
        "Reason Against the Ranking",
        help="Needed where another candidate ranked higher.",
    )
    is_override = fields.Boolean("Against the Ranking", readonly=True)
    rank_ids = fields.One2many("medical.people.hiring.rank", "hiring_id", readonly=True)
    state = fields.Selection(
        [
            ("requested", "To approve"),
            ("approved", "Approved"),
            ("rejected", "Rejected"),
        ],
        required=True,
        default="requested",
        readonly=True,
        index=True,
    )
    requested_by_id = fields.Many2one("res.users", readonly=True)
    requested_at = fields.Datetime(readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)
    rejection = fields.Text("Reason for Rejection", readonly=True)

    _once = models.UniqueIndex(
        "(chosen_id) WHERE state != 'rejected'",
        "There already is a hiring decision for this candidate.",
    )

    @api.depends("candidate_name", "job_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = bool(one.job_id) and (
                f"{one.job_id.name}: {one.candidate_name or ''}"
            )

    @api.model_create_multi
    def create(self, vals_list):
        hirings = super().create(vals_list)
        for one in hirings:
            one._take_ranking()
        return hirings

    def _birth_values(self, vals):
        # sudo: the name as it is decided, kept after the applicant's records are gone
        chosen = self.env["hr.applicant"].sudo().browse(vals.get("chosen_id"))
        return {
            "requested_by_id": self.env.uid,
            "requested_at": fields.Datetime.now(),
            "candidate_name": chosen.partner_name,
        }

    # ------------------------------------------------------------------- what it takes

    def _take_ranking(self):
        """Write down the ranking; refuse what the records do not bear.

        :raises UserError: scorecards are open, the candidate is out or not of this job,
            or another one ranks higher and nothing says why
        """
        self.ensure_one()
        self._check_ready()
        comparison, out, applicants = self.plan_id._standing()
        standing = {one.candidate: one for one in comparison.standings}
        chosen = standing.get(self.chosen_id.id)
        name = self.candidate_name
        if chosen is None or chosen.mean is None:
            raise UserError(
                self.env._(
                    "%s was not rated by this plan. Choose one of its candidates.",
                    name or self.env._("Nobody"),
                )
            )
        is_override = chosen.rank != 1
        if is_override and not (self.override_reason or "").strip():
            raise UserError(
                self.env._(
                    "%(name)s ranks %(rank)s. Enter the reason against the ranking.",
                    name=name,
                    rank=chosen.rank,
                )
            )
        # sudo: the ranking is written down by the program alone
        self.sudo()._pen().write(
            {
                "is_override": is_override,
                "rank_ids": [
                    Command.create(
                        {
                            "applicant_id": one.candidate,
                            "candidate_name": applicants[one.candidate].partner_name,
                            "rank": one.rank or 0,
                            "mean": float(one.mean or 0),
                            "spread": float(one.spread or 0),
                            "cards": one.cards,
                            "knocked_out": out[one.candidate],
                        }
                    )
                    for one in comparison.standings
                ],
            }
        )

    def _check_ready(self):
        """:raises UserError: a scorecard is open, or a criterion is not passed"""
        problems = self.plan_id._open_problems()
        if problems:
            raise UserError(
                self.env._(
                    "Nobody is chosen before all scorecards are in: %s.",
                    "; ".join(problems[:5]),
                )
            )
        # sudo: whether criteria are passed, whoever may read applicants
        for one in self.sudo().chosen_id.medical_knockout_ids:
            if one.state != "passed":
                raise UserError(
                    self.env._(
                        "%(name)s cannot be hired: “%(criterion)s” is “%(state)s”.",
                        name=self.candidate_name,
                        criterion=one._criterion_label(),
                        state=one._guard_state_label(),
                    )
                )

    # ------------------------------------------------------------------------- steps

    def action_approve(self):
        """Approve it; who requested it does not."""
        self._move_to("approved")

    def action_reject(self, reason):
        """Reject it, with the reason; another one may be requested."""
        self._move_to("rejected", reason)

    def action_offer(self):
        """The offer to who was chosen: the one there is, else a new one, filled in.

        :raises UserError: the decision is not approved, or the candidate is gone
        """
        self._check_caller("core_group_hr", "core_group_manager")
        self.ensure_one()
        self.check_access("read")
        if self.state != "approved" or not self.chosen_id:
            raise UserError(
                self.env._(
                    "%s: an offer follows an approved decision.", self.display_name
                )
            )
        offers = self.env["medical.people.offer"]
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Offer"),
            "res_model": offers._name,
            "views": [(False, "form")],
        }
        known = offers.search([("applicant_id", "=", self.chosen_id.id)], limit=1)
        if known:
            return action | {"res_id": known.id}
        department = self.department_id
        return action | {
            "context": {
                "default_applicant_id": self.chosen_id.id,
                "default_name": self.candidate_name,
                "default_email": self.chosen_id.email_from,
                "default_job_id": self.job_id.id,
                "default_department_id": department.id,
                "default_manager_id": department.manager_id.id,
                "default_company_id": self.company_id.id,
            }
        }

    def _before_approved(self):
        for one in self:
            one._check_ready()

    def _state_values(self, state, reason):
        values = {"decided_by_id": self.env.uid, "decided_at": fields.Datetime.now()}
        if state == "rejected":
            values["rejection"] = reason
        return values

"""An offer of employment: terms, approval, letter, answer."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ...core.check.answerable import Answerable
from ...core.mixins.decidable import Waiting
from ...core.mixins.guard import ALL, AllBut
from ..grade.grade import PER

PREPARERS = ("core_group_hr", "core_group_manager")
APPROVERS = ("core_group_manager", "core_group_director")
STATES = [
    ("draft", "Draft"),
    ("submitted", "Waiting for approval"),
    ("approved", "Approved"),
    ("sent", "Sent"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("expired", "Expired"),
    ("withdrawn", "Withdrawn"),
]
OPEN = ("draft", "submitted", "approved", "sent")
FIXED = AllBut({"note"})
FIXED_TERMS = AllBut({"note", "email"})  # where the letter goes is no term of it


class PeopleOffer(models.Model):
    """Terms for one candidate; alternatives are offers of their own, side by side."""

    _name = "medical.people.offer"
    _description = "Offer"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_start desc, id desc"

    _transitions = {
        ("draft", "submitted"): PREPARERS,
        ("submitted", "draft"): (*PREPARERS, "core_group_director"),
        ("submitted", "approved"): APPROVERS,
        ("approved", "sent"): PREPARERS,
        ("sent", "accepted"): None,
        ("sent", "declined"): None,
        ("sent", "expired"): None,
        ("draft", "withdrawn"): PREPARERS,
        ("submitted", "withdrawn"): PREPARERS,
        ("approved", "withdrawn"): (*PREPARERS, "core_group_director"),
        ("sent", "withdrawn"): (*PREPARERS, "core_group_director"),
    }
    _segregated = {"approved": ("prepared_by_id", "create_uid", "writer_ids")}
    _written_by = "writer_ids"
    _reason_required = frozenset({("submitted", "draft"), "withdrawn"})
    _reason_methods = frozenset({"action_return", "action_withdraw"})
    _decisions = {
        "submitted": Waiting("action_approve", "action_return", to="approved", days=3)
    }
    _decision_domain = "people"
    _decision_is_pay = True
    _locked = {
        "submitted": FIXED_TERMS,
        "approved": FIXED_TERMS,
        "sent": FIXED,
        "accepted": ALL,
        "declined": ALL,
        "expired": ALL,
        "withdrawn": ALL,
    }
    _deletable_in = frozenset({"draft"})
    # the director decides, and writes nothing into it
    _editors = {"*": "core_group_hr"}

    name = fields.Char("Candidate", required=True)
    email = fields.Char()
    applicant_id = fields.Many2one(
        "hr.applicant", index="btree_not_null", ondelete="set null", copy=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        STATES,
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )
    variant = fields.Char(help="What tells alternatives apart: part time, with bonus.")
    origin_id = fields.Many2one(
        "medical.people.offer",
        "Alternative to",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    alternative_ids = fields.Many2many(
        "medical.people.offer",
        string="Alternatives",
        compute="_compute_alternative_ids",
        compute_sudo=True,
    )
    job_id = fields.Many2one(
        "hr.job", required=True, index=True, check_company=True, ondelete="restrict"
    )
    department_id = fields.Many2one(
        "hr.department", index="btree_not_null", check_company=True
    )
    manager_id = fields.Many2one("hr.employee", "Reports to", check_company=True)
    work_location_id = fields.Many2one("hr.work.location", check_company=True)
    resource_calendar_id = fields.Many2one(
        "resource.calendar", "Working Hours", check_company=True
    )
    state_id = fields.Many2one(
        "res.country.state",
        "Work State",
        domain="[('country_id.code', '=', 'US')]",
        help="Empty: the state in the company's address.",
    )
    date_start = fields.Date("First Day", required=True)
    date_expiry = fields.Date(
        "Answer by",
        required=True,
        default=lambda self: fields.Date.context_today(self) + timedelta(days=7),
    )
    per = fields.Selection(PER, "Pay is per", required=True, default="hour")
    wage = fields.Monetary("Pay", required=True, aggregator=None)
    exempt = fields.Boolean(
        "Exempt from overtime",
        help="Executive, administrative or professional on a salary (29 USC 213(a)(1)).",
    )
    hours_week = fields.Float("Hours per Week", default=40, required=True)
    line_ids = fields.One2many(
        "medical.people.offer.line", "offer_id", "Fringe benefits", copy=True
    )
    conditions = fields.Text(
        help="In the letter: what the offer depends on, such as a license."
    )
    note = fields.Text(help="Not in the letter.")
    prepared_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    writer_ids = fields.Many2many(
        "res.users",
        "medical_people_offer_writer_rel",
        string="Written by",
        readonly=True,
        copy=False,
    )
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)

    _amounts = models.Constraint(
        "CHECK (wage > 0 AND hours_week > 0 AND hours_week <= 84)",
        "An offer needs pay above zero and 1 to 84 hours per week.",
    )

    @api.depends("name", "job_id", "variant")
    def _compute_display_name(self):
        for offer in self:
            parts = (offer.name, offer.job_id.name, offer.variant)
            offer.display_name = ", ".join(filter(None, parts))

    @api.depends("origin_id")
    def _compute_alternative_ids(self):
        for offer in self:
            offer.alternative_ids = offer._family() - offer

    @api.onchange("job_id")
    def _onchange_job_id(self):
        self.department_id = self.job_id.department_id or self.department_id

    @api.constrains("date_start", "date_expiry", "per", "exempt")
    def _check_terms(self):
        for offer in self:
            if offer.exempt and offer.per == "hour":
                raise ValidationError(
                    self.env._(
                        "%s: pay by the hour is not exempt from overtime. Offer a yearly "
                        "salary, or clear “Exempt from overtime”.",
                        offer.name,
                    )
                )
            if offer.date_expiry > offer.date_start:
                raise ValidationError(
                    self.env._(
                        "%(who)s: the answer is due on %(expiry)s, after the first day "
                        "%(start)s. Choose an earlier day.",
                        who=offer.name,
                        expiry=format_date(self.env, offer.date_expiry),
                        start=format_date(self.env, offer.date_start),
                    )
                )

    def _family(self):
        """The offer, the one it is an alternative to, and that one's other alternatives."""
        self.ensure_one()
        first = self._origin.origin_id or self._origin
        return first | self.search([("origin_id", "=", first.id)]) if first else first

    # ------------------------------------------------------------------- steps

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "submitted":
            return {"prepared_by_id": self.env.uid}
        if state == "approved":
            return {"approved_by_id": self.env.uid, "approved_at": now}
        return super()._state_values(state, reason)

    def action_alternative(self):
        """A second set of terms for the same candidate, as a draft."""
        self._check_caller(*PREPARERS)
        self.ensure_one()
        self.check_access("write")
        first = self.origin_id or self
        count = len(first._family())
        other = self.copy({"variant": self.env._("Alternative %s", count)})
        other._pen().origin_id = first
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": other.id,
            "view_mode": "form",
        }

    def action_submit(self):
        """Ask for approval.

        :raises UserError: it has no price, or its answer is due already
        """
        self._check_caller(*PREPARERS)
        self._check_answer_day(self.env._("Set a later day."))
        for offer in self:
            if offer.price_problem:
                raise UserError(
                    self.env._(
                        "%(offer)s: its cost cannot be calculated: %(why)s",
                        offer=offer.display_name,
                        why=offer.price_problem,
                    )
                )
        self._move_to("submitted")
        return True

    def _check_answer_day(self, remedy):
        """Refuse to go on with an offer that nobody can answer any more."""
        for offer in self:
            if offer.date_expiry < offer.company_id._medical_today():
                raise UserError(
                    self.env._(
                        "%(offer)s: the answer was due on %(day)s. %(remedy)s",
                        offer=offer.display_name,
                        day=format_date(self.env, offer.date_expiry),
                        remedy=remedy,
                    )
                )

    def action_return(self, reason):
        """Back to who prepared it, with the reason."""
        self._check_caller(*PREPARERS, "core_group_director")
        self._move_to("draft", reason)

    def action_approve(self):
        """Approve the terms, within the approval limit for offers.

        :raises AccessError: the yearly cost exceeds the limit, or the user prepared it
        """
        self._check_caller(*APPROVERS)
        self._move_to("approved")
        return True

    def _before_approved(self):
        day = fields.Date.context_today(self)
        limits = self.env["medical.core.limit"]
        for offer in self:
            limit = limits._of_user("offer", offer.company_id, day, offer.department_id)
            if (
                limit is not None
                and offer.currency_id.compare_amounts(offer.year_cost, limit) > 0
            ):
                raise AccessError(
                    self.env._(
                        "%(offer)s costs %(cost)s a year, more than your approval limit "
                        "for offers (%(limit)s). Somebody with a higher limit has to "
                        "approve it.",
                        offer=offer.display_name,
                        cost=offer.currency_id.format(offer.year_cost),
                        limit=offer.currency_id.format(limit),
                    )
                )

    def action_withdraw(self, reason):
        """Take the offer back; its page says that it no longer stands."""
        self._check_caller(*PREPARERS, "core_group_director")
        self._move_to("withdrawn", reason)

    def _decision_amount(self):
        return self.year_cost

    def _medical_answerable(self):
        """Who prepared an offer sees to it; findings name them."""
        self.ensure_one()
        keeper = self.prepared_by_id or self.create_uid
        return Answerable(keeper.id, False, self.department_id.id, self.company_id.id)

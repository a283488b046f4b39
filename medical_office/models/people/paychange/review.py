"""The yearly pay review: a pool, a worksheet, one approval."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from ...core.mixins.decidable import Waiting
from ...core.mixins.done import done
from ...core.mixins.guard import AllBut
from .change import APPROVERS, PREPARERS

DUE_DAYS = 14


class PeoplePayReview(models.Model):
    """A worksheet with everybody in contract; approval puts all raises in force."""

    _name = "medical.people.pay.review"
    _description = "Pay Review"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_from desc, id desc"

    _transitions = {
        ("draft", "submitted"): PREPARERS,
        ("submitted", "draft"): (*PREPARERS, "core_group_director"),
        ("submitted", "done"): APPROVERS,
    }
    _segregated = {"done": ("prepared_by_id", "create_uid", "writer_ids")}
    _written_by = "writer_ids"
    _reason_required = frozenset({("submitted", "draft")})
    _reason_methods = frozenset({"action_return"})
    _decisions = {
        "submitted": Waiting("action_approve", "action_return", to="done", days=7)
    }
    _decision_domain = "people"
    _decision_is_pay = True
    _locked = {"submitted": AllBut({"note"}), "done": AllBut({"note"})}
    _editors = {"*": "core_group_hr"}
    _deletable_in = frozenset({"draft"})

    name = fields.Char(required=True, help="Such as Pay Review 2027.")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date("Raises from", required=True)
    date_due = fields.Date("Worksheet due")
    pool_percent = fields.Float(
        "Pool (% of pay)", digits=(6, 2), default=3, required=True
    )
    department_ids = fields.Many2many(
        "hr.department", help="Empty: the whole company.", check_company=True
    )
    line_ids = fields.One2many("medical.people.pay.change", "review_id", "Worksheet")
    pay_total = fields.Monetary("Pay per Year", compute="_compute_pool", store=True)
    pool_amount = fields.Monetary(
        "Pool", compute="_compute_pool", store=True, aggregator="sum"
    )
    used = fields.Monetary(
        "Given", compute="_compute_pool", store=True, aggregator="sum"
    )
    left = fields.Monetary(compute="_compute_pool", store=True, aggregator="sum")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("submitted", "Waiting for approval"),
            ("done", "In force"),
        ],
        required=True,
        default="draft",
        readonly=True,
        index=True,
        copy=False,
    )
    note = fields.Text()
    prepared_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    writer_ids = fields.Many2many(
        "res.users",
        "medical_people_pay_review_writer_rel",
        string="Written by",
        readonly=True,
        copy=False,
    )

    _percent = models.Constraint(
        "CHECK (pool_percent >= 0 AND pool_percent <= 100)",
        "The pool is 0 to 100% of pay.",
    )

    @api.depends(
        "pool_percent",
        "line_ids.year_change",
        "line_ids.wage_before",
        "line_ids.times_a_year",
    )
    def _compute_pool(self):
        for review in self:
            lines = review.line_ids
            total = sum(line.wage_before * line.times_a_year for line in lines)
            review.pay_total = total
            review.pool_amount = review.currency_id.round(
                total * review.pool_percent / 100
            )
            review.used = sum(lines.mapped("year_change"))
            review.left = review.pool_amount - review.used

    def _state_values(self, state, reason):
        if state == "submitted":
            return {"prepared_by_id": self.env.uid}
        return super()._state_values(state, reason)

    def action_fill(self):
        """Put everybody in contract who is missing on the worksheet, with today's pay."""
        self._check_caller(*PREPARERS)
        for review in self:
            review.check_access("write")
            domain = [("company_id", "=", review.company_id.id)]
            if review.department_ids:
                domain.append(("department_id", "child_of", review.department_ids.ids))
            positions = self.env["medical.people.pay.position"].search(domain)
            missing = positions.employee_id - review.line_ids.employee_id
            # sudo: pay of those on the worksheet, which HR may prepare
            people = missing.sudo().filtered(lambda e: e.user_id != self.env.user)
            terms = people._medical_pay_terms(review.date_from)
            self.env["medical.people.pay.change"].create(
                [
                    {
                        "review_id": review.id,
                        "employee_id": employee.id,
                        "date_from": review.date_from,
                        "wage_after": terms[employee][0],
                        "reason": review.name,
                    }
                    for employee in people
                    if terms[employee][0]
                ]
            )
        return done(
            self.env, self.env._("Employees on the worksheet: %s.", len(self.line_ids))
        )

    def action_submit(self):
        """Ask for approval of the whole worksheet.

        :raises UserError: it is empty, or gives more than the pool
        """
        self._check_caller(*PREPARERS)
        for review in self:
            if not review.line_ids:
                raise UserError(self.env._("%s: the worksheet is empty.", review.name))
            review.line_ids._check_own()
            if review.currency_id.compare_amounts(review.used, review.pool_amount) > 0:
                raise UserError(
                    self.env._(
                        "%(review)s gives %(used)s a year, more than its pool of "
                        "%(pool)s. Lower some raises, or the director's pool has to be "
                        "larger.",
                        review=review.name,
                        used=review.currency_id.format(review.used),
                        pool=review.currency_id.format(review.pool_amount),
                    )
                )
        self._move_to("submitted")
        return True

    def action_return(self, reason):
        """Back to who prepared it, with the reason."""
        self._check_caller(*PREPARERS, "core_group_director")
        self._move_to("draft", reason)

    def action_approve(self):
        """Approve within the limit, and put every raise in force."""
        self._check_caller(*APPROVERS)
        self._move_to("done")
        return True

    def _before_done(self):
        for review in self:
            changed = review.line_ids.filtered("year_change")
            if self.env.user in changed.employee_user_id:
                raise AccessError(
                    self.env._(
                        "%s holds a raise of your own: somebody else approves it, or HR "
                        "takes your line off and prepares it as a raise.",
                        review.name,
                    )
                )
            lines = review.line_ids.filtered(lambda line: line.year_change > 0)
            review._check_limit(None, lines)
            for department, own in lines.grouped("department_id").items():
                if department:
                    review._check_limit(department, own)

    def _check_limit(self, department, raises):
        """:raises AccessError: the raises exceed the limit; what others lose pays nothing"""
        limit = raises._limit_of(
            self.company_id, department, fields.Date.context_today(self)
        )
        given = sum(raises.mapped("year_change"))
        if limit is not None and self.currency_id.compare_amounts(given, limit) > 0:
            raise AccessError(
                self.env._(
                    "%(review)s gives %(given)s a year in raises (%(where)s), more than "
                    "your approval limit for raises (%(limit)s). Somebody with a higher "
                    "limit has to approve it.",
                    review=self.name,
                    given=self.currency_id.format(given),
                    where=department.name if department else self.env._("all together"),
                    limit=self.currency_id.format(limit),
                )
            )

    def _after_done(self):
        self.line_ids._program_step("done")

    def _decision_amount(self):
        return self.used

    @api.model
    def _medical_check_due(self):
        """Reviews whose worksheet is due and not submitted."""
        last = fields.Date.context_today(self) + timedelta(days=DUE_DAYS)
        reviews = self.search([("state", "=", "draft"), ("date_due", "!=", False)])
        rows = [
            finding(
                review,
                self.env._(
                    "%(review)s: the worksheet is due on %(day)s.",
                    review=review.name,
                    day=format_date(self.env, review.date_due),
                ),
                user_id=review.create_uid.id,
                date_due=review.date_due,
            )
            for review in reviews
            if review.date_due <= last
        ]
        return CheckResult(len(reviews), rows)

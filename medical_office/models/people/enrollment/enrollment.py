"""Who takes part in a benefit plan from when: one record for HR, employee and pay."""

from itertools import pairwise

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ..benefit.plan import GIVEN

EVENTS = [
    ("hire", "New hire"),
    ("open", "Open enrollment"),
    ("marriage", "Marriage or divorce"),
    ("birth", "Birth or adoption"),
    ("coverage", "Loss or gain of other coverage"),
    ("work", "Change of work or hours"),
    ("other", "Other event the plan allows"),
]


class PeopleEnrollment(models.Model):
    """A person's part in a plan: coverage, and dollars or percent of each pay."""

    _name = "medical.people.enrollment"
    _description = "Enrollment"
    _inherit = ["medical.people.dated"]

    plan_id = fields.Many2one(
        "medical.people.benefit.plan",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
    )
    benefit = fields.Selection(related="plan_id.benefit")
    tier_id = fields.Many2one(
        "medical.people.benefit.tier",
        "Coverage Tier",
        index=True,
        ondelete="restrict",
        domain="[('plan_id', '=', plan_id)]",
    )
    event = fields.Selection(
        EVENTS,
        "Life Event",
        default="hire",
        help="Why it begins on that day: benefits paid before tax change in the "
        "enrollment window or after an event the plan allows (26 CFR 1.125-4).",
    )
    amount = fields.Monetary(
        "Per paycheck",
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        aggregator=None,
    )
    percent = fields.Float("Percent of pay", digits=(6, 3), aggregator=None)
    employer_month = fields.Monetary(
        "Employer Pays a Month",
        compute="_compute_employer_month",
        store=True,
        readonly=False,
        precompute=True,
        help="The practice's part of the premium or allowance. It is not on the "
        "payslip: the carrier's bill brings it into the books.",
        aggregator="sum",
    )
    goal = fields.Monetary(
        "Until It Reaches",
        help="A loan balance or other total; 0 for no limit.",
        aggregator=None,
    )
    coverage = fields.Monetary(
        help="Group-term life insurance: the full death benefit. The taxable cost of "
        "coverage over $50,000 is calculated by age."
    )
    family = fields.Boolean("Family coverage", help="For a health savings account.")
    separate = fields.Boolean(
        "Married, Files Separately",
        help="For dependent care: half of the limit counts (26 USC 129(a)(2)).",
    )

    _range = models.Constraint(
        "CHECK (amount >= 0 AND percent >= 0 AND percent <= 100 AND goal >= 0 "
        "AND coverage >= 0 AND employer_month >= 0)",
        "A deduction must have a positive amount, or 0 to 100 percent.",
    )

    @api.depends("tier_id")
    def _compute_amount(self):
        """A tier's monthly cost in parts of a paycheck; what was entered stays."""
        day = fields.Date.context_today(self)
        pays = self.employee_id._origin._medical_pays_a_year(day)
        for one in self:
            if one.tier_id:
                year = one.tier_id.employee_month * 12
                paychecks = pays.get(one.employee_id._origin, 24)
                one.amount = one.currency_id.round(year / paychecks)
            else:
                one.amount = one.amount or 0

    @api.depends("tier_id", "plan_id")
    def _compute_employer_month(self):
        for one in self:
            given = one.tier_id or one.plan_id
            one.employer_month = given.employer_month if given else 0

    @api.constrains("amount", "percent", "coverage", "plan_id", "tier_id")
    def _check_asked(self):
        for one in self:
            if not (
                one.amount
                or one.percent
                or one.tier_id
                or one.coverage
                or one.employer_month
                or one.plan_id.benefit in GIVEN
            ):
                raise ValidationError(
                    self.env._(
                        "%(who)s, %(plan)s: enter an amount or a percentage.",
                        who=one.employee_id.name,
                        plan=one.plan_id.name,
                    )
                )
            if one.plan_id.company_id != one.company_id:
                raise ValidationError(
                    self.env._(
                        "%(plan)s belongs to a different company than %(who)s.",
                        plan=one.plan_id.name,
                        who=one.employee_id.name,
                    )
                )
            if one.tier_id and one.tier_id.plan_id != one.plan_id:
                raise ValidationError(
                    self.env._(
                        "%(who)s: the coverage tier “%(tier)s” is not one of "
                        "%(plan)s. Choose a tier of that plan.",
                        who=one.employee_id.name,
                        tier=one.tier_id.display_name,
                        plan=one.plan_id.name,
                    )
                )

    @api.constrains("employee_id", "plan_id", "date_from", "date_to")
    def _check_overlap(self):
        """One term of a plan at a time: two would both be taken from pay.

        A loan or another sum of the kind “Other” may run beside the next one.
        """
        terms = self.search(
            [
                ("employee_id", "in", self.employee_id.ids),
                ("plan_id", "in", self.plan_id.ids),
                ("benefit", "!=", "other"),
            ],
            order="date_from, id",
        )
        for own in terms.grouped(lambda one: (one.employee_id, one.plan_id)).values():
            for first, second in pairwise(own):
                if not first.date_to or first.date_to >= second.date_from:
                    raise ValidationError(
                        self.env._(
                            "%(who)s, %(plan)s: the enrollment from %(first)s is not "
                            "over on %(second)s. Give it a last day (“Until”) first.",
                            who=first.employee_id.name,
                            plan=first.plan_id.name,
                            first=format_date(self.env, first.date_from),
                            second=format_date(self.env, second.date_from),
                        )
                    )

    @api.constrains(
        "employee_id", "plan_id", "tier_id", "amount", "percent", "employer_month",
        "coverage", "goal", "date_from", "date_to",
    )  # fmt: skip
    def _check_not_own(self):
        """Nobody enters what they are given and what is taken from their own pay."""
        self._refuse_own(self.env._("Somebody else has to enter your own enrollment."))

    @api.depends("employee_id", "plan_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = one.plan_id.name

"""Fringe benefits of the practice: what people may take part in, and what it costs."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

BENEFITS = [
    ("medical", "Medical"),
    ("dental", "Dental"),
    ("vision", "Vision"),
    ("life", "Life insurance"),
    ("disability", "Disability insurance"),
    ("retirement", "Retirement: 401(k), 403(b)"),
    ("hsa", "Health savings account"),
    ("fsa", "Flexible spending account"),
    ("pto", "Paid time off"),
    ("cme", "Continuing education allowance"),
    ("license", "License fees"),
    ("malpractice", "Malpractice insurance"),
    ("parking", "Parking and commuting"),
    ("other", "Other"),
]
# what the practice pays or gives beside the pay: nothing has to be taken from it
GIVEN = frozenset({"pto", "cme", "license", "malpractice", "disability"})


class PeopleBenefitPlan(models.Model):
    """A plan: what it is, who may take part from when, and whom the money goes to."""

    _name = "medical.people.benefit.plan"
    _description = "Benefit Plan"
    _inherit = ["medical.core.guard"]
    _order = "sequence, name"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    benefit = fields.Selection(BENEFITS, required=True, default="other")
    payee_id = fields.Many2one(
        "res.partner", "Paid to", help="Insurer, plan administrator, union."
    )
    group_number = fields.Char(
        "Policy or Group Number", help="As it stands on the carrier's bill."
    )
    tier_ids = fields.One2many(
        "medical.people.benefit.tier", "plan_id", "Coverage tiers"
    )
    employer_month = fields.Monetary(
        "Employer Cost a Month",
        help="For a plan without coverage tiers: what the practice pays for each person.",
    )
    match_ids = fields.One2many(
        "medical.people.benefit.match",
        "plan_id",
        "Employer match",
        help="For 401(k) and 403(b): 100% of the first 3% of pay, 50% of the next 2%.",
    )
    waiting_days = fields.Integer(
        "Waiting Period (days)",
        help="Days of employment before coverage. A group health plan may not ask for "
        "more than 90 (42 USC 300gg-7).",
        aggregator=None,
    )
    starts_on_first = fields.Boolean(
        "Coverage Starts on the First of a Month",
        help="On the first of the month after the waiting period; for a health plan, "
        "the waiting period is cut short so that it does not exceed 90 days.",
    )
    hours_week = fields.Float(
        "Eligible from (hours per week)", help="Scheduled hours; 0: everybody."
    )
    note = fields.Text()

    _costs = models.Constraint(
        "CHECK (employer_month >= 0 AND waiting_days >= 0 AND hours_week >= 0)",
        "Costs, waiting period and hours of a plan cannot be negative.",
    )

    @api.constrains("benefit", "waiting_days")
    def _check_waiting(self):
        for plan in self:
            if plan.benefit == "medical" and plan.waiting_days > 90:
                raise ValidationError(
                    self.env._(
                        "%s: a group health plan may not make people wait more than 90 "
                        "days (42 USC 300gg-7). Enter 90 or less.",
                        plan.name,
                    )
                )

    def _first_day(self, hired):
        """The first day of coverage of somebody hired on ``hired``."""
        self.ensure_one()
        day = hired + relativedelta(days=self.waiting_days)
        if not self.starts_on_first or day.day == 1:
            return day
        first = day + relativedelta(months=1, day=1)
        if self.benefit == "medical" and first > hired + relativedelta(days=90):
            return max(day + relativedelta(day=1), hired)
        return first

"""One fringe benefit of an offer, as it would be enrolled."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..benefit.plan import GIVEN


class PeopleOfferLine(models.Model):
    """A plan with tier, the employee's part per paycheck, the employer's per month."""

    _name = "medical.people.offer.line"
    _description = "Fringe Benefit of an Offer"
    _inherit = ["medical.core.guard"]
    _order = "offer_id, sequence, id"

    _locked_by = ("offer_id",)

    offer_id = fields.Many2one(
        "medical.people.offer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="offer_id.company_id")
    currency_id = fields.Many2one(related="offer_id.currency_id")
    sequence = fields.Integer(default=10)
    plan_id = fields.Many2one(
        "medical.people.benefit.plan",
        required=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
    )
    benefit = fields.Selection(related="plan_id.benefit")
    tier_id = fields.Many2one(
        "medical.people.benefit.tier",
        "Coverage Tier",
        ondelete="restrict",
        domain="[('plan_id', '=', plan_id)]",
    )
    amount = fields.Monetary(
        "Per paycheck",
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
    )
    percent = fields.Float("Percent of pay", digits=(6, 3))
    coverage = fields.Monetary(
        help="Group-term life insurance: the full death benefit."
    )
    employer_month = fields.Monetary(
        "Employer Pays a Month",
        compute="_compute_employer_month",
        store=True,
        readonly=False,
        precompute=True,
    )
    date_coverage = fields.Date("Covered from", compute="_compute_date_coverage")

    _range = models.Constraint(
        "CHECK (amount >= 0 AND percent >= 0 AND percent <= 100 AND coverage >= 0 "
        "AND employer_month >= 0)",
        "Amounts of a benefit cannot be negative; a percentage is 0 to 100.",
    )

    @api.depends("tier_id")
    def _compute_amount(self):
        """The tier's monthly cost in parts of a paycheck; what was entered stays."""
        for line in self:
            if line.tier_id:
                year = line.tier_id.employee_month * 12
                paychecks = line.offer_id._pays_a_year()
                line.amount = line.currency_id.round(year / paychecks)
            else:
                line.amount = line.amount or 0

    @api.depends("tier_id", "plan_id")
    def _compute_employer_month(self):
        for line in self:
            given = line.tier_id or line.plan_id
            line.employer_month = given.employer_month if given else 0

    @api.depends("plan_id", "offer_id.date_start")
    def _compute_date_coverage(self):
        for line in self:
            start = line.offer_id.date_start
            ready = line.plan_id and start
            line.date_coverage = line.plan_id._first_day(start) if ready else False

    @api.constrains("plan_id", "tier_id", "amount", "percent", "coverage")
    def _check_plan(self):
        for line in self:
            if line.plan_id.company_id != line.offer_id.company_id or (
                line.tier_id and line.tier_id.plan_id != line.plan_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(offer)s: %(plan)s or its tier belongs to a different company "
                        "or plan. Choose the plan again.",
                        offer=line.offer_id.display_name,
                        plan=line.plan_id.name,
                    )
                )
            if not (
                line.amount
                or line.percent
                or line.tier_id
                or line.coverage
                or line.employer_month
                or line.benefit in GIVEN
            ):
                raise ValidationError(
                    self.env._(
                        "%(offer)s, %(plan)s: enter an amount or a percentage, or "
                        "remove the line.",
                        offer=line.offer_id.display_name,
                        plan=line.plan_id.name,
                    )
                )

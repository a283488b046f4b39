"""Deduction and benefit plans of the practice, and who takes part with how much."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....engine.payroll.lawbook import by_law
from ....tools.money import money
from ....tools.payroll.deduct.deductions import Election
from ....tools.payroll.deduct.retirement import Tier
from ....tools.payroll.law.deductionkinds import KINDS
from ....tools.payroll.law.lawtable import rows


@by_law
def _kinds(_model):
    """The kinds of the law's table, as a selection."""
    return list({row["kind"]: row["label"] for row in rows(KINDS)}.items())


class PayrollPlan(models.Model):
    """A plan: what kind of deduction it is by law, and whom the money goes to."""

    _name = "medical.payroll.benefit.plan"
    _description = "Benefit Plan"
    _inherit = ["medical.core.guard"]
    _order = "sequence, name"

    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        _kinds,
        required=True,
        help="Determines which wages it lowers, its annual limit and its W-2 box.",
    )
    payee_id = fields.Many2one(
        "res.partner", "Paid to", help="Insurer, plan administrator, union."
    )
    tier_ids = fields.One2many(
        "medical.payroll.benefit.plan.tier",
        "plan_id",
        "Employer match",
        help="For 401(k) and 403(b): 100% of the first 3% of pay, 50% of the next 2%.",
    )
    note = fields.Text()

    def _tiers(self):
        """The match of the plan for the calculator."""
        return tuple(
            Tier(money(tier.rate), money(tier.pay_percent)) for tier in self.tier_ids
        )


class PayrollPlanTier(models.Model):
    """One tier of an employer's match."""

    _name = "medical.payroll.benefit.plan.tier"
    _description = "Employer Match Tier"
    _inherit = ["medical.core.guard"]
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "medical.payroll.benefit.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    rate = fields.Float("Match (% of deferrals)", required=True, digits=(6, 3))
    pay_percent = fields.Float("On the next (% of pay)", required=True, digits=(6, 3))

    _range = models.Constraint(
        "CHECK (rate > 0 AND rate <= 1000 AND pay_percent > 0 AND pay_percent <= 100)",
        "A match tier needs a rate above 0 and a share of pay between 0 and 100%.",
    )


class PayrollElection(models.Model):
    """A person's part in a plan: dollars or percent of each pay."""

    _name = "medical.payroll.election"
    _description = "Deduction"
    _inherit = ["medical.payroll.dated"]

    plan_id = fields.Many2one(
        "medical.payroll.benefit.plan",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('company_id', '=', company_id)]",
    )
    kind = fields.Selection(related="plan_id.kind")
    amount = fields.Monetary("Per paycheck")
    percent = fields.Float("Percent of pay", digits=(6, 3))
    goal = fields.Monetary(
        "Until It Reaches", help="A loan balance or other total; 0 for no limit."
    )
    coverage = fields.Monetary(
        help="Group-term life insurance: the full death benefit. The taxable cost of "
        "coverage over $50,000 is calculated by age."
    )
    family = fields.Boolean("Family coverage", help="For a health savings account.")

    _range = models.Constraint(
        "CHECK (amount >= 0 AND percent >= 0 AND percent <= 100 AND goal >= 0 "
        "AND coverage >= 0)",
        "A deduction must have a positive amount, or 0 to 100 percent.",
    )

    @api.constrains("amount", "percent", "coverage", "plan_id")
    def _check_asked(self):
        for election in self:
            life = election.plan_id.kind == "group_term_life"
            if not (
                election.amount or election.percent or (life and election.coverage)
            ):
                raise ValidationError(
                    self.env._(
                        "%(who)s, %(plan)s: enter an amount or a percentage.",
                        who=election.employee_id.name,
                        plan=election.plan_id.name,
                    )
                )
            if election.plan_id.company_id != election.company_id:
                raise ValidationError(
                    self.env._(
                        "%(plan)s belongs to a different company than %(who)s.",
                        plan=election.plan_id.name,
                        who=election.employee_id.name,
                    )
                )

    @api.depends("employee_id", "plan_id")
    def _compute_display_name(self):
        for election in self:
            election.display_name = election.plan_id.name

    def _election(self, taken, active=True):
        """For the calculator; ``taken`` dollars so far in the span of its limit."""
        self.ensure_one()
        return Election(
            self.plan_id.kind,
            money(self.amount or 0) if active else money(0),
            money(self.percent or 0) if active else money(0),
            taken,
            money(self.goal) if self.goal else None,
            self.plan_id.name,
        )

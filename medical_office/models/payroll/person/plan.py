"""How a benefit plan is taxed, and what an enrollment asks of the calculator."""

from odoo import api, fields, models

from ....engine.payroll.lawbook import by_law
from ....tools.money import money
from ....tools.payroll.deduct.deductions import Election
from ....tools.payroll.deduct.retirement import Tier
from ....tools.payroll.law.deductionkinds import KINDS
from ....tools.payroll.law.lawtable import rows

# the usual treatment of a benefit; a plan may be entered with a different one
TREATMENT = {
    "medical": "health_125",
    "dental": "dental_125",
    "vision": "vision_125",
    "life": "group_term_life",
    "retirement": "401k",
    "hsa": "hsa_125",
    "fsa": "health_fsa",
    "parking": "commuter",
}
BENEFIT = {
    **{kind: benefit for benefit, kind in TREATMENT.items()},
    "health_employer": "medical",
    "s_corp_health": "medical",
    "403b": "retirement",
    "roth_401k": "retirement",
    "roth_403b": "retirement",
    "401k_match": "retirement",
    "hsa_employer": "hsa",
    "dependent_care_fsa": "fsa",
}


@by_law
def _kinds(_model):
    """The kinds of the law's table, as a selection."""
    return list({row["kind"]: row["label"] for row in rows(KINDS)}.items())


class PeopleBenefitPlan(models.Model):
    """A plan's tax treatment: which wages it lowers."""

    _inherit = "medical.people.benefit.plan"

    kind = fields.Selection(
        _kinds,
        "Tax Treatment",
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="Determines which wages it lowers, its annual limit and its W-2 box.",
    )

    arrears = fields.Selection(
        [
            ("next", "Taken with the next pay"),
            ("same", "Taken later, at most as much again each time"),
        ],
        "What the Pay Does Not Cover",
        help="The person's part in dollars that a pay did not cover. Empty: the practice "
        "bears it.",
    )
    skip_extra = fields.Boolean(
        "Not on a 27th (53rd) Pay Date",
        help="Dollars of the person's part are not taken on the 27th biweekly or 53rd "
        "weekly pay date of a year.",
    )

    @api.depends("benefit")
    def _compute_kind(self):
        for plan in self:
            usual = TREATMENT.get(plan.benefit, "posttax")
            # a treatment that belongs to the benefit stays as it was entered
            if not plan.kind or BENEFIT.get(plan.kind, "other") != plan.benefit:
                plan.kind = usual

    @api.model_create_multi
    def create(self, vals_list):
        """A plan that is given by its tax treatment alone has a benefit by that."""
        for vals in vals_list:
            if vals.get("kind") and not vals.get("benefit"):
                vals["benefit"] = BENEFIT.get(vals["kind"], "other")
        return super().create(vals_list)

    def _tiers(self):
        """The match of the plan for the calculator."""
        return tuple(
            Tier(money(tier.rate), money(tier.pay_percent)) for tier in self.match_ids
        )


class PeopleEnrollment(models.Model):
    """An enrollment as the payslip takes it."""

    _inherit = "medical.people.enrollment"

    kind = fields.Selection(related="plan_id.kind")

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

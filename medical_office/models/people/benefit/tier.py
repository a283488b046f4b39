"""Who is covered beside the person, and what that costs a month."""

from odoo import api, fields, models

from ....engine.core.labels import labels_of

COVERED = [
    ("employee", "Employee only"),
    ("spouse", "Employee and spouse"),
    ("children", "Employee and children"),
    ("family", "Family"),
]


class PeopleBenefitTier(models.Model):
    """One coverage tier of a plan; its costs from a day on."""

    _name = "medical.people.benefit.tier"
    _description = "Coverage Tier"
    _inherit = ["medical.core.guard"]
    _order = "plan_id, sequence, id"

    _born_fields = frozenset({"plan_id"})

    plan_id = fields.Many2one(
        "medical.people.benefit.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    covered = fields.Selection(COVERED, required=True, default="employee")
    currency_id = fields.Many2one(related="plan_id.currency_id")
    employee_month = fields.Monetary(
        "Employee Pays a Month", help="Taken from pay in equal parts of the year."
    )
    employer_month = fields.Monetary("Employer Pays a Month")
    date_from = fields.Date("From", required=True, default="2000-01-01")
    date_to = fields.Date("Until", help="The last day of these costs.")

    _range = models.Constraint(
        "CHECK (employee_month >= 0 AND employer_month >= 0 "
        "AND (date_to IS NULL OR date_to >= date_from))",
        "A tier needs costs of 0 or more, and an end that is not before its start.",
    )

    @api.depends("plan_id", "covered")
    def _compute_display_name(self):
        covered = labels_of(self, "covered")
        for tier in self:
            tier.display_name = covered.get(tier.covered, "")

"""What the employer adds to what people save for retirement."""

from odoo import fields, models


class PeopleBenefitMatch(models.Model):
    """One tier of an employer's match."""

    _name = "medical.people.benefit.match"
    _description = "Employer Match Tier"
    _inherit = ["medical.core.guard"]
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "medical.people.benefit.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    rate = fields.Float("Match (% of deferrals)", required=True, digits=(6, 3))
    pay_percent = fields.Float("On the next (% of pay)", required=True, digits=(6, 3))

    _range = models.Constraint(
        "CHECK (rate > 0 AND rate <= 1000 AND pay_percent > 0 AND pay_percent <= 100)",
        "A match tier needs a rate above 0 and a share of pay between 0 and 100%.",
    )

"""What rules and policies ask of people: for which company, from when to when, and why."""

from odoo import fields, models


class CoreAsked(models.AbstractModel):
    """Mixin of what is asked; the model says what it is and of whom it is asked."""

    _name = "medical.core.asked"
    _description = "Asked by a Rule"

    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: every company."
    )
    date_from = fields.Date("From", required=True, default="2000-01-01")
    date_to = fields.Date("Until")
    citation = fields.Char(help="The rule or the policy that asks for it.")
    is_checked = fields.Boolean(
        "Checked at its source",
        help="Off: nobody has read the rule that is cited. It asks all the same.",
    )

"""By when the coming month's budget is asked for."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    medical_budget_due_day = fields.Integer(
        "Budget Requests Due",
        default=20,
        help="Day of the month by which department heads submit the request for the "
        "coming month. 0: no date.",
    )

    _medical_budget_due = models.Constraint(
        "CHECK (medical_budget_due_day BETWEEN 0 AND 28)",
        "Budget requests are due on a day from 1 to 28; 0 means no date.",
    )

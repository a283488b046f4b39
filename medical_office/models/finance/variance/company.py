"""From which part of its budget on a month has to say why it is off."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    medical_variance_percent = fields.Float(
        "Variance Tolerance %",
        default=10.0,
        digits=(5, 1),
        help="A category may be off by this part of what was expected without a word. "
        "The amount that may be off besides is an approval limit.",
    )

    _medical_variance_percent = models.Constraint(
        "CHECK (medical_variance_percent IS NULL OR medical_variance_percent >= 0)",
        "The variance tolerance is not negative.",
    )

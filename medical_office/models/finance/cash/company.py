"""The cash that a practice wants to keep, and what a day's takings may be off."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    medical_cash_minimum = fields.Monetary(
        "Minimum Cash",
        help="The forecast warns of every week in which cash falls below this.",
    )
    medical_deposit_tolerance = fields.Monetary(
        "Deposit Tolerance",
        default=5.0,
        help="A day's takings may be over or short by so much without a reason.",
    )

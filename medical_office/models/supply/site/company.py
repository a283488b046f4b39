"""How a practice wants its supplies run."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    medical_count_limit = fields.Monetary(
        string="Recount Above",
        default=25.0,
        help="A count difference that exceeds expectations by more than this is "
        "recounted by somebody else and approved.",
    )
    medical_price_tolerance = fields.Float(
        string="Price Tolerance (%)",
        default=3.0,
        help="A price above contract or last price by more than this is an exception.",
    )
    medical_order_horizon = fields.Integer(
        string="Days Ahead",
        default=7,
        help="Days beyond the lead time that order proposals cover: stock that "
        "expires by then is not counted on.",
    )
    medical_service_level = fields.Float(
        string="Service Level (%)",
        default=95.0,
        help=(
            "Probability that a shelf lasts until it is filled; the target of the "
            "par review."
        ),
    )

    _medical_supply_limits = models.Constraint(
        "check (medical_count_limit >= 0 AND medical_price_tolerance >= 0 "
        "AND medical_order_horizon >= 0 AND medical_service_level BETWEEN 50 AND 99.99)",
        (
            "Limits cannot be negative, and the service level must be between 50 "
            "and 99.99 percent."
        ),
    )

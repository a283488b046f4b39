"""How a practice wants its supplies run."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    medical_count_limit = fields.Monetary(
        string="Recount Above",
        default=25.0,
        help="A difference on a count that surprises by more than this is counted again "
        "by somebody else and approved.",
    )
    medical_price_tolerance = fields.Float(
        string="Price Tolerance (%)",
        default=3.0,
        help="A price above contract or last price by more than this is an exception.",
    )
    medical_order_horizon = fields.Integer(
        string="Look Ahead (days)",
        default=7,
        help="So many days beyond the lead time count when it is worked out what to "
        "order: stock that expires until then is not relied on.",
    )
    medical_service_level = fields.Float(
        string="Service Level (%)",
        default=95.0,
        help="Chance that a shelf lasts until it is filled; the par review aims at it.",
    )

    _medical_supply_limits = models.Constraint(
        "check (medical_count_limit >= 0 AND medical_price_tolerance >= 0 "
        "AND medical_order_horizon >= 0 AND medical_service_level BETWEEN 50 AND 99.99)",
        "Limits are not negative; the service level lies between 50 and 99.99 percent.",
    )

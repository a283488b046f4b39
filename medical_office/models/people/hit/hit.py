"""How often the public pages of people may be answered."""

from datetime import timedelta

from odoo import api, models

from ....tools.core.hits import Limit

# bookings and forms of candidates from one address; answers to offers and Forms I-9 from
# one address, and to one of them
LIMITS = {
    "booking": Limit(20, timedelta(hours=1)),
    "offer_address": Limit(20, timedelta(hours=1)),
    "offer_token": Limit(10, timedelta(hours=1)),
    "i9_address": Limit(20, timedelta(hours=1)),
    "i9_token": Limit(10, timedelta(hours=1)),
}


class CoreHit(models.Model):
    _inherit = "medical.core.hit"

    @api.model
    def _limits(self):
        """Answers of candidates and employees without a login."""
        return {**super()._limits(), **LIMITS}

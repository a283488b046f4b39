"""How often faults may be reported by one address, or for one label."""

from datetime import timedelta

from odoo import api, models

from ....tools.core.hits import Limit

LIMITS = {
    "address": Limit(6, timedelta(hours=1)),
    "token": Limit(20, timedelta(hours=1)),
}


class CoreHit(models.Model):
    _inherit = "medical.core.hit"

    @api.model
    def _limits(self):
        """Reports from one address, and reports for one label."""
        return {**super()._limits(), **LIMITS}

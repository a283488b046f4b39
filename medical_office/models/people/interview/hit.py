"""How often one address may book or answer on the candidates' page."""

from datetime import timedelta

from odoo import api, models

from ....tools.core.hits import Limit


class CoreHit(models.Model):
    _inherit = "medical.core.hit"

    @api.model
    def _limits(self):
        return {**super()._limits(), "booking": Limit(20, timedelta(hours=1))}

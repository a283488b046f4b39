"""The parts of the sample practice that are people's, in the order they build on each
other."""

from odoo import api, models


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    @api.model
    def _parts(self):
        return [*super()._parts(), "people_recruiting"]

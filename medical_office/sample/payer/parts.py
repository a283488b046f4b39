"""The parts of the payer domain in the sample practice, in the order they build."""

from odoo import api, models


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    @api.model
    def _parts(self):
        """Those of all files of this folder."""
        return [*super()._parts(), "payer_enrollments", "payer_contracts"]

    @api.model
    def _doers(self):
        own = {"payer_enrollments": "cole", "payer_contracts": "schwartz"}
        return super()._doers() | own

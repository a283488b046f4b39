"""The parts of people in the sample practice, in the order in which they build."""

from odoo import api, models


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    @api.model
    def _parts(self):
        """Those of all files of this folder, in the order in which they build on each
        other."""
        return [
            *super()._parts(),
            "people_sites",
            "people_recruiting",
            "people_credentials",
            "people_files",
        ]

    @api.model
    def _doers(self):
        own = (
            "people_sites",
            "people_recruiting",
            "people_credentials",
            "people_files",
        )
        return super()._doers() | dict.fromkeys(own, "cole")

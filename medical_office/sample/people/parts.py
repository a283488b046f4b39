<<<<<<< HEAD
"""The parts of people in the sample practice, in the order in which they build."""

from odoo import models
=======
"""The parts of the sample practice that are people's, in the order they build on each
other."""

from odoo import api, models
>>>>>>> hire


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

<<<<<<< HEAD
    def _parts(self):
        """Those of all files of this folder, in the order in which they build on each
        other."""
        return [*super()._parts(), "people_credentials", "people_files"]
=======
    @api.model
    def _parts(self):
        return [*super()._parts(), "people_recruiting"]
>>>>>>> hire

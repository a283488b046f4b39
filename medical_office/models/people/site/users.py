"""What people change in their own preferences, and what HR says of them."""

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    @property
    def SELF_WRITEABLE_FIELDS(self):
        """The own work location is HR's to say: the minimum wage, the pay grade and the
        site whose audit counts somebody follow from it."""
        return [
            name for name in super().SELF_WRITEABLE_FIELDS if name != "work_location_id"
        ]

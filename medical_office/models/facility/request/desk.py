"""Reporting what is broken is one of the buttons with which staff begin."""

from odoo import api, models

from ...core.desk.desk import Start


class CoreDesk(models.AbstractModel):
    _inherit = "medical.core.desk"

    @api.model
    def _starts(self):
        return [
            *super()._starts(),
            Start(
                self.env._("Report a Fault"),
                "fa-wrench",
                "medical_office.facility_request_action",
                form=True,
                under=self.env._("Report"),
            ),
        ]

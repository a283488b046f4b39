"""Schedules know what is out of service."""

from odoo import api, models


class CoreSchedule(models.Model):
    _inherit = "medical.core.schedule"

    @api.model
    def _medical_is_paused(self, targets):
        """Assets that are out of service are not walked."""
        paused = super()._medical_is_paused(targets)
        if targets._name == "maintenance.equipment":
            # sudo: whoever walks the round may not read every asset
            paused |= targets.sudo().filtered("medical_is_out").sudo(False)
        return paused

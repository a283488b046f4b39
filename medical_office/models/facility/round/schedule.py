"""Schedules look at outlets and panels as well, and know what is out of service."""

from odoo import api, fields, models


class CoreSchedule(models.Model):
    _inherit = "medical.core.schedule"

    _target_fields = ("room_ids", "equipment_ids", "outlet_ids", "panel_ids")

    outlet_ids = fields.Many2many(
        "medical.facility.outlet", string="Outlets", check_company=True
    )
    panel_ids = fields.Many2many(
        "medical.facility.panel", string="Panels", check_company=True
    )

    @api.depends("outlet_ids.room_id.medical_site_id", "panel_ids.site_id")
    def _compute_site_id(self):
        return super()._compute_site_id()

    @api.constrains(
        "checklist_id", "room_ids", "equipment_ids", "outlet_ids", "panel_ids"
    )
    def _check_targets(self):
        return super()._check_targets()

    def _target_rooms(self):
        return (
            super()._target_rooms() | self.outlet_ids.room_id | self.panel_ids.room_id
        )

    def _target_pairs(self):
        return [
            *super()._target_pairs(),
            *((outlet.room_id, outlet) for outlet in self.outlet_ids),
            *((panel.room_id, panel) for panel in self.panel_ids),
        ]

    @api.model
    def _medical_is_paused(self, targets):
        """Assets that are out of service are not walked."""
        paused = super()._medical_is_paused(targets)
        if targets._name == "maintenance.equipment":
            # sudo: whoever walks the round may not read every asset
            paused |= targets.sudo().filtered("medical_is_out").sudo(False)
        return paused

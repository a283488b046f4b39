"""Rooms show what is out of service in them."""

from odoo import fields, models

from ..request.request import OPEN


class StockLocation(models.Model):
    _inherit = "stock.location"

    medical_out_count = fields.Integer(
        "Out of service", compute="_compute_medical_out_count"
    )

    def _compute_medical_out_count(self):
        counts = dict(
            self.env["maintenance.equipment"]._read_group(
                [("location_id", "in", self.ids), ("medical_is_out", "=", True)],
                ["location_id"],
                ["__count"],
            )
        )
        for room in self:
            room.medical_out_count = counts.get(room, 0)

    def _medical_used_by(self):
        """Outlets, panels and open repairs keep a room from being closed as well."""
        return [
            *super()._medical_used_by(),
            (
                "medical.facility.outlet",
                "room_id",
                [],
                self.env._(
                    "outlets in it: %(count)s; archive them or move them to another "
                    "room."
                ),
            ),
            (
                "medical.facility.panel",
                "room_id",
                [],
                self.env._(
                    "panels in it: %(count)s; archive them or move them to another "
                    "room."
                ),
            ),
            (
                "maintenance.request",
                "medical_room_id",
                OPEN,
                self.env._(
                    "open repairs in it: %(count)s; close or cancel them first."
                ),
            ),
        ]

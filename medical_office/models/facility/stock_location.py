"""Rooms show what is out of service in them."""

from odoo import fields, models


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

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

    def _medical_uses(self):
        """Outlets, panels and open repairs keep a room from being closed as well."""
        uses = super()._medical_uses()
        if not self:
            return uses
        texts = {
            "medical.facility.outlet": self.env._(
                "outlets in it: %(count)s; archive them or move them to another room."
            ),
            "medical.facility.panel": self.env._(
                "panels in it: %(count)s; archive them or move them to another room."
            ),
        }
        for model, text in texts.items():
            # sudo: what hangs on a room counts, also where this user may not see it
            things = self.env[model].sudo()
            for room, count in things._read_group(
                [("room_id", "in", self.ids)], ["room_id"], ["__count"]
            ):
                uses.setdefault(self.browse(room.id), []).append(
                    text % {"count": count}
                )
        # sudo: as above
        requests = self.env["maintenance.request"].sudo()
        for room, count in requests._read_group(
            [*OPEN, ("medical_room_id", "in", self.ids)],
            ["medical_room_id"],
            ["__count"],
        ):
            uses.setdefault(self.browse(room.id), []).append(
                self.env._(
                    "open repairs in it: %(count)s; close or cancel them first.",
                    count=count,
                )
            )
        return uses

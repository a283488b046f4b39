"""Round lines may look at an outlet or a panel as well."""

from odoo import api, fields, models


class CoreRoundLine(models.Model):
    _inherit = "medical.core.round.line"

    _target_fields = ("room_id", "equipment_id", "outlet_id", "panel_id")

    outlet_id = fields.Many2one(
        "medical.facility.outlet",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    panel_id = fields.Many2one(
        "medical.facility.panel",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    @api.depends("outlet_id.name", "panel_id.name")
    def _compute_target_name(self):
        return super()._compute_target_name()

    def _thing_name(self):
        # sudo: the names of what is looked at belong to the round
        line = self.sudo()
        if line.outlet_id:
            return self.env._("Outlet %(name)s", name=line.outlet_id.name)
        if line.panel_id:
            return self.env._("Panel %(name)s", name=line.panel_id.name)
        return super()._thing_name()

    @api.model
    def _target_values(self, room, thing):
        return {
            "room_id": room.id,
            "equipment_id": False,
            "outlet_id": False,
            "panel_id": False,
            **{
                "medical.facility.outlet": {"outlet_id": thing.id},
                "medical.facility.panel": {"panel_id": thing.id},
            }.get(thing._name, {"equipment_id": thing.id}),
        }

"""Assets out of service: tagging them out, and what follows in other places."""

from odoo import api, fields, models
from odoo.tools import format_datetime


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    medical_tagout_ids = fields.One2many(
        "medical.facility.tagout", "equipment_id", string="Times Out of Service"
    )
    medical_is_out = fields.Boolean(
        "Out of service",
        compute="_compute_medical_is_out",
        store=True,
        index=True,
    )

    medical_out_text = fields.Char(
        compute="_compute_medical_out_text", string="Why Out of Service"
    )

    def _compute_medical_out_text(self):
        tags = self.env["medical.facility.tagout"].search(
            [("equipment_id", "in", self.ids), ("state", "=", "out")]
        )
        by_asset = tags.grouped("equipment_id")
        for asset in self:
            tag = by_asset.get(asset._origin)
            asset.medical_out_text = tag and self.env._(
                "Out of service since %(day)s by %(user)s: %(reason)s",
                day=format_datetime(self.env, tag.date_out, dt_format="short"),
                user=tag.tagged_by_id.name,
                reason=tag.reason,
            )

    @api.depends("medical_tagout_ids.state")
    def _compute_medical_is_out(self):
        out = {
            equipment.id
            for (equipment,) in self.env["medical.facility.tagout"]._read_group(
                [("equipment_id", "in", self.ids), ("state", "=", "out")],
                ["equipment_id"],
            )
        }
        for asset in self:
            asset.medical_is_out = asset.id in out

    def _medical_tag_out(self, reason, request=None):
        """Tag out those of ``self`` that are in service; return the new tags."""
        # sudo: who finds a critical fault tags out, whatever their rights on assets
        tags = self.env["medical.facility.tagout"].sudo()._pen()
        return tags.create(
            [
                {
                    "equipment_id": asset.id,
                    "reason": reason,
                    "request_id": request and request.id,
                    "tagged_by_id": self.env.uid,
                }
                for asset in self
                if not asset.medical_is_out
            ]
        ).with_env(self.env(su=False))

    def action_medical_tag_out(self):
        """Open the form in which the reason for the tag-out is given."""
        self.ensure_one()
        self._check_caller("core_group_staff")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tag out"),
            "res_model": "medical.facility.tagout",
            "view_mode": "form",
            "target": "new",
            "context": {"default_equipment_id": self.id},
        }

    def action_medical_open_tag(self):
        """Open the tag-out that keeps this asset out of service."""
        self.ensure_one()
        self._check_caller("core_group_staff", "core_group_auditor")
        tag = self.medical_tagout_ids.filtered(lambda one: one.state == "out")[:1]
        return tag.get_formview_action()

    def _medical_on_tagged_out(self):
        """Hook: the assets of ``self`` went out of service (supply holds their stock)."""

    def _medical_on_returned(self):
        """Hook: the assets of ``self`` are back in service."""

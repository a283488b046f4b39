"""Tag-out: what is unsafe or broken is out of service until a second person says so."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class FacilityTagout(models.Model):
    """One time out of service, from the tag to the return; stays on record."""

    _name = "medical.facility.tagout"
    _description = "Tag-out"
    _inherit = ["mail.thread", "medical.core.workflow"]
    _order = "date_out desc, id desc"

    _transitions = {("out", "returned"): "core_group_head"}
    # who tagged it out or repaired it does not return it to service
    _segregated = {"returned": ("tagged_by_id", "repaired_by_id")}
    _reason_required = {"returned"}
    _reason_methods = {"action_return"}

    equipment_id = fields.Many2one(
        "maintenance.equipment", "Asset", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="equipment_id.company_id", store=True, index=True
    )
    state = fields.Selection(
        [("out", "Out of service"), ("returned", "Returned to service")],
        required=True,
        default="out",
        readonly=True,
        copy=False,
    )
    reason = fields.Text(required=True)
    date_out = fields.Datetime(
        required=True, default=fields.Datetime.now, readonly=True
    )
    tagged_by_id = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user
    )
    request_id = fields.Many2one("maintenance.request", index="btree_not_null")
    repaired_by_id = fields.Many2one(related="request_id.user_id", string="Repaired by")
    date_returned = fields.Datetime(readonly=True, copy=False)
    returned_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    # one open tag for an asset, however many checks fail at once
    _open = models.UniqueIndex(
        "(equipment_id) WHERE state = 'out'", "This asset is tagged out already."
    )

    @api.depends("equipment_id", "date_out")
    def _compute_display_name(self):
        for tag in self:
            tag.display_name = self.env._(
                "%(asset)s out of service", asset=tag.equipment_id.display_name
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Tag assets out; their stock is held by the domain that keeps stock."""
        for vals in vals_list:
            if not (vals.get("reason") or "").strip():
                raise UserError(self.env._("Say why the asset is out of service."))
        tags = super().create(vals_list)
        tags.equipment_id._medical_on_tagged_out()
        return tags

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "A tag-out stays on record. Return the asset to service instead."
            )
        )

    def action_return(self, reason):
        """Return to service, as somebody who neither tagged it out nor repaired it.

        :param reason: what was checked
        :raises UserError: its repair request is still open
        """
        for tag in self:
            if tag.request_id and not tag.request_id.done:
                raise UserError(
                    self.env._(
                        "%(asset)s: close the request “%(request)s” first.",
                        asset=tag.equipment_id.display_name,
                        request=tag.request_id.name,
                    )
                )
        self._move_to("returned", reason)
        self.equipment_id._medical_on_returned()

    def _state_values(self, state, reason):
        values = super()._state_values(state, reason)
        if state == "returned":
            values.update(
                returned_by_id=self.env.uid, date_returned=fields.Datetime.now()
            )
        return values


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    medical_tagout_ids = fields.One2many("medical.facility.tagout", "equipment_id")
    medical_is_out = fields.Boolean(
        "Out of service",
        compute="_compute_medical_is_out",
        store=True,
        index=True,
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
        return (
            self.env["medical.facility.tagout"]
            .sudo()
            .create(
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
            )
            .sudo(False)
        )

    def action_medical_tag_out(self):
        """Open the form in which the reason for the tag-out is given."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tag out"),
            "res_model": "medical.facility.tagout",
            "view_mode": "form",
            "target": "new",
            "context": {"default_equipment_id": self.id},
        }

    def _medical_on_tagged_out(self):
        """Hook: the assets of ``self`` went out of service (supply holds their stock)."""

    def _medical_on_returned(self):
        """Hook: the assets of ``self`` are back in service."""


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

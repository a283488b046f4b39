"""Tag-out: what is unsafe or broken is out of service until a second person says so."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ....tools.plaintext import said
from ...core.mixins.decidable import Waiting


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
    # what was said when it was tagged out stays: the repair decides who returns it
    _locked = dict.fromkeys(
        ("out", "returned"), frozenset({"equipment_id", "reason", "request_id"})
    )
    _deletable_in = frozenset()
    _decisions = {"out": Waiting("action_return", to="returned", days=2)}
    _decision_domain = "facility"

    equipment_id = fields.Many2one(
        "maintenance.equipment", "Asset", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        related="equipment_id.company_id", store=True, index=True
    )
    room_id = fields.Many2one(related="equipment_id.location_id", string="Room")
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
    repaired_by_id = fields.Many2one(
        related="request_id.medical_repaired_by_id", string="Repaired by"
    )
    date_returned = fields.Datetime(readonly=True, copy=False)
    returned_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    # one open tag for an asset, however many checks fail at once
    _open = models.UniqueIndex(
        "(equipment_id) WHERE state = 'out'", "This asset is already tagged out."
    )

    @api.depends("equipment_id", "date_out")
    def _compute_display_name(self):
        for tag in self:
            asset = tag.equipment_id.display_name
            tag.display_name = asset and self.env._(
                "%(asset)s out of service", asset=asset
            )

    @api.model_create_multi
    def create(self, vals_list):
        """Tag assets out; their stock is held by the domain that keeps stock."""
        for vals in vals_list:
            if not said(vals.get("reason")):
                raise UserError(self.env._("Enter why the asset is out of service."))
        tags = super().create(vals_list)
        tags._log_on_asset(
            {
                tag: self.env._("Tagged out: %(reason)s", reason=tag.reason)
                for tag in tags
            }
        )
        tags.equipment_id._medical_on_tagged_out()
        return tags

    @api.constrains("request_id", "equipment_id")
    def _check_request(self):
        for tag in self:
            asset = tag.request_id.equipment_id
            if tag.request_id and asset != tag.equipment_id:
                raise ValidationError(
                    self.env._(
                        "“%(request)s” is not a repair of %(asset)s. Choose its own "
                        "repair, or none.",
                        request=tag.request_id.name,
                        asset=tag.equipment_id.display_name,
                    )
                )

    def _kept_message(self):
        return self.env._(
            "A tag-out stays on record. Return the asset to service instead."
        )

    def _locked_message(self, name):
        return self.env._(
            "What was entered when %(asset)s was tagged out stays on record. Return "
            "it to service, and tag it out again if needed.",
            asset=self.equipment_id.display_name,
        )

    def action_ask_reason(self):
        """Ask what was checked, then return to service.

        :raises AccessError: no head or manager
        """
        self._check_caller("core_group_head")
        return super().action_ask_reason()

    def action_return(self, reason):
        """Return to service, as somebody who neither tagged it out nor repaired it.

        :param reason: what was checked
        :raises AccessError: no head or manager, or the user tagged out or repaired it
        :raises UserError: its repair request is still open
        """
        self._check_caller("core_group_head")
        # sudo: whether its repair is done, which may be another department's
        for tag in self.sudo():
            if tag.request_id and not tag.request_id.done:
                raise UserError(
                    self.env._(
                        "%(asset)s: close the request “%(request)s” first.",
                        asset=tag.equipment_id.display_name,
                        request=tag.request_id.name,
                    )
                )
        self._move_to("returned", reason)
        text = self.env._("Returned to service: %(reason)s", reason=reason)
        self._log_on_asset(dict.fromkeys(self, text))
        self.equipment_id._medical_on_returned()

    def _decision_state(self):
        """It waits for its return once there is no repair that is still open."""
        self.ensure_one()
        # sudo: whether its repair is done, which may be another department's
        repair = self.sudo().request_id
        return (
            "repair"
            if self.state == "out" and repair and not repair.done
            else self.state
        )

    def _decision_label(self):
        if self._decision_state() == "repair":
            return self.env._("Back in repair")
        return super()._decision_label()

    def _decision_department(self):
        return self.room_id.medical_department_id

    def _log_on_asset(self, texts):
        """Tell it on the page of each asset.

        :param texts: {tag-out: sentence}
        """
        if texts:
            # sudo: who tags out need not have the right to change the asset
            assets = self.equipment_id.sudo()
            assets._message_log_batch(
                {tag.equipment_id.id: text for tag, text in texts.items()}
            )

    def _state_values(self, state, reason):
        values = super()._state_values(state, reason)
        if state == "returned":
            values.update(
                returned_by_id=self.env.uid, date_returned=fields.Datetime.now()
            )
        return values

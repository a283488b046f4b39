"""Assets: what stands in a room, in what condition, under which agreement, at what cost."""

import secrets

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.plaintext import storable
from ...core.mixins.done import done
from .condition import GRADES


class MaintenanceEquipment(models.Model):
    _name = "maintenance.equipment"
    _inherit = ["medical.core.guard", "medical.core.pictured", "maintenance.equipment"]
    _photo_fields = ("medical_image",)

    _program_fields = frozenset({"currency_id"})

    medical_kind_id = fields.Many2one(
        "medical.facility.kind", "Asset Type", index="btree_not_null", tracking=True
    )
    medical_family = fields.Selection(
        related="medical_kind_id.family", store=True, index=True
    )
    location_id = fields.Many2one(string="Room", index="btree_not_null", tracking=True)
    medical_site_id = fields.Many2one(
        related="location_id.warehouse_id", string="Site", store=True, index=True
    )
    medical_is_critical = fields.Boolean(
        "Critical",
        compute="_compute_from_kind",
        store=True,
        readonly=False,
        help="A failed check takes it out of service immediately.",
    )
    medical_life_safety = fields.Boolean(
        "Life safety", compute="_compute_medical_life_safety", store=True
    )
    medical_vaccine_storage = fields.Boolean(
        "Stores vaccines", compute="_compute_from_kind", store=True, readonly=False
    )
    medical_needs_emergency_power = fields.Boolean(
        "Needs emergency power",
        compute="_compute_from_kind",
        store=True,
        readonly=False,
    )
    medical_amps = fields.Float("Nameplate (A)", digits=(6, 2))
    medical_qr_token = fields.Char(
        "QR token",
        copy=False,
        readonly=True,
        index="btree_not_null",
        groups="medical_office.core_group_staff",
    )
    medical_image = fields.Image("Photo", max_width=1024, max_height=1024)
    medical_manual_ids = fields.Many2many("ir.attachment", string="Manuals", copy=False)

    medical_condition = fields.Selection(
        GRADES,
        "Condition",
        compute="_compute_medical_condition",
        store=True,
        index="btree_not_null",
    )
    medical_condition_ids = fields.One2many(
        "medical.facility.condition", "equipment_id", "Condition history"
    )
    medical_agreement_ids = fields.Many2many(
        "medical.facility.agreement",
        string="Warranty and service",
        groups="medical_office.core_group_head,medical_office.core_group_accountant,"
        "medical_office.core_group_auditor",
    )

    currency_id = fields.Many2one(
        "res.currency", compute="_compute_currency_id", store=True
    )
    medical_purchase_date = fields.Date("Purchase date")
    medical_purchase_value = fields.Monetary("Purchase price")
    medical_replacement_value = fields.Monetary("Replacement value")
    medical_life_years = fields.Integer(
        "Expected life (years)",
        compute="_compute_from_kind",
        store=True,
        readonly=False,
    )
    medical_end_of_life = fields.Date(
        compute="_compute_medical_end_of_life", store=True, string="End of Life"
    )

    _token = models.UniqueIndex(
        "(medical_qr_token) WHERE medical_qr_token IS NOT NULL",
        "Two assets cannot share a QR token.",
    )
    _room = models.Index("(location_id, id) WHERE active")
    _amps = models.Constraint(
        "CHECK (medical_amps >= 0)", "The nameplate current cannot be negative."
    )
    _values = models.Constraint(
        "CHECK (medical_purchase_value >= 0 AND medical_replacement_value >= 0)",
        "The value of an asset cannot be negative.",
    )

    @api.depends("medical_kind_id")
    def _compute_from_kind(self):
        for asset in self:
            kind = asset.medical_kind_id
            asset.medical_is_critical = kind.is_critical
            asset.medical_vaccine_storage = kind.vaccine_storage
            asset.medical_needs_emergency_power = kind.needs_emergency_power
            asset.medical_own_battery = kind.own_battery
            asset.medical_life_years = kind.life_years

    @api.depends("medical_family")
    def _compute_medical_life_safety(self):
        for asset in self:
            asset.medical_life_safety = asset.medical_family == "life_safety"

    @api.depends("medical_condition_ids.grade", "medical_condition_ids.date")
    def _compute_medical_condition(self):
        latest = {}
        rows = self.env["medical.facility.condition"].search_fetch(
            [("equipment_id", "in", self.ids)],
            ["equipment_id", "grade"],
            order="date, id",
        )
        for row in rows:
            latest[row.equipment_id.id] = row.grade
        for asset in self:
            asset.medical_condition = latest.get(asset.id, False)

    @api.depends("company_id")
    def _compute_currency_id(self):
        for asset in self:
            asset.currency_id = (asset.company_id or self.env.company).currency_id

    @api.depends("medical_purchase_date", "effective_date", "medical_life_years")
    def _compute_medical_end_of_life(self):
        for asset in self:
            start = asset.medical_purchase_date or asset.effective_date
            years = asset.medical_life_years
            asset.medical_end_of_life = (
                start + relativedelta(years=years) if start and years else False
            )

    @api.constrains("location_id", "company_id")
    def _check_room_company(self):
        for asset in self:
            room = asset.location_id
            if room.company_id and asset.company_id not in (
                room.company_id,
                self.env["res.company"],
            ):
                raise ValidationError(
                    self.env._(
                        "%(asset)s belongs to %(company)s, the room %(room)s to "
                        "%(other)s. Choose a room of the same company.",
                        asset=asset.display_name,
                        company=asset.company_id.name,
                        room=room.display_name,
                        other=room.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Give each new asset its QR token."""
        assets = super().create(vals_list)
        assets._medical_ensure_tokens()
        return assets

    def _program_message(self, name):
        if name == "medical_qr_token":
            return self.env._("A QR token cannot be typed; renew it with its button.")
        if name == "medical_schedule_ids":
            return self.env._(
                "The schedule determines which assets a round covers: open the "
                "schedule and change its assets there."
            )
        return super()._program_message(name)

    def action_medical_renew_token(self):
        """Make the printed labels of ``self`` stale: print new ones afterwards.

        :raises AccessError: the user is not the office manager
        """
        self._check_caller("core_group_manager")
        self.check_access("write")
        # sudo: who manages assets need not have the role that reads tokens
        for asset in self.sudo()._pen():
            asset.medical_qr_token = secrets.token_urlsafe(16)
        return done(
            self.env, self.env._("The old labels lead nowhere now. Print new ones.")
        )

    def _medical_label_url(self):
        """What the label of this asset encodes: where a fault of it is reported."""
        self.ensure_one()
        return f"{self.get_base_url()}/medical_office/fault/{self.medical_qr_token}"

    def _medical_ensure_tokens(self):
        """Give a code to assets that have none: new ones, and those of before us."""
        # sudo: the host's equipment manager need not have a role here to add an asset
        for asset in self.sudo()._pen():
            if not asset.medical_qr_token:
                asset.medical_qr_token = secrets.token_urlsafe(16)

    @api.model
    def _medical_from_token(self, token):
        """The asset with this QR token, as superuser, or an empty recordset."""
        token = storable(token)
        # sudo: whoever holds the label may report a fault; no more is shown of it
        return self.sudo().search([("medical_qr_token", "=", token or "-")], limit=1)

    # ------------------------------------------------------------- smart buttons

    def action_medical_grade(self):
        """Open the form for a new condition grade."""
        self._check_caller("core_group_staff")
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Grade the condition"),
            "res_model": "medical.facility.condition",
            "view_mode": "form",
            "target": "new",
            "context": {"default_equipment_id": self.id},
        }

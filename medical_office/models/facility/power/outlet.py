"""Outlets: where the current leaves the wall, of what type, and what is plugged in."""

from odoo import api, fields, models

from ....engine.core.labels import labels_of

OUTLET_TYPES = [
    ("standard", "Standard"),
    ("gfci", "GFCI"),
    ("hospital_grade", "Hospital grade"),
    ("dedicated", "Dedicated"),
    ("switched", "Switched"),
    ("ups", "Behind a UPS"),
    ("hardwired", "Hardwired"),
]


class FacilityOutlet(models.Model):
    _name = "medical.facility.outlet"
    _description = "Outlet"
    _inherit = ["medical.core.used", "medical.core.guard"]
    _order = "room_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="The number on its plate: E1-03.")
    active = fields.Boolean(default=True)
    circuit_id = fields.Many2one(
        "medical.facility.circuit",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    breaker_id = fields.Many2one(
        related="circuit_id.breaker_id", store=True, index=True
    )
    panel_id = fields.Many2one(related="circuit_id.panel_id", store=True, index=True)
    company_id = fields.Many2one(
        related="circuit_id.company_id", store=True, index=True
    )
    room_id = fields.Many2one(
        "stock.location",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        domain="[('medical_room_type', '!=', False), ('company_id', '=', company_id)]",
    )
    site_id = fields.Many2one(
        related="room_id.medical_site_id", store=True, index="btree_not_null"
    )
    place = fields.Char(help="Where in the room: north wall, under the counter.")
    outlet_type = fields.Selection(OUTLET_TYPES, required=True, default="standard")
    gfci_upstream = fields.Boolean(
        "GFCI upstream", help="A GFCI outlet upstream can shut it off."
    )
    emergency_power = fields.Boolean(
        help="Powered by a generator when utility power fails."
    )
    ups = fields.Boolean("UPS", help="Powered by a UPS for a few minutes.")
    patient_bed = fields.Boolean(
        "At a patient bed", help="At a patient bed: tested under NFPA 99."
    )
    is_gfci = fields.Boolean(
        "GFCI protected",
        compute="_compute_is_gfci",
        help=(
            "By the outlet itself, its breaker or an upstream outlet: a tripped "
            "reset button can shut it off."
        ),
    )
    has_emergency_power = fields.Boolean(compute="_compute_has_emergency_power")
    equipment_ids = fields.One2many(
        "maintenance.equipment", "medical_outlet_id", "Plugged in"
    )
    equipment_count = fields.Integer(compute="_compute_equipment_count")

    _name_unique = models.UniqueIndex(
        "(room_id, name)", "The room already has an outlet with this number."
    )

    @api.depends("name", "room_id.name", "outlet_type")
    def _compute_display_name(self):
        labels = labels_of(self, "outlet_type")
        for outlet in self:
            kind = labels.get(outlet.outlet_type, "")
            # sudo: the name of the room, which an auditor may not read on its own
            room = outlet.sudo().room_id.name  # sudo: as above
            parts = filter(None, [room, outlet.name, f"({kind})" if room else ""])
            outlet.display_name = " ".join(parts)

    @api.depends("outlet_type", "gfci_upstream", "breaker_id.is_gfci")
    def _compute_is_gfci(self):
        for outlet in self:
            outlet.is_gfci = (
                outlet.outlet_type == "gfci"
                or outlet.gfci_upstream
                or outlet.breaker_id.is_gfci
            )

    @api.depends("emergency_power", "ups", "outlet_type", "panel_id.emergency_power")
    def _compute_has_emergency_power(self):
        for outlet in self:
            outlet.has_emergency_power = (
                outlet.emergency_power
                or outlet.ups
                or outlet.outlet_type == "ups"
                or outlet.panel_id.emergency_power
            )

    def _compute_equipment_count(self):
        counts = dict(
            self.env["maintenance.equipment"]._read_group(
                [("medical_outlet_id", "in", self.ids)],
                ["medical_outlet_id"],
                ["__count"],
            )
        )
        for outlet in self:
            outlet.equipment_count = counts.get(outlet, 0)

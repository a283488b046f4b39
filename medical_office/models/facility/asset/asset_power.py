"""Assets and the outlets they are plugged into."""

from odoo import api, fields, models

from ....tools.facility import power


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    medical_outlet_id = fields.Many2one(
        "medical.facility.outlet",
        "Outlet",
        index="btree_not_null",
        tracking=True,
        ondelete="set null",
        check_company=True,
        domain="[('company_id', '=', company_id), ('room_id', '=?', location_id)]",
        help="Where it is plugged in or wired.",
    )
    medical_circuit_id = fields.Many2one(
        related="medical_outlet_id.circuit_id",
        string="Circuit",
        store=True,
        index="btree_not_null",
    )
    medical_breaker_id = fields.Many2one(
        related="medical_outlet_id.breaker_id",
        string="Breaker",
        store=True,
        index="btree_not_null",
    )
    medical_own_battery = fields.Boolean(
        "Own battery",
        compute="_compute_from_kind",
        store=True,
        readonly=False,
        help="It keeps running without the outlet for as long as needed.",
    )
    medical_power_warning = fields.Text(
        compute="_compute_medical_power_warning", string="Power Warning"
    )
    medical_power_tree = fields.Json(
        "Connection", compute="_compute_medical_power_tree"
    )

    @api.onchange("location_id")
    def _onchange_location_id_outlet(self):
        """Moved to another room, it is no longer plugged in where it was."""
        outlet = self.medical_outlet_id
        if outlet and self.location_id and outlet.room_id != self.location_id:
            self.medical_outlet_id = False

    def _compute_medical_power_warning(self):
        findings = self._medical_power_findings()
        for asset in self:
            texts = [
                asset._medical_power_text(one.code) for one in findings.get(asset, ())
            ]
            asset.medical_power_warning = "\n".join(texts) or False

    def _compute_medical_power_tree(self):
        for asset in self:
            asset.medical_power_tree = asset._medical_power_way()

    def _medical_power_way(self):
        """The tree from the source to this asset, or False."""
        self.ensure_one()
        breaker = self.medical_breaker_id
        if not breaker or not self._origin.id:
            return False
        panels = self.env["medical.facility.panel"]
        wiring = panels._wiring(breaker.company_id, breaker)
        if self._origin.id not in wiring.loads:
            return False  # plugged in, not yet saved
        return panels._tree(wiring, self._origin.id).way_to(self._origin.id)

    def _medical_power_findings(self):
        """{asset: [finding of tools.facility.power]}; only assets with findings.

        What needs emergency power and is plugged in nowhere is found as well; vaccine
        storage that is plugged in nowhere is a question of the register, not of wiring.
        """
        plugged = self.medical_outlet_id
        together = dict(
            self.env["maintenance.equipment"]._read_group(
                [("medical_outlet_id", "in", plugged.ids)],
                ["medical_outlet_id"],
                ["__count"],
            )
        )
        found = {}
        for asset in self:
            outlet = asset.medical_outlet_id
            connection = power.Connection(
                vaccine_storage=asset.medical_vaccine_storage,
                life_safety=asset.medical_life_safety,
                needs_emergency_power=asset.medical_needs_emergency_power,
                own_battery=asset.medical_own_battery,
                switched=outlet.outlet_type == "switched",
                gfci=outlet.is_gfci,
                emergency_power=outlet.has_emergency_power,
                ups=outlet.ups,
                sharing_outlet=max(together.get(outlet, 0) - 1, 0),
            )
            findings = list(power.connection_warnings(connection))
            if findings:
                found[asset] = findings
        return found

    @api.model
    def _medical_power_text(self, code):
        """A finding in words."""
        _ = self.env._
        return {
            "vaccine_switched": _(
                "Vaccine storage is on an outlet controlled by a switch"
            ),
            "vaccine_gfci": _(
                "Vaccine storage is on a GFCI outlet, which may trip unnoticed"
            ),
            "vaccine_shared": _("Vaccine storage shares its outlet"),
            "no_emergency_power": _("No emergency power, UPS or battery"),
        }[code]

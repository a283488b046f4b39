"""Circuits: the wires behind a breaker."""

from odoo import api, fields, models


class FacilityCircuit(models.Model):
    _name = "medical.facility.circuit"
    _description = "Circuit"
    _inherit = ["medical.core.guard"]
    _order = "breaker_id, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, help="What it feeds: exam rooms, north wall.")
    breaker_id = fields.Many2one(
        "medical.facility.breaker",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
    )
    panel_id = fields.Many2one(related="breaker_id.panel_id", store=True, index=True)
    company_id = fields.Many2one(
        related="breaker_id.company_id", store=True, index=True
    )
    purpose = fields.Selection(
        [
            ("receptacle", "Receptacles"),
            ("lighting", "Lighting"),
            ("dedicated", "Single appliance"),
            ("equipment", "Fixed equipment"),
        ],
        required=True,
        default="receptacle",
    )
    outlet_ids = fields.One2many("medical.facility.outlet", "circuit_id", "Outlets")

    @api.depends("name", "panel_id.name", "breaker_id.position")
    def _compute_display_name(self):
        for circuit in self:
            panel, breaker = circuit.panel_id.name, circuit.breaker_id
            where = f"{panel} #{breaker.position}" if panel and breaker else panel
            parts = filter(None, [where, circuit.name])
            circuit.display_name = " · ".join(parts)

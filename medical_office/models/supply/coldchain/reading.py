"""Readings of data loggers: kept as they were read, never changed."""

from odoo import api, fields, models


class SupplyReading(models.Model):
    _name = "medical.supply.reading"
    _description = "Temperature Reading"
    _inherit = ["medical.core.guard"]
    _order = "at desc, id desc"
    _rec_name = "at"

    _program_fields = frozenset(
        {"equipment_id", "company_id", "at", "celsius", "is_outside", "source"}
    )
    _deletable_in = frozenset()

    equipment_id = fields.Many2one(
        "maintenance.equipment", "Unit", required=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    at = fields.Datetime("Time", required=True)
    celsius = fields.Float("°C", digits=(6, 2), aggregator="avg")
    fahrenheit = fields.Float(
        "°F", digits=(6, 1), compute="_compute_fahrenheit", aggregator=None
    )
    is_outside = fields.Boolean("Out of range")
    source = fields.Char(help="The file it was read from.")

    _once = models.Constraint(
        "UNIQUE (equipment_id, at)",
        "This unit already has a temperature at this time.",
    )

    @api.depends("celsius")
    def _compute_fahrenheit(self):
        for reading in self:
            reading.fahrenheit = reading.celsius * 9 / 5 + 32

    def _program_message(self, name):
        return self.env._(
            "Readings come from a data logger's file and cannot be changed. Enter "
            "what you read from a display in the round."
        )

    def _kept_message(self):
        return self._program_message("at")

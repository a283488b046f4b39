"""Temperatures of a unit on record: kept as they were read, never changed."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class SupplyReading(models.Model):
    """A temperature that a logger wrote, or that a person read from the display: all of
    them together tell when the unit was out of range (``_rework``)."""

    _name = "medical.supply.reading"
    _description = "Temperature Reading"
    _inherit = ["medical.core.guard"]
    _order = "at desc, id desc"
    _rec_name = "at"

    _program_fields = frozenset(
        {
            "equipment_id",
            "company_id",
            "at",
            "ahead",
            "celsius",
            "is_outside",
            "file_id",
            "round_line_id",
            "seen_as",
            "is_void",
        }
    )
    _deletable_in = frozenset()

    equipment_id = fields.Many2one(
        "maintenance.equipment", "Unit", required=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    at = fields.Datetime("Time", required=True)
    ahead = fields.Integer(
        "Logger ahead of UTC (s)",
        help="What the logger showed is the time in UTC and these seconds.",
        aggregator=None,
    )
    shown_at = fields.Char("On the Logger", compute="_compute_shown_at")
    celsius = fields.Float("°C", digits=(6, 2), aggregator="avg")
    fahrenheit = fields.Float(
        "°F", digits=(6, 1), compute="_compute_fahrenheit", aggregator=None
    )
    is_outside = fields.Boolean("Out of range")
    file_id = fields.Many2one("medical.supply.logger.file", ondelete="restrict")
    round_line_id = fields.Many2one(
        "medical.core.round.line", "Round", index="btree_not_null", ondelete="set null"
    )
    seen_as = fields.Selection(
        [("inside", "In range"), ("warm", "Too warm"), ("cold", "Too cold")],
        "Seen by a Person",
        help="Judged by the limits of the round. Empty: a logger wrote it.",
    )
    is_void = fields.Boolean("Typing Error", help="It was mistyped: it counts no more.")
    source = fields.Char(compute="_compute_source")

    # Two temperatures of one instant both count, whichever file came first; the same
    # one is kept once.
    _said_once = models.UniqueIndex(
        "(equipment_id, at, celsius) WHERE file_id IS NOT NULL",
        "This unit already has this temperature at this time.",
    )
    _seen = models.Index("(equipment_id, at) WHERE file_id IS NULL")

    @api.depends("celsius")
    def _compute_fahrenheit(self):
        for reading in self:
            reading.fahrenheit = reading.celsius * 9 / 5 + 32

    @api.depends("at", "ahead", "file_id")
    def _compute_shown_at(self):
        for reading in self:
            shown = reading.at and reading.at + timedelta(seconds=reading.ahead)
            reading.shown_at = (
                fields.Datetime.to_string(shown) if reading.file_id else ""
            )

    @api.depends("file_id", "round_line_id")
    def _compute_source(self):
        for reading in self:
            # sudo: the names belong to the reading
            reading.source = (
                reading.sudo().file_id.name
                or reading.sudo().round_line_id.round_id.display_name
                or self.env._("Reported")
            )

    def action_ask_reason(self):
        """Ask why the files that these readings come from are withdrawn.

        :raises UserError: a person read them from the display
        """
        if not self.file_id:
            raise UserError(
                self.env._(
                    "This was read from the display. A typing error is reported on its "
                    "excursion."
                )
            )
        return self.file_id.action_ask_reason()

    def _program_message(self, name):
        return self.env._(
            "Readings come from a data logger's file and cannot be changed. Enter "
            "what you read from a display in the round."
        )

    def _kept_message(self):
        return self._program_message("at")

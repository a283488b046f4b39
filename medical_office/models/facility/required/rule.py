"""Required checks: what has to be looked at, how often, and who says so."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.core import recurrence
from ...core.room.location import ROOM_TYPES
from ...core.schedule.rule import WEEKDAY_NAMES


class FacilityRule(models.Model):
    """A check that assets of a kind, or rooms of a type, must have. Dated, with its place.

    It counts for one company, or for all where it names none. It plans nothing itself:
    schedules are proposed from it, and what it requires and nobody has scheduled is an
    exception.
    """

    _name = "medical.facility.rule"
    _description = "Required Check"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _order = "applies_to, kind_id, room_type, frequency, id"
    _shared_birth = True

    applies_to = fields.Selection(
        [
            ("kind", "Assets of a type"),
            ("room", "Rooms"),
            ("outlet", "Outlets"),
            ("panel", "Electrical panels"),
        ],
        required=True,
        default="kind",
    )
    kind_id = fields.Many2one("medical.facility.kind", index=True, ondelete="cascade")
    room_type = fields.Selection(ROOM_TYPES, help="Empty: all rooms.")
    outlet_group = fields.Selection(
        [
            ("gfci", "GFCI outlets"),
            ("patient", "At a patient bed, not hospital grade"),
        ],
        help="Empty: all outlets.",
    )
    target_name = fields.Char("Applies to", compute="_compute_target_name")
    checklist_id = fields.Many2one(
        "medical.core.checklist", required=True, index=True, ondelete="restrict"
    )
    frequency = fields.Selection(
        selection="_selection_frequency", required=True, default="monthly"
    )
    every = fields.Integer(
        default=1,
        required=True,
        aggregator=None,
        help="1: every day, week, month, quarter or year. 2: every other one.",
    )
    weekday = fields.Selection(
        WEEKDAY_NAMES, "On", default="0", help="The day of a weekly check."
    )
    times = fields.Char(
        "At", default="09:00", required=True, help="Times of day, with commas."
    )
    window_hours = fields.Float("Done within (hours)", default=24.0, required=True)
    basis = fields.Selection(
        [
            ("law", "Law"),
            ("standard", "Consensus standard"),
            ("practice", "Practice"),
        ],
        required=True,
        default="practice",
        help="Whether a law, a standard or the practice itself requires it.",
    )
    citation = fields.Char(required=True)
    date_from = fields.Date(
        "In force from",
        required=True,
        default=lambda self: fields.Date.to_date("2020-01-01"),
    )
    date_to = fields.Date("In force until")
    company_id = fields.Many2one(
        "res.company", index=True, help="Empty: all companies."
    )
    active = fields.Boolean(default=True)

    _every = models.Constraint("CHECK (every >= 1)", "“Every” must be 1 or more.")
    _window = models.Constraint(
        "CHECK (window_hours > 0)", "“Done within” must be more than 0 hours."
    )
    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)",
        "The rule's end date is before its start date.",
    )

    @api.model
    def _selection_frequency(self):
        frequency = self.env["medical.core.schedule"]._fields["frequency"]
        return frequency._description_selection(self.env)

    @api.depends("checklist_id.name", "frequency")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._selection_frequency())
        for rule in self:
            checklist = rule.checklist_id.name
            rule.display_name = (
                checklist and f"{checklist} ({labels.get(rule.frequency, '')})"
            )

    @api.depends("applies_to", "kind_id.name", "room_type", "outlet_group")
    @api.depends_context("lang")
    def _compute_target_name(self):
        for rule in self:
            labels = {
                "kind": rule.kind_id.name or "",
                "room": rule._label("room_type") or self.env._("All rooms"),
                "outlet": rule._label("outlet_group") or self.env._("All outlets"),
                "panel": self.env._("Electrical panels"),
            }
            rule.target_name = labels.get(rule.applies_to, "")

    def _label(self, name):
        selection = self._fields[name]._description_selection(self.env)
        return dict(selection).get(self[name], "")

    @api.constrains("times")
    def _check_times(self):
        for rule in self:
            try:
                recurrence.parse_times(rule.times or "")
            except recurrence.TimesError as error:
                raise ValidationError(
                    self.env._(
                        "“%(piece)s” is not a time of day. Enter times such as 7:30 "
                        "AM, 4:00 PM or 07:30, 16:00.",
                        piece=error.piece,
                    )
                ) from error

    @api.constrains("applies_to", "kind_id")
    def _check_kind(self):
        for rule in self:
            if rule.applies_to == "kind" and not rule.kind_id:
                raise ValidationError(
                    self.env._(
                        "“%(checklist)s”: choose the asset type it is required for.",
                        checklist=rule.checklist_id.name,
                    )
                )

    def _in_force(self, day):
        """The rules of ``self`` that hold on ``day``."""
        return self.filtered(
            lambda rule: (
                rule.date_from <= day and (not rule.date_to or rule.date_to >= day)
            )
        )

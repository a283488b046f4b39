"""Lines of a round: the item as it was when the round came due, and the answer."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import float_repr

from ....engine.core.labels import labels_of
from ....tools.core.answers import Limits
from ..checklist.item import ITEM_TYPES, SEVERITIES, optional
from ..mixins.nullable_float import NullableFloat

# copied from the item: a later change of the checklist does not change what was asked
FROZEN_FROM_ITEM = (
    "name",
    "item_type",
    "required",
    "limit_min",
    "limit_max",
    "hard_min",
    "hard_max",
    "uom",
    "severity",
    "citation",
    "weight",
    "na_needs_note",
)

# how a failure was settled
RESOLUTION = frozenset({"resolved_at", "resolved_by_id", "resolution"})
UNANSWERED = {
    "result": "open",
    **dict.fromkeys(
        ("value_number", "value_text", "value_choice_id", "photo_name", "note"), False
    ),
}


class CoreRoundLine(models.Model):
    _name = "medical.core.round.line"
    _description = "Round Line"
    _inherit = ["medical.core.guard"]
    _locked_by = ("round_id",)
    # what a line looks at, the place first; a domain adds what it has of its own
    _target_fields = ("room_id", "equipment_id")
    # lines are made in walking order, so their ids keep it within a round
    _order = "date_due desc, id"

    round_id = fields.Many2one(
        "medical.core.round",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    round_state = fields.Selection(related="round_id.state", string="Round state")
    item_id = fields.Many2one(
        "medical.core.checklist.item", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    date_due = fields.Datetime("Due", required=True, readonly=True)
    room_id = fields.Many2one("stock.location", readonly=True)
    equipment_id = fields.Many2one(
        "maintenance.equipment", readonly=True, index="btree_not_null"
    )
    target_name = fields.Char("Where", compute="_compute_target_name")

    name = fields.Char("What to check", required=True, readonly=True)
    help_text = fields.Text(related="item_id.help_text")
    item_type = fields.Selection(ITEM_TYPES, required=True, readonly=True)
    required = fields.Boolean(readonly=True)
    limit_min = NullableFloat("Lower limit", readonly=True)
    limit_max = NullableFloat("Upper limit", readonly=True)
    hard_min = NullableFloat("Lowest possible", readonly=True)
    hard_max = NullableFloat("Highest possible", readonly=True)
    uom = fields.Char("Unit", readonly=True)
    severity = fields.Selection(SEVERITIES, required=True, readonly=True)
    citation = fields.Char(readonly=True)
    weight = fields.Float(default=1.0, readonly=True, aggregator=None)
    na_needs_note = fields.Boolean("Reason if not applicable", readonly=True)

    result = fields.Selection(
        [
            ("open", "Open"),
            ("pass", "Pass"),
            ("fail", "Fail"),
            ("na", "Not applicable"),
        ],
        required=True,
        default="open",
    )
    value_number = NullableFloat("Number", aggregator="avg")
    value_text = fields.Char("Text")
    value_choice_id = fields.Many2one(
        "medical.core.checklist.choice",
        "Choice",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('item_id', '=', item_id)]",
    )
    doubt = fields.Char(
        "Asked About",
        readonly=True,
        help="A temperature that would be right in the other unit: nothing follows from "
        "it until somebody confirms or corrects it.",
    )
    answer = fields.Char(compute="_compute_answer")
    limits_text = fields.Char("Limits", compute="_compute_limits_text")
    photo = fields.Binary(attachment=True)
    photo_name = fields.Char()
    has_photo = fields.Boolean(readonly=True)
    note = fields.Char()
    entered_by_id = fields.Many2one("res.users", "Entered by", readonly=True)
    entered_at = fields.Datetime(readonly=True)
    client_uuid = fields.Char(
        readonly=True, help="The last entry from a phone; it is applied only once."
    )

    _due = models.Index("(date_due DESC, id)")
    _item_due = models.Index("(item_id, date_due DESC)")
    _open_room = models.Index("(room_id, round_id) WHERE result = 'open'")
    _failed_due = models.Index("(company_id, date_due DESC) WHERE result = 'fail'")

    @api.depends("name", "room_id.name", "equipment_id.name")
    def _compute_display_name(self):
        for line in self:
            where = line.target_name
            line.display_name = f"{where}: {line.name}" if where else line.name

    @api.depends("room_id.name", "equipment_id.name")
    def _compute_target_name(self):
        # equipment may be assigned to somebody else, whom its own rule lets see it
        # sudo: the names of what is looked at belong to the round
        for line in self.sudo():
            parts = [line.room_id.name, line._thing_name()]
            line.target_name = " – ".join(part for part in parts if part)

    def _thing_name(self):
        """The name of what the line looks at in its room; empty for the room itself."""
        self.ensure_one()
        # sudo: see _compute_target_name
        return self.sudo().equipment_id.name or ""

    @api.depends("item_type", "value_number", "value_text", "result", "uom")
    def _compute_answer(self):
        labels = labels_of(self, "result")
        for line in self:
            if line.result in ("pass", "fail"):
                line.answer = line._value_text() or labels[line.result]
            else:
                line.answer = labels.get(line.result) if line.result == "na" else False

    @api.depends("limit_min", "limit_max", "uom", "item_type")
    def _compute_limits_text(self):
        for line in self:
            line.limits_text = line._range_text(line.limit_min, line.limit_max)

    def _birth_values(self, vals):
        """A line is born without an answer, whatever defaults a user has."""
        return {**super()._birth_values(vals), **UNANSWERED}

    def _birth_error(self, name):
        return AccessError(
            self.env._(
                "The items of a round come from its checklist: change the "
                "checklist instead."
            )
        )

    def _program_message(self, name):
        if name in RESOLUTION:
            return self.env._("Settle a failed item with its button and a reason.")
        return self.env._(
            "An item keeps what its checklist asked when the round became due. Only "
            "the answer can be entered."
        )

    @api.model
    def _values_from_item(self, item):
        """The part of a line that is copied from its item."""
        values = {name: item[name] for name in FROZEN_FROM_ITEM}
        values["item_id"] = item.id
        return values

    @api.model
    def _target_values(self, room, thing):
        """The part of a line that says what it looks at.

        :param thing: what is looked at in the room, or an empty recordset
        """
        return {"room_id": room.id, "equipment_id": thing.id}

    def _limits(self):
        self.ensure_one()
        return Limits(
            optional(self.limit_min),
            optional(self.limit_max),
            optional(self.hard_min),
            optional(self.hard_max),
        )

    def _value_text(self):
        self.ensure_one()
        if self.item_type == "number" and self.value_number is not False:
            return self._number_text(self.value_number)
        if self.item_type in ("choice", "text", "signature"):
            return self.value_text or self.value_choice_id.name
        return False

    def _number_text(self, value):
        """A number as a person writes it, with its unit: 38.5 °F, not 38.500000 °F."""
        text = float_repr(value, 4).rstrip("0").rstrip(".")
        return f"{text} {self.uom}" if self.uom else text

    def _range_text(self, low, high):
        """Such as "36 °F to 46 °F", "at least 36 °F"; False without any bound."""
        _ = self.env._
        if low is not False and high is not False:
            return _(
                "%(low)s to %(high)s",
                low=self._number_text(low),
                high=self._number_text(high),
            )
        if low is not False:
            return _("at least %(low)s", low=self._number_text(low))
        if high is not False:
            return _("at most %(high)s", high=self._number_text(high))
        return False

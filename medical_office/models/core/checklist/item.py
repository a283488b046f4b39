"""Items of a checklist: what is asked, what passes, what cannot be true."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ....tools.core.answers import Limits
from ..mixins.nullable_float import NullableFloat

ITEM_TYPES = [
    ("pass_fail", "Pass or fail"),
    ("number", "Number"),
    ("choice", "Choice"),
    ("text", "Text"),
    ("photo", "Photo"),
    ("signature", "Signature"),
]
SEVERITIES = [
    ("low", "Low"),
    ("medium", "Medium"),
    ("high", "High"),
    ("critical", "Critical"),
]


def optional(value):
    """None for an empty NullableFloat, which reads as False."""
    return None if value is False else value


class CoreChecklistItem(models.Model):
    _name = "medical.core.checklist.item"
    _description = "Checklist Item"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _shared_by = "checklist_id"
    _order = "checklist_id, sequence, id"

    checklist_id = fields.Many2one(
        "medical.core.checklist", required=True, index=True, ondelete="cascade"
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("What to check", required=True)
    help_text = fields.Text("How to check", help="Shown under the item on the phone.")
    item_type = fields.Selection(ITEM_TYPES, required=True, default="pass_fail")
    required = fields.Boolean(
        default=True, help="The round cannot be signed while this item is open."
    )
    limit_min = NullableFloat(
        "Lower limit", help="A number below this fails.", aggregator=None
    )
    limit_max = NullableFloat(
        "Upper limit", help="A number above this fails.", aggregator=None
    )
    hard_min = NullableFloat(
        "Lowest possible",
        help=("A number below this is a typing error and is rejected."),
    )
    hard_max = NullableFloat(
        "Highest possible",
        help=("A number above this is a typing error and is rejected."),
    )
    uom = fields.Char("Unit", help="Shown after the number: °F, psi, ppm ...")
    choice_ids = fields.One2many("medical.core.checklist.choice", "item_id", copy=True)
    severity = fields.Selection(
        SEVERITIES,
        required=True,
        default="medium",
        help="How serious it is when this item fails.",
    )
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
    citation = fields.Char()
    weight = fields.Float(
        default=1.0,
        aggregator=None,
        help="How much the item counts toward the round's score.",
    )
    na_needs_note = fields.Boolean(
        "Reason if not applicable",
        help="“Not applicable” is accepted only with a note giving the reason.",
    )

    _weight_positive = models.Constraint(
        "CHECK (weight >= 0)",
        ("A weight cannot be negative. Enter 0 if the item does not count."),
    )

    @api.constrains(
        "item_type", "limit_min", "limit_max", "hard_min", "hard_max", "choice_ids"
    )
    def _check_answers(self):
        for item in self:
            if item.item_type == "number" and not item._limits().ordered():
                raise ValidationError(
                    self.env._(
                        "“%(item)s”: the limits are out of order. From low to high "
                        "they must be: lowest possible, lower limit, upper limit, "
                        "highest possible.",
                        item=item.name,
                    )
                )
            if item.item_type == "choice" and not item.choice_ids:
                raise ValidationError(
                    self.env._(
                        "“%(item)s” is a choice without choices: add at least one.",
                        item=item.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items.checklist_id._new_version()
        return items

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() - {"sequence"}:
            self.checklist_id._new_version()
        return result

    def unlink(self):
        """Archive the items that rounds have used; delete the others."""
        self.checklist_id._new_version()
        # sudo: lines of rounds which the user may not see count as well
        lines = self.env["medical.core.round.line"].sudo()
        used = self.browse(
            [
                item.id
                for [item] in lines._read_group(
                    [("item_id", "in", self.ids)], ["item_id"]
                )
            ]
        )
        used.write({"active": False})
        return super(CoreChecklistItem, self - used).unlink()

    def _limits(self):
        self.ensure_one()
        return Limits(
            optional(self.limit_min),
            optional(self.limit_max),
            optional(self.hard_min),
            optional(self.hard_max),
        )


class CoreChecklistChoice(models.Model):
    _name = "medical.core.checklist.choice"
    _description = "Checklist Choice"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _shared_by = "item_id"
    _order = "item_id, sequence, id"

    item_id = fields.Many2one(
        "medical.core.checklist.item", required=True, index=True, ondelete="cascade"
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    is_failure = fields.Boolean("Fails", help="Choosing this answer reports a failure.")

    @api.model_create_multi
    def create(self, vals_list):
        choices = super().create(vals_list)
        choices.item_id.checklist_id._new_version()
        return choices

    def write(self, vals):
        result = super().write(vals)
        self.item_id.checklist_id._new_version()
        return result

    def unlink(self):
        """Archive the choices that somebody has picked; delete the others."""
        self.item_id.checklist_id._new_version()
        # sudo: lines of rounds which the user may not see count as well
        lines = self.env["medical.core.round.line"].sudo()
        picked = self.browse(
            [
                choice.id
                for [choice] in lines._read_group(
                    [("value_choice_id", "in", self.ids)], ["value_choice_id"]
                )
            ]
        )
        picked.write({"active": False})
        return super(CoreChecklistChoice, self - picked).unlink()

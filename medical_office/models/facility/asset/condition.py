"""The condition of an asset over time: each grade stays as it was given."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...core.mixins.guard import AllBut

GRADES = [
    ("a", "A · as new"),
    ("b", "B · good"),
    ("c", "C · worn"),
    ("d", "D · unusable"),
]


class FacilityCondition(models.Model):
    _name = "medical.facility.condition"
    _description = "Asset Condition"
    _inherit = ["medical.core.guard"]
    _order = "date desc, id desc"

    # a grade is a record of what was seen, whichever it is: a new one corrects it
    _lock_state = "grade"
    _locked = dict.fromkeys(dict(GRADES), AllBut({"note"}))

    equipment_id = fields.Many2one(
        "maintenance.equipment", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="equipment_id.company_id", store=True, index=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    grade = fields.Selection(GRADES, required=True)
    # who saw it is who is logged in
    user_id = fields.Many2one(
        "res.users",
        "Graded by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    note = fields.Char()
    round_line_id = fields.Many2one(
        "medical.core.round.line", readonly=True, index="btree_not_null"
    )

    _latest = models.Index("(equipment_id, date DESC, id DESC)")

    @api.constrains("date")
    def _check_date(self):
        today = fields.Date.context_today(self)
        for condition in self:
            if condition.date > today:
                raise ValidationError(
                    self.env._(
                        "A condition cannot be graded for %(day)s, a future date.",
                        day=format_date(self.env, condition.date),
                    )
                )

    def _locked_message(self, name):
        return self.env._("A condition grade cannot be changed. Add a new grade.")

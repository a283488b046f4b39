"""The condition of an asset over time: each grade stays as it was given."""

from odoo import api, fields, models
from odoo.exceptions import UserError

GRADES = [
    ("a", "A · as new"),
    ("b", "B · good"),
    ("c", "C · worn"),
    ("d", "D · unusable"),
]


class FacilityCondition(models.Model):
    _name = "medical.facility.condition"
    _description = "Condition of an Asset"
    _inherit = ["medical.core.guard"]
    _order = "date desc, id desc"

    equipment_id = fields.Many2one(
        "maintenance.equipment", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="equipment_id.company_id", store=True, index=True
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    grade = fields.Selection(GRADES, required=True)
    user_id = fields.Many2one(
        "res.users", "Graded by", required=True, default=lambda self: self.env.user
    )
    note = fields.Char()
    round_line_id = fields.Many2one("medical.core.round.line", index="btree_not_null")

    _latest = models.Index("(equipment_id, date DESC, id DESC)")

    @api.model_create_multi
    def create(self, vals_list):
        """Write a grade, never for a day to come."""
        today = fields.Date.context_today(self)
        for vals in vals_list:
            if not self.env.su:
                vals["user_id"] = self.env.uid  # who saw it is who is logged in
            day = fields.Date.to_date(vals.get("date")) or today
            if day > today:
                raise UserError(
                    self.env._(
                        "A condition cannot be graded for %(day)s, a day to come.",
                        day=day,
                    )
                )
        return super().create(vals_list)

    def write(self, vals):
        """A grade is a record of what was seen: a new one corrects it."""
        if vals.keys() - {"note"}:
            raise UserError(
                self.env._("A condition grade stays as it was given. Add a new grade.")
            )
        return super().write(vals)

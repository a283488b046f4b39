"""Lines of business: what a payer sells, each with contracts and enrollments of its own."""

from odoo import fields, models


class PayerLine(models.Model):
    _name = "medical.payer.line"
    _description = "Line of Business"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _order = "sequence, name, id"
    _editors = {"*": ("core_group_hr", "core_group_manager")}
    _own_words = ("name",)  # an upgrade leaves them

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Permanent code, such as “medicare”.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex(
        "(code)", "A line of business with this code already exists."
    )

"""Why a month is off: the causes to choose from."""

from odoo import fields, models


class FinanceCause(models.Model):
    _name = "medical.finance.cause"
    _description = "Variance Cause"
    _inherit = ["medical.core.shared", "medical.core.guard"]
    _order = "sequence, id"
    _editors = {"*": ("core_group_accountant", "core_group_manager")}

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    note = fields.Char("When to Choose It", translate=True)

    _name_unique = models.Constraint("UNIQUE (name)", "This cause is there already.")

"""What of budgets is approved up to an amount."""

from odoo import fields, models


class CoreLimit(models.Model):
    _inherit = "medical.core.limit"

    kind = fields.Selection(
        selection_add=[("budget", "Budgets, transfers and budget exceptions")],
        ondelete={"budget": "cascade"},
    )

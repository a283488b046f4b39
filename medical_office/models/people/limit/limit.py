"""What of people is approved up to an amount."""

from odoo import fields, models


class CoreLimit(models.Model):
    _inherit = "medical.core.limit"

    kind = fields.Selection(
        selection_add=[("offer", "Offers and raises, cost per year")],
        ondelete={"offer": "cascade"},
    )

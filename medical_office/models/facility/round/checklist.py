"""Checklists of upkeep: what keeps assets, rooms and outlets in good order."""

from odoo import fields, models


class CoreChecklist(models.Model):
    _inherit = "medical.core.checklist"

    kind = fields.Selection(
        selection_add=[("upkeep", "Upkeep")], ondelete={"upkeep": "set default"}
    )

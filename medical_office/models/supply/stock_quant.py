"""Adjustments of stock carry their cause and their count."""

from odoo import models


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_inventory_move_values(
        self,
        qty,
        location_id,
        location_dest_id,
        package_id=False,
        package_dest_id=False,
    ):
        """Add the cause that a count gave, by quant."""
        values = super()._get_inventory_move_values(
            qty, location_id, location_dest_id, package_id, package_dest_id
        )
        context = self.env.context
        causes = context.get("medical_causes")
        if isinstance(causes, dict) and causes.get(self.id):
            values["medical_cause"] = causes[self.id]
        if context.get("medical_count_id"):
            values["medical_count_id"] = context["medical_count_id"]
        return values

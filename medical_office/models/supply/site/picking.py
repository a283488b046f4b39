"""Expired lots come into no shelf, neither from a vendor nor from another room; recalled
ones are held when they arrive."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        """Refuse expired lots of the catalog, but for their way to quarantine or out."""
        now = fields.Datetime.now()
        for line in self.move_line_ids:
            expires = line.lot_id.expiration_date or line.expiration_date
            goal = line.location_dest_id
            if (
                line.product_id.medical_kind
                and line.quantity
                and (line.picked or line.move_id.picked)
                and expires
                and expires < now
                and goal.usage == "internal"
                and goal != goal.warehouse_id.medical_quarantine_id
            ):
                raise UserError(
                    self.env._(
                        "%(item)s, lot %(lot)s expired on %(day)s and cannot be put "
                        "into %(place)s. Set the line to 0, or return the lot; the "
                        "rest of this transfer is kept.",
                        item=line.product_id.display_name,
                        lot=line.lot_id.name or line.lot_name or "-",
                        day=format_date(self.env, expires),
                        place=goal.display_name,
                    )
                )
        result = super()._action_done()
        self.move_ids.move_line_ids._medical_hold_recalled(("quarantined", "closed"))
        return result

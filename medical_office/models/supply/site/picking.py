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
        self._medical_hold_recalled()
        return result

    def _medical_hold_recalled(self):
        """What arrives of a recalled lot goes from the dock into quarantine."""
        lines = self.move_ids.move_line_ids.filtered(
            lambda line: (
                line.state == "done"
                and line.lot_id
                and line.product_id.medical_kind
                and line.location_id.usage != "internal"
                and line.location_dest_id.usage == "internal"
            )
        )
        recalls = self.env["medical.supply.recall"]
        for company, arrived in lines.grouped("company_id").items():
            named = recalls._naming(
                company, [(lot.product_id, lot.name) for lot in arrived.lot_id]
            )
            held = arrived.lot_id.filtered(
                lambda lot, named=named: (lot.product_id, lot.name) in named
            )
            if not held:
                continue
            # sudo: as in _add_received
            quants = (
                self.env["stock.quant"]
                .sudo()
                .search(
                    [
                        ("lot_id", "in", held.ids),
                        ("location_id", "in", arrived.location_dest_id.ids),
                        ("quantity", ">", 0),
                        ("medical_is_quarantined", "=", False),
                    ]
                )
            )
            by_recall = quants.grouped(
                lambda quant, named=named: named[quant.product_id, quant.lot_id.name]
            )
            for recall, here in by_recall.items():
                recall._add_received(here)

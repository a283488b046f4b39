"""What comes in of a recalled lot, from the dock or by a count, is put away at once."""

from odoo import models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _medical_hold_recalled(self, states):
        """What arrived of a recalled lot goes from where it stands into quarantine.

        :param states: of the recalls that count
        """
        lines = self.filtered(
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
                company, [(lot.product_id, lot.name) for lot in arrived.lot_id], states
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

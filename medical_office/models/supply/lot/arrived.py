"""What comes in of a recalled lot, from the dock, by a count or under another number, is
put away at once."""

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
        lines.lot_id._medical_hold_recalled(states, lines.location_dest_id)


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _medical_hold_recalled(self, states, places=None):
        """What lies on a shelf of these lots goes into quarantine, if it is recalled.

        :param states: of the recalls that count
        :param places: where to look; None: at every site
        """
        if not self:
            return
        domain = [
            ("lot_id", "in", self.ids),
            ("quantity", ">", 0),
            ("location_id.usage", "=", "internal"),
            ("medical_is_quarantined", "=", False),
        ]
        if places is not None:
            domain.append(("location_id", "in", places.ids))
        # sudo: as in _add_received
        quants = self.env["stock.quant"].sudo().search(domain)
        recalls = self.env["medical.supply.recall"]
        for company, here in quants.grouped("company_id").items():
            named = recalls._naming(
                company,
                [(quant.product_id, quant.lot_id.name) for quant in here],
                states,
            )
            held = here.filtered(
                lambda quant, named=named: (
                    (quant.product_id, quant.lot_id.name) in named
                )
            )
            by_recall = held.grouped(
                lambda quant, named=named: named[quant.product_id, quant.lot_id.name]
            )
            for recall, found in by_recall.items():
                recall._add_received(found)

"""What the stock does with controlled items goes into their log by itself; what is held
in quarantine stays there."""

from odoo import fields, models

LOSSES = ("wasted", "expired", "recalled", "excursion", "sample")


class StockMove(models.Model):
    _inherit = "stock.move"

    medical_controlled_id = fields.Many2one(
        "medical.supply.controlled.log",
        readonly=True,
        copy=False,
        index="btree_not_null",
        string="Controlled Log Entry",
    )

    def _action_done(self, cancel_backorder=False):
        self._medical_check_held()
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        moves.filtered(
            lambda move: move.product_id.medical_kind == "controlled"
        )._medical_log_controlled()
        return moves

    def _medical_log_controlled(self):
        """A line of the log for each place that gained or lost a controlled item."""
        if not self:
            return
        values, known = [], []
        for line in self.move_line_ids:
            for place, sign in ((line.location_id, -1), (line.location_dest_id, 1)):
                if place.usage != "internal":
                    continue
                change = sign * line.quantity_product_uom
                entry = line.move_id.medical_controlled_id
                if entry and entry.kind in ("used", "wasted"):
                    known.append((entry, change, line.move_id))
                else:
                    values.append(line._medical_controlled_values(place, change))
        # sudo: in _program; whoever moves the stock need not have the right to the log
        log = self.env["medical.supply.controlled.log"]._program()
        for entry, change, move in known:
            entry._program().write({"change": change, "move_id": move.id})
        entries = log.create(values)
        self._medical_note_balances(
            log.browse([entry.id for entry, _change, _move in known]) | entries
        )
        # the books were corrected outside the log: somebody has to say why
        entries.filtered(
            lambda entry: (
                entry.kind == "corrected" and not entry.move_id.medical_controlled_id
            )
        )._open_discrepancies()

    def _medical_note_balances(self, entries):
        """The balance after each entry, backwards from what the books say now."""
        books = entries._books()
        left = {}
        for entry in entries.sorted("id", reverse=True):
            key = entry.location_id, entry.product_id, entry.lot_id
            after = left.get(key, books[entry])
            entry.write({"balance": after})
            left[key] = after - entry.change


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _medical_controlled_values(self, place, change):
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "at": self.date,
            "kind": self._medical_controlled_kind(change),
            "product_id": self.product_id.id,
            "location_id": place.id,
            "lot_id": self.lot_id.id,
            "quantity": abs(change),
            "change": change,
            "reference": self.move_id.origin or self.move_id.reference,
            "user_id": self.env.uid,
            "move_id": self.move_id.id,
        }

    def _medical_controlled_kind(self, change):
        """What a move of the stock is in the words of the log."""
        other = self.location_id if change > 0 else self.location_dest_id
        cause = self.move_id.medical_cause
        if other.usage in ("internal", "transit"):
            return "moved_in" if change > 0 else "moved_out"
        if other.usage == "supplier":
            return "received" if change > 0 else "returned"
        if change < 0 and cause == "used":
            return "used"
        if change < 0 and cause in LOSSES:
            return "wasted"
        return "corrected"

"""Adjustments of stock carry their cause and their count; quantities come from moves."""

from odoo import fields, models

from ..item.product import KINDS

PLACE = frozenset({"product_id", "location_id", "lot_id", "package_id", "owner_id"})


class StockQuant(models.Model):
    """What lies where follows from moves. A quantity that is written past them would
    leave no trace, and of a controlled item no line of its log; so would another place
    or lot that is written onto it."""

    _name = "stock.quant"
    _inherit = ["stock.quant", "medical.core.guard"]

    _program_fields = frozenset({"quantity"})
    _lock_state = "medical_kind"
    _locked = {kind: PLACE for kind, _name in KINDS}

    medical_kind = fields.Selection(related="product_id.medical_kind")

    def _program_message(self, name):
        return self.env._(
            "A stock quantity cannot be edited directly: enter what you counted and "
            "apply it, or move the stock, so that the change is on record."
        )

    def _locked_message(self, name):
        return self.env._(
            "%(item)s: move it with a transfer, so that it is on record from where to "
            "where.",
            item=self.product_id.display_name,
        )

    def _check_locks(self, vals):
        # reservations and counts are written all day; they lock nothing
        if not PLACE.isdisjoint(vals):
            super()._check_locks(vals)

    def _update_available_quantity(self, *args, **kwargs):
        """A move that is done writes the quantity."""
        return super(StockQuant, self._pen())._update_available_quantity(
            *args, **kwargs
        )

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
        if self._holds_pen():
            # the count's own words: a client can fill a context, but has no pen
            context = self.env.context
            cause = context.get("medical_causes", {}).get(self.id)
            count = context.get("medical_count_id")
            values |= {"medical_cause": cause} if cause else {}
            values |= {"medical_count_id": count} if count else {}
        return values

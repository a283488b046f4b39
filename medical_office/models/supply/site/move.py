"""Why stock left a shelf: used, wasted, expired, given as a sample, lost."""

from odoo import api, fields, models
from odoo.exceptions import UserError

CAUSES = [
    ("used", "Used"),
    ("wasted", "Wasted"),
    ("expired", "Expired"),
    ("sample", "Sample given"),
    ("lost", "Lost"),
    ("recalled", "Recalled"),
    ("found", "Found"),
]
# nobody counts it: an excursion says so when its lots are thrown away
EXCURSION = ("excursion", "Out of temperature")

OPEN_MOVES = ("waiting", "confirmed", "assigned", "partially_available")
UNDER_WAY = [("state", "in", OPEN_MOVES)]

# of one item in one transfer: a warehouse's year, not a practice's delivery
MOST_CARRIED = 10**6

# what says which goods went from where to where; the host dates moves once they are
# done, by their transfer
MOVED = frozenset(
    {
        "state", "product_id", "product_uom", "product_uom_id",
        "product_uom_qty", "quantity", "lot_id", "lot_ids", "lot_name", "location_id",
        "location_dest_id", "owner_id", "company_id", "move_id", "picking_id",
    }
)  # fmt: skip


class StockMove(models.Model):
    """Cause, count and shelf of a move are told by what made it, never typed."""

    _name = "stock.move"
    _inherit = ["stock.move", "medical.core.guard"]

    _program_fields = frozenset(
        {"medical_cause", "medical_count_id", "medical_room_id"}
    )

    # a move that was made is corrected by another one: its logs are written by then
    _locked = {"done": MOVED}

    # the host takes back an order's goods by a demand below 0
    _number_bounds = {
        "quantity": (0, MOST_CARRIED),
        "product_uom_qty": (-MOST_CARRIED, MOST_CARRIED),
    }

    medical_cause = fields.Selection(
        [*CAUSES, EXCURSION],
        string="Cause",
        copy=False,
        help="Why the stock left or returned to the shelf.",
    )
    medical_count_id = fields.Many2one(
        "medical.supply.count", string="Count", index="btree_not_null", copy=False
    )

    medical_room_id = fields.Many2one(
        "stock.location",
        string="Original Room",
        index="btree_not_null",
        copy=False,
        help="For stock written off in quarantine: the shelf it came from.",
    )

    _medical_cause_date = models.Index(
        "(medical_cause, date) WHERE medical_cause IS NOT NULL"
    )

    @api.model
    def _check_birth(self, vals):
        super()._check_birth(vals)
        if vals.get("state") == "done" and not self._is_program():
            raise UserError(self._medical_done_message())

    def _locked_message(self, name):
        return self._medical_done_message()

    @api.model
    def _medical_done_message(self):
        return self.env._(
            "What was moved stays as it was moved. Return it, count the shelf or write "
            "it off instead."
        )


class StockMoveLine(models.Model):
    """The lots and quantities of a move that was made."""

    _name = "stock.move.line"
    _inherit = ["stock.move.line", "medical.core.guard"]

    _locked = {"done": MOVED - {"state"}}  # which follows from the move
    _number_bounds = {"quantity": (0, MOST_CARRIED)}

    def _check_birth(self, vals):
        """The host moves goods at once for a line that joins what is done."""
        super()._check_birth(vals)
        if self._is_program():
            return
        move = self.env["stock.move"].browse(vals.get("move_id"))
        picking = self.env["stock.picking"].browse(vals.get("picking_id"))
        if "done" in (move.state, picking.state):
            raise UserError(move._medical_done_message())

    def _locked_message(self, name):
        return self.move_id._medical_done_message()

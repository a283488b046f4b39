"""Why stock left a shelf: used, wasted, expired, given as a sample, lost."""

from odoo import fields, models

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


class StockMove(models.Model):
    """Cause, count and shelf of a move are told by what made it, never typed."""

    _name = "stock.move"
    _inherit = ["stock.move", "medical.core.guard"]

    _program_fields = frozenset(
        {"medical_cause", "medical_count_id", "medical_room_id"}
    )

    medical_cause = fields.Selection(
        [*CAUSES, EXCURSION],
        string="Cause",
        index="btree_not_null",
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

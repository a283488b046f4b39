"""A line of a count: one item (and lot) of a shelf."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ....tools.supply.count.counting import absurd, impossible, judge
from ..site.move import CAUSES

TYPED = frozenset({"counted", "recounted", "cause", "note"})


class SupplyCountLine(models.Model):
    _name = "medical.supply.count.line"
    _description = "Count Line"
    _inherit = ["medical.core.guard"]
    _order = "count_id, sequence, id"

    # people type what they found; the sheet and the stamps are the program's
    _program_fields = frozenset(
        {
            "count_id", "sequence", "shelf", "product_id", "orderpoint_id", "lot_id",
            "par", "book", "is_counted", "counted_by_id", "counted_at", "is_recounted",
            "recounted_by_id", "needs_recount", "surprise_value",
        }
    )  # fmt: skip
    _locked = {
        "draft": TYPED,
        "counting": frozenset({"recounted"}),
        "recount": frozenset({"counted"}),
        "review": TYPED,
        "approved": TYPED,
        "posted": TYPED,
        "cancelled": TYPED,
    }

    count_id = fields.Many2one(
        "medical.supply.count", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="count_id.company_id", store=True)
    room_id = fields.Many2one(related="count_id.room_id", store=True)
    state = fields.Selection(related="count_id.state", string="Count State")
    is_blind = fields.Boolean(related="count_id.is_blind")
    sequence = fields.Integer(default=10)
    shelf = fields.Char()
    product_id = fields.Many2one("product.product", string="Item", required=True)
    orderpoint_id = fields.Many2one("stock.warehouse.orderpoint", string="Par Level")
    lot_id = fields.Many2one("stock.lot")
    expiration_date = fields.Datetime(related="lot_id.expiration_date")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    par = fields.Float(digits="Product Unit")
    book = fields.Float(
        digits="Product Unit",
        help="The quantity on the books when this line was counted.",
    )
    counted = fields.Float(digits="Product Unit")
    is_counted = fields.Boolean()
    counted_by_id = fields.Many2one("res.users")
    counted_at = fields.Datetime()
    recounted = fields.Float(digits="Product Unit")
    is_recounted = fields.Boolean()
    recounted_by_id = fields.Many2one("res.users")
    final = fields.Float(
        compute="_compute_final", store=True, digits="Product Unit", string="Found"
    )
    difference = fields.Float(
        compute="_compute_final", store=True, digits="Product Unit"
    )
    needs_recount = fields.Boolean()
    surprise_value = fields.Float(
        string="Unexplained",
        help="Dollar value of the difference that normal use does not explain.",
    )
    cause = fields.Selection(
        CAUSES, help="Why there is less (or more) than on the books. Usually: used."
    )
    note = fields.Char()
    from_store = fields.Float(digits="Product Unit", readonly=True)
    to_buy = fields.Float(digits="Product Unit", readonly=True)
    working = fields.Text(string="How it was figured", readonly=True)

    _line_unique = models.UniqueIndex(
        "(count_id, product_id, coalesce(lot_id, 0))",
        "This item and lot is already on the sheet.",
    )

    @api.depends("counted", "recounted", "is_counted", "is_recounted", "book")
    def _compute_final(self):
        for line in self:
            line.final = line.recounted if line.is_recounted else line.counted
            line.difference = line.final - line.book if line.is_counted else 0.0

    # ---------------------------------------------------------------------- typing

    def write(self, vals):
        """Stamp what people type with who, when and what the books said."""
        for name in ("counted", "recounted"):
            if name in vals:
                self._check_quantity(vals[name])
        result = super().write(vals)
        if self._holds_pen() or TYPED.isdisjoint(vals):
            return result
        # sudo: the stamps belong to the program, not to whoever types
        lines = self.sudo()._pen()
        if "counted" in vals:
            lines.write(
                {
                    "is_counted": True,
                    "counted_by_id": self.env.uid,
                    "counted_at": fields.Datetime.now(),
                }
            )
            lines._note_books()
        if "recounted" in vals:
            lines.write({"is_recounted": True, "recounted_by_id": self.env.uid})
        return result

    def _program_message(self, name):
        return self.env._(
            (
                "On a count line you can enter the quantity, a cause and a note, "
                "but not “%s”."
            ),
            self._guard_label(name),
        )

    def _locked_message(self, name):
        return self.env._(
            "%(item)s: this count is no longer open for that. Reload the page; if the "
            "count is posted, start a new one.",
            item=self.product_id.display_name,
        )

    def _check_locks(self, vals):
        """The second count is a second person's."""
        super()._check_locks(vals)
        if "recounted" in vals:
            self._check_second_person()

    def _check_second_person(self):
        for line in self:
            if line.counted_by_id == self.env.user:
                raise AccessError(
                    self.env._(
                        "You counted %(item)s yourself. Somebody else has to count it "
                        "again.",
                        item=line.product_id.display_name,
                    )
                )
            if not line.needs_recount:
                raise UserError(
                    self.env._(
                        "%(item)s does not need to be counted again.",
                        item=line.product_id.display_name,
                    )
                )

    def _check_quantity(self, quantity):
        reason = impossible(quantity)
        if reason:
            texts = {
                "negative": self.env._("%(item)s: a shelf cannot hold %(quantity)s. "
                                       "Enter 0 if it is empty."),
                "too_many": self.env._("%(item)s: %(quantity)s is more than a shelf "
                                       "holds. Check the number."),
                "not_a_number": self.env._("%(item)s: “%(quantity)s” is not a number. "
                                           "Enter digits, with a point if need be."),
            }  # fmt: skip
            raise UserError(
                texts[reason]
                % {
                    "item": self[:1].product_id.display_name,
                    "quantity": str(quantity or "")[:40],
                }
            )

    def _is_absurd(self, quantity):
        self.ensure_one()
        # sudo: asks for the books even on a blind count; it only asks back, and tells
        # nothing
        line = self.sudo()
        book = line._books()[line.id]
        return absurd(*(Decimal(str(figure)) for figure in (quantity, line.par, book)))

    # ----------------------------------------------------------------------- books

    def _books(self):
        """What the books say now, by line id: the quants of the room, per lot."""
        found = {
            (room.id, product.id, lot.id): quantity
            for room, product, lot, quantity in self.env["stock.quant"]._read_group(
                [
                    ("location_id", "in", self.room_id.ids),
                    ("product_id", "in", self.product_id.ids),
                ],
                ["location_id", "product_id", "lot_id"],
                ["quantity:sum"],
            )
        }
        return {
            line.id: found.get(
                (line.room_id.id, line.product_id.id, line.lot_id.id), 0.0
            )
            for line in self
        }

    def _note_books(self):
        for key, quantity in self._books().items():
            self.browse(key).book = quantity

    # --------------------------------------------------------------------- judging

    def _check_complete(self, flag):
        """Refuse a sheet with lines nobody looked at, or lots nobody named."""
        missing = self.filtered(lambda line: not line[flag])
        if missing:
            names = ", ".join(missing[:5].mapped("product_id.name"))
            raise UserError(
                self.env._(
                    "Lines still to count: %(count)s (%(names)s). Enter 0 where the "
                    "shelf is empty.",
                    count=len(missing),
                    names=names,
                )
            )
        nameless = self.filtered(
            lambda line: (
                line.product_id.tracking != "none" and not line.lot_id and line.final
            )
        )
        if nameless:
            raise UserError(
                self.env._(
                    "%(item)s is tracked by lot: enter the lot number printed on the "
                    "box, then count that line.",
                    item=nameless[0].product_id.display_name,
                )
            )

    def _judge(self):
        """Find the lines that surprise; give every difference its usual cause."""
        today = fields.Date.context_today(self)
        days = {}
        for site, lines in self.grouped("room_id").items():
            since = min(
                (p.medical_counted_on for p in lines.orderpoint_id
                 if p.medical_counted_on), default=None,
            )  # fmt: skip
            days[site] = (
                site.medical_site_id._medical_workdays(since, today).between(
                    since, today
                )
                if since
                else 0
            )
        for line in self:
            product, par = line.product_id, line.orderpoint_id
            usual = Decimal(str(par.medical_week_use)) / 5 * days[line.room_id]
            verdict = judge(
                Decimal(str(line.book)),
                Decimal(str(line.counted)),
                usual,
                Decimal(str(product.standard_price)),
                Decimal(str(line.company_id.medical_count_limit)),
                strict=product.medical_kind == "controlled",
            )
            values = {
                "needs_recount": verdict.recount,
                "surprise_value": float(verdict.value),
            }
            if verdict.difference and not line.cause:
                values["cause"] = "used" if verdict.difference < 0 else "found"
            line.write(values)

"""Controlled items: a log that only grows, and a second person where one is not enough.

Records of controlled substances: 21 CFR 1304.21 (each receipt, use and disposal),
1304.11(c) (an inventory at least every two years), 1304.04 (kept two years).
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import float_compare, float_is_zero

from ....engine.core.labels import labels_of
from ....engine.core.sealreader import covers

KINDS = [
    ("received", "Received"),
    ("moved_in", "Moved in"),
    ("moved_out", "Moved out"),
    ("used", "Used"),
    ("wasted", "Wasted"),
    ("returned", "Returned"),
    ("counted", "Counted"),
    ("corrected", "Books corrected"),
]
# what people enter; everything else follows from what the stock did
BY_HAND = ("used", "wasted", "counted")
WITNESSED = ("wasted", "counted")


class SupplyControlledLog(models.Model):
    """One line of the log of a controlled item in one place."""

    _name = "medical.supply.controlled.log"
    _description = "Controlled Item Log"
    _inherit = ["medical.core.guard", "medical.core.sealed"]
    _order = "id desc"

    _deletable_in = frozenset()
    _seal_states = None
    _seal_schemes = (
        covers(
            "company_id at kind product_id location_id lot_id quantity change balance "
            "counted difference is_inventory reference note user_id state witness_id "
            "witnessed_at",
        ),
    )

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    at = fields.Datetime("Time", required=True, readonly=True)
    kind = fields.Selection(KINDS, "What", required=True, default="used")
    product_id = fields.Many2one(
        "product.product",
        "Item",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('medical_kind', '=', 'controlled')]",
    )
    location_id = fields.Many2one(
        "stock.location",
        "Place",
        required=True,
        ondelete="restrict",
        domain="[('usage', '=', 'internal'), ('medical_room_type', '!=', False)]",
    )
    lot_id = fields.Many2one(
        "stock.lot", ondelete="restrict", domain="[('product_id', '=', product_id)]"
    )
    quantity = fields.Float(digits="Product Unit")
    change = fields.Float(digits="Product Unit", readonly=True, aggregator=None)
    balance = fields.Float(
        digits="Product Unit",
        readonly=True,
        aggregator=None,
        help="The quantity on the books afterward.",
    )
    counted = fields.Float(digits="Product Unit", aggregator=None)
    difference = fields.Float(
        digits="Product Unit", readonly=True, aggregator=None, help="Counted − books."
    )
    is_inventory = fields.Boolean(
        "Inventory", help="Part of the inventory required every two years."
    )
    reference = fields.Char(help="Order, chart or invoice number. No patient's name.")
    note = fields.Char()
    user_id = fields.Many2one(
        "res.users", "By", required=True, readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("waiting", "Waiting for a witness"), ("final", "On record")],
        required=True,
        readonly=True,
        default="final",
        index=True,
    )
    witness_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    witnessed_at = fields.Datetime(readonly=True)
    move_id = fields.Many2one("stock.move", readonly=True, index="btree_not_null")
    discrepancy_id = fields.Many2one(
        "medical.supply.discrepancy", readonly=True, index="btree_not_null"
    )

    _place = models.Index("(product_id, location_id, id DESC)")
    _positive = models.Constraint(
        "CHECK (quantity >= 0 AND counted >= 0)",
        "Quantities in the controlled item log cannot be negative.",
    )

    @api.depends("product_id", "kind", "at")
    def _compute_display_name(self):
        kinds = labels_of(self, "kind")
        for entry in self:
            # sudo: the item's name is part of the entry
            name = entry.sudo().product_id.name or ""
            kind = kinds.get(entry.kind)
            entry.display_name = ": ".join(part for part in (name, kind) if part)

    # ------------------------------------------------------------------ append only

    @api.model_create_multi
    def create(self, vals_list):
        """Enter a use, a wastage or a count as the current user.

        A use is booked at once; wastage and counts wait for a second person.

        :raises UserError: a kind that is not entered by hand, no lot, too little there
        """
        entries = super().create(vals_list)
        if self._holds_pen():
            entries._seal()
            return entries
        # sudo: whoever enters need not see the item's stock; the entry books it
        entered = entries.sudo()
        entered._check_entered()
        entered._note_books()
        entered.filtered(lambda entry: entry.kind == "used")._book()
        entries._seal()
        return entries

    def _birth_values(self, vals):
        """Who enters what, when, and whether somebody has to sign it."""
        if self._holds_pen():
            return {}
        kind = vals.get("kind") or "used"
        if kind not in BY_HAND:
            raise UserError(
                self.env._(
                    "Receipts, transfers and returns are logged automatically. Enter "
                    "what was used, wasted or counted."
                )
            )
        location = self.env["stock.location"].browse(vals.get("location_id"))
        location.check_access("read")
        return {
            "kind": kind,
            "company_id": location.company_id.id or self.env.company.id,
            "at": fields.Datetime.now(),
            "user_id": self.env.uid,
            "state": "waiting" if kind in WITNESSED else "final",
        }

    def _check_program_fields(self, vals):
        """The log only grows: all of an entry is the program's once it is made."""
        if vals and not self._holds_pen():
            raise AccessError(self._program_message(next(iter(vals))))

    def _program_message(self, name):
        return self.env._(
            "The controlled item log cannot be changed, and who, when and the book "
            "quantity are recorded automatically. Enter a new line to correct it."
        )

    def _kept_message(self):
        return self.env._("The controlled item log cannot be deleted.")

    def _program(self):
        """The same entries, to be completed by the program."""
        # sudo: nobody's rights include writing the log; its own steps do
        return self.sudo()._pen()

    def _check_entered(self):
        for entry in self:
            item = entry.product_id
            if item.medical_kind != "controlled":
                raise ValidationError(
                    self.env._("%s is not a controlled item.", item.display_name)
                )
            # quarantine is none: what is held there leaves it by its own steps
            if not entry.location_id.medical_room_type:
                raise ValidationError(
                    self.env._(
                        "%s is not a room. Choose the room where the item is kept.",
                        entry.location_id.display_name,
                    )
                )
            if entry.kind != "counted" and entry.quantity <= 0:
                raise ValidationError(
                    self.env._("%s: enter the quantity.", entry.display_name)
                )
            if item.tracking != "none" and not entry.lot_id:
                raise ValidationError(
                    self.env._(
                        "%s is tracked by lot: choose the lot printed on the box.",
                        item.display_name,
                    )
                )
            if entry.lot_id and entry.lot_id.product_id != item:
                raise ValidationError(
                    self.env._(
                        "Lot %(lot)s does not belong to %(item)s.",
                        lot=entry.lot_id.name,
                        item=item.display_name,
                    )
                )

    # ------------------------------------------------------------------------ books

    def _books(self):
        """{entry: what the books say lies there now}; one query."""
        found = {
            (place.id, product.id, lot.id): quantity
            for place, product, lot, quantity in self.env["stock.quant"]
            .sudo()  # sudo: whoever logs sees this figure, not the stock
            ._read_group(
                [
                    ("location_id", "in", self.location_id.ids),
                    ("product_id", "in", self.product_id.ids),
                ],
                ["location_id", "product_id", "lot_id"],
                ["quantity:sum"],
            )
        }
        return {
            entry: found.get(
                (entry.location_id.id, entry.product_id.id, entry.lot_id.id), 0.0
            )
            for entry in self
        }

    def _note_books(self):
        for entry, book in self._books().items():
            values = {"balance": book}
            if entry.kind == "counted":
                values["difference"] = entry.counted - book
            entry._program().write(values)

    def _book(self):
        """Take what was used or wasted off the stock."""
        if not self:
            return
        for entry, book in self._books().items():
            if float_compare(book, entry.quantity, precision_digits=2) < 0:
                raise UserError(
                    self.env._(
                        "%(place)s has %(book)g of %(item)s %(lot)s on the books, "
                        "less than the %(quantity)g to be taken. Count it first.",
                        place=entry.location_id.name,
                        book=book,
                        item=entry.product_id.name,
                        lot=entry.lot_id.name or "",
                        quantity=entry.quantity,
                    )
                )
        moves = (
            self.env["stock.move"]
            .sudo()  # sudo: the entry is the right to it
            ._pen()
            .create([entry._move_values(-entry.quantity) for entry in self])
        )
        moves._action_done()

    def _move_values(self, change):
        """The move that takes or brings ``change`` from or to nowhere."""
        self.ensure_one()
        product = self.product_id.with_company(self.company_id)
        places = [self.location_id.id, product.property_stock_inventory.id]
        origin, goal = places if change < 0 else reversed(places)
        where = {
            "product_id": product.id,
            "location_id": origin,
            "location_dest_id": goal,
            "company_id": self.company_id.id,
        }
        cause = self.kind if self.kind in ("used", "wasted") else None
        return {
            **where,
            "product_uom": product.uom_id.id,
            "product_uom_qty": abs(change),
            "origin": self.reference or self.display_name,
            "medical_cause": cause or ("found" if change > 0 else "lost"),
            "medical_controlled_id": self.id,
            "picked": True,
            "state": "confirmed",
            "move_line_ids": [
                fields.Command.create(
                    {
                        **where,
                        "product_uom_id": product.uom_id.id,
                        "quantity": abs(change),
                        "lot_id": self.lot_id.id,
                    }
                )
            ],
        }

    # ---------------------------------------------------------------------- witness

    def action_hand_in(self):
        """Called once the entry is saved: say whether somebody has to sign it now."""
        self.ensure_one()
        self.check_access("read")
        waits = self.state == "waiting"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if waits else "success",
                "message": self.env._(
                    "Now a second person signs it as witness with their own login."
                )
                if waits
                else self.env._("Recorded."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_witness(self):
        """Sign as the second person, with one's own login.

        Wastage is booked now; a count that differs from the books opens a discrepancy.

        :raises AccessError: the user entered it, or has no role
        """
        self.check_access("read")
        if not self.env.user.has_group("medical_office.core_group_staff"):
            raise AccessError(self.env._("Your role may not sign as witness."))
        # sudo: as in _program, the second person's signature is the right to it
        entries = self.sudo()
        entries.lock_for_update()
        entries.invalidate_recordset(["state"])
        for entry in entries:
            if entry.state != "waiting":
                raise UserError(
                    self.env._("%s is already on record.", entry.display_name)
                )
            if entry.user_id == self.env.user:
                raise AccessError(
                    self.env._(
                        (
                            "%s: you entered it. A second person has to sign with "
                            "their own login."
                        ),
                        entry.display_name,
                    )
                )
        entries._program().write(
            {
                "state": "final",
                "witness_id": self.env.uid,
                "witnessed_at": fields.Datetime.now(),
            }
        )
        entries.filtered(lambda entry: entry.kind == "wasted")._book()
        entries.filtered(
            lambda entry: (
                entry.kind == "counted"
                and not float_is_zero(entry.difference, precision_digits=2)
            )
        )._open_discrepancies()
        entries._seal()

    def _open_discrepancies(self):
        made = (
            self.env["medical.supply.discrepancy"]
            .sudo()  # sudo: it is opened by the count itself
            ._pen()
            .create(
                [
                    {
                        "log_id": entry.id,
                        "company_id": entry.company_id.id,
                        "difference": entry.difference or entry.change,
                        "counted_by_id": entry.user_id.id,
                        "witness_id": entry.witness_id.id,
                    }
                    for entry in self
                ]
            )
        )
        for entry, discrepancy in zip(self, made, strict=True):
            entry._program().write({"discrepancy_id": discrepancy.id})

"""What an excursion does to the lots: put away, asked about, released or thrown away."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ...core.check.answerable import answerable

ANSWERS = [
    ("usable", "Usable"),
    ("unaffected", "Was not exposed"),
    ("discard", "Discard"),
]
ANSWER = frozenset({"answer", "manufacturer", "contact", "reference", "note"})


class SupplyExcursion(models.Model):
    _inherit = "medical.supply.excursion"

    # ------------------------------------------------------------------- quarantine

    def action_quarantine(self):
        """Put away what lies in the unit, now.

        :raises UserError: no shelf is known for the unit
        """
        for one in self.sudo():  # sudo: the unit and its shelf belong to the record
            if not one.shelf_id:
                raise UserError(
                    self.env._(
                        "The contents of %(unit)s are not known. Open the unit, press "
                        "“Contents” and move its lots there; until then quarantine "
                        "them manually.",
                        unit=one.equipment_id.name,
                    )
                )
        self._move_to("quarantined")

    def _quarantine_contents(self):
        """As ``action_quarantine``, for a reading: a unit without a shelf stays open."""
        self.filtered(lambda one: one.state == "open" and one.shelf_id)._move_to(
            "quarantined"
        )
        again = self.filtered(lambda one: one.state == "quarantined")
        again._put_away()

    def _after_quarantined(self):
        # sudo: whoever sees it puts everything away, whatever their rights in stock
        board = self.sudo()
        board._put_away()
        board._ask_for_calls()

    def _put_away(self):
        """Quarantine what lies in the units, and note it lot by lot with its value."""
        quants = self.env["stock.quant"].search(
            [
                ("location_id", "child_of", self.shelf_id.ids),
                ("quantity", ">", 0),
                ("medical_is_quarantined", "=", False),
            ]
        )
        moved = self._moved() if quants else {}
        for one in self:
            here = quants.filtered(
                lambda quant, one=one: quant.location_id.parent_path.startswith(
                    one.shelf_id.parent_path
                )
            )
            here = one._exposed(here, moved)
            quants -= here
            one._hold(here)

    def _hold(self, quants):
        """Quarantine these quants, and list them for the makers' answers."""
        self.ensure_one()
        values = [
            {
                "excursion_id": self.id,
                "company_id": self.company_id.id,
                "product_id": quant.product_id.id,
                "lot_id": quant.lot_id.id,
                "quantity": quant.quantity,
                "value": quant.medical_cost_value,
                "manufacturer": quant.product_id.seller_ids[:1].partner_id.name,
            }
            for quant in quants
        ]
        quants._medical_quarantine(
            self.env._("Excursion of %(unit)s", unit=self.equipment_id.name)
        )
        self.env["medical.supply.excursion.line"]._pen().create(values)

    def _ask_for_calls(self):
        for one in self:
            user_id = answerable(one).user_id
            if user_id and one.line_ids and not one.activity_ids:
                one.activity_schedule(
                    "mail.mail_activity_data_call",
                    user_id=user_id,
                    summary=self.env._(
                        "Call the manufacturers; lots: %s", len(one.line_ids)
                    ),
                )

    # ---------------------------------------------------------------------- release

    def action_sign(self):
        """The first of two signatures: every lot is answered for."""
        self._move_to("signed")

    def _before_signed(self):
        for one in self:
            waiting = one.line_ids.filtered(lambda line: not line._is_answered())
            if waiting:
                raise UserError(
                    self.env._(
                        "Before signing, each lot needs an answer, who gave it, and "
                        "the reference: %(lots)s.",
                        lots=", ".join(waiting[:5].mapped("display_name")),
                    )
                )
        self.line_ids._check_releasable()

    def action_release(self):
        """The second signature: usable lots go back, the others are written off."""
        for one in self:
            lines = one.line_ids
            all_lost = lines and all(line.answer == "discard" for line in lines)
            one._move_to("discarded" if all_lost else "released")

    def action_send_back(self, reason):
        """Take the first signature back, with the reason."""
        self._move_to("quarantined", reason)

    def _state_values(self, state, reason):
        now = fields.Datetime.now()
        if state == "signed":
            return {"first_signed_by_id": self.env.uid, "first_signed_at": now}
        if state == "quarantined":
            return {
                "quarantined_at": now,
                "first_signed_by_id": False,
                "first_signed_at": False,
            }
        return {"second_signed_by_id": self.env.uid, "second_signed_at": now}

    def _before_released(self):
        self._check_carry_out()

    def _before_discarded(self):
        self._check_carry_out()

    def _after_released(self):
        self._carry_out()

    def _after_discarded(self):
        self._carry_out()

    def _check_carry_out(self):
        board = self.sudo()  # sudo: whoever signs need not see the stock
        board.line_ids._check_releasable()
        board.line_ids._check_still_there()
        back = board.line_ids.filtered(lambda line: line.answer != "discard")
        for one in back.excursion_id:
            goal = one.release_shelf_id
            if not goal:
                raise UserError(self.env._("Choose where the usable lots go."))
            if goal == one.shelf_id and one.equipment_id.medical_is_out:
                raise UserError(
                    self.env._(
                        "%(unit)s is out of service. Return it to service first, or "
                        "choose another unit for the usable lots.",
                        unit=one.equipment_id.name,
                    )
                )

    def _carry_out(self):
        """Move every lot where its answer says."""
        # sudo: the signatures are the right to it; the signers need not keep the stock
        board = self.sudo()
        board.line_ids._move()
        board.activity_ids.action_feedback()


class SupplyExcursionLine(models.Model):
    """A lot that lay in the unit, and what its maker says of it."""

    _name = "medical.supply.excursion.line"
    _description = "Exposed Lot"
    _inherit = ["medical.core.guard"]
    _order = "excursion_id, id"

    # the list is what lay in the unit; people enter what the maker answers
    _program_fields = frozenset({"excursion_id", "product_id", "lot_id"})
    _locked = {
        "open": ANSWER,
        "signed": ANSWER,
        "released": ANSWER,
        "discarded": ANSWER,
    }
    _deletable_in = frozenset()

    excursion_id = fields.Many2one(
        "medical.supply.excursion", required=True, ondelete="restrict", index=True
    )
    state = fields.Selection(related="excursion_id.state")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one("product.product", "Item", required=True)
    lot_id = fields.Many2one("stock.lot")
    quantity = fields.Float(digits="Product Unit", readonly=True)
    value = fields.Monetary(readonly=True, help="Quantity at its cost on that day.")
    manufacturer = fields.Char()
    answer = fields.Selection(ANSWERS)
    contact = fields.Char(
        "Answered by", help="Who at the manufacturer gave the answer."
    )
    reference = fields.Char(help="The manufacturer's case number.")
    note = fields.Char()
    answered_by_id = fields.Many2one("res.users", "Asked by", readonly=True)
    answered_at = fields.Datetime(readonly=True)

    @api.depends("product_id", "lot_id")
    def _compute_display_name(self):
        for line in self:
            # sudo: names of what the excursion itself lists
            names = line.sudo().product_id.name, line.sudo().lot_id.name
            line.display_name = " ".join(filter(None, names))

    def write(self, vals):
        """Stamp an answer with who asked, and when."""
        result = super().write(vals)
        if "answer" in vals and not self._holds_pen():
            # sudo: the lines are written in one state only, their stamps at any time
            self.sudo()._pen().write(
                {
                    "answered_by_id": self.env.uid,
                    "answered_at": fields.Datetime.now(),
                }
            )
        return result

    def _program_message(self, name):
        return self.env._(
            "Lots are listed automatically from quarantine. For an exposed lot, enter "
            "only the manufacturer's answer."
        )

    def _locked_message(self, name):
        return self.env._(
            "%(lot)s: the answers are signed. Send the excursion back to change one.",
            lot=self.display_name,
        )

    def _is_answered(self):
        self.ensure_one()
        if self.answer == "unaffected":
            return bool((self.note or "").strip())
        said = (self.contact or "").strip() and (self.reference or "").strip()
        return bool(self.answer and said)

    def _check_releasable(self):
        """Refuse to let out what must not be used for another reason."""
        # sudo: dates of the lots, which whoever signs need not see
        lines = self.sudo().filtered(lambda line: line.answer != "discard")
        now = fields.Datetime.now()
        recalled = (
            self.env["medical.supply.recall.line"]
            .sudo()  # sudo: whether a lot is recalled concerns whoever releases it
            .search(
                [
                    ("lot_id", "in", lines.lot_id.ids),
                    ("recall_id.state", "=", "quarantined"),
                ]
            )
            .lot_id
        )
        for line in lines:
            expires = line.lot_id.expiration_date
            if expires and expires < now:
                raise UserError(
                    self.env._("%s has expired: discard it.", line.display_name)
                )
            if line.lot_id in recalled:
                raise UserError(
                    self.env._(
                        "%s has been recalled: it stays in quarantine. Close the "
                        "recall first, or discard it.",
                        line.display_name,
                    )
                )

    def _quarantines(self):
        """{line: the quarantine where it lies}."""
        return {
            line: line.excursion_id.shelf_id.warehouse_id._medical_quarantine()
            for line in self
        }

    def _check_still_there(self):
        places = self._quarantines()
        there = {
            (place.id, product.id, lot.id): quantity
            for place, product, lot, quantity in self.env["stock.quant"]._read_group(
                [
                    ("location_id", "in", [place.id for place in places.values()]),
                    ("product_id", "in", self.product_id.ids),
                ],
                ["location_id", "product_id", "lot_id"],
                ["quantity:sum"],
            )
        }
        for line, place in places.items():
            key = place.id, line.product_id.id, line.lot_id.id
            there[key] = there.get(key, 0.0) - line.quantity
            if float_compare(there[key], 0.0, precision_digits=2) < 0:
                raise UserError(
                    self.env._(
                        "Quarantine no longer has %(quantity)g of %(lot)s: somebody "
                        "moved it or wrote it off. Correct the books first.",
                        quantity=line.quantity,
                        lot=line.display_name,
                    )
                )

    def _move(self):
        places = self._quarantines()
        moves = self.env["stock.move"]._pen()
        moves = moves.create(
            [line._move_values(place) for line, place in places.items()]
        )
        moves._action_done()

    def _move_values(self, place):
        self.ensure_one()
        lost = self.answer == "discard"
        product = self.product_id.with_company(self.company_id)
        goal = (
            product.property_stock_inventory
            if lost
            else self.excursion_id.release_shelf_id
        )
        where = {
            "product_id": product.id,
            "location_id": place.id,
            "location_dest_id": goal.id,
            "company_id": self.company_id.id,
        }
        return {
            **where,
            "product_uom": product.uom_id.id,
            "product_uom_qty": self.quantity,
            "origin": self.excursion_id.display_name,
            "medical_cause": "excursion" if lost else False,
            "picked": True,
            "state": "confirmed",
            "move_line_ids": [
                fields.Command.create(
                    {
                        **where,
                        "product_uom_id": product.uom_id.id,
                        "quantity": self.quantity,
                        "lot_id": self.lot_id.id,
                    }
                )
            ],
        }


class StockLocation(models.Model):
    _inherit = "stock.location"

    medical_room_type = fields.Selection(
        selection_add=[("cold_unit", "Cold storage unit")]
    )

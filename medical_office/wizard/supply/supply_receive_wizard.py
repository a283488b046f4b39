"""Receive a delivery: how many arrived, and the lot and expiration date on the box.

Nothing is guessed: where a lot or a date is needed it is asked for, and what is not
entered is still to come.
"""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...models.core.mixins.done import CLOSE, done
from ...models.supply.site.delivery import AWAITED

WHOLE = 1e-6  # packs this near to a whole number are whole


class SupplyReceiveWizard(models.TransientModel):
    """One delivery, with a line for each item that is awaited."""

    _name = "medical.supply.receive.wizard"
    _description = "Receive a Delivery"
    _inherit = ["medical.core.wizard"]

    picking_id = fields.Many2one(
        "stock.picking", "Delivery", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="picking_id.partner_id", string="Vendor")
    origin = fields.Char(related="picking_id.origin", string="Order")
    room_id = fields.Many2one(related="picking_id.location_dest_id", string="Put Into")
    code = fields.Char(
        "Scan a Carton",
        help="The barcode of a carton: its item, lot, expiration date and quantity are "
        "filled in below. From the first one of an item on, what was scanned counts.",
    )
    line_ids = fields.One2many("medical.supply.receive.line", "wizard_id")

    @api.model
    def _asking(self, picking):
        """The dialog for a delivery, with its lines already made.

        :param picking: stock.picking, one that is awaited
        :return: window action
        """
        # sudo: who receives need not have the right to read every move
        moves = picking.sudo().move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )
        wizard = self.create({"picking_id": picking.id})
        # sudo: the lines come from the moves, not from whoever receives
        wizard.sudo().line_ids = [
            Command.create({"move_id": move.id}) for move in moves
        ]
        for line in wizard.line_ids:
            line.quantity = line.expected
        return wizard._again()

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Receive %s", self.picking_id.display_name),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def scan_carton(self, code, product_id=False):
        """A scanned carton fills in its line, and counts there.

        :param product_id: which item it is, where a code belongs to several
        :raises AccessError: neither head nor office manager
        :return: {said: a sentence, refused: whether the carton must be set aside, kind:
            warning where it does not count by itself}, and the choices where a code
            belongs to several items
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_head")
        self.check_access("write")
        self.picking_id.check_access("read")
        # sudo: the lines are read with their moves, whose items a head may not see
        lines = self.sudo().line_ids
        scanned, answer = self.env["product.product"]._scan(
            code, product_id, among=lines.product_id
        )
        if answer:
            return answer
        lines = lines.filtered(lambda line: line.product_id == scanned.product)
        if not lines:
            said = self.env._(
                "%s is not awaited with this delivery. Set it aside and look for its own "
                "delivery; if there is none, tell the office manager.",
                scanned.product.display_name,
            )
            return {"said": said, "refused": True}
        refused = lines[0]._refused(scanned)
        if refused:
            return {"said": refused, "refused": True}
        return lines._take(scanned)

    def action_receive(self):
        """Book what arrived; the rest stays on its way.

        :raises AccessError: neither head nor office manager
        :raises UserError: nothing entered; a lot or a date is missing, or contradicts
            what is in the books; the lot has expired
        :return: a notification that says what was received and what is still to come
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_head")
        self.picking_id.check_access("read")
        # sudo: a head receives without the right to book other transfers
        picking = self.sudo().picking_id
        if picking.state not in AWAITED or picking.picking_type_code != "incoming":
            raise UserError(
                self.env._("%s has already been received.", picking.display_name)
            )
        # sudo: the lines are read with their moves; a client may have written any move
        # onto a line
        lines = self.sudo().line_ids
        own = lines.filtered(lambda line: line.move_id.picking_id == self.picking_id)
        lines = own._arrived()
        values = [line._move_line() for line in lines]
        picking.move_line_ids.unlink()
        picking.env["stock.move.line"].create(values)
        # what did not arrive stays on its way, in a delivery of its own
        picking.with_context(skip_backorder=True, cancel_backorder=False)._action_done()
        picking._message_log(
            body=self.env._("Received by %s.", self.env.user.name),
            author_id=self.env.user.partner_id.id,
        )
        return self._received(picking, len(lines.move_id))

    def _received(self, picking, count):
        rest = picking.backorder_ids.filtered(lambda one: one.state in AWAITED)
        if rest:
            said = self.env._(
                "Items put into %(room)s: %(count)s. Still to come:",
                room=picking.location_dest_id.display_name,
                count=count,
            )
        else:
            said = self.env._(
                "Items put into %(room)s: %(count)s.",
                room=picking.location_dest_id.display_name,
                count=count,
            )
        return done(
            self.env,
            said,
            rest or picking,
            title=self.env._("Received"),
            then={**CLOSE, "infos": {"noReload": False}},
        )


class SupplyReceiveLine(models.TransientModel):
    """How many of an item arrived, in one lot."""

    _name = "medical.supply.receive.line"
    _description = "Item of a Delivery"
    _inherit = ["medical.core.wizard"]
    _order = "id"
    _made_first = True  # the program makes them before the dialog opens

    wizard_id = fields.Many2one(
        "medical.supply.receive.wizard", required=True, ondelete="cascade", index=True
    )
    move_id = fields.Many2one(
        "stock.move", required=True, readonly=True, ondelete="cascade"
    )
    product_id = fields.Many2one(related="move_id.product_id", string="Item")
    uom_id = fields.Many2one("uom.uom", "Unit", compute="_compute_needs")
    expected = fields.Float(
        "Ordered", compute="_compute_needs", digits="Product Unit", aggregator=None
    )
    quantity = fields.Float("Arrived", digits="Product Unit", aggregator=None)
    scanned = fields.Float(
        help="In the item's own unit.", digits="Product Unit", readonly=True
    )
    needs_lot = fields.Boolean(compute="_compute_needs")
    needs_day = fields.Boolean(compute="_compute_needs")
    lot_name = fields.Char("Lot")
    expires_on = fields.Date(
        "Last Usable Day", help="As printed on the box. Nothing is filled in for you."
    )

    @api.depends("move_id")
    def _compute_needs(self):
        for line in self:
            # sudo: what an item needs is asked of whoever receives it
            move = line.sudo().move_id
            item = move.product_id
            # in the packs it was ordered in: boxes are what somebody counts at the door
            pack = move.purchase_line_id.product_uom_id or move.product_uom
            line.uom_id = pack
            line.expected = move.product_uom._compute_quantity(
                move.product_uom_qty, pack
            )
            line.needs_lot = item.tracking != "none"
            line.needs_day = line.needs_lot and item.use_expiration_date

    def action_another_lot(self):
        """A second line for the same item, for a second lot."""
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_head")
        self.check_access("write")
        # sudo: the item of the new line is the old one's
        self.sudo().create({"wizard_id": self.wizard_id.id, "move_id": self.move_id.id})
        return self.wizard_id._again()

    def _take(self, scanned):
        """A carton of this item was scanned: fill in its lot, or a line without one."""
        lot = scanned.lot or ""
        line = next((one for one in self if (one.lot_name or "") == lot), None)
        line = line or next((one for one in self if not one.lot_name), None)
        if line is None:
            line = self.create(
                {"wizard_id": self.wizard_id.id, "move_id": self.move_id.id}
            )
        if lot and line.needs_lot:
            line.lot_name = lot
        if scanned.carton.expiry and line.needs_day:
            line.expires_on = scanned.carton.expiry
        return line._count(scanned.units)

    def _count(self, units):
        """Add what a carton holds; the quantity follows as soon as packs are whole.

        :param units: in the item's own unit; None: nobody says
        :return: the answer of ``scan_carton``: what was scanned of the item so far
        """
        item = self.product_id
        if units is None:
            said = self.env._(
                "%s: not counted, as the code does not say how many are in it. Enter how "
                "many arrived; the office manager can enter the case's barcode on the "
                "item.",
                item.display_name,
            )
            return {"said": said, "refused": True, "kind": "warning"}
        self.scanned += units
        packs = item.uom_id._compute_quantity(self.scanned, self.uom_id, round=False)
        if round(packs) and abs(packs - round(packs)) < WHOLE:
            self.quantity = round(packs)
        all_lots = self.wizard_id.line_ids.filtered(
            lambda one: one.move_id == self.move_id
        )
        said = self.env._(
            "%(item)s: %(scanned)s of %(expected)s %(unit)s scanned.",
            item=" ".join(filter(None, (item.display_name, self.lot_name))),
            scanned=f"{sum(all_lots.mapped('scanned')):g}",
            expected=f"{self.move_id.product_qty:g}",
            unit=item.uom_id.name,
        )
        return {"said": said, "refused": False}

    def _refused(self, scanned):
        """Why a carton must not be put away: expired, recalled, or another date than the
        books have for its lot; "" if nothing speaks against it."""
        item, lot, expiry = self.product_id, scanned.lot or "", scanned.carton.expiry
        refused = item._scan_refused(
            self.move_id.company_id, lot, expiry if self.needs_lot else None
        )
        # a carton that names no lot contradicts none, whatever the line has by now
        known = self._known_day(lot) if lot else None
        if not refused and known and expiry and known != expiry:
            return self._contradicts(lot, known, expiry)
        return refused

    def _contradicts(self, lot, known, new):
        return self.env._(
            "%(item)s, lot %(lot)s: the books say %(known)s, you entered %(new)s. Check "
            "the box; if the books are wrong, correct the lot first.",
            item=self.product_id.display_name,
            lot=lot,
            known=format_date(self.env, known),
            new=format_date(self.env, new),
        )

    # ------------------------------------------------------------------- what arrived

    def _arrived(self):
        """The lines with something on them, each complete.

        :raises UserError: naming item and remedy
        """
        negative = self.filtered(lambda line: line.quantity < 0)
        if negative:
            raise UserError(
                self.env._(
                    "%s: enter how many arrived, 0 or more.",
                    negative[0].product_id.display_name,
                )
            )
        lines = self.filtered("quantity")
        if not lines:
            raise UserError(
                self.env._("Enter how many arrived. If nothing came, close this form.")
            )
        for line in lines:
            line._check_box()
        return lines

    def _check_box(self):
        item = self.product_id.display_name
        if self.needs_lot and not (self.lot_name or "").strip():
            raise UserError(
                self.env._("%s: enter the lot number printed on the box.", item)
            )
        if self.needs_day and not (self.expires_on or self._known_day()):
            raise UserError(
                self.env._(
                    "%(item)s, lot %(lot)s: enter the last usable day printed on the "
                    "box.",
                    item=item,
                    lot=self.lot_name,
                )
            )
        known = self._known_day()
        if known and self.expires_on and known != self.expires_on:
            raise UserError(self._contradicts(self.lot_name, known, self.expires_on))

    def _known_lot(self):
        """The lot of the line's number, if the books know it."""
        if not self.needs_lot:
            return self.env["stock.lot"]
        return self.product_id._lot_of(self.move_id.company_id, self.lot_name)

    def _known_day(self, name=None):
        """The last usable day of that lot (else of the line's) in the books, or None."""
        if not self.needs_lot:
            return None
        return self.product_id._lot_day(self.move_id.company_id, name or self.lot_name)

    def _last_moment(self):
        """The end of the last usable day, as the lot keeps it."""
        return self.move_id.company_id._medical_last_moment(self.expires_on)

    def _move_line(self):
        """Values of the move line that books this one."""
        move = self.move_id
        values = {
            "move_id": move.id,
            "picking_id": move.picking_id.id,
            "product_id": move.product_id.id,
            "product_uom_id": self.uom_id.id,
            "location_id": move.location_id.id,
            "location_dest_id": move.location_dest_id.id,
            "company_id": move.company_id.id,
            "quantity": self.quantity,
            "picked": True,
        }
        if not self.needs_lot:
            return values
        lot = self._known_lot()
        if lot:
            if self.expires_on and not lot.expiration_date:
                lot.expiration_date = self._last_moment()
            return values | {"lot_id": lot.id}
        return values | {
            "lot_name": self.lot_name.strip(),
            "expiration_date": self._last_moment(),
        }

"""Expiry rescue: lots that expire here, and the room that would use them in time."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

DECIDERS = ("medical_office.core_group_manager", "medical_office.core_group_director")


class SupplyRescue(models.Model):
    """One move of one lot. The program proposes; people accept or reject it, then carry
    the box; the books follow the box."""

    _name = "medical.supply.rescue"
    _description = "Short-Dated Stock"
    _inherit = ["mail.thread", "medical.core.workflow", "medical.supply.proposed"]
    _order = "expires_on, room_id, id"
    _rec_name = "product_id"
    _check_company_auto = True

    _transitions = {
        ("draft", "accepted"): "core_group_head",
        ("draft", "rejected"): "core_group_head",
        ("accepted", "moved"): "core_group_staff",
        ("accepted", "rejected"): "core_group_head",
    }
    _reason_required = frozenset({"rejected"})
    _reason_methods = frozenset({"action_reject"})
    # a proposal changes by its buttons alone
    _program_fields = frozenset(
        {
            "company_id", "site_id", "product_id", "lot_id", "expires_on", "room_id",
            "target_id", "quantity", "room_use", "week_use", "saved", "reason",
        }
    )  # fmt: skip
    _deletable_in = frozenset()

    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    site_id = fields.Many2one("stock.warehouse", required=True, index=True)
    product_id = fields.Many2one(
        "product.product", string="Item", required=True, index=True
    )
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    lot_id = fields.Many2one("stock.lot", required=True, index=True)
    expires_on = fields.Date(required=True, help="The last day it may be used.")
    days_left = fields.Integer(
        compute="_compute_days_left", help="Calendar days until the lot expires."
    )
    room_id = fields.Many2one(
        "stock.location", string="From Room", required=True, index=True
    )
    target_id = fields.Many2one("stock.location", string="To Room", required=True)
    quantity = fields.Float(digits="Product Unit", aggregator=None)
    room_use = fields.Float(
        string="Used per week here", digits="Product Unit", aggregator=None
    )
    week_use = fields.Float(
        string="Used per week there", digits="Product Unit", aggregator=None
    )
    saved = fields.Monetary(help="Cost of what would expire if it stayed.")
    reason = fields.Char()
    state = fields.Selection(
        [
            ("draft", "Proposed"),
            ("accepted", "To move"),
            ("moved", "Moved"),
            ("rejected", "Rejected"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    can_decide = fields.Boolean(
        compute="_compute_can_decide",
        help="Technical: the reader may accept or reject it.",
    )
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_at = fields.Datetime(readonly=True, copy=False)
    rejected_because = fields.Char(readonly=True, copy=False)
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", readonly=True, copy=False, index=True
    )

    _quantity_positive = models.Constraint(
        "check (quantity > 0)", "The quantity to move must be more than 0."
    )

    def _compute_days_left(self):
        today = fields.Date.context_today(self)
        for line in self:
            line.days_left = (line.expires_on - today).days

    @api.depends("room_id", "target_id")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        own = self._of_own_rooms()
        for line in self:
            line.can_decide = line in own

    def _program_message(self, name):
        return self.env._(
            "Moves of short-dated stock are calculated. Accept or reject them; to "
            "move another quantity, make an internal transfer."
        )

    # ---------------------------------------------------------------------- actions

    def action_accept(self):
        """Accept these lines: a transfer for each pair of rooms waits to be carried."""
        self._move_to("accepted")
        return True

    def action_reject(self, reason):
        """Leave the lots where they are; not proposed again for a week."""
        self._move_to("rejected", reason)

    def action_moved(self):
        """The boxes are in the new room: book their transfers."""
        self.check_access("write")
        # who carries a box carries all of its transfer
        lines = self.search(
            [("picking_id", "in", self.picking_id.ids), ("state", "=", "accepted")]
        )
        (self | lines)._move_to("moved")
        return True

    def _medical_made(self):
        """The transfers that are to be carried."""
        return self.picking_id

    def action_open_transfer(self):
        """The transfer that carries this lot."""
        self.check_access("read")
        self.ensure_one()
        return self.picking_id.get_formview_action()

    def _state_values(self, state, reason):
        if state == "moved":
            return {}
        values = {
            "decided_by_id": self.env.uid,
            "decided_at": fields.Datetime.now(),
        }
        return values | ({"rejected_because": reason} if state == "rejected" else {})

    def _of_own_rooms(self):
        """Those that the user decides about: a head about the rooms of the own
        departments, giving or taking; the manager and the director about all."""
        user = self.env.user
        if self._guard_user_in(DECIDERS):
            return self
        if not self._guard_user_in("core_group_head"):
            return self.browse()
        own = user.medical_headed_department_ids
        return self.filtered(
            lambda line: (
                (line.room_id | line.target_id).medical_department_id & own
                or user in (line.room_id | line.target_id).medical_manager_id
            )
        )

    def _check_own_room(self):
        if self._is_program():
            return
        for line in self - self._of_own_rooms():
            raise AccessError(
                self.env._(
                    "%(item)s: neither %(room)s nor %(target)s is one of your rooms. "
                    "The office manager decides.",
                    item=line.product_id.name,
                    room=line.room_id.display_name,
                    target=line.target_id.display_name,
                )
            )

    def _before_accepted(self):
        self._check_own_room()
        self._check_there()

    def _before_rejected(self):
        self._check_own_room()
        # sudo: a transfer that nobody carried is given up with its last line, by
        # whoever decides
        given_up = self.sudo().picking_id.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        for picking in given_up:
            self._cancel_moves(picking)

    def _cancel_moves(self, picking):
        lines = self.filtered(lambda line: line.picking_id == picking)
        picking.move_ids.filtered(
            lambda move: (
                move.move_line_ids.lot_id & lines.lot_id
                # what was put away meanwhile has lost its reservation
                or (not move.move_line_ids and move.product_id in lines.product_id)
            )
        )._action_cancel()

    def _check_there(self):
        """Refuse what was used, moved or promised meanwhile, or has expired."""
        today = fields.Date.context_today(self)
        free = self.sudo()._free()  # sudo: what lies there, whoever decides
        for line in self:
            if line.expires_on < today:
                raise UserError(
                    self.env._(
                        "%(item)s, lot %(lot)s has expired: it goes to quarantine. "
                        "Recalculate the proposals.",
                        item=line.product_id.name,
                        lot=line.lot_id.name,
                    )
                )
            key = (line.lot_id.id, line.room_id.id)
            free[key] = free.get(key, 0.0) - line.quantity
            if free[key] < -0.001:
                raise UserError(
                    self.env._(
                        "%(item)s, lot %(lot)s: %(room)s no longer has %(quantity)s "
                        "of it. Recalculate the proposals.",
                        item=line.product_id.name,
                        lot=line.lot_id.name,
                        room=line.room_id.display_name,
                        quantity=f"{line.quantity:g}",
                    )
                )

    def _check_still_there(self):
        """Refuse to book what was used or put away since it was accepted: the shelf
        would go below nothing, or the line say that it moved what did not."""
        held = self._free(promised=True)
        for line in self:
            key = (line.lot_id.id, line.room_id.id)
            held[key] = held.get(key, 0.0) - line.quantity
            if held[key] < -0.001:
                raise UserError(
                    self.env._(
                        "%(item)s, lot %(lot)s: %(room)s no longer has %(quantity)s "
                        "of it. Ask the department head to reject the line; the rest "
                        "is recalculated.",
                        item=line.product_id.name,
                        lot=line.lot_id.name,
                        room=line.room_id.display_name,
                        quantity=f"{line.quantity:g}",
                    )
                )

    def _free(self, promised=False):
        """{(lot id, room id): units that nobody reserved, or with what is promised}."""
        return {
            (lot.id, room.id): quantity - (0.0 if promised else reserved)
            for lot, room, quantity, reserved in self.env["stock.quant"]._read_group(
                [
                    ("lot_id", "in", self.lot_id.ids),
                    ("location_id", "in", self.room_id.ids),
                    ("owner_id", "=", False),
                    ("package_id", "=", False),
                ],
                ["lot_id", "location_id"],
                ["quantity:sum", "reserved_quantity:sum"],
            )
        }

    def _after_accepted(self):
        # sudo: the decider lends the right to make the transfers it decided, and no
        # others
        self.sudo()._pen()._make_transfers()

    def _make_transfers(self):
        """An internal transfer from room to room, with exactly these lots reserved."""
        groups = self.grouped(lambda line: (line.site_id, line.room_id, line.target_id))
        pickings = self.env["stock.picking"].create(
            [
                {
                    "picking_type_id": site._medical_internal_type().id,
                    "location_id": room.id,
                    "location_dest_id": target.id,
                    "company_id": site.company_id.id,
                    "origin": self.env._("Short-dated stock"),
                    "move_ids": [Command.create(line._move_values()) for line in lines],
                }
                for (site, room, target), lines in groups.items()
            ]
        )
        for picking in pickings:
            # the host does not hand a move's picking down to lines made with the move
            picking.move_ids.move_line_ids.picking_id = picking
        # unmerged: each line keeps a move of its own, which can be given up alone
        pickings.move_ids._action_confirm(merge=False)
        for picking, lines in zip(pickings, groups.values(), strict=True):
            lines.picking_id = picking

    def _move_values(self):
        self.ensure_one()
        places = {
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "location_id": self.room_id.id,
            "location_dest_id": self.target_id.id,
        }
        line = {
            **places,
            "product_uom_id": self.uom_id.id,
            "quantity": self.quantity,
            "lot_id": self.lot_id.id,
        }
        return {
            **places,
            "product_uom": self.uom_id.id,
            "product_uom_qty": self.quantity,
            "move_line_ids": [Command.create(line)],
        }

    def _before_moved(self):
        # sudo: staff who carry the boxes have no right to book transfers; the rescue
        # lends it for those it made itself
        board = self.sudo()
        pickings = board.picking_id
        waiting = pickings.filtered(lambda one: one.state not in ("done", "cancel"))
        board.filtered(lambda line: line.picking_id in waiting)._check_still_there()
        waiting.move_ids.picked = True
        if waiting:
            waiting.with_context(skip_backorder=True)._action_done()
        gone = board.filtered(lambda line: line.picking_id.state == "cancel")
        if gone:
            raise UserError(
                self.env._(
                    "%(item)s: its transfer was canceled. Reject the line, or "
                    "recalculate the proposals.",
                    item=gone[0].product_id.name,
                )
            )

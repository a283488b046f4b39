"""Rooms: stock locations with a type, a floor, a manager and a label to scan."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ....tools.plaintext import storable
from ..mixins.open_action import form_action

ROOM_TYPES = [
    ("exam", "Exam room"),
    ("procedure", "Procedure room"),
    ("lab", "Laboratory"),
    ("reception", "Reception"),
    ("waiting", "Waiting area"),
    ("store", "Store room"),
    ("office", "Office"),
    ("restroom", "Restroom"),
    ("utility", "Utility room"),
]
TOKEN_BYTES = 18  # 144 random bits, 24 characters: not to be guessed, still a small QR
LONGEST_TOKEN = 64


class StockLocation(models.Model):
    _name = "stock.location"
    _inherit = ["medical.core.used", "stock.location", "medical.core.guard"]

    medical_room_type = fields.Selection(
        ROOM_TYPES,
        string="Room Type",
        index="btree_not_null",
        help=(
            "What the room is for. Empty: this location is a shelf or an area, "
            "not a room."
        ),
    )
    medical_floor = fields.Char(string="Floor", help="As on the signs: 1, 2, Basement.")
    medical_sequence = fields.Integer(
        string="Walking Order",
        default=10,
        help="Rounds go through a site's rooms in this order.",
    )
    medical_manager_id = fields.Many2one(
        "res.users",
        string="Room Manager",
        index="btree_not_null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who is responsible for this room. Empty: the site manager.",
    )
    medical_department_id = fields.Many2one(
        "hr.department",
        string="Department",
        index="btree_not_null",
        check_company=True,
    )
    medical_site_id = fields.Many2one(
        "stock.warehouse",
        string="Site",
        compute="_compute_medical_site_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        domain="[('medical_is_site', '=', True), ('company_id', '=', company_id)]",
    )
    medical_qr_token = fields.Char(
        string="Label Code",
        copy=False,
        readonly=True,
        groups="medical_office.core_group_staff",
        help="The code in the room's QR label.",
    )
    equipment_ids = fields.One2many("maintenance.equipment", "location_id")

    _medical_qr_token_unique = models.UniqueIndex(
        "(medical_qr_token) WHERE medical_qr_token IS NOT NULL",
        "Two rooms cannot have the same label code.",
    )
    _medical_room_internal = models.Constraint(
        "CHECK (medical_room_type IS NULL OR usage = 'internal')",
        "A room is an internal location: choose the location type “Internal”.",
    )
    _medical_room_idx = models.Index(
        "(medical_site_id, medical_sequence, name) WHERE medical_room_type IS NOT NULL"
    )

    # ------------------------------------------------------------- site and company

    @api.depends("warehouse_id")
    def _compute_medical_site_id(self):
        for location in self:
            location.medical_site_id = location.warehouse_id

    def _compute_warehouse_id(self):
        """The host knows the warehouse only once a location is saved where it lies; the
        room's form shows the site while it is typed."""
        result = super()._compute_warehouse_id()
        for location in self:
            if location.location_id and not (location.id and location.parent_path):
                location.warehouse_id = location.location_id.warehouse_id
        return result

    @api.depends("name", "medical_room_type", "warehouse_id.name")
    def _compute_display_name(self):
        """A room is called by its name and site; “LM/Stock/Exam 1” is for the store."""
        result = super()._compute_display_name()
        # sudo: the name of a site is on its door, also for who may not read warehouses
        for room in self.filtered("medical_room_type").sudo():
            site = room.warehouse_id.name
            room.display_name = f"{room.name} – {site}" if site else room.name
        return result

    def _medical_open_action(self, finding=None):
        """A room opens as a room, with its rounds, assets and problems."""
        return form_action(self, "stock_location_room_view_form")

    @api.onchange("medical_site_id")
    def _onchange_medical_site_id(self):
        site = self.medical_site_id
        if site and self.location_id.warehouse_id != site:
            self.location_id = site.lot_stock_id

    @api.constrains(
        "medical_room_type", "usage", "location_id", "company_id", "medical_site_id"
    )
    def _check_medical_room(self):
        for room in self.filtered("medical_room_type"):
            if not room.company_id:
                raise ValidationError(
                    self.env._(
                        "The room “%(room)s” belongs to no company. Set its company.",
                        room=room.name,
                    )
                )
            if not room.warehouse_id.medical_is_site:
                raise ValidationError(
                    self.env._(
                        "The room “%(room)s” does not belong to any site. Choose a "
                        "site, or mark its warehouse as a site first.",
                        room=room.name,
                    )
                )

    # ------------------------------------------------------------------------- CRUD

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._medical_place_in_site(vals) for vals in vals_list]
        locations = super().create(vals_list)
        locations.filtered("medical_room_type")._medical_new_tokens()
        return locations

    def write(self, vals):
        vals = self._medical_place_in_site(vals)
        if "location_id" in vals:
            self._medical_check_move(self.browse(vals["location_id"]))
        result = super().write(vals)
        if "location_id" in vals:
            # the host looks at the moved locations only, not at what lies in them, and
            # at these before their path is known where somebody asked meanwhile
            moved = self.with_context(active_test=False).search(
                [("id", "child_of", self.ids)]
            )
            moved.modified(["location_id"])
        if vals.get("medical_room_type"):
            # only those that never had a label
            # sudo: whoever may not read the code still has the room labeled
            self.filtered(lambda r: not r.sudo().medical_qr_token)._medical_new_tokens()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used_room(self):
        self._medical_check_unused()

    def _medical_puts_away(self, vals):
        """A room without a type is a shelf, on no list of rooms."""
        return super()._medical_puts_away(vals) or not vals.get(
            "medical_room_type", True
        )

    def _medical_place_in_site(self, vals):
        """A site is chosen by people, kept as the parent location by the host."""
        if not vals.get("medical_site_id"):
            return vals
        vals = dict(vals)
        site = self.env["stock.warehouse"].browse(vals.pop("medical_site_id"))
        parent = self.browse(vals.get("location_id") or ()) or self.location_id
        if len(parent) != 1 or parent.warehouse_id != site:
            vals["location_id"] = site.lot_stock_id.id
        return vals

    def _medical_check_move(self, parent):
        """Rooms stay where they are built: a move to another site is a mistake that may
        be put right only while nothing hangs on the room."""
        site = parent.warehouse_id
        moved = self.filtered(lambda r: r.medical_room_type and r.warehouse_id != site)
        for room, reasons in moved._medical_uses().items():
            raise UserError(
                self.env._(
                    "The room “%(room)s” cannot move to another site: %(reasons)s",
                    room=room.name,
                    reasons=" ".join(reasons),
                )
            )

    def _medical_check_unused(self):
        """Rooms alone are lists of their own; a shelf is its room's."""
        super(StockLocation, self.filtered("medical_room_type"))._medical_check_unused()

    def _medical_used_by(self):
        return [
            *super()._medical_used_by(),
            (
                "maintenance.equipment",
                "location_id",
                [],
                self.env._("assets in it: %(count)s; move them first."),
            ),
            (
                "medical.core.schedule",
                "room_ids",
                [],
                self.env._(
                    "rounds are scheduled for it (%(names)s); remove it from the "
                    "schedules first."
                ),
            ),
            (
                "stock.quant",
                "location_id",
                [("quantity", "!=", 0)],
                self.env._(
                    "lines of stock on hand in it: %(count)s; transfer or count them out first."
                ),
            ),
        ]

    # ------------------------------------------------------------------------ label

    def _program_error(self, name):
        if name != "medical_qr_token":
            return super()._program_error(name)
        return UserError(
            self.env._("A label code cannot be typed; use “Renew Label Code”.")
        )

    def _birth_error(self, name):
        return self._program_error(name)

    def _medical_new_tokens(self):
        # sudo: who may not read the code still has the room made
        for room in self.sudo()._pen():
            room.medical_qr_token = secrets.token_urlsafe(TOKEN_BYTES)

    def action_medical_renew_token(self):
        """Give these rooms new codes: every label printed before stops working."""
        if not self.env.user.has_group("medical_office.core_group_manager"):
            raise AccessError(
                self.env._("Only the office manager can renew room labels.")
            )
        self.check_access("write")
        rooms = self.filtered("medical_room_type")
        if not rooms:
            raise UserError(self.env._("Choose at least one room."))
        rooms._medical_new_tokens()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "sticky": True,
                "title": self.env._("New label codes"),
                "message": self.env._(
                    "The labels now on the walls of %(rooms)s no longer work. Print "
                    "new ones (Print, Room Labels) and replace them.",
                    rooms=", ".join(rooms.mapped("name")),
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _medical_label_url(self):
        """What the label of this room encodes."""
        self.ensure_one()
        return f"{self.get_base_url()}/medical_office/room/{self.medical_qr_token}"

    @api.model
    def _medical_room_from_token(self, token):
        """Find the room whose label was scanned, as the calling user.

        :param token: the code on the label, untrusted
        :return: one room
        :raises UserError: the label is stale, or the room is closed
        """
        token = token if isinstance(token, str) and len(token) <= LONGEST_TOKEN else ""
        token = storable(token)
        room = self.with_context(active_test=False).search(
            [("medical_qr_token", "=", token), ("medical_room_type", "!=", False)],
            limit=1,
        )
        if not token or not room:
            raise UserError(
                self.env._(
                    "This label is no longer valid: its code was renewed, or it belongs "
                    "to another company. Ask the office manager to print a new label; "
                    "until then, pick the room from the list."
                )
            )
        if not room.active:
            raise UserError(
                self.env._(
                    "The room “%(room)s” is closed. Take the label down.",
                    room=room.name,
                )
            )
        return room.with_context(active_test=True)

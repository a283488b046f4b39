"""Who may change par levels: the manager all, a head those of the own rooms."""

from odoo import api, models
from odoo.exceptions import AccessError

# what a head may say about the own shelves; how the host buys is not among it
LEVELS = frozenset(
    {
        "product_min_qty", "product_max_qty", "active", "medical_shelf",
        "medical_sequence", "medical_minimum", "medical_capacity",
    }
)  # fmt: skip
PLACE = frozenset(
    {"product_id", "location_id", "warehouse_id", "company_id", "name", "trigger"}
)
BUYERS = "stock.group_stock_manager"


class StockWarehouseOrderpoint(models.Model):
    _name = "stock.warehouse.orderpoint"
    _inherit = ["stock.warehouse.orderpoint", "medical.core.guard"]

    # None: whoever the access rights and rules let
    _editors = {"*": BUYERS} | dict.fromkeys(LEVELS | PLACE)

    @api.model
    def _medical_buyer(self):
        """Whether this user rules over all reordering rules, as the host has it."""
        return self.env.su or self.env.user.has_group("stock.group_stock_manager")

    @api.model
    def _medical_editable(self, rooms):
        """The rooms whose par levels this user may change (as the record rules say).

        :param rooms: stock.location
        """
        if not self.has_access("write"):
            return rooms.browse()
        if self._medical_buyer():
            return rooms
        user = self.env.user
        own = user.medical_headed_department_ids
        return rooms.filtered(
            lambda room: (
                room.medical_department_id in own or room.medical_manager_id == user
            )
        )

    def _check_editors(self, vals):
        # the host keeps its own figures for whoever changes a level, under sudo
        if not self.env.su:
            super()._check_editors(vals)

    def _check_birth(self, vals):
        """A head's par level is one of a room and buys nothing by itself."""
        super()._check_birth(vals)
        if self._medical_buyer():
            return
        room = self.env["stock.location"].browse(vals.get("location_id") or [])
        if not room.medical_room_type:
            raise AccessError(
                self.env._(
                    "You can set the par levels of rooms only. Choose one of your "
                    "rooms."
                )
            )
        if vals.get("trigger", "manual") != "manual":
            self._medical_refuse("trigger")

    def _check_locks(self, vals):
        """A par level stays where it was made, but for whoever manages the stock."""
        super()._check_locks(vals)
        if not self._medical_buyer():
            for name in PLACE.intersection(vals):
                self._medical_refuse(name)

    def _medical_refuse(self, name):
        raise AccessError(
            self.env._(
                "On a par level you can change the levels and the shelf position, but "
                "not “%s”. Ask the office manager.",
                self._guard_label(name),
            )
        )

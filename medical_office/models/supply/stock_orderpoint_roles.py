"""Who may change par levels: the manager all, a head those of the own rooms."""

from odoo import api, models
from odoo.exceptions import AccessError

# what a head may say about the own shelves; how the host buys is not among it
LEVELS = {
    "product_min_qty",
    "product_max_qty",
    "active",
    "medical_shelf",
    "medical_sequence",
    "medical_minimum",
    "medical_capacity",
}
PLACE = {"product_id", "location_id", "warehouse_id", "company_id", "name", "trigger"}


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

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

    @api.model_create_multi
    def create(self, vals_list):
        if not self._medical_buyer():
            for vals in vals_list:
                self._medical_check_said(vals, LEVELS | PLACE)
                if vals.get("trigger", "manual") != "manual":
                    self._medical_refuse({"trigger"})
        pars = super().create(vals_list)
        if not self._medical_buyer() and not all(pars.mapped("medical_is_room")):
            raise AccessError(
                self.env._("You set the par levels of rooms. Choose one of your rooms.")
            )
        return pars

    def write(self, vals):
        if not self._medical_buyer():
            self._medical_check_said(vals, LEVELS)
        return super().write(vals)

    def _medical_check_said(self, vals, allowed):
        unknown = vals.keys() - allowed
        if unknown:
            self._medical_refuse(unknown)

    def _medical_refuse(self, names):
        raise AccessError(
            self.env._(
                "Of a par level you can change the levels and the place on the shelf, "
                "not %(fields)s. Ask the office manager.",
                fields=", ".join(sorted(names)),
            )
        )

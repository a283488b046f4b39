"""A par level is called by its item and room, not by the number of the host's rule."""

from odoo import api, models

from ...core.mixins.open_action import own_form


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    _medical_path = "par-levels"

    @api.depends("product_id", "location_id", "medical_is_room", "name")
    def _compute_display_name(self):
        """Item and room; the host's own rules keep their number."""
        ours = self.filtered(
            lambda par: par.medical_is_room and par.product_id and par.location_id
        )
        super(StockWarehouseOrderpoint, self - ours)._compute_display_name()
        for par in ours:
            par.display_name = self.env._(
                "%(item)s in %(room)s",
                item=par.product_id.name,
                room=par.location_id.name,
            )

    def get_formview_id(self, access_uid=None):
        """Links to a par level open our form."""
        if self.medical_is_room:
            view = own_form(self, "stock_orderpoint_view_form")
            if view:
                return view
        return super().get_formview_id(access_uid)

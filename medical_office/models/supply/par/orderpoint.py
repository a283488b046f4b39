"""A par level: the host's reordering rule on a room, with its place on the shelf."""

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import ValidationError


class StockWarehouseOrderpoint(models.Model):
    """``product_min_qty`` is the reorder point, ``product_max_qty`` the par.

    A par on a room is ``manual``: the room is filled from the site's store, and only
    the rest is bought, after somebody approved it.
    """

    _inherit = "stock.warehouse.orderpoint"

    medical_is_room = fields.Boolean(
        compute="_compute_medical_is_room",
        store=True,
        index=True,
        string="On a Room's Shelf",
    )
    medical_shelf = fields.Char(string="Shelf", help="As on the shelf label: A-03.")
    medical_sequence = fields.Integer(
        string="Shelf Order",
        default=10,
        help="The par sheet, count and pick list follow the shelf in this order.",
    )
    medical_minimum = fields.Float(
        string="Always Kept",
        digits="Product Unit",
        help="Never less than this, whether used or not (such as an emergency drug).",
        aggregator=None,
    )
    medical_capacity = fields.Float(
        string="Shelf Holds",
        digits="Product Unit",
        help="How many fit on the shelf. 0: no limit.",
        aggregator=None,
    )
    # a sum over unlike items says nothing
    product_min_qty = fields.Float(aggregator=None)
    product_max_qty = fields.Float(aggregator=None)
    medical_par_total = fields.Float(
        related="product_max_qty",
        string="Par of All Rooms",
        store=True,
        aggregator="sum",
        digits="Product Unit",
        help="The pivot adds the pars of one item over the rooms.",
    )
    medical_week_use = fields.Float(
        string="Use per Week",
        aggregator=None,
        digits="Product Unit",
        readonly=True,
        copy=False,
        help="Average of the last 13 weeks, calculated every night.",
    )
    medical_counted_on = fields.Date(string="Last Count", readonly=True, copy=False)
    medical_kind = fields.Selection(related="product_id.medical_kind", store=True)
    medical_lots = fields.Selection(related="product_id.tracking")

    _medical_room_shelf = models.Index(
        "(location_id, medical_sequence) WHERE medical_is_room"
    )
    _medical_limits = models.Constraint(
        "check (medical_minimum >= 0 AND medical_capacity >= 0)",
        "“Always Kept” and “Shelf Holds” cannot be negative.",
    )

    @api.depends("location_id.medical_room_type")
    def _compute_medical_is_room(self):
        for par in self:
            par.medical_is_room = bool(par.location_id.medical_room_type)

    @api.model_create_multi
    def create(self, vals_list):
        """A par on a room waits for approval; the host's default would buy by itself."""
        rooms = self.env["stock.location"].browse(
            {vals["location_id"] for vals in vals_list if vals.get("location_id")}
        )
        of_rooms = set(rooms.filtered("medical_room_type").ids)
        for vals in vals_list:
            if vals.get("location_id") in of_rooms:
                vals.setdefault("trigger", "manual")
        return super().create(vals_list)

    @api.autovacuum
    def _unlink_processed_orderpoints(self):
        """The host clears away the rules that it made by itself once they want nothing,
        and knows them by their maker, the system. A par level stays, whoever made it."""
        made = self or self.with_context(active_test=False).search(
            [("create_uid", "=", SUPERUSER_ID), ("trigger", "=", "manual")]
        )
        made = made.filtered(lambda rule: not rule.medical_is_room)
        if not made:
            return made  # called on none of them, the host would take all
        return super(StockWarehouseOrderpoint, made)._unlink_processed_orderpoints()

    @api.constrains("product_min_qty", "product_max_qty", "medical_minimum")
    def _check_medical_levels(self):
        for par in self.filtered("medical_is_room"):
            if par.product_min_qty < 0:
                raise ValidationError(
                    self.env._(
                        "%(item)s in %(room)s: the reorder point %(level)s is negative. "
                        "Enter 0 or more.",
                        item=par.product_id.display_name,
                        room=par.location_id.name,
                        level=par.product_min_qty,
                    )
                )
            if par.product_max_qty < par.medical_minimum:
                raise ValidationError(
                    self.env._(
                        "%(item)s in %(room)s: %(minimum)s must always be kept, but "
                        "the par is %(par)s. Raise the par, or lower the minimum.",
                        item=par.product_id.display_name,
                        room=par.location_id.name,
                        minimum=par.medical_minimum,
                        par=par.product_max_qty,
                    )
                )

    def _medical_shelf_order(self):
        """The par levels as one walks: site, room, shelf."""
        return self.sorted(
            lambda par: (
                par.warehouse_id.id,
                par.location_id.medical_sequence,
                par.location_id.id,
                par.medical_sequence,
                par.medical_shelf or "",
                par.id,
            )
        )

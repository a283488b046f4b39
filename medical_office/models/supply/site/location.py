"""The shelf of a room: its par levels, and what the room holds."""

from odoo import api, fields, models


class StockLocation(models.Model):
    _inherit = "stock.location"

    medical_par_ids = fields.One2many(
        "stock.warehouse.orderpoint", "location_id", string="Par Levels"
    )
    medical_par_count = fields.Integer(
        string="Items With Par", compute="_compute_medical_par_count"
    )
    medical_count_blind = fields.Boolean(
        string="Hide Expected Counts",
        help="The person counting this room does not see the expected quantities.",
    )
    medical_count_days = fields.Integer(
        string="Count Every (working days)",
        default=5,
        help="How often this shelf is counted; 0 means never.",
    )

    _medical_count_days_positive = models.Constraint(
        "check (medical_count_days >= 0)",
        ("The days between counts cannot be negative."),
    )

    @api.model_create_multi
    def create(self, vals_list):
        """What expires first leaves a room first."""
        first = self.env.ref("product_expiry.removal_fefo", raise_if_not_found=False)
        for vals in vals_list:
            if vals.get("medical_room_type") and first:
                vals.setdefault("removal_strategy_id", first.id)
        return super().create(vals_list)

    def _compute_medical_par_count(self):
        counts = dict(
            self.env["stock.warehouse.orderpoint"]._read_group(
                [("location_id", "in", self.ids)], ["location_id"], ["__count"]
            )
        )
        for room in self:
            room.medical_par_count = counts.get(room, 0)

    def action_medical_pars(self):
        """The par levels of these rooms, to be edited in place."""
        self.env["stock.warehouse.orderpoint"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "medical_office.stock_orderpoint_action"
        )
        return action | {
            "domain": [("location_id", "in", self.ids)],
            "context": {
                "default_location_id": self.id if len(self) == 1 else False,
                "default_trigger": "manual",
                "search_default_group_room": len(self) > 1,
            },
        }

    def action_medical_par_grid(self):
        """The grid of the room's site, with this room alone."""
        self.env["stock.warehouse.orderpoint"].check_access("read")
        self.ensure_one()
        action = self.medical_site_id.action_medical_par_grid()
        action["context"] |= {"room_id": self.id}
        return action

    def _medical_uses(self):
        """A room with par levels is not closed by mistake."""
        uses = super()._medical_uses()
        # sudo: counts, whoever asks
        pars = self.env["stock.warehouse.orderpoint"].sudo()
        for room, count in pars._read_group(
            [("location_id", "in", self.ids)], ["location_id"], ["__count"]
        ):
            uses.setdefault(self.browse(room.id), []).append(
                self.env._(
                    "par levels of it: %(count)s; archive them first.",
                    count=count,
                )
            )
        return uses

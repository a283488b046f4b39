"""The shelf of a room: its par levels, and what the room holds."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core.mixins.open_action import list_action
from .move import UNDER_WAY

# what makes a quarantine one: it lies beside the stock, and nobody counts it as a room
QUARANTINE = frozenset(
    {"active", "company_id", "location_id", "medical_room_type", "usage"}
)

# checks whose findings are corrected by a count
UNCOUNTED = ("supply_count_overdue", "supply_never_counted", "supply_negative_stock")

# checks that have one line for a site where many rooms of one keeper have a finding
SUMMED = ("supply_below_minimum", "supply_expiry", *UNCOUNTED[:2])


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

    def _check_locks(self, vals):
        """A site's quarantine is no room and no part of the stock: what is put away there
        could be counted, used or filled from otherwise.

        :raises UserError: naming the quarantine and the field
        """
        super()._check_locks(vals)
        if QUARANTINE.isdisjoint(vals):
            return
        for place in self & self.env["stock.quant"]._medical_quarantines():
            for name in place._guard_changed(vals, QUARANTINE):
                raise UserError(
                    self.env._(
                        "%(place)s is the quarantine of its site: “%(field)s” stays as "
                        "it is.",
                        place=place.display_name,
                        field=self._guard_label(name),
                    )
                )

    def _compute_medical_par_count(self):
        counts = dict(
            self.env["stock.warehouse.orderpoint"]._read_group(
                [("location_id", "in", self.ids)], ["location_id"], ["__count"]
            )
        )
        for room in self:
            room.medical_par_count = counts.get(room, 0)

    def _medical_open_action(self, finding=None):
        """What is wrong with a shelf opens where it is corrected.

        Below the reorder point: what to order of these items, or where nothing is to be
        bought their par levels. Lots that end: the lots, or what to do with them. Not
        counted: the counts of the room. Everything else: the room.
        """
        code = finding.check_id.code if finding else ""
        openers = {
            "supply_below_minimum": self._medical_open_short,
            "supply_expiry": lambda: self._medical_open_lots(finding.key.split("/")[0]),
            "supply_rescuable": self._medical_open_rescues,
            **dict.fromkeys(UNCOUNTED, self._medical_open_counts),
        }
        if code in openers:
            return openers[code]()
        return super()._medical_open_action(finding)

    def _medical_called(self):
        """A room by its name, several by their site."""
        return (
            self.name
            if len(self) == 1
            else ", ".join(self.medical_site_id.mapped("name"))
        )

    def _medical_open_short(self):
        figures = self.medical_par_ids._medical_now()
        short = self.medical_par_ids.filtered(lambda par: figures[par.id].wanted > 0)
        domain = [
            ("site_id", "in", self.medical_site_id.ids),
            ("product_id", "in", short.product_id.ids),
            ("state", "in", ("draft", "approved", "ordered")),
        ]
        proposals = self.env["medical.supply.proposal"]
        if proposals.has_access("read") and proposals.search_count(domain, limit=1):
            name = self.env._("What to Order: %s", self._medical_called())
            return list_action(self.env, "supply_proposal_action", name, domain)
        return list_action(
            self.env,
            "stock_orderpoint_action",
            self.env._("Fill from the Store: %s", self._medical_called()),
            [("id", "in", short.ids)],
        )

    def _medical_open_lots(self, window):
        days = "expired" if window == "expired" else f"within_{window or 90}"
        return list_action(
            self.env,
            "stock_quant_expiry_action",
            self.env._("Lots That End: %s", self._medical_called()),
            [("location_id", "in", self.ids), ("lot_id", "!=", False),
             ("quantity", ">", 0)],
            **{f"search_default_{days}": 1},
        )  # fmt: skip

    def _medical_open_rescues(self):
        return list_action(
            self.env,
            "supply_rescue_action",
            self.env._("Short-Dated Stock: %s", self.name),
            [("room_id", "=", self.id)],
            search_default_open=1,
        )

    def _medical_open_counts(self):
        return list_action(
            self.env,
            "supply_count_action",
            self.env._("Counts: %s", self._medical_called()),
            [("room_id", "in", self.ids)],
            default_room_id=self.id if len(self) == 1 else False,
        )

    def action_medical_pars(self):
        """The par levels of these rooms, to be edited in place."""
        self.check_access("read")
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
        self.check_access("read")
        self.env["stock.warehouse.orderpoint"].check_access("read")
        self.ensure_one()
        action = self.medical_site_id.action_medical_par_grid()
        action["context"] |= {"room_id": self.id}
        return action

    def _medical_used_by(self):
        """A room with par levels, an open count or a kit is not closed by mistake."""
        return [
            *super()._medical_used_by(),
            (
                "stock.warehouse.orderpoint",
                "location_id",
                [],
                self.env._("par levels of it: %(count)s; archive them first."),
            ),
            (
                "medical.supply.count",
                "room_id",
                [("state", "not in", ("posted", "cancelled"))],
                self.env._(
                    "open counts: %(names)s; submit and post or cancel them first."
                ),
            ),
            (
                "medical.supply.kit",
                "location_id",
                [],
                self.env._("kits in it: %(names)s; move or archive them first."),
            ),
            *(
                (
                    "stock.move",
                    side,
                    UNDER_WAY,
                    self.env._(
                        "transfers of items under way: %(names)s; finish or cancel "
                        "them first."
                    ),
                )
                for side in ("location_id", "location_dest_id")
            ),
        ]

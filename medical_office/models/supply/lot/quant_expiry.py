"""Lots near their end: lists by room, quarantine, and the way out of it."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain

from ...core.mixins.done import done

KEEPERS = ("core_group_manager", "core_group_director")


class StockQuant(models.Model):
    _inherit = "stock.quant"

    # what is on hand changes by our counts, uses and write-offs, with their reasons
    _medical_left_out = (
        "stock.action_report_inventory",
        "stock.action_stock_quant_relocate",
        "stock.action_view_set_quants_tree",
        "stock.action_view_set_to_zero_quants_tree",
    )

    medical_days_left = fields.Integer(
        string="Days Left",
        compute="_compute_medical_days_left",
        help="Calendar days until the lot expires; negative if it has expired.",
    )
    medical_cost_value = fields.Float(
        string="Value at Cost",
        compute="_compute_medical_cost_value",
        help="Quantity at the item's cost.",
    )
    medical_is_quarantined = fields.Boolean(
        string="In Quarantine",
        compute="_compute_medical_is_quarantined",
        search="_search_medical_is_quarantined",
    )
    medical_can_put_away = fields.Boolean(
        string="May Be Put Away",
        compute="_compute_medical_can_put_away",
        compute_sudo=False,
        help="Technical: the reader may put this lot into quarantine by hand.",
    )

    @api.depends("expiration_date")
    def _compute_medical_days_left(self):
        today = fields.Date.context_today(self)
        for quant in self:
            expires = quant.expiration_date
            quant.medical_days_left = (
                (quant.company_id._medical_day(expires) - today).days if expires else 0
            )

    @api.depends("quantity")
    def _compute_medical_cost_value(self):
        for quant in self:
            cost = quant.product_id.with_company(quant.company_id).standard_price
            quant.medical_cost_value = quant.quantity * cost

    def _compute_medical_is_quarantined(self):
        places = self._medical_quarantines()
        for quant in self:
            quant.medical_is_quarantined = quant.location_id in places

    @api.depends_context("uid")
    @api.depends("quantity", "expiration_date", "location_id")
    def _compute_medical_can_put_away(self):
        here = self.filtered(
            lambda quant: (
                quant.quantity > 0
                and not quant.medical_is_quarantined
                and quant.location_id.warehouse_id
            )
        )
        may = here._medical_may_put_away()
        for quant in self:
            quant.medical_can_put_away = quant in may

    def _search_medical_is_quarantined(self, operator, value):
        if operator != "in":
            return NotImplemented
        inside = Domain("location_id", "in", self._medical_quarantines().ids)
        return inside if True in value else ~inside

    @api.model
    def _medical_quarantines(self):
        # sudo: where the quarantine is, is no secret; a plain user may not read sites
        return self.env["stock.warehouse"].sudo().search([]).medical_quarantine_id

    # ------------------------------------------------------------------- quarantine

    @api.model
    def _cron_medical_quarantine(self):
        """Every night: what expired leaves the shelves."""
        expired = self.search(
            [
                ("expiration_date", "<", fields.Datetime.now()),
                ("quantity", ">", 0),
                ("location_id.usage", "=", "internal"),
                ("location_id.warehouse_id.medical_is_site", "=", True),
                ("medical_is_quarantined", "=", False),
            ]
        )
        self.env["medical.core.job.fault"]._each(
            self.env._("put expired stock into quarantine"),
            expired,
            lambda some: some._medical_quarantine(self.env._("Expired")),
        )

    def action_medical_quarantine(self):
        """Put these lots away, as the user who found them.

        Everybody who handles stock may put away what has expired; what is still good, a
        head in the own rooms, the manager and the director everywhere.
        """
        self.check_access("read")
        if not self._guard_user_in("core_group_staff"):
            raise AccessError(self.env._("Your role may not move stock."))
        good = self - self._medical_may_put_away()
        if good:
            raise AccessError(
                self.env._(
                    "%(item)s in %(place)s has not expired. Ask the department head "
                    "or the office manager to quarantine it; use a recall for a "
                    "recalled lot.",
                    item=good[0].product_id.display_name,
                    place=good[0].location_id.display_name,
                )
            )
        # sudo: where a place lies, is no secret
        for quant in self.sudo():
            if not quant.location_id.warehouse_id:
                raise UserError(
                    self.env._(
                        "%(item)s in %(place)s is at no site. Put it away where it "
                        "arrives.",
                        item=quant.product_id.display_name,
                        place=quant.location_id.display_name,
                    )
                )
        lots = ", ".join(
            f"{quant.product_id.display_name} {quant.lot_id.name or ''}".strip()
            for quant in self
        )
        # sudo: who finds an old lot puts it away, and moves nothing else
        self.sudo()._medical_quarantine(
            self.env._("Quarantined by %(user)s", user=self.env.user.name)
        )
        return done(self.env, self.env._("Put into quarantine: %s.", lots))

    def _medical_may_put_away(self):
        """Those of these lots that the user may put into quarantine by hand."""
        user = self.env.user
        if self._guard_user_in(KEEPERS):
            return self
        now = fields.Datetime.now()
        own = user.medical_headed_department_ids
        return self.filtered(
            lambda quant: (
                (quant.expiration_date and quant.expiration_date < now)
                or quant.location_id.medical_manager_id == user
                or quant.location_id.medical_department_id & own
            )
        )

    def _medical_quarantine(self, reason):
        """Move these quants to the quarantine of their sites. What is between two sites
        belongs to none: it is put away where it arrives.

        :return: the moves
        """
        here = self.filtered(
            lambda quant: (
                quant.quantity > 0
                and not quant.medical_is_quarantined
                and quant.location_id.warehouse_id
            )
        )
        return here._medical_move_to(
            {
                site: site._medical_quarantine()
                for site in here.location_id.warehouse_id
            },
            reason,
        )

    def _medical_move_to(self, places, reason, cause=False):
        """Move these quants whole, done at once; what is written off, by the shelf it
        came from.

        :param places: {site: location}
        """
        parts = (
            self._medical_origins()
            if cause
            else [(quant, False, quant.quantity) for quant in self]
        )
        moves = self.env["stock.move"]._pen()
        moves = moves.create(
            [
                {
                    "product_id": quant.product_id.id,
                    "product_uom": quant.product_uom_id.id,
                    "product_uom_qty": quantity,
                    "company_id": quant.company_id.id,
                    "location_id": quant.location_id.id,
                    "location_dest_id": places[quant.location_id.warehouse_id].id,
                    "origin": reason,
                    "medical_cause": cause,
                    "medical_room_id": room and room.id,
                    "picked": True,
                    "state": "confirmed",
                    "move_line_ids": [
                        Command.create(
                            {
                                "product_id": quant.product_id.id,
                                "product_uom_id": quant.product_uom_id.id,
                                "quantity": quantity,
                                "lot_id": quant.lot_id.id,
                                "location_id": quant.location_id.id,
                                "location_dest_id": places[
                                    quant.location_id.warehouse_id
                                ].id,
                                "company_id": quant.company_id.id,
                                "owner_id": quant.owner_id.id,
                                "package_id": quant.package_id.id,
                            }
                        )
                    ],
                }
                for quant, room, quantity in parts
            ]
        )
        moves._action_done()
        return moves

    # ------------------------------------------------------------- out of quarantine

    def _medical_write_off(self, cause, reason):
        """Take these quants off the books, for a cause that stays on record."""
        self._medical_check_quarantined()
        loss = {
            quant.location_id.warehouse_id: quant.product_id.with_company(
                quant.company_id
            ).property_stock_inventory
            for quant in self
        }
        return self._medical_move_to(loss, reason, cause)

    def _medical_origins(self):
        """From which shelves these quants were put away, the latest first.

        :return: list of (quant, room or False where nobody knows, quantity); the
            quantities of a quant add up to it
        """
        arrivals = self.env["stock.move.line"].search_fetch(
            [
                ("state", "=", "done"),
                ("location_dest_id", "in", self.location_id.ids),
                ("location_id.usage", "=", "internal"),
                ("product_id", "in", self.product_id.ids),
            ],
            ["location_dest_id", "location_id", "lot_id", "product_id"],
            order="date desc, id desc",
        )
        by_stock = arrivals.grouped(
            lambda line: (line.location_dest_id, line.product_id, line.lot_id)
        )
        parts = []
        for quant in self:
            left = quant.quantity
            key = (quant.location_id, quant.product_id, quant.lot_id)
            for line in by_stock.get(key, arrivals.browse()):
                taken = min(left, line.quantity_product_uom)
                if taken > 0:
                    parts.append((quant, line.location_id, taken))
                    left -= taken
            if quant.product_uom_id.compare(left, 0) > 0:
                parts.append((quant, False, left))
        return parts

    def _medical_return(self, partner):
        """A transfer back to a vendor, to be validated when the parcel leaves."""
        self._medical_check_quarantined()
        pickings = self.env["stock.picking"]
        for site, quants in self.grouped(lambda q: q.location_id.warehouse_id).items():
            goal = partner.property_stock_supplier
            picking = pickings.create(
                {
                    "partner_id": partner.id,
                    "picking_type_id": site.out_type_id.id,
                    "location_id": site.medical_quarantine_id.id,
                    "location_dest_id": goal.id,
                    "company_id": site.company_id.id,
                    "origin": self.env._("Return to vendor"),
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": quant.product_id.id,
                                "product_uom": quant.product_uom_id.id,
                                "product_uom_qty": quant.quantity,
                                "company_id": quant.company_id.id,
                                "location_id": quant.location_id.id,
                                "location_dest_id": goal.id,
                                "move_line_ids": [
                                    Command.create(
                                        {
                                            "product_id": quant.product_id.id,
                                            "product_uom_id": quant.product_uom_id.id,
                                            "quantity": quant.quantity,
                                            "lot_id": quant.lot_id.id,
                                            "location_id": quant.location_id.id,
                                            "location_dest_id": goal.id,
                                            "company_id": quant.company_id.id,
                                        }
                                    )
                                ],
                            }
                        )
                        for quant in quants
                    ],
                }
            )
            # the host does not hand a move's picking down to lines made with the move
            picking.move_ids.move_line_ids.picking_id = picking
            picking.action_confirm()
            pickings |= picking
        return pickings

    def _medical_check_quarantined(self):
        for quant in self:
            if not quant.medical_is_quarantined:
                raise UserError(
                    self.env._(
                        "%(item)s in %(place)s is not in quarantine. Put it there first.",
                        item=quant.product_id.display_name,
                        place=quant.location_id.name,
                    )
                )

    # ------------------------------------------------------------------------ words

    @api.model
    def _medical_near_end(self, days=90):
        """Lots in stock that expire within so many days, expired ones included."""
        return Domain(
            [
                ("quantity", ">", 0),
                ("location_id.usage", "=", "internal"),
                ("expiration_date", "<=", fields.Datetime.now() + timedelta(days=days)),
                ("medical_is_quarantined", "=", False),
            ]
        )

"""Working out which lots to move where, and telling the register what waits."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import api, fields, models

from ....engine.core.amounts import amount_text
from ....tools.supply.lot.expiry import Lot
from ....tools.supply.lot.rescue import Room, rescue
from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from ..site.move import OPEN_MOVES

WITHIN = 90  # days: the longest list of near-expiry lots
# what lies in a store goes to the rooms by itself as they are filled; with so few days
# left it is brought to them
STORE_WITHIN = 30
QUIET = 7  # days a rejected move is not proposed again
CARRIED_WITHIN = 3  # days an accepted move may wait
COLD = ("refrigerator", "freezer", "ultracold")
# dollars for which somebody carries a box down the hall, or to another site: our choice
WORTH_A_WALK, WORTH_A_DRIVE = 1, 5


class SupplyRescue(models.Model):
    _inherit = "medical.supply.rescue"

    def _refresh_title(self):
        return self.env._("find rooms for short-dated stock")

    def _refused_refresh(self):
        return self.env._("Only department heads and above can calculate what to move.")

    @api.model
    def _refresh(self, sites):
        """Replace the undecided proposals of these sites by today's.

        :return: the new ones
        """
        self._follow_transfers(sites)
        self.search([("state", "=", "draft"), ("site_id", "in", sites.ids)]).unlink()
        quiet = self._quiet_keys(sites)
        values = []
        for company, own in sites.grouped("company_id").items():
            for product, move, room, target in self._moves_of(company, own):
                key = (int(move.lot.key), room.location_id.id, target.location_id.id)
                near = room.warehouse_id == target.warehouse_id
                least = WORTH_A_WALK if near else WORTH_A_DRIVE
                if key not in quiet and move.saved >= least:
                    values.append(self._move_to_propose(product, move, room, target))
        return self.create(values)

    def _follow_transfers(self, sites):
        """Accepted lines whose transfer was booked or cancelled in the host's screens."""
        waiting = self.search(
            [("state", "=", "accepted"), ("site_id", "in", sites.ids)]
        )
        waiting.filtered(lambda line: line.picking_id.state == "done")._move_to("moved")
        waiting.filtered(lambda line: line.picking_id.state == "cancel")._move_to(
            "rejected", self.env._("Its transfer was canceled.")
        )

    def _quiet_keys(self, sites):
        since = fields.Datetime.now() - timedelta(days=QUIET)
        rejected = self.search(
            [
                ("state", "=", "rejected"),
                ("site_id", "in", sites.ids),
                ("decided_at", ">=", since),
            ]
        )
        return {(r.lot_id.id, r.room_id.id, r.target_id.id) for r in rejected}

    # ------------------------------------------------------------------ arithmetic

    def _moves_of(self, company, sites):
        """What to move: (item, tools.supply.lot.rescue.Move, par level of the room it
        leaves, par level of the room it goes to).

        First within each site; what no room there can use, to another site, but for
        what is kept cold: it is not carried across town. Only rooms that keep the item
        (have a par level of it) give or take, so storage is right by itself. Controlled
        items move by their own rules, and what must always be there stays.
        """
        pars = self.env["stock.warehouse.orderpoint"].search(
            [
                ("medical_is_room", "=", True),
                ("warehouse_id", "in", sites.ids),
                ("medical_lots", "!=", "none"),
                ("medical_kind", "!=", "controlled"),
                ("medical_minimum", "=", 0),
            ]
        )
        today = self._local_day(company, fields.Datetime.now())
        last = today + timedelta(days=WITHIN)
        days = {site: site._medical_workdays(today, last) for site in sites}
        lots = self._lots_of(pars, sites, today)
        for product, here in pars.grouped("product_id").items():
            cost = Decimal(str(product.with_company(company).standard_price))
            groups = list(here.grouped("warehouse_id").items())
            if len(groups) > 1 and product.medical_storage not in COLD:
                groups.append((sites[0], here))
            for site, group in groups:
                if any(lots.get(par) for par in group):
                    by_key = {str(par.id): par for par in group}
                    rooms = [_room(par, lots, days) for par in group]
                    found = rescue(rooms, cost, today, days[site], WITHIN)
                    for move in found.moves:
                        room, target = by_key[move.source], by_key[move.target]
                        _carry(lots, move, room, target)
                        yield product, move, room, target

    def _lots_of(self, pars, sites, today):
        """{par level: its usable lots that nobody reserved, and those on their way}."""
        by_place = {(par.product_id.id, par.location_id.id): par for par in pars}
        found = defaultdict(lambda: defaultdict(float))
        expiry = {}
        quants = self.env["stock.quant"]._read_group(
            [
                ("product_id", "in", pars.product_id.ids),
                ("location_id", "in", pars.location_id.ids),
                ("lot_id", "!=", False),
                ("quantity", ">", 0),
                ("owner_id", "=", False),
                ("package_id", "=", False),
            ],
            ["product_id", "location_id", "lot_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        coming = self.env["stock.move.line"]._read_group(
            [
                ("product_id", "in", pars.product_id.ids),
                ("location_dest_id", "in", pars.location_id.ids),
                ("lot_id", "!=", False),
                ("state", "in", OPEN_MOVES),
            ],
            ["product_id", "location_dest_id", "lot_id"],
            ["quantity_product_uom:sum"],
        )
        there = [(*place, quantity - kept) for *place, quantity, kept in quants]
        for product, room, lot, quantity in [*there, *coming]:
            par = by_place.get((product.id, room.id))
            if par and quantity > 0:
                expires = lot.expiration_date
                expiry[lot.id] = (
                    self._local_day(sites.company_id, expires) if expires else None
                )
                found[par][lot.id] += quantity
        last = today + timedelta(days=STORE_WITHIN)
        stores = sites.medical_store_id
        return {
            par: [
                Lot(str(lot), Decimal(str(round(quantity, 2))), expiry[lot])
                for lot, quantity in lots.items()
                if par.location_id not in stores
                or (expiry[lot] and expiry[lot] <= last)
            ]
            for par, lots in found.items()
        }

    def _local_day(self, company, moment):
        """The company's day of a moment in UTC."""
        local = self.with_context(tz=str(company._medical_zone()))
        return fields.Datetime.context_timestamp(local, moment).date()

    def _move_to_propose(self, product, move, room, target):
        return {
            "company_id": room.company_id.id,
            "site_id": room.warehouse_id.id,
            "product_id": product.id,
            "lot_id": int(move.lot.key),
            "expires_on": move.lot.expiry,
            "room_id": room.location_id.id,
            "target_id": target.location_id.id,
            "quantity": float(move.quantity),
            "room_use": room.medical_week_use,
            "week_use": target.medical_week_use,
            "saved": float(move.saved),
            "reason": self.env._(
                "At %(here)s per week it would expire in %(room)s; %(target)s uses "
                "%(there)s per week.",
                here=f"{room.medical_week_use:.3g}",
                room=room.location_id.display_name,
                target=target.location_id.display_name,
                there=f"{target.medical_week_use:.3g}",
            ),
        }

    # ----------------------------------------------------------------------- check

    @api.model
    def _medical_check_rescuable(self):
        """Stock that would expire where it lies and could be saved, per room."""
        lines = self.search([("state", "in", ("draft", "accepted"))])
        old = fields.Datetime.now() - timedelta(days=CARRIED_WITHIN)
        rows = []
        for room, here in lines.grouped("room_id").items():
            late = here.filtered(
                lambda one: one.state == "accepted" and one.decided_at < old
            )
            open_lines = here.filtered(lambda one: one.state == "draft")
            if open_lines:
                rows.append(
                    open_lines._rescue_row(
                        room,
                        self.env._(
                            "%(room)s: lots that would expire here: %(count)s; moving "
                            "them to other rooms saves %(money)s"
                        ),
                    )
                )
            if late:
                rows.append(
                    late._rescue_row(
                        room,
                        self.env._(
                            "%(room)s: lots not yet moved to other rooms: %(count)s "
                            "(%(money)s)"
                        ),
                        key="late",
                    )
                )
        return CheckResult(len(lines), rows)

    def _rescue_row(self, room, text, key=""):
        money = sum(self.mapped("saved"))
        currency = self.currency_id[:1]
        return finding(
            room,
            text
            % {
                "room": room.display_name,
                "count": len(self.lot_id),
                "money": amount_text(self.env, money, currency),
            },
            money_at_risk=money,
            key=key,
        )


def _room(par, lots, days):
    """A par level as the arithmetic sees it, by the working week of its own site."""
    rate = par.medical_week_use / days[par.warehouse_id].per_week
    return Room(str(par.id), rate, tuple(lots.get(par, ())))


def _carry(lots, move, room, target):
    """Note in ``lots`` that a move is made, for the next look at the same item."""
    left = [lot for lot in lots[room] if lot.key != move.lot.key]
    rest = sum(
        (lot.quantity for lot in lots[room] if lot.key == move.lot.key), -move.quantity
    )
    if rest > 0:
        left.append(Lot(move.lot.key, rest, move.lot.expiry))
    there = [lot for lot in lots.get(target, []) if lot.key != move.lot.key]
    held = sum(
        (lot.quantity for lot in lots.get(target, []) if lot.key == move.lot.key),
        move.quantity,
    )
    lots[room], lots[target] = (
        left,
        [
            *there,
            Lot(move.lot.key, held, move.lot.expiry),
        ],
    )

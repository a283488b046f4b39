"""Laying out a count's sheet, posting its differences, filling the shelf."""

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ....engine.supply.words import Words, units
from ....tools.supply.order.replenish import Shelf, plan


class SupplyCount(models.Model):
    _inherit = "medical.supply.count"

    def _lay_out(self):
        """One line per par level (per lot where lots are in stock), in shelf order, then
        what lies in the room without a par."""
        self.ensure_one()
        self.is_blind = self.room_id.medical_count_blind
        pars = self.room_id.medical_par_ids._medical_shelf_order()
        lots = {}
        for product, lot in self.env["stock.quant"]._read_group(
            [("location_id", "=", self.room_id.id), ("quantity", "!=", 0)],
            ["product_id", "lot_id"],
        ):
            lots.setdefault(product, []).append(lot)
        places = [(par.product_id, par) for par in pars]
        others = sorted(
            lots.keys() - {par.product_id for par in pars}, key=lambda p: p.id
        )
        places += [(product, pars.browse()) for product in others]
        values = []
        for product, par in places:
            found = lots.get(product) or [self.env["stock.lot"]]
            ordered = sorted(
                found,
                key=lambda lot: (lot.expiration_date or fields.Datetime.now(), lot.id),
            )
            values += [
                {
                    "count_id": self.id,
                    "sequence": 10 * (len(values) + place),
                    "shelf": par.medical_shelf,
                    "product_id": product.id,
                    "orderpoint_id": par.id,
                    "lot_id": lot.id,
                    "par": par.product_max_qty,
                }
                for place, lot in enumerate(ordered)
            ]
        self.env["medical.supply.count.line"].create(values)

    # ---------------------------------------------------------------------- posting

    def _post(self):
        """Adjust the stock by the differences, by the host's inventory adjustment."""
        self.ensure_one()
        lines = self.line_ids.filtered("difference")
        # sudo: inventory mode is the host's for stock users; what is posted was
        # counted here
        quants = self.env["stock.quant"].with_user(SUPERUSER_ID)
        quants = quants.with_context(
            inventory_mode=True,
            inventory_name=self.display_name,
            medical_count_id=self.id,
            allowed_company_ids=self.company_id.ids,
        )
        there = {}
        for quant in quants.search(
            [
                ("location_id", "=", self.room_id.id),
                ("product_id", "in", lines.product_id.ids),
                ("owner_id", "=", False),
                ("package_id", "=", False),
            ],
            order="in_date, id",
        ):
            there.setdefault((quant.product_id.id, quant.lot_id.id), []).append(quant)
        changed, causes = quants.browse(), {}
        for line in lines:
            here = there.get((line.product_id.id, line.lot_id.id))
            if not here:
                here = [
                    quants.create(
                        {
                            "product_id": line.product_id.id,
                            "location_id": self.room_id.id,
                            "lot_id": line.lot_id.id,
                            "inventory_quantity": 0.0,
                        }
                    )
                ]
            for quant, quantity in _spread(here, line.difference):
                quant.inventory_quantity = quantity
                changed |= quant
                causes[quant.id] = line.cause
        if changed:
            changed.with_context(medical_causes=causes)._apply_inventory()
            changed.inventory_quantity_set = False
        self.line_ids.orderpoint_id.write(
            {"medical_counted_on": fields.Date.context_today(self)}
        )

    def _hold_found(self):
        """What was found of a lot under recall is put away, as a delivery of it is."""
        found = self.env["stock.move"].search([("medical_count_id", "in", self.ids)])
        found.move_line_ids._medical_hold_recalled(("quarantined",))

    # ---------------------------------------------------------------------- filling

    def _fill(self):
        """Fill the shelf from the store; what the store lacks is worked out as to buy."""
        self.ensure_one()
        pars = self.line_ids.orderpoint_id
        store = self.site_id._medical_store()
        figures = pars._medical_now()
        free = {}
        if self.room_id != store:
            free = self._free(store.ids, pars.product_id.ids)
        words, moves = Words(self.env), []
        first = {}
        for line in self.line_ids:
            first.setdefault(line.orderpoint_id, line)
        for par in pars:
            figure = figures[par.id]
            shelf = Shelf(
                str(par.id),
                units(figure.on_hand),
                units(figure.forecast),
                units(par.product_min_qty),
                units(par.product_max_qty),
                rate=par.medical_week_use / 5,
            )
            answer = plan([shelf], units(free.get((store.id, par.product_id.id))))
            for supply in answer.supplies:
                line = first[par]
                line.write(
                    {
                        "from_store": float(supply.from_store),
                        "to_buy": float(supply.to_buy),
                        "working": words.working(supply.steps),
                    }
                )
                if supply.from_store:
                    moves.append((par.product_id, float(supply.from_store)))
        if moves:
            self.picking_id = self._transfer(store, moves)
        self.env["medical.supply.proposal"]._refresh(self.site_id, pars.product_id)

    def _free(self, store_ids, product_ids):
        """Units in stores that nobody reserved and that have not expired.

        What lies in a room within a store is the room's.

        :return: {(store id, product id): units}
        """
        self.env["stock.quant"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH place AS (
                    SELECT DISTINCT ON (leaf.id) leaf.id, owner.id AS store
                      FROM stock_location leaf
                     CROSS JOIN LATERAL unnest(string_to_array(
                               trim(TRAILING '/' FROM leaf.parent_path), '/')::int[])
                           WITH ORDINALITY AS above (id, depth)
                      JOIN stock_location owner
                        ON owner.id = above.id
                       AND (owner.medical_room_type IS NOT NULL
                            OR owner.id = ANY(%(stores)s))
                     ORDER BY leaf.id, above.depth DESC
                )
                SELECT place.store, quant.product_id,
                       sum(quant.quantity - quant.reserved_quantity)
                  FROM place
                  JOIN stock_quant quant ON quant.location_id = place.id
                 WHERE place.store = ANY(%(stores)s)
                   AND quant.product_id = ANY(%(products)s)
                   AND (quant.removal_date IS NULL OR quant.removal_date > %(now)s)
                 GROUP BY place.store, quant.product_id
                """,
                stores=list(store_ids),
                products=list(product_ids),
                now=fields.Datetime.now(),
            )
        )
        return {(store, product): quantity for store, product, quantity in rows}

    def _transfer(self, store, moves):
        """An internal transfer to the room, reserved first expired first."""
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.site_id._medical_internal_type().id,
                "location_id": store.id,
                "location_dest_id": self.room_id.id,
                "origin": self.display_name,
                "company_id": self.company_id.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "product_uom": product.uom_id.id,
                            "location_id": store.id,
                            "location_dest_id": self.room_id.id,
                            "company_id": self.company_id.id,
                        }
                    )
                    for product, quantity in moves
                ],
            }
        )
        picking.action_confirm()
        picking.action_assign()
        return picking

    def action_filled(self, carried=None, scanned=None):
        """The shelf was filled: book the transfer.

        :param carried: {id of a move of the pick list: quantity that was really
            carried}; what is missing was carried as the list says
        :param scanned: {id of a move: {lot number or "": units}} as scanned; says of
            which lots the quantity was
        :raises UserError: more than the list says, or no number
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: staff who carry the boxes have no right to book transfers; the count
        # lends it for the one transfer it made itself
        picking = self.sudo().picking_id
        if picking.state in ("confirmed", "assigned"):
            self._take_carried(picking, carried or {}, scanned or {})
            picking.move_ids.picked = True
            # what was not carried is asked for by the next count
            picking.with_context(
                skip_backorder=True, cancel_backorder=True
            )._action_done()
            self._message_log(
                body=self.env._("%(user)s filled the shelf.", user=self.env.user.name)
            )
        return self.phone_count(self.id)

    def _take_carried(self, picking, carried, scanned):
        """Write what was carried onto the moves of the pick list."""
        for move in picking.move_ids:
            try:
                quantity = float(carried.get(str(move.id), move.quantity))
            except (TypeError, ValueError):
                quantity = -1.0
            # the comparison refuses what is not a number, too
            if not 0 <= quantity <= move.product_uom_qty:
                raise UserError(
                    self.env._(
                        "%(item)s: enter what was carried, from 0 to %(wanted)s.",
                        item=move.product_id.name,
                        wanted=f"{move.product_uom_qty:g}",
                    )
                )
            if quantity != move.quantity:
                parts = self._of_lots(move, quantity, scanned.get(str(move.id)))
                if parts:
                    for line, part in parts.items():
                        line.quantity = part
                else:
                    move.quantity = quantity

    def _of_lots(self, move, quantity, lots):
        """How much of each line of a move was carried, as scanned.

        :param lots: {lot number or "": units}, as the phone sends it, or None
        :return: {move line: units}; {} where that is not ``quantity``, or not what the
            list has of each lot
        """
        try:
            rest = {lot: float(units) for lot, units in (lots or {}).items()}
        except (AttributeError, TypeError, ValueError):
            return {}
        parts = {}
        for line in move.move_line_ids:
            lot = line.lot_id.name or ""
            parts[line] = min(line.quantity, rest.get(lot, 0.0))
            rest[lot] = rest.get(lot, 0.0) - parts[line]
        if any(rest.values()) or min(parts.values(), default=0.0) < 0:
            return {}
        return parts if sum(parts.values()) == quantity else {}


def _spread(quants, difference):
    """New quantities of the quants of one item and lot, none below zero if avoidable.

    :yield: (quant, new quantity)
    """
    rest = difference
    for place, quant in enumerate(quants, start=1):
        if not rest:
            return
        last = place == len(quants)
        step = rest if rest > 0 or last else max(rest, -quant.quantity)
        rest -= step
        yield quant, quant.quantity + step

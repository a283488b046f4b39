"""The grid of a site's par levels, item by room: read in one call, saved in one."""

from collections import Counter

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date

from ....engine.core.labels import labels_of
from ....tools.supply.par import levels
from ....tools.supply.par.levels import Levels


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    @api.model
    def par_grid(self, site_id=False):
        """Everything the grid of a site shows.

        :param site_id: the first site where it is missing
        :return: dict: ``sites`` [{id, name}], ``site`` (id, or False without sites),
            ``rooms`` [{id, name, editable}] as one walks, ``items`` [{id, name, code,
            kind, unit}] by kind and name, ``cells`` {"item:room": see _medical_cells}
        """
        self.check_access("read")
        sites = self.env["stock.warehouse"]._medical_sites(self.env.companies)
        site = sites.filtered(lambda one: one.id == site_id) or sites[:1]
        rooms = self._medical_grid_rooms(site)
        editable = self._medical_editable(rooms)
        pars = self.search([("location_id", "in", rooms.ids)])
        return {
            "sites": [{"id": one.id, "name": one.name} for one in sites],
            "site": site.id,
            "rooms": [
                {"id": room.id, "name": room.name, "editable": room in editable}
                for room in rooms
            ],
            "items": self._medical_grid_items(site, pars),
            "cells": pars._medical_cells(),
        }

    @api.model
    def _medical_grid_rooms(self, site):
        return self.env["stock.location"].search(
            [
                ("medical_room_type", "!=", False),
                ("warehouse_id", "in", site.ids),
            ],
            order="medical_sequence, name, id",
        )

    @api.model
    def _medical_grid_items(self, site, pars):
        kept = pars.product_id
        items = kept | self.env["product.product"].search(
            [
                ("medical_kind", "!=", False),
                ("is_storable", "=", True),
                ("company_id", "in", [site.company_id.id, False]),
            ]
        )
        kinds = labels_of(items, "medical_kind")
        order = {kind: place for place, kind in enumerate(kinds)}
        return [
            {
                "id": item.id,
                "name": item.name,
                "code": item.default_code or "",
                "kind": kinds.get(item.medical_kind, self.env._("Other")),
                "unit": item.uom_id.name,
            }
            for item in items.sorted(
                lambda one: (
                    order.get(one.medical_kind, len(order)),
                    one.name.lower(),
                    one.id,
                )
            )
        ]

    def _medical_cells(self):
        """What the grid shows of these par levels.

        :return: {"item:room": {low, high, minimum, use, on_hand, counted, proposal}};
            ``proposal`` [low, high, reason] of an open par review, or False
        """
        proposals = self._medical_open_proposals()
        held = {
            (product.id, room.id): quantity
            for product, room, quantity in self.env["stock.quant"]._read_group(
                [
                    ("location_id", "in", self.location_id.ids),
                    ("product_id", "in", self.product_id.ids),
                ],
                ["product_id", "location_id"],
                ["quantity:sum"],
            )
        }
        cells = {}
        for par in self:
            line = proposals.get(par)
            counted = par.medical_counted_on
            cells[par._medical_cell_key()] = {
                "low": par.product_min_qty,
                "high": par.product_max_qty,
                "minimum": par.medical_minimum,
                "use": round(par.medical_week_use, 2),
                "on_hand": held.get((par.product_id.id, par.location_id.id), 0.0),
                "counted": format_date(self.env, counted) if counted else "",
                "proposal": line
                and [line.new_reorder, line.new_par, line.reason or ""],
            }
        return cells

    def _medical_cell_key(self):
        return f"{self.product_id.id}:{self.location_id.id}"

    def _medical_open_proposals(self):
        """{par level: its newest open line of a par review}, for those who see them."""
        lines = self.env["medical.supply.review.line"]
        if not lines.has_access("read"):
            return {}
        found = lines.search_fetch(
            [
                ("orderpoint_id", "in", self.ids),
                ("decision", "=", "open"),
                ("review_id.state", "=", "open"),
            ],
            ["orderpoint_id", "new_reorder", "new_par", "reason"],
            order="id",
        )
        return {line.orderpoint_id: line for line in found}

    # ------------------------------------------------------------------------ saving

    @api.model
    def par_grid_save(self, site_id, changes):
        """Write what was edited in the grid, all of it or, where a cell is wrong, none.

        :param changes: list of {item, room, low, high, was}: ids, the new levels (both
            None: the place is given up, its par level archived) and what the grid
            showed before, [low, high] or None
        :return: {saved, cells, problems}: ``cells`` as they are now, of the changed
            ones if ``saved``, else of those that somebody else changed; ``problems``
            [{key, message}], each naming item and room
        """
        self.check_access("write")
        plan = self._medical_grid_plan(site_id, changes)
        if plan.problems:
            stale = self.browse([par.id for par in plan.stale if par.active])
            cells = stale._medical_cells()
            gone = [par for par in plan.stale if not par.active]
            cells |= {par._medical_cell_key(): False for par in gone}
            return {"saved": False, "cells": cells, "problems": plan.problems}
        return {"saved": True, "cells": self._medical_grid_write(plan), "problems": []}

    def _medical_grid_plan(self, site_id, changes):
        """Look at every change before any is made."""
        if not isinstance(changes, list) or not all(
            isinstance(change, dict)
            and isinstance(change.get("item"), int)
            and isinstance(change.get("room"), int)
            for change in changes
        ):
            raise UserError(self.env._("The grid sent no changes. Reload it."))
        site = self.env["stock.warehouse"].browse(site_id).exists()
        rooms = {room.id: room for room in self._medical_grid_rooms(site)}
        editable = self._medical_editable(
            self.env["stock.location"].union(*rooms.values())
        )
        wanted = {change.get("item") for change in changes}
        items = {
            item.id: item
            for item in self.env["product.product"].search(
                [
                    ("id", "in", list(wanted)),
                    ("company_id", "in", [site.company_id.id, False]),
                ]
            )
        }
        known = {
            (par.product_id.id, par.location_id.id): par
            for par in self.with_context(active_test=False).search(
                [
                    ("product_id", "in", list(items)),
                    ("location_id", "in", list(rooms)),
                ]
            )
        }
        times = Counter((one.get("item"), one.get("room")) for one in changes)
        plan = _Plan(site)
        for change in changes:
            key = (change.get("item"), change.get("room"))
            item, room = items.get(key[0]), rooms.get(key[1])
            par = known.get(key, self.browse())
            new = levels.read(change.get("low"), change.get("high"))
            reason = ""
            if not item:
                reason = "no_item"
            elif not room:
                reason = "no_room"
            elif room not in editable:
                reason = "refused"
            elif times[key] > 1:
                reason = "twice"
            elif not _unchanged(par, change.get("was")):
                reason = "stale"
                plan.stale.append(par)
            else:
                minimum = levels.read(par.medical_minimum, 0).low
                reason = levels.problem(new, minimum)
            if reason:
                message = self._medical_grid_message(reason, item, room, par, change)
                plan.problems.append({"key": f"{key[0]}:{key[1]}", "message": message})
            else:
                plan.add(par, item, room, new)
        return plan

    def _medical_grid_message(self, reason, item, room, par, change):
        texts = {
            "no_item": self.env._("This item no longer exists. Reload the grid."),
            "no_room": self.env._("%(item)s: this room no longer belongs to this "
                                  "site. Reload the grid."),
            "refused": self.env._("%(item)s in %(room)s: you can set the par levels "
                                  "of your own rooms only. Ask the office manager."),
            "twice": self.env._("%(item)s in %(room)s was sent twice. Save again."),
            "stale": self.env._("%(item)s in %(room)s was changed by %(user)s in the "
                                "meantime. Check the new levels, then save again."),
            "not_a_number": self.env._("%(item)s in %(room)s: %(low)s / %(high)s are "
                                       "not numbers. Enter numbers, or leave both "
                                       "empty."),
            "negative": self.env._("%(item)s in %(room)s: %(low)s / %(high)s is "
                                   "negative. Enter 0 or more."),
            "too_many": self.env._("%(item)s in %(room)s: %(low)s / %(high)s is more "
                                   "than a shelf holds. Check the number."),
            "incomplete": self.env._("%(item)s in %(room)s: enter both, the level below "
                                     "which it is filled and the par."),
            "crossed": self.env._("%(item)s in %(room)s: the par %(high)s is below the "
                                  "reorder level %(low)s. Raise the par."),
            "below_minimum": self.env._("%(item)s in %(room)s: %(minimum)s must "
                                        "always be kept. Set the par to that or more."),
            "vital": self.env._("%(item)s in %(room)s: %(minimum)s must always be "
                                "kept. Before you remove the par level, set “Always "
                                "Kept” to 0."),
        }  # fmt: skip
        low, high = (
            "–" if value is None or value is False or value == "" else value
            for value in (change.get("low"), change.get("high"))
        )
        return texts[reason] % {
            "item": item.name if item else "",
            "room": room.name if room else "",
            # sudo: the name of who changed it
            "user": par.write_uid.sudo().name or self.env._("somebody else"),
            "low": low,
            "high": high,
            "minimum": f"{par.medical_minimum:g}",
        }

    def _medical_grid_write(self, plan):
        """Make the changes of a plan without problems.

        :return: the changed cells, False for those given up
        """
        known = self.union(*[par for par, _new in plan.changed], *plan.given_up)
        if known and not known.has_access("write"):
            raise AccessError(
                self.env._("You can set the par levels of your own rooms only.")
            )
        # sudo: the right was checked for all of them at once, above
        self.union(*plan.given_up).sudo().active = False
        for par, new in plan.changed:
            # sudo: as above
            par.sudo().write(
                {
                    "active": True,
                    "product_min_qty": float(new.low),
                    "product_max_qty": float(new.high),
                }
            )
        self.union(*[par for par, _new in plan.changed])._medical_hold()
        names = self._medical_names(len(plan.created)) if plan.created else []
        fresh = self.create(
            [
                {
                    **({"name": names[place]} if names else {}),
                    "product_id": item.id,
                    "location_id": room.id,
                    "company_id": plan.site.company_id.id,
                    "product_min_qty": float(new.low),
                    "product_max_qty": float(new.high),
                    "trigger": "manual",
                }
                for place, (item, room, new) in enumerate(plan.created)
            ]
        )
        fresh._medical_hold()
        fresh._medical_place_last()
        pars = fresh.union(*[par for par, _new in plan.changed])
        pars._medical_settle()
        pars._medical_decide_proposals()
        cells = pars._medical_cells()
        return cells | {par._medical_cell_key(): False for par in plan.given_up}

    def _medical_place_last(self):
        """Put new par levels behind the last one of their shelf."""
        last = dict(
            self.env["stock.warehouse.orderpoint"]._read_group(
                [
                    ("location_id", "in", self.location_id.ids),
                    ("id", "not in", self.ids),
                ],
                ["location_id"],
                ["medical_sequence:max"],
            )
        )
        for room, pars in self.grouped("location_id").items():
            for place, par in enumerate(pars, start=1):
                # sudo: the shelf is the room's; whoever may add to it may say where
                par.sudo().medical_sequence = (last.get(room) or 0) + 10 * place

    def _medical_decide_proposals(self):
        """Levels set by hand answer an open proposal of the par review."""
        proposals = self._medical_open_proposals()
        lines = self.env["medical.supply.review.line"].union(*proposals.values())
        if not lines or not lines._medical_may_decide():
            return
        decided = {"accepted": lines.browse(), "edited": lines.browse()}
        for par, line in proposals.items():
            low, high = par.product_min_qty, par.product_max_qty
            same = (low, high) == (line.reorder, line.par)
            decided["accepted" if same else "edited"] |= line
            # sudo: levels set by who may decide; the line follows them
            line.sudo()._pen().write({"new_reorder": low, "new_par": high})
        for decision, some in decided.items():
            some._decide(decision)


class _Plan:
    """Changes that were looked at."""

    def __init__(self, site):
        self.site = site
        self.problems, self.stale = [], []
        self.given_up, self.changed, self.created = [], [], []

    def add(self, par, item, room, new: Levels):
        if new.empty:
            if par.active:
                self.given_up.append(par)
        elif par:
            self.changed.append((par, new))
        else:
            self.created.append((item, room, new))


def _unchanged(par, was):
    """Whether a par level (or none) is as the grid showed it."""
    if not par.active:
        return not was
    now = (par.product_min_qty, par.product_max_qty)
    return isinstance(was, list | tuple) and tuple(was) == now

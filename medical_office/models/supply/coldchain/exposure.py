"""Which lots lay in a unit while it was out of range: from what was moved in and out.

What lies in the unit today tells too little: a file is read days later, when lots have
left or arrived. Nor does the date on the stock tell: it is that of the receipt, and stays
when a lot is carried from one place to another.
"""

from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...core.mixins.done import done

NOTHING = 0.005  # quantities have two digits


class _Moved(NamedTuple):
    """What was moved of one lot since an excursion began: units in less units out,
    whether some came while it lasted, whether some left for a place of use."""

    net: float
    came: bool
    left: bool


class SupplyExcursion(models.Model):
    _inherit = "medical.supply.excursion"

    left_text = fields.Text(
        "Left Before",
        compute="_compute_left_text",
        compute_sudo=True,
        help="Lots that lay in the unit while it was out of range and have left it, "
        "with where they are now.",
    )

    def _moved(self):
        """What went into and out of the units since the excursions began, in one query.

        :return: {(excursion id, product id, lot id or 0): _Moved}
        """
        self = self.filtered("shelf_id")
        self.env["stock.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH place AS (
                    SELECT span.id, span.since, span.until, inside.id AS place
                      FROM unnest(%(ids)s::int[], %(paths)s::text[],
                                  %(since)s::timestamp[], %(until)s::timestamp[])
                           AS span (id, path, since, until)
                      JOIN stock_location inside
                        ON inside.parent_path LIKE span.path || '%%'
                ), line AS (
                    SELECT place.id, line.product_id, line.lot_id,
                           line.quantity_product_uom AS change,
                           line.date <= place.until AS came, false AS gone
                      FROM place
                      JOIN stock_move_line line ON line.location_dest_id = place.place
                     WHERE line.state = 'done' AND line.date > place.since
                       AND NOT EXISTS (SELECT FROM place AS origin
                                        WHERE origin.id = place.id
                                          AND origin.place = line.location_id)
                     UNION ALL
                    SELECT place.id, line.product_id, line.lot_id,
                           -line.quantity_product_uom, false,
                           line.location_dest_id != ALL(%(quarantines)s::int[])
                      FROM place
                      JOIN stock_move_line line ON line.location_id = place.place
                     WHERE line.state = 'done' AND line.date > place.since
                       AND NOT EXISTS (SELECT FROM place AS goal
                                        WHERE goal.id = place.id
                                          AND goal.place = line.location_dest_id)
                )
                SELECT id, product_id, coalesce(lot_id, 0), sum(change)::float,
                       bool_or(came), bool_or(gone)
                  FROM line
                 GROUP BY 1, 2, 3
                """,
                ids=self.ids,
                quarantines=self.env["stock.quant"]._medical_quarantines().ids,
                paths=[one.shelf_id.parent_path for one in self],
                since=[one.started_at for one in self],
                until=[
                    one.ended_at or one.over_by or fields.Datetime.now() for one in self
                ],
            )
        )
        return {row[:3]: _Moved(*row[3:]) for row in rows}

    def _exposed(self, quants, moved):
        """Of what lies in the unit now, what lay in it while it was out of range.

        :param quants: all that lies in the unit
        :param moved: see ``_moved``
        :return: those of lots that were there at the beginning, or came meanwhile
        """
        self.ensure_one()
        exposed = quants.browse()
        lots = quants.grouped(lambda quant: (quant.product_id.id, quant.lot_id.id or 0))
        for key, here in lots.items():
            since = moved.get((self.id, *key))
            now = sum(here.mapped("quantity"))
            if since is None or since.came or now - since.net > NOTHING:
                exposed |= here
        return exposed

    def _left(self):
        """Where the lots are now that lay in the unit and have left it.

        :return: {excursion: {lot: stock.quant, empty if none is in stock}}
        """
        now = {(shelf, lot): quantity for shelf, lot, quantity in self._inside_now()}
        found = {one: set() for one in self}
        for (key, _product, lot), since in self._moved().items():
            one = self.browse(key)
            before = now.get((one.shelf_id.id, lot), 0.0) - since.net
            if lot and since.left and (since.came or before > NOTHING):
                found[one].add(lot)
        lots = self.env["stock.lot"].browse(set().union(*found.values()))
        quants = self.env["stock.quant"].search(
            [
                ("lot_id", "in", lots.ids),
                ("quantity", ">", 0),
                ("location_id.usage", "in", ("internal", "transit")),
                ("medical_is_quarantined", "=", False),
            ]
        )
        result = {}
        for one, left in found.items():
            elsewhere = quants.filtered(
                lambda quant, path=one.shelf_id.parent_path or "/": (
                    not quant.location_id.parent_path.startswith(path)
                )
            ).grouped("lot_id")
            result[one] = {
                lot: elsewhere.get(lot, quants.browse())
                for lot in lots
                # all of it is held: it is listed for the makers' answers
                if lot.id in left
                and (lot in elsewhere or lot not in one.line_ids.lot_id)
            }
        return result

    def _inside_now(self):
        """(shelf id, lot id, units) of what lies in the units."""
        for shelf in self.shelf_id:
            for lot, quantity in self.env["stock.quant"]._read_group(
                [("location_id", "child_of", shelf.id), ("lot_id", "!=", False)],
                ["lot_id"],
                ["quantity:sum"],
            ):
                yield shelf.id, lot.id, quantity

    def _compute_left_text(self):
        left = self._origin._left()
        for one in self:
            lines = [
                self.env._(
                    "%(item)s, lot %(lot)s: %(places)s",
                    item=lot.product_id.display_name,
                    lot=lot.name,
                    places=", ".join(
                        f"{quant.quantity:g} {quant.location_id.display_name}"
                        for quant in quants
                    )
                    or self.env._("no longer in stock"),
                )
                for lot, quants in left.get(one._origin, {}).items()
            ]
            one.left_text = "\n".join(sorted(lines)) or False

    def action_hold_left(self):
        """Put the lots that have left the unit into quarantine, where they are now.

        :raises UserError: the excursion is decided, or nothing is left to hold
        """
        self.ensure_one()
        self.check_access("write")
        # sudo: whoever may answer for it puts it away, as the unit's contents
        board = self.sudo()
        if board.state != "quarantined":
            raise UserError(
                self.env._("Lots are held while the excursion is in quarantine.")
            )
        site = board.shelf_id.warehouse_id
        left = board.env["stock.quant"].union(*board._left()[board].values())
        # the quarantine of another site is another list: there it is held by hand
        quants = left.filtered(lambda quant: quant.location_id.warehouse_id == site)
        if not quants:
            raise UserError(self.env._("No lot that left is at this site."))
        board._hold(quants)
        return done(
            self.env,
            self.env._(
                "Lots put into quarantine: %s.", ", ".join(quants.lot_id.mapped("name"))
            ),
        )

"""What a scanned box does while a shelf is filled from the pick list."""

from odoo import api, models
from odoo.exceptions import UserError

from ....engine.supply.codes import why_not


class SupplyCount(models.Model):
    _inherit = "medical.supply.count"

    @api.model
    def phone_fill_scan(self, count_id, code, scanned=None, product_id=False):
        """A box that is carried to the shelf: ticks its line of the pick list.

        :param scanned: {id of a move: {lot number or "": units}} scanned so far
        :param product_id: which item it is, where a code belongs to several
        :raises AccessError: the role carries nothing
        :raises UserError: there is no list to fetch any more
        :return: {status: line, move_id, lot, quantity: units of the lot so far,
            message}; {status: which, message, code, choices: [{id, name}]}; or
            {status: problem, message}
        """
        count = self.browse(count_id)
        count.check_access("write")
        # sudo: staff carry the boxes, whatever their rights
        picking = count.sudo().picking_id
        if count.state != "posted" or picking.state not in ("confirmed", "assigned"):
            raise UserError(self.env._("This list has been fetched already. Go back."))
        found, answer = self.env["product.product"]._scan(
            code, product_id, among=picking.move_ids.product_id
        )
        if answer:
            said = answer.pop("said")
            status = "which" if answer["choices"] else "problem"
            return {**answer, "status": status, "message": said}
        move = picking.move_ids.filtered(lambda one: one.product_id == found.product)
        move = move[:1]
        lot = found.lot if found.product.tracking != "none" else ""
        so_far = float(((scanned or {}).get(str(move.id)) or {}).get(lot) or 0.0)
        doubt = count._fill_doubt(move, found, lot, so_far)
        if doubt:
            return {"status": "problem", "message": doubt}
        quantity = so_far + found.units
        return {
            "status": "line",
            "move_id": move.id,
            "lot": lot,
            "quantity": quantity,
            "message": self.env._(
                "%(box)s: %(quantity)s of %(wanted)s",
                box=found.product._box_name(lot),
                quantity=f"{quantity:g}",
                wanted=f"{move._fill_wanted(lot):g}",
            ),
        }

    def _fill_doubt(self, move, found, lot, so_far):
        """Why a box does not go onto this shelf; "" if it does."""
        item = found.product
        if not move:
            return self.env._("%s is not on this list.", item.display_name)
        refused = item._scan_refused(self.company_id, found.lot, found.carton.expiry)
        if refused:
            return refused
        if found.units is None:
            return why_not(self.env, found.problem)
        lots = ", ".join(filter(None, move.move_line_ids.lot_id.mapped("name")))
        if lots and not lot:
            return self.env._(
                "%(item)s: the code does not say the lot. Take lot %(lots)s, and enter "
                "how many you carried.",
                item=item.display_name,
                lots=lots,
            )
        wanted = move._fill_wanted(lot)
        if not wanted:
            return self.env._(
                "%(box)s is not on this list: put it back, and take lot %(lots)s.",
                box=item._box_name(lot),
                lots=lots,
            )
        if so_far + found.units > wanted:
            return self.env._(
                "%(box)s: the list asks for %(wanted)s. Put the rest back.",
                box=item._box_name(lot),
                wanted=f"{wanted:g}",
            )
        return ""


class StockMove(models.Model):
    _inherit = "stock.move"

    def _fill_wanted(self, lot):
        """Units that the pick list has of a lot ("": the item has none)."""
        lines = self.move_line_ids.filtered(lambda one: (one.lot_id.name or "") == lot)
        return sum(lines.mapped("quantity"))

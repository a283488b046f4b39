"""What the phone asks while somebody counts a shelf."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.core.labels import labels_of


class SupplyCount(models.Model):
    _inherit = "medical.supply.count"

    @api.model
    def phone_rooms(self):
        """The rooms that have a shelf, those due first.

        :return: list of dicts: id, name, site, pars, state (of an open count, "fill"
            where a pick list waits, or ""), due (bool), last (text)
        """
        today = fields.Date.context_today(self)
        groups = self.env["stock.warehouse.orderpoint"]._read_group(
            [
                ("medical_is_room", "=", True),
                ("company_id", "in", self.env.companies.ids),
            ],
            ["location_id"],
            ["__count", "medical_counted_on:min"],
        )
        opened = {
            count.room_id: count
            for count in self.search(
                [("state", "in", ("draft", "counting", "recount", "review"))]
            )
        }
        waiting = self._phone_waiting().room_id
        rows = []
        for room, pars, last in groups:
            days = (
                room.medical_site_id._medical_workdays(last, today).between(last, today)
                if last
                else 0
            )
            due = room.medical_count_days and (
                not last or days >= room.medical_count_days
            )
            rows.append(
                {
                    "id": room.id,
                    "name": room.name,
                    "site": room.medical_site_id.name,
                    "pars": pars,
                    "state": opened[room].state
                    if room in opened
                    else "fill"
                    if room in waiting
                    else "",
                    "due": bool(due),
                    "last": format_date(self.env, last) if last else "",
                    "order": (
                        not (due or room in waiting),
                        room.medical_site_id.id,
                        room.medical_sequence,
                        room.id,
                    ),
                }
            )
        rows.sort(key=lambda row: row.pop("order"))
        return rows

    @api.model
    def _phone_waiting(self, rooms=None):
        """Posted counts, the latest first, whose pick list nobody fetched yet."""
        domain = [
            ("state", "=", "posted"),
            ("picking_id.state", "in", ("confirmed", "assigned")),
            ("company_id", "in", self.env.companies.ids),
        ]
        if rooms is not None:
            domain.append(("room_id", "in", rooms.ids))
        # sudo: staff carry the boxes, but may not read transfers; only whether one waits
        return self.sudo().search(domain).sudo(False)

    @api.model
    def phone_open(self, room_id, anew=False):
        """What is open in a room: its count, or the pick list of the last one; a new
        count is started where there is none, or where somebody wants it ``anew``."""
        self.check_access("write")
        room = self.env["stock.location"].browse(room_id).exists()
        if not room or not room.medical_room_type:
            raise UserError(self.env._("This room no longer exists. Go back."))
        count = self.search(
            [
                ("room_id", "=", room.id),
                ("state", "in", ("draft", "counting", "recount", "review")),
            ],
            limit=1,
        )
        if not count and not anew:
            count = self._phone_waiting(room)[:1]
        count = count or self.create({"room_id": room.id})
        if count.state == "draft":
            count.action_start()
        return self.phone_count(count.id)

    @api.model
    def phone_count(self, count_id):
        """Everything the screen shows of one count."""
        count = self.browse(count_id)
        count.check_access("read")
        lines = count.line_ids
        if count.state in ("recount", "review"):
            lines = lines.filtered("needs_recount")
        # sudo: whoever counts sees these figures, not the stock
        books = (
            {} if count.is_blind or count.state != "counting" else lines.sudo()._books()
        )
        now = fields.Datetime.now()
        states = labels_of(count, "state")
        return {
            "id": count.id,
            "room": count.room_id.name,
            "room_id": count.room_id.id,
            "site": count.site_id.name,
            "state": count.state,
            "state_label": states[count.state],
            "blind": count.is_blind,
            "mine": count.counted_by_id == self.env.user,
            "may_create": self.env.user.has_group("medical_office.core_group_manager"),
            "lines": [
                {
                    "id": line.id,
                    "shelf": line.shelf or "",
                    "name": line.product_id.name,
                    "code": line.product_id.default_code or "",
                    "barcode": line.product_id.barcode or "",
                    "unit": line.uom_id.name,
                    "tracked": line.product_id.tracking != "none",
                    "lot": line.lot_id.name or "",
                    "expires": format_date(self.env, line.expiration_date)
                    if line.expiration_date
                    else "",
                    "expired": bool(
                        line.expiration_date and line.expiration_date < now
                    ),
                    "par": line.par,
                    "book": books.get(line.id, False),
                    "value": line._phone_value(count.state),
                    "note": line.note or "",
                }
                for line in lines
            ],
            "fill": count._phone_fill(),
        }

    def _phone_fill(self):
        """The pick list after posting: what to fetch from the store, what is bought."""
        if self.state != "posted":
            return False
        # sudo: staff carry the boxes, whatever their rights
        picking = self.sudo().picking_id
        return {
            "open": picking.state in ("confirmed", "assigned"),
            "done": picking.state == "done",
            "from": picking.location_id.name or "",
            "moves": [
                {
                    "id": move.id,
                    "name": move.product_id.name,
                    "quantity": move.quantity,
                    "wanted": move.product_uom_qty,
                    "unit": move.product_uom.name,
                    "lots": ", ".join(
                        filter(None, move.move_line_ids.lot_id.mapped("name"))
                    ),
                }
                for move in picking.move_ids
            ],
            "buy": [
                {
                    "id": line.id,
                    "name": line.product_id.name,
                    "quantity": line.to_buy,
                    "unit": line.uom_id.name,
                }
                for line in self.line_ids
                if line.to_buy
            ],
        }

    @api.model
    def phone_enter(self, count_id, entries):
        """Take figures, each by itself: one bad entry never loses the others.

        :param entries: list of {line_id, quantity, sure}; the same entry twice is the
            same figure
        :return: {line_id: {status: ok | ask | refused, message}}
        """
        count = self.browse(count_id)
        count.check_access("write")
        lines = {line.id: line for line in count.line_ids}
        answers = {}
        for entry in entries if isinstance(entries, list) else []:
            if not isinstance(entry, dict) or not isinstance(entry.get("line_id"), int):
                continue
            line = lines.get(entry["line_id"], count.line_ids.browse())
            answers[str(entry["line_id"])] = line._phone_enter(
                entry.get("quantity"), bool(entry.get("sure"))
            )
        return answers

    @api.model
    def phone_lot(self, count_id, line_id, name, expires=False):
        """Name a lot that the books do not know on this shelf.

        :param expires: last usable day as printed (ISO date), or False
        """
        count = self.browse(count_id)
        count.check_access("write")
        line = count.line_ids.filtered(lambda one: one.id == line_id)
        name = str(name or "").strip()
        if not line or count.state != "counting" or not name:
            raise UserError(self.env._("Enter the lot number printed on the box."))
        if line.product_id.tracking == "none":
            raise UserError(
                self.env._("%s is counted without lots.", line.product_id.name)
            )
        try:
            expires = fields.Date.to_date(expires or False)
        except ValueError:
            raise UserError(
                self.env._("%s is not a date: enter the one on the box.", expires)
            ) from None
        # sudo: whoever holds the box names its lot, and may not keep the lots
        line.sudo()._pen()._name_lot(name, expires)
        return self.phone_count(count.id)

    @api.model
    def phone_submit(self, count_id):
        """Hand the count in; answers what the screen shows next."""
        self.browse(count_id).action_submit()
        return self.phone_count(count_id)


class SupplyCountLine(models.Model):
    _inherit = "medical.supply.count.line"

    def _phone_value(self, state):
        """The figure to show: False where nothing was entered yet."""
        if state in ("recount", "review"):
            return self.recounted if self.is_recounted else False
        return self.counted if self.is_counted else False

    def _phone_enter(self, quantity, sure):
        if not self:
            text = self.env._("This line no longer exists. Reload the page.")
            return {"status": "refused", "message": text}
        try:
            self._check_quantity(quantity)
            quantity = float(quantity)
            if not sure and self._is_absurd(quantity):
                text = self.env._(
                    "%(quantity)s of %(item)s is far more than usual. Is that right?",
                    quantity=f"{quantity:g}",
                    item=self.product_id.name,
                )
                return {"status": "ask", "message": text}
            field = "recounted" if self.state == "recount" else "counted"
            with self.env.cr.savepoint():
                self.write({field: quantity})
        except UserError as error:
            return {"status": "refused", "message": str(error)}
        return {"status": "ok", "message": ""}

"""What a scanned box does while a kit is filled."""

from odoo import models

from ....engine.supply.codes import why_not


class SupplyKit(models.Model):
    _inherit = "medical.supply.kit"

    def scan_carton(self, code, product_id=False):
        """A box that goes into the kit: its line gets lot, date and quantity.

        :param product_id: which item it is, where a code belongs to several
        :raises AccessError: no role of the practice, or another company's kit
        :return: {said: a sentence, refused: whether the box must be set aside}, and the
            choices where a code belongs to several items
        """
        self.ensure_one()
        self.env["medical.core.guard"]._check_caller("core_group_staff")
        self.check_access("write")
        if self.state != "open":
            return {"said": self._locked_message("line_ids"), "refused": True}
        scanned, answer = self.env["product.product"]._scan(
            code, product_id, among=self.line_ids.product_id
        )
        if answer:
            return answer
        refused = self._scan_doubt(scanned)
        if refused:
            return {"said": refused, "refused": True}
        line = self._scan_line(scanned)
        said = self.env._(
            "%(quantity)s × %(box)s",
            quantity=f"{line.quantity:g}",
            box=scanned.product._box_name(line.lot_name),
        )
        return {"said": said, "refused": False}

    def _scan_doubt(self, scanned):
        """Why a box does not go into the kit; "" if it does."""
        item = scanned.product
        if not item.medical_kind:
            return self.env._("%s is not in the supply catalog.", item.display_name)
        if scanned.units is None:
            return why_not(self.env, scanned.problem)
        return item._scan_refused(
            self.company_id, scanned.lot or "", scanned.carton.expiry
        )

    def _scan_line(self, scanned):
        """The line of a box, with what it adds; what was listed without a lot is ticked
        off first. A box with neither lot nor date tells nothing from another one: its
        line stays as it was listed."""
        item, lot, units = scanned.product, scanned.lot or False, scanned.units
        expiry = scanned.carton.expiry or item._lot_day(self.company_id, lot) or False
        own = self.line_ids.filtered(lambda line: line.product_id.id == item.id)
        if own and not lot and not expiry:
            return own[0]
        # a listed line is one that nobody has put a box to
        listed = own.filtered(lambda line: not line.lot_name and not line.expires_on)
        line = own.filtered(
            lambda line: (line.lot_name or False, line.expires_on) == (lot, expiry)
        )[:1]
        if line and line not in listed:
            line.quantity += units
            listed._tick_off(units)
            return line
        values = {"lot_name": lot, "expires_on": expiry, "quantity": units}
        if listed and listed[0].quantity <= units:
            listed[0].write(values)
            return listed[0]
        listed[:1]._tick_off(units)
        return own.create({"kit_id": self.id, "product_id": item.id, **values})


class SupplyKitLine(models.Model):
    _inherit = "medical.supply.kit.line"

    def _tick_off(self, units):
        """So many of what is listed are in the kit now, on a line with their lot."""
        for line in self:
            part = min(units, line.quantity)
            units -= part
            if part == line.quantity:
                line.unlink()
            elif part:
                line.quantity -= part

"""What a scanned code does on the phone while somebody counts a shelf."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ....engine.supply.codes import item_of, why_not
from ....tools.plaintext import storable


class SupplyCount(models.Model):
    _inherit = "medical.supply.count"

    @api.model
    def phone_scan(self, count_id, code, product_id=False):
        """Find what was scanned; an item that is not on the sheet gets a line.

        :param product_id: which item it is, where a code belongs to several
        :return: {status: line, line_id, units, message}; {status: which, message, code,
            choices: [{id, name}]}; {status: problem, message}; or {status: unknown,
            code, may_create}
        """
        count = self.browse(count_id)
        count.check_access("write")
        code = storable(code)
        today = fields.Date.context_today(self)
        # sudo: an item is known by its codes, whatever the role may read of vendors
        scanned = item_of(self.env(su=True), code, today)
        product = scanned.product
        if product_id and product_id in scanned.choices.ids:
            product = scanned.choices.browse(product_id)
        if not product and scanned.choices:
            return {
                "status": "which",
                "code": code,
                "message": why_not(self.env, scanned.problem),
                "choices": [
                    {"id": item.id, "name": item.display_name}
                    for item in scanned.choices
                ],
            }
        if not product:
            return count._scan_unknown(scanned, code)
        units = scanned.units or (1 if product_id else None)
        if units is None:
            return {"status": "problem", "message": why_not(self.env, scanned.problem)}
        carton = scanned.carton
        scanned_item = product.with_env(self.env)
        line = count._scan_line(scanned_item, scanned.lot, carton.expiry)
        return {
            "status": "line",
            "line_id": line.id,
            "units": units,
            # it lies on the shelf and is counted; that it must not be used is said
            "message": scanned_item._scan_refused(
                count.company_id, scanned.lot or "", carton.expiry
            )
            or line._scan_doubt(carton.expiry),
        }

    @api.model
    def _scan_unknown(self, scanned, code):
        """A code that was read and is nobody's may become an item's; one that could not
        be read says why."""
        carton = scanned.carton
        bare = code.strip()
        if not carton.item and (carton.standard != "unknown" or not bare):
            return {"status": "problem", "message": why_not(self.env, scanned.problem)}
        manager = self.env.user.has_group("medical_office.core_group_manager")
        return {
            "status": "unknown",
            # the item's own number, not what else the carton says
            "code": carton.item or bare,
            "may_create": manager,
        }

    def _scan_line(self, product, lot, expires):
        """The line of an item (and lot); there is one afterwards.

        :param lot: lot number as the carton says it, or ""
        :param expires: last usable day, or None
        """
        lines = self.line_ids.filtered(lambda line: line.product_id == product)
        if product.tracking == "none":
            lot = ""
        known = lines.filtered(lambda line: not lot or line.lot_id.name == lot)
        if known:
            return known[0]
        if self.state != "counting":
            raise UserError(
                self.env._("%(item)s is not on this list.", item=product.display_name)
            )
        # sudo: a line for what is there, though the sheet did not expect it
        board = self.line_ids.sudo()._pen()
        if not lines:
            lines = board.create(
                {"count_id": self.id, "product_id": product.id, "sequence": 9000}
            )
        if not lot:
            return lines[0].sudo(False)
        free = lines.filtered(lambda line: not line.lot_id and not line.is_counted)
        # sudo: as above
        line = (free or lines)[0].sudo()._pen()._name_lot(lot, expires)
        return self.line_ids.browse(line.id)


class SupplyCountLine(models.Model):
    _inherit = "medical.supply.count.line"

    def _scan_doubt(self, expires):
        """A sentence where the carton's last usable day is not the one in the books."""
        known = self.lot_id.expiration_date
        if not expires or not known:
            return ""
        day = self.company_id._medical_day(known)
        if day == expires:
            return ""
        return self.env._(
            "Lot %(lot)s: the carton says %(carton)s, the books say %(books)s. Tell the "
            "office manager.",
            lot=self.lot_id.name,
            carton=format_date(self.env, expires),
            books=format_date(self.env, day),
        )

    def _name_lot(self, name, expires):
        """Give the line its lot, or add a line for another lot of the item.

        :param expires: last usable day, or None
        :return: the line of that lot
        """
        lots = self.env["stock.lot"]
        lot = lots.search(
            [
                ("name", "=", name),
                ("product_id", "=", self.product_id.id),
                ("company_id", "in", [False, self.company_id.id]),
            ],
            limit=1,
        )
        if not lot:
            lot = lots.create(
                {
                    "name": name,
                    "product_id": self.product_id.id,
                    "company_id": self.company_id.id,
                    # where no day is printed none is made up
                    "expiration_date": self.company_id._medical_last_moment(expires),
                }
            )
        if lot in self.count_id.line_ids.lot_id:
            raise UserError(
                self.env._("Lot %(lot)s is already on the sheet.", lot=lot.name)
            )
        if self.lot_id or self.is_counted:
            values = {
                name: self._fields[name].convert_to_write(self[name], self)
                for name in ("count_id", "sequence", "shelf", "product_id",
                             "orderpoint_id", "par")
            }  # fmt: skip
            return self.create({**values, "lot_id": lot.id})
        self.lot_id = lot
        return self

"""What a scanned carton is, and why it must not be put to use: one answer for the door,
the shelf, a request and a kit."""

from odoo import api, fields, models
from odoo.tools import format_date

from ....engine.supply.codes import chosen, item_of, why_not
from ....tools.plaintext import storable


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model
    def _scan(self, code, product_id=False, among=None):
        """The item of a scanned code.

        :param product_id: which item it is, where a code belongs to several
        :param among: the items that are expected here: one of them alone among the
            choices is the one
        :return: (engine's Scanned, None), or (Scanned, {said, refused, code, choices:
            [{id, name}]}) where the item is not known, or somebody has to say which
        """
        code = storable(code)
        today = fields.Date.context_today(self)
        # sudo: an item is known by its codes, whatever the role may read of vendors
        scanned = item_of(self.env(su=True), code, today)
        if among is not None and len(scanned.choices & among) == 1:
            product_id = (scanned.choices & among).id
        scanned = chosen(scanned, product_id)
        if scanned.product:
            return scanned, None
        choices = [
            {"id": item.id, "name": item.display_name} for item in scanned.choices
        ]
        said = why_not(self.env, scanned.problem)
        return scanned, {
            "said": said, "refused": True, "code": code, "choices": choices,
        }  # fmt: skip

    def _scan_refused(self, company, lot, expiry):
        """Why a box of this item must not be used: it has expired, or its lot is
        recalled; "" if nothing speaks against it.

        :param lot: lot number or ""
        :param expiry: last usable day as the box says it, or None: the books are asked
        """
        self.ensure_one()
        day = expiry or self._lot_day(company, lot)
        if day and day < fields.Date.context_today(self):
            return self.env._(
                "%(box)s expired on %(day)s: set it aside and tell the office manager.",
                box=self._box_name(lot),
                day=format_date(self.env, day),
            )
        if self.env["medical.supply.recall"]._naming(company, [(self, lot)]):
            return self.env._("%s is recalled: set it aside.", self._box_name(lot))
        return ""

    def _box_name(self, lot):
        if not lot:
            return self.display_name
        return self.env._("%(item)s, lot %(lot)s", item=self.display_name, lot=lot)

    def _lot_of(self, company, name):
        """The lot of that number, if the books know it."""
        name = (name or "").strip()
        if not name:
            return self.env["stock.lot"]
        return self.env["stock.lot"].search(
            [
                ("name", "=", name),
                ("product_id", "=", self.id),
                ("company_id", "in", [False, company.id]),
            ],
            limit=1,
        )

    def _lot_day(self, company, name):
        """The last usable day of a lot as the books have it; None if they do not."""
        moment = self._lot_of(company, name).expiration_date
        return company._medical_day(moment) if moment else None

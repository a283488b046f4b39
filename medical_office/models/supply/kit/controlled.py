"""A kit with controlled items: two people seal it, and what is gone from it is accounted
for in the controlled item log."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ....tools.supply.lot.number import lot_key
from ..controlled.log import BY_HAND

ALL = 1e9  # more than any kit holds
# entries by which a box leaves a place, or two people say what is there
ACCOUNTS = ("used", "wasted", "returned", "moved_out", "counted", "corrected")


class SupplyKit(models.Model):
    _inherit = "medical.supply.kit"

    @api.depends("line_ids.product_id.medical_kind")
    def _compute_has_controlled(self):
        for kit in self:
            kinds = kit.line_ids.product_id.mapped("medical_kind")
            kit.has_controlled = "controlled" in kinds

    def _before_open(self):
        """Keep what was inside when the seal is broken: until it is sealed again, what is
        gone has to be told."""
        now = fields.Datetime.now()
        for kit in self.filtered(lambda kit: kit.state == "sealed"):
            inside = kit._controlled_inside()
            kit._pen().write({"opened_at": now, "opened_with": inside or False})

    def _after_sealed(self):
        self._pen().write({"opened_at": False, "opened_with": False})

    def _controlled_inside(self):
        """{"item/lot": [units, lot as it is typed]} of the controlled items listed."""
        self.ensure_one()
        inside = {}
        for line in self.line_ids:
            if line.product_id.medical_kind == "controlled":
                key = _key(line.product_id.id, line.lot_name)
                before = inside.get(key, (0.0,))[0]
                inside[key] = [before + line.quantity, line.lot_name or "-"]
        return inside

    @api.constrains("active")
    def _check_archived(self):
        self.filtered(lambda kit: not kit.active)._check_accounted()

    def _check_accounted(self):
        """:raises UserError: a controlled item is gone that the log knows nothing of"""
        for kit in self.filtered("opened_with"):
            inside = kit._controlled_inside()
            gone = {
                key: units - inside.get(key, (0.0,))[0]
                for key, (units, _lot) in kit.opened_with.items()
            }
            told = kit._told_since(gone)
            for key, units in gone.items():
                left = units - told.get(key, 0.0)
                if float_compare(left, 0.0, precision_digits=2) > 0:
                    item = int(key.split("/")[0])
                    raise UserError(
                        self.env._(
                            "%(kit)s: %(units)s of %(item)s, lot %(lot)s are gone since "
                            "the seal was broken, and the controlled item log does not "
                            "tell where to. Enter there what was used, wasted or "
                            "counted; then seal it.",
                            kit=kit.name,
                            units=f"{left:g}",
                            # sudo: the name of what the kit held
                            item=self.env["product.product"].sudo().browse(item).name,
                            lot=kit.opened_with[key][1],
                        )
                    )

    def _told_since(self, gone):
        """{"item/lot": units} that the log says left since the seal was broken; a count of
        the lot by two people tells all of it."""
        self.ensure_one()
        # sudo: whether the log tells of it, whoever seals the kit
        entries = (
            self.env["medical.supply.controlled.log"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.company_id.id),
                    ("at", ">=", self.opened_at),
                    ("product_id", "in", [int(key.split("/")[0]) for key in gone]),
                    ("kind", "in", ACCOUNTS),
                ]
            )
        )
        told = {}
        for entry in entries:
            key = _key(entry.product_id.id, entry.lot_id.name)
            if entry.kind == "counted":
                units = ALL if entry.state == "final" else 0.0
            elif entry.kind in BY_HAND:
                units = entry.quantity  # of a wastage, before its witness signs, too
            else:
                units = max(-entry.change, 0.0)
            told[key] = told.get(key, 0.0) + units
        return told


def _key(product_id, lot):
    return f"{product_id}/{lot_key(lot)}"

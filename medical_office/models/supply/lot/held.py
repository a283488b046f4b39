"""Lots that an excursion or a recall holds do not leave quarantine for a shelf."""

from odoo import models
from odoo.exceptions import UserError

# states in which an excursion, a recall holds its lots
OPEN = ("quarantined", "signed")


class StockMove(models.Model):
    _inherit = "stock.move"

    def _medical_check_held(self):
        """Two people release a lot that was out of range; a recall is closed first. A
        transfer of one person goes round neither.

        :raises UserError: naming item, lot, what holds it and the remedy
        """
        if self._holds_pen():
            return  # the release itself, which asked everything
        quarantines = self.env["stock.quant"]._medical_quarantines()
        lines = self.move_line_ids.filtered(
            lambda line: (
                line.quantity
                and (line.picked or line.move_id.picked)
                and line.location_id in quarantines
                and line.location_dest_id not in quarantines
                and line.location_dest_id.usage in ("internal", "transit")
            )
        )
        if not lines:
            return
        held = lines._medical_holders()
        for line in lines:
            holder = held.get((line.product_id, line.lot_id))
            if holder:
                raise UserError(
                    self.env._(
                        "%(item)s, lot %(lot)s stays in quarantine: %(what)s “%(name)s” "
                        "holds it. Two people release what was out of range, a recall "
                        "is closed first. It can be returned to the vendor or written "
                        "off.",
                        item=line.product_id.display_name,
                        lot=line.lot_id.name or "-",
                        what=holder._description,
                        name=holder.display_name,
                    )
                )


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _medical_holders(self):
        """{(item, lot): the excursion or recall that holds it now}"""
        found = {}
        for model, parent in (
            ("medical.supply.recall.line", "recall_id"),
            ("medical.supply.excursion.line", "excursion_id"),
        ):
            # sudo: whether a lot is held concerns whoever moves it
            rows = (
                self.env[model]
                .sudo()
                .search(
                    [
                        ("product_id", "in", self.product_id.ids),
                        ("lot_id", "in", [*self.lot_id.ids, False]),
                        (f"{parent}.state", "in", OPEN),
                        ("company_id", "in", self.company_id.ids),
                    ]
                )
            )
            for row in rows:
                key = row.product_id.sudo(False), row.lot_id.sudo(False)
                found.setdefault(key, row[parent])
        return found

"""The expiry list of a room: what has expired, what does within 30, 60 and 90 days."""

from odoo import fields, models
from odoo.fields import Domain

from ...tools.core.sheet import GROUP, Column, Sheet
from ...tools.supply.lot.expiry import EXPIRED, WINDOWS, window


class SupplyExpiryReport(models.AbstractModel):
    _name = "report.medical_office.supply_expiry"
    _inherit = "medical.core.report"
    _description = "Expiration List"

    def _sheets(self, docs, data):
        """A sheet per room, the lots that end first on top."""
        rooms = docs.filtered("medical_room_type").sorted(
            lambda room: (room.medical_site_id.id, room.medical_sequence, room.id)
        )
        quants = self.env["stock.quant"]
        by_room = quants.search(
            quants._medical_near_end(WINDOWS[-1])
            & Domain("location_id", "in", rooms.ids),
            order="expiration_date, id",
        ).grouped("location_id")
        return [self._sheet(room, by_room.get(room, quants)) for room in rooms]

    def _sheet(self, room, lots):
        _ = self.env._
        rows = []
        for title, within in lots.grouped(self._window).items():
            rows.append({GROUP: title})
            rows += [self._row(quant) for quant in within]
        return Sheet(
            # the room first: a tab has no place for a long site name before it
            name=f"{room.name} · {room.medical_site_id.name}",
            columns=[
                Column("item", _("Item"), width=34),
                Column("code", _("Code"), width=10),
                Column("lot", _("Lot"), width=14),
                Column("expires", _("Expires"), "day"),
                Column("days", _("Days left"), "whole"),
                Column("quantity", _("Quantity"), "number"),
                Column("unit", _("Unit"), width=8),
                Column("worth", _("Value"), "money", total=True),
            ],
            rows=rows,
            empty=_("Nothing in this room expires within %s days.", WINDOWS[-1]),
        )

    def _last_day(self, quant):
        return self._local(quant.expiration_date).date()

    def _window(self, quant):
        """The heading a lot stands under."""
        today = fields.Date.context_today(self)
        found = window(self._last_day(quant), today)
        if found == EXPIRED:
            return self.env._("Expired")
        return self.env._("Within %s days", found)

    def _row(self, quant):
        last = self._last_day(quant)
        return {
            "item": quant.product_id.name,
            "code": quant.product_id.default_code,
            "lot": quant.lot_id.name,
            "expires": last,
            "days": (last - fields.Date.context_today(self)).days,
            "quantity": quant.quantity,
            "unit": quant.product_uom_id.name,
            "worth": quant.medical_cost_value,
        }


class SupplyExpiryXlsx(models.AbstractModel):
    _name = "report.medical_office.supply_expiry_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Expiration List as a Spreadsheet"
    _source = "report.medical_office.supply_expiry"

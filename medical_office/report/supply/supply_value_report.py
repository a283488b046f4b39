"""Stock value on paper: by room, by room and category, with what expires soon."""

from collections import defaultdict
from decimal import Decimal

from odoo import fields, models

from ...engine.core.labels import labels_of
from ...tools.core.sheet import GROUP, Column, Sheet
from ...tools.supply.figures.trend import share
from ...tools.supply.quantity import ZERO, exact


class SupplyValueReport(models.AbstractModel):
    _name = "report.medical_office.supply_value"
    _inherit = "medical.core.report"
    _description = "Stock Value by Room, Printed"

    def _title(self, docs, data):
        return self.env._("Stock value by room")

    def _period(self, docs, data):
        today = self._as_text(fields.Date.context_today(self), "day", None)
        return " · ".join(filter(None, [today, docs[:1]._places_text()]))

    def _currency(self, docs, data):
        return docs[:1].company_id.currency_id

    def _sheets(self, docs, data):
        """Room by room, room by category, and each category."""
        values = self.env["medical.supply.value"]
        domain = docs[:1]._place_domain()
        rooms = values._read_group(
            domain,
            ["site_id", "room_id"],
            [
                "product_id:count_distinct",
                "lot_id:count_distinct",
                "value:sum",
                "soon_value:sum",
            ],
            order="site_id, value:sum desc",
        )
        kinds = values._read_group(
            domain, ["room_id", "medical_kind"], ["value:sum", "soon_value:sum"]
        )
        items = dict(
            values._read_group(domain, ["medical_kind"], ["product_id:count_distinct"])
        )
        return [
            self._by_room(rooms),
            self._matrix(rooms, kinds),
            self._by_kind(kinds, items),
        ]

    def _by_room(self, rooms):
        _ = self.env._
        total = sum((exact(row[4]) for row in rooms), ZERO)
        rows, site = [], None
        for place, room, items, lots, value, soon in rooms:
            if place != site:
                site = place
                rows.append({GROUP: site.name or _("No site")})
            rows.append(
                {
                    "room": room.name,
                    "department": room.medical_department_id.name,
                    "items": items,
                    "lots": lots,
                    "value": exact(value),
                    "share": share(exact(value), total),
                    "soon": exact(soon),
                    "soon_share": share(exact(soon), exact(value)),
                }
            )
        return Sheet(
            name=_("By room"),
            columns=[
                Column("room", _("Room"), width=28),
                Column("department", _("Department"), width=18),
                Column("items", _("Items"), "whole"),
                Column("lots", _("Lots"), "whole"),
                Column("value", _("Value"), "money", total=True),
                Column("share", _("Share of Total"), "percent"),
                Column("soon", _("Expired or within 90 days"), "money", 16, total=True),
                Column(
                    "soon_share",
                    _("Share of Room"),
                    "percent",
                    of_totals=self._soon_share,
                ),
            ],
            rows=rows,
            note=_("Quantity at inventory cost."),
            empty=_("No stock in these locations."),
        )

    def _soon_share(self, row):
        return share(row["soon"], row["value"])

    def _matrix(self, rooms, kinds):
        _ = self.env._
        labels = self._labels(kinds)
        cells = defaultdict(dict)
        for room, kind, value, _soon in kinds:
            cells[room][kind] = exact(value)
        rows = [
            {
                "room": f"{place.name or '-'}: {room.name}",
                **cells[room],
                "total": sum(cells[room].values(), ZERO),
            }
            for place, room, *_rest in rooms
        ]
        return Sheet(
            name=_("By room and category"),
            columns=[
                Column("room", _("Room"), width=30),
                *(
                    Column(kind, label, "money", total=True)
                    for kind, label in labels.items()
                ),
                Column("total", _("Total"), "money", total=True),
            ],
            rows=rows,
        )

    def _labels(self, kinds):
        """The categories that have stock, in the order of the catalog."""
        there = {kind for _room, kind, _value, _soon in kinds}
        labels = labels_of(self.env["medical.supply.value"], "medical_kind")
        return {kind: label for kind, label in labels.items() if kind in there}

    def _by_kind(self, kinds, items):
        _ = self.env._
        value, soon = defaultdict(Decimal), defaultdict(Decimal)
        for _room, kind, worth, expiring in kinds:
            value[kind] += exact(worth)
            soon[kind] += exact(expiring)
        total = sum(value.values(), ZERO)
        return Sheet(
            name=_("By category"),
            columns=[
                Column("kind", _("Category"), width=28),
                Column("items", _("Items"), "whole", total=True),
                Column("value", _("Value"), "money", total=True),
                Column("share", _("Share of Total"), "percent"),
                Column("soon", _("Expired or within 90 days"), "money", 16, total=True),
                Column(
                    "soon_share",
                    _("Share of Category"),
                    "percent",
                    of_totals=self._soon_share,
                ),
            ],
            rows=[
                {
                    "kind": label,
                    "items": items.get(kind),
                    "value": value[kind],
                    "share": share(value[kind], total),
                    "soon": soon[kind],
                    "soon_share": share(soon[kind], value[kind]),
                }
                for kind, label in self._labels(kinds).items()
            ],
        )


class SupplyValueXlsx(models.AbstractModel):
    _name = "report.medical_office.supply_value_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Stock Value by Room as a Spreadsheet"
    _source = "report.medical_office.supply_value"

"""Waste by cause: how much money and which quantities, where, when and of what."""

from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...engine.core.labels import labels_of
from ...engine.core.months import month_name
from ...tools.core.sheet import Column, Sheet
from ...tools.supply.figures.trend import WASTE, rest_of, share
from ...tools.supply.quantity import ZERO, exact

SHOWN = (*WASTE, "sample")
PRINTED = 60  # rows by item on paper; the spreadsheet has all of them


class SupplyWasteReport(models.AbstractModel):
    _name = "report.medical_office.supply_waste"
    _inherit = "medical.core.report"
    _description = "Waste by Cause, Printed"

    def _title(self, docs, data):
        return self.env._("Waste by cause")

    def _period(self, docs, data):
        span = self.env._(
            "%(low)s to %(high)s",
            low=format_date(self.env, docs[:1].date_from),
            high=format_date(self.env, docs[:1].date_to),
        )
        return " · ".join(filter(None, [span, docs[:1]._places_text()]))

    def _currency(self, docs, data):
        return docs[:1].company_id.currency_id

    def _sheets(self, docs, data):
        """By cause, then money by month, department and room, then item by item."""
        wizard = docs[:1]
        use = self.env["medical.supply.use"]
        everything = wizard._use_domain(wizard.date_from, wizard.date_to)
        domain = everything & Domain("cause", "in", SHOWN)
        causes = use._read_group(
            domain, ["cause"], ["__count", "product_id:count_distinct", "value:sum"]
        )
        used = dict(use._read_group(everything, ["department_id"], ["used_value:sum"]))
        _ = self.env._
        return [
            self._by_cause(causes, sum((exact(v or 0) for v in used.values()), ZERO)),
            self._matrix(
                _("By month"), _("Month"), domain, "day:month",
                lambda month: month_name(self.env, month),
            ),
            self._matrix(
                _("By department"), _("Department"), domain, "department_id",
                lambda one: one.name or _("No department"), used,
            ),
            self._matrix(
                _("By room"), _("Room"), domain, "room_id",
                lambda room: f"{room.warehouse_id.name or '-'}: {room.name}",
            ),
            self._by_item(domain),
        ]  # fmt: skip

    def _labels(self):
        labels = labels_of(self.env["medical.supply.use"], "cause")
        return {cause: labels[cause] for cause in SHOWN}

    def _by_cause(self, causes, used):
        _ = self.env._
        by_cause = {cause: rest for cause, *rest in causes}
        waste = sum(
            (exact(by_cause[cause][2]) for cause in WASTE if cause in by_cause), ZERO
        )
        rows = []
        for cause, label in self._labels().items():
            count, items, value = by_cause.get(cause, (0, 0, 0))
            rows.append(
                {
                    "cause": label,
                    "count": count,
                    "items": items,
                    "waste": exact(value) if cause in WASTE else None,
                    "share": share(exact(value), waste) if cause in WASTE else None,
                    "sample": None if cause in WASTE else exact(value),
                }
            )
        percent = share(waste, used + waste)
        return Sheet(
            name=_("By cause"),
            columns=[
                Column("cause", _("Cause"), width=24),
                Column("count", _("Entries"), "whole", total=True),
                Column("items", _("Items"), "whole"),
                Column("waste", _("Waste"), "money", total=True),
                Column("share", _("Share of Waste"), "percent"),
                Column("sample", _("Samples given"), "money", total=True),
            ],
            rows=rows,
            note=_(
                "Of all supplies that left the shelves, %(percent)s was waste. "
                "Samples given count as use and are shown separately.",
                percent=self._as_text(percent, "percent", None) or "-",
            ),
        )

    def _matrix(self, name, title, domain, key, label, used=None):
        """Money by any key and cause; the keys that waste most first, months in order."""
        _ = self.env._
        cells = defaultdict(lambda: defaultdict(Decimal))
        for one, cause, value in self.env["medical.supply.use"]._read_group(
            domain, [key, "cause"], ["value:sum"]
        ):
            cells[one][cause] += exact(value)
        labels = self._labels()
        rows = []
        for one, by_cause in cells.items():
            waste = sum((by_cause.get(cause, ZERO) for cause in WASTE), ZERO)
            row = {"key": label(one), **by_cause, "waste": waste}
            if used is not None:
                left = exact(used.get(one) or 0) + waste
                row["of_use"] = share(waste, left)
            rows.append(row)
        if key != "day:month":
            rows.sort(key=lambda row: -row["waste"])
        columns = [
            Column("key", title, width=28),
            *(Column(c, labels[c], "money", total=True) for c in WASTE),
            Column("waste", _("Waste"), "money", total=True),
        ]
        if used is not None:
            columns.append(Column("of_use", _("Share of What Left"), "percent"))
        columns.append(Column("sample", labels["sample"], "money", total=True))
        return Sheet(
            name=name,
            columns=columns,
            rows=rows,
            empty=_("Nothing was wasted in this period."),
        )

    def _by_item(self, domain):
        _ = self.env._
        labels = self._labels()
        groups = self.env["medical.supply.use"]._read_group(
            domain,
            ["product_id", "cause"],
            ["quantity:sum", "value:sum"],
            order="value:sum desc",
        )
        rows = [
            {
                "item": item.name,
                "code": item.default_code,
                "cause": labels[cause],
                "quantity": exact(quantity),
                "unit": item.uom_id.name,
                "value": exact(value),
            }
            for item, cause, quantity, value in groups
        ]
        rest = {}
        if not self.env.context.get("medical_all_rows"):
            rest = rest_of(rows, PRINTED, ["value"])
        if rest:
            left = _("More in the spreadsheet: %s", len(rows) - PRINTED)
            rows = [*rows[:PRINTED], {"item": left, **rest}]
        return Sheet(
            name=_("By item"),
            columns=[
                Column("item", _("Item"), width=36),
                Column("code", _("Code"), width=10),
                Column("cause", _("Cause"), width=14),
                Column("quantity", _("Quantity"), "number"),
                Column("unit", _("Unit"), width=8),
                Column("value", _("Value"), "money", total=True),
            ],
            rows=rows,
            note=_("Most expensive first, including samples given."),
            empty=_("Nothing was wasted in this period."),
        )


class SupplyWasteXlsx(models.AbstractModel):
    _name = "report.medical_office.supply_waste_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Waste by Cause as a Spreadsheet"
    _source = "report.medical_office.supply_waste"

    def generate_xlsx_report(self, workbook, data, objs):
        """Every item, however many."""
        twin = self.with_context(medical_all_rows=True)
        return super(SupplyWasteXlsx, twin).generate_xlsx_report(workbook, data, objs)

"""Use month by month over a year, against the year before, and what moved most."""

from collections import defaultdict
from decimal import Decimal

from odoo import models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from ...engine.core.labels import labels_of
from ...engine.core.months import month_name
from ...tools.core.sheet import GROUP, Column, Sheet
from ...tools.supply.figures.trend import (
    USED,
    Mover,
    change,
    month_of,
    months_until,
    movers,
    rest_of,
    shifted,
)
from ...tools.supply.quantity import ZERO, exact

PRINTED = 60  # items on paper; the spreadsheet has all of them


class SupplyUsageReport(models.AbstractModel):
    _name = "report.medical_office.supply_usage"
    _inherit = "medical.core.report"
    _description = "Usage Trend, Printed"

    def _title(self, docs, data):
        return self.env._("Usage trend")

    def _months(self, docs):
        return months_until(docs[:1].date_to)

    def _period(self, docs, data):
        months = self._months(docs)
        span = self.env._(
            "%(low)s to %(high)s",
            low=month_name(self.env, months[0]),
            high=month_name(self.env, months[-1]),
        )
        return " · ".join(filter(None, [span, docs[:1]._places_text()]))

    def _currency(self, docs, data):
        return docs[:1].company_id.currency_id

    def _sheets(self, docs, data):
        """Top movers; categories and rooms in dollars; items in units."""
        months = self._months(docs)
        domain = docs[:1]._use_domain(
            shifted(months[0], -12), docs[:1].date_to
        ) & Domain("cause", "in", USED)
        use = self.env["medical.supply.use"]
        items = use._read_group(
            domain, ["product_id", "day:month"], ["quantity:sum", "value:sum"]
        )
        rooms = use._read_group(domain, ["room_id", "day:month"], ["value:sum"])
        money = self._by_key((item, month, value) for item, month, _q, value in items)
        units = self._by_key((item, month, qty) for item, month, qty, _v in items)
        by_kind = self._by_key(
            (item.medical_kind, month, value) for item, month, _q, value in items
        )
        kinds = labels_of(use, "medical_kind")
        _ = self.env._
        note = _(
            "Months in whole dollars. “Year before”: the twelve months before these."
        )
        return [
            self._movers(months, money),
            self._monthly(
                _("By category"), _("Category"), months, by_kind, kinds.get, note,
            ),
            self._monthly(
                _("By room"), _("Room"), months, self._by_key(rooms),
                lambda room: f"{room.warehouse_id.name or '-'}: {room.name}", note,
            ),
            self._items(months, units, money),
        ]  # fmt: skip

    @staticmethod
    def _by_key(rows):
        """{key: {month: sum}} of (key, day, amount)."""
        result = defaultdict(lambda: defaultdict(Decimal))
        for key, day, amount in rows:
            result[key][month_of(day)] += exact(amount or 0)
        return result

    def _sums(self, months, by_month):
        """The year's sum and the sum of the year before."""
        now = sum((by_month.get(month, ZERO) for month in months), ZERO)
        return now, sum(by_month.values(), ZERO) - now

    def _movers(self, months, items):
        _ = self.env._
        rose, fell = movers(
            Mover(item.id, *self._sums(months, by_month))
            for item, by_month in items.items()
        )
        names = {item.id: item for item in items}
        rows = []
        for title, found in (
            (_("Largest increase"), rose),
            (_("Largest decrease"), fell),
        ):
            if found:
                rows.append({GROUP: title})
            rows += [
                {
                    "item": names[one.key].name,
                    "code": names[one.key].default_code,
                    "now": one.now,
                    "before": one.before,
                    "difference": one.difference,
                    "change": change(one.now, one.before),
                }
                for one in found
            ]
        return Sheet(
            name=_("Largest changes"),
            columns=[
                Column("item", _("Item"), width=36),
                Column("code", _("Code"), width=10),
                Column("now", _("Twelve months"), "money"),
                Column("before", _("Year before"), "money"),
                Column("difference", _("Difference"), "money"),
                Column("change", _("Change"), "percent"),
            ],
            rows=rows,
            empty=_("Nothing was used in these locations in two years."),
        )

    def _month_columns(self, months, kind, total=False):
        return [
            Column(
                month.isoformat(),
                format_date(self.env, month, date_format="MMM yy"),
                kind,
                9,
                total,
            )
            for month in months
        ]

    def _monthly(self, name, title, months, by_key, label, note):
        _ = self.env._
        rows = []
        for key, by_month in by_key.items():
            now, before = self._sums(months, by_month)
            rows.append(
                {
                    "key": label(key),
                    **{m.isoformat(): by_month.get(m, ZERO) for m in months},
                    "now": now,
                    "before": before,
                    "change": change(now, before),
                }
            )
        rows.sort(key=lambda row: -row["now"])
        return Sheet(
            name=name,
            columns=[
                Column("key", title, width=26),
                *self._month_columns(months, "whole", total=True),
                Column("now", _("Twelve months"), "money", total=True),
                Column("before", _("Year before"), "money", total=True),
                Column(
                    "change",
                    _("Change"),
                    "percent",
                    of_totals=lambda row: change(row["now"], row["before"]),
                ),
            ],
            rows=rows,
            note=note,
        )

    def _items(self, months, units, money):
        _ = self.env._
        rows = []
        for item, by_month in units.items():
            now, before = self._sums(months, by_month)
            rows.append(
                {
                    "item": item.name,
                    "unit": item.uom_id.name,
                    **{m.isoformat(): by_month.get(m, ZERO) for m in months},
                    "now": now,
                    "before": before,
                    "change": change(now, before),
                    "value": self._sums(months, money[item])[0],
                }
            )
        rows.sort(key=lambda row: -row["value"])
        rest = {}
        if not self.env.context.get("medical_all_rows"):
            rest = rest_of(rows, PRINTED, ["value"])
        if rest:
            left = _("More items in the spreadsheet: %s", len(rows) - PRINTED)
            rows = [*rows[:PRINTED], {"item": left, **rest}]
        return Sheet(
            name=_("By item, in units"),
            columns=[
                Column("item", _("Item"), width=30),
                Column("unit", _("Unit"), width=8),
                *self._month_columns(months, "whole"),
                Column("now", _("Twelve months"), "whole"),
                Column("before", _("Year before"), "whole"),
                Column("change", _("Change"), "percent"),
                Column("value", _("Cost"), "money", total=True),
            ],
            rows=rows,
            note=_("Most expensive items first."),
        )


class SupplyUsageXlsx(models.AbstractModel):
    _name = "report.medical_office.supply_usage_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Usage Trend as a Spreadsheet"
    _source = "report.medical_office.supply_usage"

    def generate_xlsx_report(self, workbook, data, objs):
        """Every item, however many."""
        twin = self.with_context(medical_all_rows=True)
        return super(SupplyUsageXlsx, twin).generate_xlsx_report(workbook, data, objs)

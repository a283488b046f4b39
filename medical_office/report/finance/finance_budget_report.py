"""Budget against actual on paper: by department, by category, by month."""

from collections import defaultdict

from odoo import models

from ...engine.core.months import month_span, short_month
from ...tools.core.sheet import GROUP, Column, Sheet
from ...tools.money import ZERO, cents

FIGURES = ("granted", "actual", "committed", "requested", "left_over")


class FinanceBudgetReport(models.AbstractModel):
    _name = "report.medical_office.finance_budget"
    _inherit = "medical.core.report"
    _description = "Budget against Actual, Printed"

    def _title(self, docs, data):
        return self.env._("Budget against actual")

    def _period(self, docs, data):
        months = docs[:1]._months()
        span = month_span(self.env, months[0], months[-1])
        places = ", ".join(docs[:1].department_ids.mapped("name"))
        return " · ".join(filter(None, [span, places]))

    def _currency(self, docs, data):
        return docs[:1].company_id.currency_id

    def _sheets(self, docs, data):
        """Costs by department and category, then by category, then by month."""
        rows = self.env["medical.finance.budget"]._read_group(
            docs[:1]._domain(),
            ["department_id", "category_id", "month:month"],
            [f"{name}:sum" for name in FIGURES],
        )
        found = [
            (department, category, month, [cents(each) for each in amounts])
            for department, category, month, *amounts in rows
            if category.section != "revenue"
        ]
        sheets = [self._by_department(found), self._by_category(found)]
        if len({row[0] for row in found}) > 1:
            sheets.insert(0, self._departments(found))
        if len(docs[:1]._months()) > 1:
            sheets.append(self._by_month(found))
        return sheets

    def _add(self, rows, key):
        """{key: sums} of rows, in the order in which the keys come."""
        sums = defaultdict(lambda: [ZERO] * len(FIGURES))
        for row in rows:
            sums[key(row)] = [
                a + b for a, b in zip(sums[key(row)], row[3], strict=True)
            ]
        return sums

    def _columns(self, first):
        _ = self.env._
        return [
            first,
            Column("granted", _("Granted"), "money", total=True),
            Column("actual", _("Actual"), "money", total=True),
            Column("committed", _("On Order"), "money", total=True),
            Column("requested", _("Asked For"), "money", total=True),
            Column("left_over", _("Left"), "money", total=True),
            Column("used", _("Used"), "percent", of_totals=self._used),
        ]

    def _values(self, amounts):
        row = dict(zip(FIGURES, amounts, strict=True))
        return {**row, "used": self._used(row)}

    def _used(self, row):
        """How much of what is granted is not left, as a fraction."""
        granted = row["granted"]
        return (granted - row["left_over"]) / granted if granted else None

    def _departments(self, found):
        """One row for each, so that nobody adds up their categories."""
        _ = self.env._
        return self._one_row_each(
            _("Departments"),
            Column("department", _("Department"), width=38),
            self._add(found, lambda row: row[0]),
            order=lambda each: (not each, each.name or "", each.id),
            label=lambda department: department.name or _("No department"),
        )

    def _by_department(self, found):
        _ = self.env._
        sums = self._add(found, lambda row: (row[0], row[1]))
        rows, last = [], None
        for department, category in sorted(
            sums,
            key=lambda key: (
                not key[0],
                key[0].name or "",
                key[1].sequence,
                key[1].id,
            ),
        ):
            if department != last:
                last = department
                rows.append({GROUP: department.name or _("No department")})
            rows.append(
                {
                    "category": category.name or _("No category"),
                    **self._values(sums[department, category]),
                }
            )
        return Sheet(
            name=_("By department"),
            columns=self._columns(Column("category", _("Category"), width=38)),
            rows=rows,
            note=_("Costs. Left is granted less used, ordered and asked for."),
            empty=_("Nothing granted and nothing used in these months."),
        )

    def _by_category(self, found):
        _ = self.env._
        return self._one_row_each(
            _("By category"),
            Column("category", _("Category"), width=38),
            self._add(found, lambda row: row[1]),
            order=lambda each: (each.sequence, each.id),
            label=lambda category: category.name or _("No category"),
        )

    def _by_month(self, found):
        _ = self.env._
        return self._one_row_each(
            _("By month"),
            Column("month", _("Month"), width=14),
            self._add(found, lambda row: row[2]),
            order=None,
            label=lambda month: short_month(self.env, month),
        )

    def _one_row_each(self, name, first, sums, order, label):
        """A sheet with a row for each key of the sums, called by its label."""
        return Sheet(
            name=name,
            columns=self._columns(first),
            rows=[
                {first.key: label(key), **self._values(sums[key])}
                for key in sorted(sums, key=order)
            ],
        )


class FinanceBudgetXlsx(models.AbstractModel):
    _name = "report.medical_office.finance_budget_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Budget against Actual as a Spreadsheet"
    _source = "report.medical_office.finance_budget"

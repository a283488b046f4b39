"""Supply cost per visit: by department, and month by month."""

from decimal import Decimal

from odoo import models
from odoo.fields import Domain

from ...engine.core.months import month_name
from ...tools.core.sheet import GROUP, Column, Sheet
from ...tools.supply.figures.trend import change, month_of, per_visit, shifted
from ...tools.supply.quantity import exact


class SupplyVisitsReport(models.AbstractModel):
    _name = "report.medical_office.supply_visits"
    _inherit = "medical.core.report"
    _description = "Supply Cost per Visit, Printed"

    def _title(self, docs, data):
        return self.env._("Supply cost per visit")

    def _period(self, docs, data):
        span = self.env._(
            "%(low)s to %(high)s",
            low=month_name(self.env, month_of(docs[:1].date_from)),
            high=month_name(self.env, month_of(docs[:1].date_to)),
        )
        return " · ".join(filter(None, [span, docs[:1]._places_text()]))

    def _currency(self, docs, data):
        return docs[:1].company_id.currency_id

    def _sheets(self, docs, data):
        """A row per department, then its months; a month without visits says so."""
        wizard = docs[:1]
        first, last = month_of(wizard.date_from), month_of(wizard.date_to)
        costs = self.env["medical.supply.visit.cost"]

        def months(low, high):
            return wizard._place_domain() & Domain(
                [("month", ">=", low), ("month", "<=", high)]
            )

        lines = costs.search(months(first, last), order="department_id, month, site_id")
        before = costs._read_group(
            months(shifted(first, -12), shifted(last, -12)),
            ["department_id"],
            ["counted_value:sum", "visits:sum"],
        )
        known = lines.filtered(lambda line: line.status == "known").department_id
        return [
            self._summary(lines, before),
            self._detail(lines.filtered(lambda line: line.department_id in known)),
        ]

    def _summary(self, every, before):
        _ = self.env._
        departments = every.grouped("department_id")
        old = {
            department: per_visit(exact(cost or 0), visits or 0)
            for department, cost, visits in before
        }
        rows = []
        for department, lines in departments.items():
            missing = lines.filtered(lambda line: line.status == "missing")
            visits = sum(lines.mapped("visits"))
            now = per_visit(
                sum(exact(v) for v in lines.mapped("counted_value")), visits
            )
            was = old.get(department)
            rows.append(
                {
                    "department": department.name or _("No department"),
                    "used": sum(exact(v) for v in lines.mapped("used_value")),
                    "waste": sum(exact(v) for v in lines.mapped("waste_value")),
                    "cost": sum(exact(v) for v in lines.mapped("value")),
                    "visits": visits,
                    "now": now if now is not None else _("no visits"),
                    "was": was,
                    "change": change(now, was) if now and was else None,
                    "missing": len(set(missing.mapped("month"))) or None,
                }
            )
        rows.sort(key=lambda row: -row["cost"])
        return Sheet(
            name=_("By department"),
            columns=[
                Column("department", _("Department"), width=24),
                Column("used", _("Used"), "money", total=True),
                Column("waste", _("Waste"), "money", total=True),
                Column("cost", _("Cost"), "money", total=True),
                Column("visits", _("Visits"), "whole", total=True),
                Column("now", _("Cost per visit"), "money"),
                Column("was", _("Year before"), "money"),
                Column("change", _("Change"), "percent"),
                Column("missing", _("Months without visits"), "whole"),
            ],
            rows=rows,
            note=_(
                "Cost per visit: the cost of the months with visits entered, divided "
                "by those visits. Cost is what was used and wasted, less what counts "
                "found. Across all departments, supplies cost %(all)s per visit.",
                all=self._as_text(
                    self._of_all(every), "money", every.company_id.currency_id
                )
                or "-",
            ),
            empty=_("Nothing was used in this period."),
        )

    def _of_all(self, lines):
        """Cost of all departments a visit, by the months and sites that have visits."""
        cost, visits = Decimal(), 0
        for here in lines.grouped(lambda line: (line.site_id, line.month)).values():
            seen = sum(here.mapped("visits"))
            if seen:
                visits += seen
                cost += sum(exact(value) for value in here.mapped("value"))
        return per_visit(cost, visits)

    def _detail(self, lines):
        """Month by month, where visits are entered at all; a missing month says so."""
        _ = self.env._
        rows = []
        for department, here in lines.grouped("department_id").items():
            rows.append({GROUP: department.name or _("No department")})
            for line in here:
                known = line.status == "known"
                rows.append(
                    {
                        "month": month_name(self.env, line.month),
                        "site": line.site_id.name,
                        "used": exact(line.used_value),
                        "waste": exact(line.waste_value),
                        "cost": exact(line.value),
                        "visits": line.visits if known else _("missing"),
                        "now": exact(line.per_visit) if line.visits else None,
                    }
                )
        return Sheet(
            name=_("By month"),
            columns=[
                Column("month", _("Month"), width=18),
                Column("site", _("Site"), width=20),
                Column("used", _("Used"), "money"),
                Column("waste", _("Waste"), "money"),
                Column("cost", _("Cost"), "money"),
                Column("visits", _("Visits"), "whole"),
                Column("now", _("Cost per visit"), "money"),
            ],
            rows=rows,
            empty=_("No visits entered for this period: see Supplies, Monthly Visits."),
        )


class SupplyVisitsXlsx(models.AbstractModel):
    _name = "report.medical_office.supply_visits_xlsx"
    _inherit = "medical.core.xlsx"
    _description = "Supply Cost per Visit as a Spreadsheet"
    _source = "report.medical_office.supply_visits"

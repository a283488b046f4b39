"""What the supplies of a visit cost, by department and month."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ....engine.core.months import month_name
from ....tools.supply.figures.trend import USED, WASTE, month_of
from ...core.check.check import CheckResult, CheckRow

DUE_DAYS = 10  # days into a month until which the month before may be entered


class SupplyVisitCost(models.Model):
    """A row for each site, department and month with use or visits.

    A month without a number of visits says so: it has no cost per visit.
    """

    _name = "medical.supply.visit.cost"
    _description = "Supply Cost per Visit"
    _auto = False
    _order = "month desc, site_id, department_id"
    _depends = {
        "medical.supply.use": [],
        "medical.supply.visits": [
            "company_id",
            "department_id",
            "month",
            "site_id",
            "visits",
        ],
    }

    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(readonly=True)
    month_name = fields.Char(string="Month and Year", compute="_compute_month_name")
    site_id = fields.Many2one("stock.warehouse", readonly=True)
    department_id = fields.Many2one("hr.department", readonly=True)
    visits_id = fields.Many2one(
        "medical.supply.visits", string="Number of Visits", readonly=True
    )
    visits = fields.Integer(readonly=True, aggregator="sum")
    used_value = fields.Monetary(string="Used", readonly=True)
    waste_value = fields.Monetary(string="Waste", readonly=True)
    value = fields.Monetary(
        string="Cost",
        readonly=True,
        help="Used and wasted, less what counts found.",
        aggregator="sum",
    )
    counted_value = fields.Monetary(
        string="Cost With Visits",
        readonly=True,
        help=(
            "Cost of the months with visits entered; the cost per visit is based on it."
        ),
    )
    per_visit = fields.Monetary(
        string="Cost per Visit",
        readonly=True,
        aggregator="avg",
        help="Cost divided by visits; empty if visits are not entered. For a group: "
        "the cost of all months with visits entered, divided by those visits.",
    )
    status = fields.Selection(
        [("known", "Visits entered"), ("missing", "Visits missing")], readonly=True
    )

    def _read_group_select(self, aggregate_spec, query):
        """The cost per visit of a group is its cost by its visits."""
        if aggregate_spec != "per_visit:avg":
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "round(SUM(%(cost)s) / NULLIF(SUM(%(visits)s), 0), 2)",
            cost=self._field_to_sql(self._table, "counted_value", query),
            visits=self._field_to_sql(self._table, "visits", query),
        )

    @api.depends("month")
    def _compute_month_name(self):
        for line in self:
            line.month_name = month_name(self.env, line.month)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT row_number() OVER (
                       ORDER BY month, company_id, site_id, department_id) AS id,
                   month.*,
                   CASE WHEN visits > 0 THEN value ELSE 0 END AS counted_value,
                   CASE WHEN visits > 0 THEN round(value / visits, 2) END AS per_visit,
                   CASE WHEN visits_id IS NULL THEN 'missing' ELSE 'known' END AS status
              FROM (
                    SELECT company_id, site_id, department_id, month,
                           max(visits_id) AS visits_id, max(visits) AS visits,
                           coalesce(sum(value) FILTER (WHERE cause IN %(used)s), 0)
                               AS used_value,
                           coalesce(sum(value) FILTER (WHERE cause IN %(waste)s), 0)
                               AS waste_value,
                           sum(value) AS value
                      FROM (
                            SELECT company_id, site_id, department_id,
                                   date_trunc('month', day)::date AS month,
                                   NULL::int AS visits_id, NULL::int AS visits,
                                   cause, value
                              FROM (%(use)s) use
                             UNION ALL
                            SELECT company_id, site_id, department_id, month, id, visits,
                                   NULL, 0
                              FROM medical_supply_visits
                           ) part
                     GROUP BY company_id, site_id, department_id, month
                   ) month
            """,
            use=self.env["medical.supply.use"]._table_query,
            used=USED,
            waste=WASTE,
        )

    # ----------------------------------------------------------------------- check

    @api.model
    def _medical_check_visits_missing(self):
        """Departments that used supplies in a month whose visits nobody entered.

        Only departments that enter visits are asked, from their first month on (the
        billing office sees nobody); the month that is over may be entered until the
        tenth.
        """
        today = fields.Date.context_today(self)
        last = month_of(today - timedelta(days=today.day))
        if today.day <= DUE_DAYS:
            last = month_of(last - timedelta(days=1))
        first = {
            (site, department): month
            for site, department, month in self.env[
                "medical.supply.visits"
            ]._read_group([], ["site_id", "department_id"], ["month:min"])
        }
        oldest = max(
            min(first.values(), default=last), month_of(last - timedelta(days=365))
        )
        lines = self.search(
            [
                ("month", ">=", oldest),
                ("month", "<=", last),
                ("department_id", "in", [one.id for _site, one in first]),
            ]
        )
        missing = lines.filtered(
            lambda line: (
                line.status == "missing"
                and line.used_value > 0
                and line.month >= first.get((line.site_id, line.department_id), today)
            )
        )
        rows = []
        for (site, department), here in missing.grouped(
            lambda line: (line.site_id, line.department_id)
        ).items():
            rows.append(
                CheckRow(
                    "stock.warehouse",
                    site.id,
                    self.env._(
                        "%(site)s, %(department)s: visits for %(months)s are not "
                        "entered, so %(cost)s of supplies has no cost per visit",
                        site=site.name,
                        department=department.name,
                        months=", ".join(
                            month_name(self.env, month)
                            for month in sorted(here.mapped("month"))
                        ),
                        cost=site.company_id.currency_id.format(
                            sum(here.mapped("value"))
                        ),
                    ),
                    user_id=site.medical_manager_id.id,
                    company_id=site.company_id.id,
                    department_id=department.id,
                    key=str(department.id),
                )
            )
        return CheckResult(len(lines), rows)

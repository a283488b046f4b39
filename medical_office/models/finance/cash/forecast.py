"""Thirteen weeks of cash, kept week by week, and how far off each forecast was."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_amount, format_date

from ....engine.finance.cash_reader import CashReader
from ....tools.finance.cash.forecast import back_test, forecast
from ....tools.money import cents
from ...core.check.answerable import finding
from ...core.check.check import CheckResult

MAKERS = ("core_group_accountant", "core_group_manager", "core_group_director")
KINDS = [
    ("customer", "Invoices"),
    ("bill", "Bills"),
    ("recurring", "Recurring"),
    ("pay", "Net pay"),
    ("tax", "Payroll taxes and deductions"),
]


class FinanceForecast(models.Model):
    """A forecast as it was made on a day. It is never changed: what came is set beside it."""

    _name = "medical.finance.forecast"
    _description = "Cash Forecast"
    _inherit = ["medical.core.guard"]
    _order = "date desc, id desc"
    _strict_fields = frozenset({"date", "company_id", "opening", "minimum"})
    _deletable_in = frozenset()

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("Made on", required=True, readonly=True)
    opening = fields.Monetary("Cash", readonly=True, aggregator=None)
    minimum = fields.Monetary("Minimum Cash", readonly=True, aggregator=None)
    lowest = fields.Monetary(compute="_compute_lowest", store=True, aggregator=None)
    lowest_on = fields.Date("Lowest on", compute="_compute_lowest", store=True)
    is_below = fields.Boolean("Below Minimum", compute="_compute_lowest", store=True)
    week_ids = fields.One2many(
        "medical.finance.forecast.week", "forecast_id", readonly=True
    )
    flow_ids = fields.One2many(
        "medical.finance.forecast.flow", "forecast_id", readonly=True
    )

    @api.depends("week_ids.lowest", "minimum")
    def _compute_lowest(self):
        for row in self:
            week = row.week_ids.sorted(lambda each: (each.lowest, each.date_from))[:1]
            row.lowest = week.lowest
            row.lowest_on = week.lowest_on
            row.is_below = bool(week) and week.lowest < row.minimum

    @api.depends("date")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.date and self.env._(
                "Cash from %s", format_date(self.env, row.date)
            )

    @api.model
    def action_make(self):
        """Make the forecast of today for the reader's company, and open it."""
        self._check_caller(*MAKERS)
        # sudo: a forecast is written by the program alone
        made = self.sudo()._make(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": made.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
        }

    @api.model
    def _cron_make(self):
        """Each Monday: a forecast for each company that keeps books, and the back-test."""
        books = self.env["account.move"]._read_group(
            [("state", "=", "posted")], aggregates=["company_id:recordset"]
        )
        self.env["medical.core.job.fault"]._each(
            self.env._("forecast cash"),
            books[0][0],
            lambda some: [self._make(company) for company in some],
        )
        self._test_weeks()

    @api.model
    def _make(self, company):
        """The forecast of today; one of the same day is made anew."""
        own = self.with_company(company)._pen()
        today = fields.Date.context_today(own)
        own.search([("company_id", "=", company.id), ("date", "=", today)]).unlink()
        reader = CashReader(own.env, company, today)
        flows = reader.flows()
        opening = reader.opening()
        weeks = forecast(opening, flows, today, cents(company.medical_cash_minimum))
        made = own.create(
            {
                "company_id": company.id,
                "date": today,
                "opening": float(opening),
                "minimum": company.medical_cash_minimum,
            }
        )
        rows = own.env["medical.finance.forecast.week"].create(
            [
                {
                    "forecast_id": made.id,
                    "date_from": week.start,
                    "date_to": week.end,
                    "opening": float(week.opening),
                    "received": float(week.received),
                    "spent": float(week.spent),
                    "closing": float(week.closing),
                    "lowest": float(week.lowest),
                    "lowest_on": week.lowest_day,
                    "is_below": week.below,
                }
                for week in weeks
            ]
        )
        own.env["medical.finance.forecast.flow"].create(
            [
                {
                    "forecast_id": made.id,
                    "week_id": row.id,
                    "date": flow.day,
                    "amount": float(flow.amount),
                    "kind": flow.kind,
                    "name": flow.label or flow.kind,
                    "partner_id": flow.partner,
                }
                for row in rows
                for flow in flows
                if row.date_from <= flow.day <= row.date_to
            ]
        )
        return made

    @api.model
    def _test_weeks(self):
        """Set beside each week that is over what really came and went."""
        today = fields.Date.context_today(self)
        weeks = self.env["medical.finance.forecast.week"].search(
            [("date_to", "<", today), ("is_tested", "=", False)]
        )
        for company, those in weeks.grouped(lambda week: week.company_id).items():
            reader = CashReader(self.env, company, today)
            real = reader.actual(
                min(those.mapped("date_from")), max(those.mapped("date_to"))
            )
            misses = back_test(
                [
                    (week.date_from, week.date_to, cents(week.received - week.spent))
                    for week in those
                ],
                real,
            )
            for week, miss in zip(those, misses, strict=True):
                week._pen().write(
                    {
                        "actual": float(miss.actual),
                        "off": float(miss.off),
                        "is_tested": True,
                    }
                )

    @api.model
    def _medical_check_minimum(self):
        """The last forecast of each company that falls below the minimum."""
        today = fields.Date.context_today(self)
        forecasts = self.search([("date", ">", today - timedelta(days=14))])
        latest = {}
        for row in forecasts:
            latest.setdefault(row.company_id, row)
        rows = [
            finding(
                row,
                self.env._(
                    "Cash falls to %(lowest)s on %(day)s, below the minimum of "
                    "%(minimum)s",
                    lowest=format_amount(self.env, row.lowest, row.currency_id),
                    day=format_date(self.env, row.lowest_on),
                    minimum=format_amount(self.env, row.minimum, row.currency_id),
                ),
                money_at_risk=row.minimum - row.lowest,
                company_id=company.id,
                date_due=row.lowest_on,
            )
            for company, row in latest.items()
            if row.is_below
        ]
        return CheckResult(looked_at=len(latest), rows=rows)


class FinanceForecastWeek(models.Model):
    _name = "medical.finance.forecast.week"
    _description = "Cash Forecast Week"
    _inherit = ["medical.core.guard"]
    _order = "forecast_id desc, date_from"
    _rec_name = "date_from"
    _deletable_in = frozenset()

    forecast_id = fields.Many2one(
        "medical.finance.forecast",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="forecast_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date("From", required=True, readonly=True)
    date_to = fields.Date("To", required=True, readonly=True)
    opening = fields.Monetary("At the Start", readonly=True)
    received = fields.Monetary("Comes In", readonly=True)
    spent = fields.Monetary("Goes Out", readonly=True)
    closing = fields.Monetary("At the End", readonly=True)
    lowest = fields.Monetary("Lowest Day", readonly=True)
    lowest_on = fields.Date("On", readonly=True)
    is_below = fields.Boolean("Below Minimum", readonly=True)
    is_tested = fields.Boolean("Over", readonly=True)
    actual = fields.Monetary(
        "Really Came", readonly=True, help="In less out, as posted."
    )
    off = fields.Monetary(
        "Forecast Off by", readonly=True, help="What really came less the forecast."
    )


class FinanceForecastFlow(models.Model):
    _name = "medical.finance.forecast.flow"
    _description = "Cash Forecast Line"
    _inherit = ["medical.core.guard"]
    _order = "forecast_id desc, date, id"
    _deletable_in = frozenset()

    forecast_id = fields.Many2one(
        "medical.finance.forecast",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    week_id = fields.Many2one(
        "medical.finance.forecast.week", readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="forecast_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(required=True, readonly=True)
    name = fields.Char("What", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    partner_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null")
    amount = fields.Monetary(readonly=True)

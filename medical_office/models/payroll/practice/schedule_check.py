"""A year with one pay date more than its schedule counts on: said in time."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ....engine.core.amounts import amount_text
from ....tools.money import ZERO, cents, to_cents
from ...core.check.answerable import finding
from ...core.check.check import CheckResult

SAID_FROM = 10  # month: October, in time for open enrollment and the budget


class PayrollSchedule(models.Model):
    _inherit = "medical.payroll.schedule"

    @api.model
    def _medical_check_extra_date(self):
        """Schedules with 27 biweekly or 53 weekly pay dates in this or the next year.

        This year's is said until it is over, the next year's from October.
        """
        today = fields.Date.context_today(self)
        years = [today.year]
        if today.month >= SAID_FROM:
            years.append(today.year + 1)
        # sudo: salaries are added up; no figure of a person leaves
        schedules = self.sudo().search([])
        dates = [
            (schedule, day)
            for schedule in schedules
            for year in years
            if (day := schedule._extra_date(year)) and day >= today
        ]
        costs, less = schedules._extra_costs([schedule for schedule, _day in dates])
        rows = [
            finding(
                self.browse(schedule.id),
                self.env._(
                    "%(schedule)s has %(count)s pay dates in %(year)s, the last on %(day)s. "
                    "%(effect)s Life insurance is imputed for twelve "
                    "months. Deductions in dollars are taken once more, but for plans "
                    "marked “Not on a 27th (53rd) Pay Date”: %(plans)s.",
                    schedule=schedule.name,
                    count=schedule._period().per_year + 1,
                    year=day.year,
                    day=format_date(self.env, day),
                    effect=schedule._extra_effect(costs[schedule], less[schedule]),
                    plans=schedule._skipping() or self.env._("none"),
                ),
                severity="medium",
                money_at_risk=(
                    0 if schedule.extra_salary == "spread" else float(costs[schedule])
                ),
                date_due=day - timedelta(days=schedule.pay_days_after),
                company_id=schedule.company_id.id,
                key=str(day),
            )
            for schedule, day in dates
        ]
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(schedules), rows)

    def _extra_costs(self, schedules):
        """Of those paid by the year or month: ({schedule: salaries of one usual pay
        period}, {schedule: by how much a pay is smaller where the year is divided by all
        its pay dates})."""
        found, less = dict.fromkeys(schedules, ZERO), dict.fromkeys(schedules, ZERO)
        versions = self.env["hr.version"].search(
            [
                ("medical_schedule_id", "in", [s.id for s in schedules]),
                ("medical_wage_per", "in", ["year", "month"]),
                ("contract_date_start", "!=", False),
            ]
        )
        current = versions.filtered(lambda v: v == v.employee_id.current_version_id)
        for version in current:
            schedule = version.medical_schedule_id
            months = 12 if version.medical_wage_per == "month" else 1
            year = cents(version.wage) * months
            usual = schedule._period().per_year
            found[schedule] += to_cents(year / usual)
            less[schedule] += to_cents(year / usual) - to_cents(year / (usual + 1))
        return found, less

    def _extra_effect(self, cost, less):
        """What the schedule's choice does, and what the other one would do."""
        usual = self._period().per_year
        if self.extra_salary == "spread":
            return self.env._(
                "A yearly salary is divided by %(all)s in that year, as the schedule says: "
                "it costs no more, and all salaries of a pay date are %(less)s less. By the "
                "%(usual)sth part it would cost %(cost)s more.",
                all=usual + 1,
                usual=usual,
                cost=amount_text(self.env, cost),
                less=amount_text(self.env, less),
            )
        return self.env._(
            "A salary is paid by the %(usual)sth part each time: that year costs %(cost)s "
            "more in salaries. Divided by %(all)s (the schedule, “27th (53rd) Pay Date”) it "
            "would cost no more, and all salaries of a pay date would be %(less)s less.",
            all=usual + 1,
            usual=usual,
            cost=amount_text(self.env, cost),
            less=amount_text(self.env, less),
        )

    def _skipping(self):
        """Names of the plans that are left out on an extra pay date."""
        plans = self.env["medical.people.benefit.plan"].search(
            [("company_id", "=", self.company_id.id), ("skip_extra", "=", True)]
        )
        return ", ".join(plans.mapped("name"))

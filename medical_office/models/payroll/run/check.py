"""What runs tell the register: paid late, and accounts that were just changed."""

from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ...core.check.answerable import finding
from ...core.check.check import CheckResult
from .workflow import ACT_DAYS


class HrPayslipRun(models.Model):
    _inherit = "hr.payslip.run"

    @api.model
    def _medical_check_unpaid(self):
        """Runs whose next step has to be made now, so that they are paid on time.

        Each belongs to who acts next: a submitted one to the director. Banks need the
        file two days before; approval and preparation each need a day before that.
        """
        today = fields.Date.context_today(self)
        runs = self.search(
            [
                ("medical_is_us", "=", True),
                ("medical_kind", "!=", "void"),
                ("state", "not in", ["paid", "close"]),
                ("medical_date_pay", "!=", False),
            ]
        )
        directors = self._medical_directors()
        rows = []
        for run in runs:
            if run._medical_act_day() > today:
                continue
            late = run.medical_date_pay < today
            rows.append(
                finding(
                    run,
                    self.env._(
                        "%(run)s is %(state)s; the pay date is %(day)s.",
                        run=run.name,
                        state=run._workflow_label(run.state).lower(),
                        day=format_date(self.env, run.medical_date_pay),
                    ),
                    severity="critical" if late else "high",
                    user_id=run._medical_answers(directors).id,
                    date_due=run.medical_date_pay,
                )
            )
        rows += self._medical_not_started(today)
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(len(runs), rows)

    @api.model
    def _medical_not_started(self, today):
        """Periods after the last run of a schedule whose pay date comes near, without a
        run. A schedule that was never paid is none of them."""
        last = self._read_group(
            [
                ("medical_schedule_id.active", "=", True),
                ("medical_kind", "=", "regular"),
            ],
            ["medical_schedule_id"],
            ["date_end:max"],
        )
        staffed = self.env["hr.version"]._read_group(
            [
                ("medical_schedule_id", "in", [schedule.id for schedule, _end in last]),
                ("contract_date_start", "!=", False),
                "|",
                ("contract_date_end", "=", False),
                (
                    "contract_date_end",
                    ">",
                    min((end for _s, end in last), default=today),
                ),
            ],
            ["medical_schedule_id"],
        )
        staffed = {schedule for (schedule,) in staffed}
        rows = []
        for schedule, end in last:
            span = schedule._period_on(end + timedelta(days=1))
            pay_day = schedule._pay_date(span.end)
            begin = pay_day - timedelta(days=ACT_DAYS["draft"])
            if begin > today or schedule not in staffed:
                continue
            rows.append(
                finding(
                    schedule,
                    self.env._(
                        "No pay run for %(start)s to %(end)s yet (%(schedule)s); the pay "
                        "date is %(day)s.",
                        start=format_date(self.env, span.start),
                        end=format_date(self.env, span.end),
                        schedule=schedule.name,
                        day=format_date(self.env, pay_day),
                    ),
                    severity="critical" if pay_day < today else "high",
                    date_due=pay_day,
                    key=str(span.start),
                )
            )
        return rows

    @api.model
    def _medical_check_bank_changed(self):
        """Bank accounts changed in the last days: ask the person before the next pay."""
        account = self.env["medical.payroll.account"]
        since = datetime.combine(
            fields.Date.context_today(self) - timedelta(days=10), time.min
        )
        everything = account.search_count([])
        changed = account.search([("date_changed", ">=", since)]).filtered(
            lambda one: one._changed_on()
        )
        rows = [
            finding(
                one,
                self.env._(
                    "The bank account of %(who)s was changed on %(day)s.",
                    who=one.employee_id.name,
                    day=format_date(self.env, one._changed_on()),
                ),
                severity="high",
                date_due=one._changed_on() + timedelta(days=10),
            )
            for one in changed
        ]
        rows = self.env["res.company"]._medical_for_preparers(rows)
        return CheckResult(everything, rows)

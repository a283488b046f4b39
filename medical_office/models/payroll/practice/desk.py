"""The coming paydays, and one's own pay, for the cockpit."""

from datetime import timedelta

from odoo import api, models

from ....engine.core.labels import labels_of
from ...core.desk.desk import Ahead, Start

READERS = ("core_group_payroll", "core_group_director", "core_group_accountant")


class CoreDesk(models.AbstractModel):
    _inherit = "medical.core.desk"

    @api.model
    def _ahead(self, today, until):
        """Paydays of the pay schedules, and whether the run stands ready."""
        found = super()._ahead(today, until)
        if not self.env["medical.core.guard"]._guard_user_in(READERS):
            return found
        # sudo: when people are paid is no secret to who sees the runs
        schedules = (
            self.env["medical.payroll.schedule"]
            .sudo()
            .search([("company_id", "=", self.env.company.id)])
        )
        states = self._run_states(schedules, today, until)
        for schedule in schedules:
            for day in schedule._paydays(today, until):
                state = states.get((schedule, day))
                text = (
                    self.env._("Payday, %(schedule)s: run is %(state)s",
                               schedule=schedule.name, state=state)
                    if state
                    else self.env._("Payday, %(schedule)s: no pay run yet",
                                    schedule=schedule.name)
                )  # fmt: skip
                found.append(
                    Ahead(
                        day,
                        text,
                        "fa-money",
                        "medical_office.payroll_run_action",
                    )
                )
        return found

    @api.model
    def _run_states(self, schedules, today, until):
        """{(schedule, pay date): label of the run's status}"""
        # sudo: as above; the state alone is shown
        runs = self.env["hr.payslip.run"].sudo()
        labels = labels_of(runs, "state")
        return {
            (run.medical_schedule_id, run.medical_date_pay): labels[run.state].lower()
            for run in runs.search_fetch(
                [
                    ("medical_schedule_id", "in", schedules.ids),
                    ("medical_date_pay", ">=", today),
                    ("medical_date_pay", "<=", until),
                ],
                ["medical_schedule_id", "medical_date_pay", "state"],
                order="id desc",
            )
        }

    @api.model
    def _starts(self):
        return [
            *super()._starts(),
            Start(
                self.env._("My Pay"),
                "fa-money",
                "medical_office.payroll_own_slip_action",
            ),
        ]


class PayrollSchedule(models.Model):
    _inherit = "medical.payroll.schedule"

    def _paydays(self, first, last):
        """The pay dates from ``first`` to ``last``, both included."""
        self.ensure_one()
        days, day = [], first - timedelta(days=62)
        while True:
            span = self._period_on(day)
            payday = self._pay_date(span.end)
            if payday > last:
                return days
            if payday >= first:
                days.append(payday)
            day = span.end + timedelta(days=1)

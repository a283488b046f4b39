"""Timesheets made for a period, and filled from the clock."""

from datetime import timedelta

from odoo import api, fields, models

from ....engine.payroll.clock_reader import ClockReader
from ...core.mixins.done import done


class PayrollTimesheet(models.Model):
    _inherit = "medical.payroll.timesheet"

    def _fill(self):
        """Lay the clock's times on the days of drafts: one query for all of them."""
        drafts = self.filtered(lambda sheet: sheet.state == "draft")
        if not drafts:
            return
        # sudo: attendances are read for the person, and written as the program's figures
        own = drafts.sudo()._pen()
        clock = ClockReader(
            own.env,
            own.employee_id,
            min(own.mapped("date_start")),
            max(own.mapped("date_end")),
        )
        for line in own.line_ids:
            line._take(clock.of(line.employee_id, line.date))

    @api.model
    def _ensure(self, employees, schedule, span):
        """The timesheets of these people for a period: those there are, and new ones.

        :param span: the pay period, as ``schedule._period_on`` says it
        """
        # sudo: the program makes them, whoever asks
        program = self.sudo()._pen()
        there = program.search(
            [
                ("employee_id", "in", employees.ids),
                ("date_start", "<=", span.end),
                ("date_end", ">=", span.start),
                ("corrects_id", "=", False),
            ]
        )
        missing = employees.sudo() - there.employee_id  # sudo: as above
        made = program.with_context(tracking_disable=True).create(
            [
                {
                    "employee_id": person.id,
                    "company_id": person.company_id.id,
                    "department_id": person.department_id.id,
                    "schedule_id": schedule.id,
                    "date_start": span.start,
                    "date_end": span.end,
                }
                for person in missing
            ]
        )
        program.env["medical.payroll.timesheet.line"].create(
            [
                {"timesheet_id": sheet.id, "date": day}
                for sheet in made
                for day in span.days()
            ]
        )
        made._fill()
        return (there | made).with_env(self.env)

    @api.model
    def _cron_open(self):
        """Make the timesheets of this period and of the one before, where it is not paid.

        Each schedule on its own: what one of them cannot do stops no other.
        """
        schedules = self.env["medical.payroll.schedule"].search(
            [("use_timesheets", "=", True)]
        )
        self.env["medical.core.job.fault"]._each(
            self.env._("make the timesheets of pay periods"),
            schedules,
            lambda some: [self._open_periods(schedule) for schedule in some],
        )

    @api.model
    def _open_periods(self, schedule):
        own = schedule.company_id
        today = own._medical_today()
        span = schedule._period_on(today)
        before = schedule._period_on(span.start - timedelta(days=1))
        for one in (before, span):
            people = schedule._hourly_people(one)
            if one != span:
                people -= self._paid_for(people, one)
            self._ensure(people, schedule, one)

    @api.model
    def _paid_for(self, people, span):
        """Those of the people who have confirmed regular pay for days of the period."""
        rows = self.env["hr.payslip"]._read_group(
            [
                ("employee_id", "in", people.ids),
                ("state", "=", "done"),
                ("medical_kind", "in", ["regular", "final"]),
                ("medical_voided", "=", False),
                ("date_from", "<=", span.end),
                ("date_to", ">=", span.start),
            ],
            ["employee_id"],
        )
        return people.browse(person.id for (person,) in rows)

    @api.model
    def action_open_mine(self):
        """Open the own timesheet of today's period; it is made where there is none."""
        self._check_caller("core_group_staff")
        # sudo: how one is paid is HR's to read; the own timesheet follows from it
        person = self.env.user.employee_id.sudo()
        version = person.current_version_id
        schedule = version.medical_schedule_id
        if not person or not schedule:
            return done(
                self.env,
                self.env._(
                    "You have no pay schedule yet, so there is no timesheet. Ask HR to "
                    "link your login to your employee record and to set one."
                ),
                kind="warning",
                then=False,
            )
        if not version._pay_has_overtime():
            return done(
                self.env,
                self.env._(
                    "You are paid a salary without overtime: you have no hours to enter."
                ),
                kind="info",
                then=False,
            )
        today = fields.Date.context_today(self)
        sheet = self._ensure(person, schedule, schedule._period_on(today))[:1]
        sheet._fill()
        return sheet._opened() | {"name": self.env._("My Hours")}

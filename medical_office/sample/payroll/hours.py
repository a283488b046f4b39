"""The sample practice's timesheets: approved for every period that is paid, one waiting."""

import json
from datetime import date, datetime, time, timedelta

from odoo import models
from odoo.tools import SQL

from ...engine.payroll.bulk import copy_rows, reserve
from ...engine.payroll.clock_reader import ClockReader
from ...tools.payroll.time.daysheet import clocked
from ..core.practice import read_scenario
from .practice import FIRST_DAY, HIRED, LAST_YEAR, LEFT, chance

SHEET = [
    "id",
    "employee_id",
    "user_id",
    "company_id",
    "department_id",
    "schedule_id",
    "date_start",
    "date_end",
    "state",
    "hours",
    "clocked",
    "typed_count",
    "open_count",
    "submitted_by_id",
    "submitted_at",
    "approved_by_id",
    "approved_at",
    "create_uid",
    "create_date",
]
LINE = [
    "timesheet_id",
    "employee_id",
    "company_id",
    "date",
    "stretches",
    "clocked",
    "open_count",
    "hours",
    "begin",
    "reason",
    "is_typed",
    "changed_by_id",
    "changed_at",
    "create_uid",
    "create_date",
]
STAYED = "Stayed with a late patient"


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_pay_hours(self, practice):
        """A timesheet for each hourly person and period until today, written with COPY.

        Those of periods gone by are submitted and approved; that of today is a draft.
        """
        people = {
            row["key"]: practice.get(f"person_{row['key']}")
            for row in read_scenario("payroll/pay.csv")
            if row["per"] == "hour"
        }
        last = min(practice.today, date(LAST_YEAR, 12, 31))
        employees = self.env["hr.employee"].union(*people.values())
        clock = ClockReader(self.env, employees, FIRST_DAY, last)
        schedule = practice.get("pay_schedule")
        sheets, lines = [], []
        span = schedule._period_on(FIRST_DAY)
        while span.start <= last:
            for key, person in people.items():
                if key == "olsen" and span.start > LEFT:
                    continue
                if key == "kim" and span.end < HIRED:
                    continue
                sheets.append((person, span))
            span = schedule._period_on(span.end + timedelta(days=1))
        numbers = reserve(self.env, "medical_payroll_timesheet", len(sheets))
        rows = []
        for number, (person, span) in zip(numbers, sheets, strict=True):
            over = span.end < practice.today
            days = self._sample_days(clock, person, span, over)
            lines += [self._sample_line(practice, number, person, *day) for day in days]
            rows.append(self._sample_sheet(practice, number, person, span, days, over))
        # sql: a year of everybody's days, which each entered and their head approved
        copy_rows(self.env, "medical_payroll_timesheet", SHEET, rows)
        # sql: as above
        copy_rows(self.env, "medical_payroll_timesheet_line", LINE, lines)
        self.env.invalidate_all()

    def _sample_days(self, clock, person, span, over):
        """(day, stretches, clock hours, hours) of each day; a few were typed."""
        found = []
        for day in span.days():
            stretches = clock.of(person, day)
            count = float(clocked(stretches))
            extra = over and count and chance(person.name, day, "typed") > 0.992
            found.append((day, stretches, count, count + 0.5 * bool(extra)))
        return found

    def _sample_line(self, practice, number, person, day, stretches, count, hours):
        typed = hours != count
        now = datetime.combine(day, time(23))
        return (
            number,
            person.id,
            practice.company.id,
            day,
            json.dumps([list(one) for one in stretches]) if stretches else None,
            count,
            sum(end is None for _start, end in stretches),
            hours,
            0.0,
            STAYED if typed else None,
            typed,
            person.user_id.id or None if typed else None,
            now if typed else None,
            self.env.uid,
            now,
        )

    def _sample_sheet(self, practice, number, person, span, days, over):
        head = person.department_id.manager_id.user_id
        approver = practice.user("alvarez") if head == person.user_id else head
        moment = datetime.combine(span.end + timedelta(days=1), time(14))
        return (
            number,
            person.id,
            person.user_id.id or None,
            practice.company.id,
            person.department_id.id,
            practice.get("pay_schedule").id,
            span.start,
            span.end,
            "approved" if over else "draft",
            sum(day[3] for day in days),
            sum(day[2] for day in days),
            sum(day[2] != day[3] for day in days),
            sum(end is None for day in days for _start, end in day[1]),
            (person.user_id or practice.user("cole")).id if over else None,
            moment if over else None,
            approver.id if over else None,
            moment + timedelta(hours=3) if over else None,
            self.env.uid,
            datetime.combine(span.start, time(6)),
        )

    def _load_pay_hours_paid(self, practice):
        """Paid runs have locked their timesheets; a correction waits for the head."""
        self.env.flush_all()
        # sql: locked as the step "paid" of each run did it
        self.env.execute_query(
            SQL(
                """UPDATE medical_payroll_timesheet sheet
                      SET state = 'locked', run_id = run.id
                     FROM hr_payslip_run run
                    WHERE run.state = 'paid' AND run.medical_kind = 'regular'
                      AND run.company_id = sheet.company_id
                      AND run.date_start = sheet.date_start
                      AND sheet.state = 'approved' RETURNING sheet.id"""
            )
        )
        self.env.invalidate_all()
        sheets = practice.env["medical.payroll.timesheet"]
        paid = sheets.search(
            [
                ("employee_id", "=", practice.get("person_torres").id),
                ("state", "=", "locked"),
            ],
            order="date_start desc",
            limit=1,
        )
        if not paid:
            return
        new = paid._pen()._copy_for_correction()
        own = (
            new._lay_down_pen()
            .with_user(practice.user("torres"))
            .with_context(allowed_company_ids=practice.company.ids)
        )
        line = own.line_ids.filtered("hours").sorted("date")[-1:]
        line.write(
            {
                "hours": line.hours + 1.5,
                "reason": "The staff meeting after hours was not clocked",
            }
        )
        own._move_to("submitted")
        practice.keep({"timesheet_correction": new})

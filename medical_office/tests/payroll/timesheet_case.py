"""A practice whose clerk has a login, a head and a timesheet."""

from datetime import date

from freezegun import freeze_time

from odoo import Command
from odoo.tests import new_test_user

from ...tools.payroll.time.workperiod import Span
from .payroll_case import END, START
from .run_case import NOW, RunCase

PERIOD = Span(START, END)
TUESDAY = date(2026, 6, 9)


@freeze_time(NOW)
class TimesheetCase(RunCase):
    """``clerk`` works in nursing, which ``head`` heads, and signs in as ``staff``."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employees["staff"].user_id = False
        cls.env.flush_all()
        cls.clerk.write(
            {"user_id": cls.users["staff"].id, "department_id": cls.nursing.id}
        )
        # a head of another department, and one of the same staff
        for key, group in (("other_head", "head"), ("colleague", "staff")):
            cls.users[key] = new_test_user(
                cls.env,
                f"test_{key}",
                groups=f"medical_office.core_group_{group}",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
                tz="America/Chicago",
            )
        cls.front_desk.manager_id = cls.env["hr.employee"].create(
            {
                "name": "Fay Front",
                "company_id": cls.company.id,
                "department_id": cls.front_desk.id,
                "user_id": cls.users["other_head"].id,
            }
        )

    @classmethod
    def sheet_of(cls, employee, span=PERIOD):
        """The draft timesheet of a person, filled from the clock."""
        return cls.env["medical.payroll.timesheet"]._ensure(
            employee, cls.schedule, span
        )

    def day(self, sheet, day=TUESDAY):
        return sheet.line_ids.filtered(lambda line: line.date == day)

    def approved_sheet(self, employee):
        """Submitted by the person, approved by the head."""
        sheet = self.sheet_of(employee)
        self.as_role(sheet, "staff").action_submit()
        self.as_role(sheet, "head").action_approve()
        return sheet

    def finding(self, run, *codes):
        return run.medical_finding_ids.filtered(lambda f: f.code in codes)

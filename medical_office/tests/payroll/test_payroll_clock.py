"""The clock on the phone, the grid, the checks and the report of hours."""

from datetime import date, datetime

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .payroll_case import START
from .run_case import NOW
from .timesheet_case import TUESDAY, TimesheetCase

MODEL = "medical.payroll.timesheet"


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestClock(TimesheetCase):
    def clock(self, role="staff"):
        return self.env[MODEL].with_user(self.users[role])

    def last(self, employee=None):
        return self.env["hr.attendance"].search(
            [("employee_id", "=", (employee or self.clerk).id)],
            order="check_in desc",
            limit=1,
        )

    def test_in_and_out(self):
        clock = self.clock()
        self.assertFalse(clock.clock_state()["inside"])
        state = clock.clock_tap(False)
        self.assertTrue(state["inside"])
        self.assertEqual(self.last().check_in, datetime(2026, 6, 23, 15))
        # an old screen, tapped again, changes nothing
        self.assertTrue(clock.clock_tap(False)["inside"])
        self.assertFalse(self.last().check_out)
        with freeze_time("2026-06-23 18:30:00"):
            state = clock.clock_tap(True)
        self.assertEqual((state["inside"], state["today"]), (False, 3.5))
        self.assertEqual(self.last().check_out, datetime(2026, 6, 23, 18, 30))

    def test_everybody_clocks_and_only_for_oneself(self):
        for role in ("head", "hr", "payroll", "accountant", "manager", "director"):
            with self.subTest(role):
                self.assertTrue(self.clock(role).clock_tap(False)["inside"])
                self.assertEqual(
                    self.last(self.employees[role]).employee_id, self.employees[role]
                )
        with self.assertRaisesRegex(UserError, "not linked to an employee"):
            self.clock("colleague").clock_tap(False)
        with self.assertRaises(AccessError):
            self.clock("auditor").clock_tap(False)
        with self.assertRaises(AccessError):
            self.env["hr.attendance"].with_user(self.users["staff"]).create(
                {"employee_id": self.nurse.id}
            )

    def test_a_forgotten_check_out_is_asked_for_first(self):
        self.env["hr.attendance"].create(
            {"employee_id": self.clerk.id, "check_in": datetime(2026, 6, 22, 13)}
        )
        sheet = self.sheet_of(self.clerk, self.schedule._period_on(date(2026, 6, 22)))
        clock = self.clock()
        state = clock.clock_state()
        self.assertEqual(state["forgotten"]["day"], "Monday, Jun 22")
        with self.assertRaisesRegex(UserError, "when you left"):
            clock.clock_tap(False)
        for wrong in ("noon", "25:00", ""):
            with self.subTest(wrong), self.assertRaisesRegex(UserError, "17:30"):
                clock.clock_left(wrong)
        with self.assertRaisesRegex(UserError, "more than 16 hours"):
            clock.clock_left("07:30")
        self.assertFalse(clock.clock_left("17:15")["forgotten"])
        self.assertEqual(self.last().check_out, datetime(2026, 6, 22, 22, 15))
        line = self.day(sheet, date(2026, 6, 22))
        self.assertEqual(
            (line.hours, line.reason, line.changed_by_id),
            (9.25, "Check-out entered later", self.users["staff"]),
        )
        self.assertTrue(clock.clock_tap(False)["inside"])

    def test_the_kiosk_is_opened_by_hr_and_manager(self):
        for role in ("hr", "manager"):
            action = self.clock(role).action_open_kiosk()
            self.assertIn("/hr_attendance/", action["url"])
        with self.assertRaises(AccessError):
            self.clock().action_open_kiosk()


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestHoursGrid(TimesheetCase):
    def grid(self, role, day="2026-06-09"):
        return self.env[MODEL].with_user(self.users[role]).hours_grid(False, day)

    def test_each_head_sees_the_own_people(self):
        sheet = self.sheet_of(self.clerk)
        front = self.hire("Finn Front", 20, "hour", department_id=self.front_desk.id)
        self.sheet_of(front)
        seen = {
            role: [row["who"] for row in self.grid(role)["rows"]]
            for role in ("head", "other_head", "payroll", "director")
        }
        self.assertEqual(seen["head"], ["Hal Hourly"])
        self.assertEqual(seen["other_head"], ["Finn Front"])
        self.assertEqual(sorted(seen["payroll"]), ["Finn Front", "Hal Hourly"])
        self.assertEqual(sorted(seen["director"]), ["Finn Front", "Hal Hourly"])
        [row] = self.grid("head")["rows"]
        self.assertEqual(len(row["cells"]), 14)
        self.assertEqual(row["cells"]["2026-06-09"]["hours"], 8)
        self.assertFalse(row["can_approve"])
        self.as_role(sheet, "staff").action_submit()
        self.assertTrue(self.grid("head")["rows"][0]["can_approve"])
        self.assertFalse(self.grid("payroll")["rows"][1]["can_approve"])
        with self.assertRaises(AccessError):
            self.grid("staff")

    def test_periods_follow_each_other(self):
        data = self.grid("payroll")
        self.assertEqual((data["start"], data["end"]), ("2026-06-07", "2026-06-20"))
        after = self.grid("payroll", data["after"])
        self.assertEqual(after["start"], "2026-06-21")
        self.assertEqual(self.grid("payroll", after["before"])["start"], data["start"])

    def test_as_many_queries_for_many_people(self):
        def read(count):
            for number in range(count):
                person = self.hire(f"P {count} {number}", 20, "hour")
                self.work(person, 8, self.days(START, 2))
                self.sheet_of(person)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.grid("payroll")
            return self.env.cr.sql_log_count - before

        read(1)
        self.assertLessEqual(read(10), read(2) + 2)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestHoursChecks(TimesheetCase):
    def found(self, method, model=MODEL):
        result = getattr(self.env[model], method)()
        return [row for row in result.rows if row.company_id == self.company.id]

    def test_a_late_timesheet_belongs_to_who_acts_next(self):
        sheet = self.sheet_of(self.clerk)
        [row] = self.found("_medical_check_late")
        self.assertEqual((row.res_model, row.res_id), (MODEL, sheet.id))
        self.assertIn("not submitted", row.summary)
        self.assertEqual(row.user_id, self.users["staff"].id)
        self.as_role(sheet, "staff").action_submit()
        [row] = self.found("_medical_check_late")
        self.assertIn("not approved", row.summary)
        self.assertEqual(row.user_id, self.users["head"].id)
        self.as_role(sheet, "head").action_approve()
        self.assertFalse(self.found("_medical_check_late"))

    def test_it_is_not_late_on_the_day_after(self):
        sheet = self.sheet_of(self.clerk)
        with freeze_time("2026-06-21 15:00:00"):
            self.assertFalse(self.found("_medical_check_late"))
        self.assertEqual(sheet.state, "draft")

    def test_hourly_people_without_hours(self):
        lou = self.hire("Lou Late", 20, "hour")
        sheet = self.sheet_of(lou)
        [row] = self.found("_medical_check_no_hours")
        self.assertEqual((row.res_id, row.user_id), (sheet.id, self.users["head"].id))
        self.assertFalse(self.found("_medical_check_late"), "one fault is one row")
        self.day(self.as_role(sheet, "head")).hours = 4
        self.assertFalse(self.found("_medical_check_no_hours"))

    def test_a_missing_check_out_leads_to_the_timesheet(self):
        attendance = self.env["hr.attendance"].search(
            [("employee_id", "=", self.clerk.id), ("date", "=", TUESDAY)]
        )
        attendance.check_out = False
        [row] = self.found("_medical_check_open", "hr.attendance")
        self.assertEqual(
            (row.res_model, row.user_id), ("hr.attendance", self.users["head"].id)
        )
        for role, sees in (("head", True), ("payroll", True), ("other_head", False)):
            own = attendance.with_user(self.users[role])
            self.assertEqual(own.has_access("read"), sees, role)
            self.assertFalse(own.has_access("write"), role)
        opened = attendance.with_user(self.users["head"])._medical_open_action()
        sheet = self.sheet_of(self.clerk)
        self.assertEqual(opened["res_id"], sheet.id)
        [row] = self.found("_medical_check_open", "hr.attendance")
        self.assertEqual((row.res_model, row.res_id), (MODEL, sheet.id))
        self.day(self.as_role(sheet, "staff")).write(
            {"hours": 8, "reason": "Forgot it"}
        )
        self.assertFalse(self.found("_medical_check_open", "hr.attendance"))

    def test_an_evening_belongs_to_its_own_day(self):
        """8 p.m. of June 20 in Chicago, the last day of the period, is June 21 in UTC."""
        late = self.env["hr.attendance"].create(
            {"employee_id": self.clerk.id, "check_in": datetime(2026, 6, 21, 1)}
        )
        sheet = self.sheet_of(self.clerk)
        rows = self.found("_medical_check_open", "hr.attendance")
        [row] = [row for row in rows if row.key == str(late.id)]
        self.assertIn("06/20/2026", row.summary)
        self.assertEqual((row.res_model, row.res_id), (MODEL, sheet.id))
        self.assertEqual(late._medical_open_action()["res_id"], sheet.id)

    def test_who_is_at_work_forgot_nothing(self):
        self.env["hr.attendance"].create(
            {"employee_id": self.clerk.id, "check_in": datetime(2026, 6, 23, 13)}
        )
        self.assertFalse(self.found("_medical_check_open", "hr.attendance"))
        sheet = self.sheet_of(self.clerk, self.schedule._period_on(date(2026, 6, 23)))
        self.assertEqual((sheet.open_count, sheet.missing_count), (1, 0))
        with freeze_time("2026-06-24 15:00:00"):
            sheet.invalidate_recordset()
            sheet.line_ids.invalidate_recordset()
            self.assertEqual(sheet.missing_count, 1)


@tagged("post_install", "-at_install")
class TestHoursReport(TimesheetCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.sheet = cls.sheet_of(cls.clerk)
            cls.front = cls.sheet_of(
                cls.hire("Finn Front", 20, "hour", department_id=cls.front_desk.id)
            )
            line = cls.sheet.line_ids.filtered(lambda one: one.date == TUESDAY)
            line.with_user(cls.users["staff"]).write(
                {"hours": 9, "reason": "Late patient"}
            )

    def test_hours_by_department_with_the_reasons(self):
        report = self.env["report.medical_office.payroll_hours_report"].with_user(
            self.users["payroll"]
        )
        sheets = report._sheets(report._documents((self.sheet | self.front).ids), {})
        hours, departments, typed = sheets
        self.assertEqual(hours.totals()["hours"], 81)
        self.assertEqual(hours.totals()["clocked"], 80)
        self.assertEqual(
            [(row["what"], row["hours"]) for row in departments.rows],
            [("Front Desk", 0), ("Nursing", 81)],
        )
        [row] = typed.rows
        self.assertEqual((row["why"], row["hours"]), ("Late patient", 9))

    def test_pdf_and_xlsx_for_who_may_read_them(self):
        for name in ("payroll_hours_report_action", "payroll_hours_report_xlsx_action"):
            report = self.env.ref(f"medical_office.{name}")
            data, kind = (
                self.env["ir.actions.report"]
                .with_user(self.users["head"])
                .with_context(force_report_rendering=False)
                ._render(report, self.sheet.ids)
            )
            self.assertTrue(data, kind)
            with self.assertRaises(AccessError):
                self.env["ir.actions.report"].with_user(
                    self.users["other_head"]
                )._render(report, self.sheet.ids)

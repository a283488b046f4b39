"""Timesheets: from the clock to the pay, and who may do which step."""

from datetime import date, datetime, time, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.payroll.time.workperiod import Span
from ..common import RpcClient
from .payroll_case import END, START
from .run_case import NOW
from .timesheet_case import PERIOD, TUESDAY, TimesheetCase

NEXT = Span(date(2026, 6, 21), date(2026, 7, 4))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTimesheet(TimesheetCase):
    def test_it_is_filled_from_the_clock(self):
        sheet = self.sheet_of(self.clerk)
        self.assertEqual((len(sheet.line_ids), sheet.hours), (14, 80))
        self.assertEqual(
            self.day(sheet).clock_text,
            "8:00 AM – 4:00 PM".replace(" AM", "\u202fAM").replace(" PM", "\u202fPM"),
        )
        self.assertEqual(sheet.department_id, self.nursing)
        self.assertEqual(
            self.sheet_of(self.clerk), sheet, "a second time makes nothing"
        )

    def test_a_night_is_split_at_the_practices_midnight(self):
        """7 PM to 7 AM in Chicago, wherever whoever looks is."""
        night = self.hire("Nia Night", 30, "hour")
        self.work(night, 12, [date(2026, 6, 11)], begin=0)
        sheet = self.sheet_of(night).with_context(tz="Asia/Tokyo")
        hours = {line.date.day: line.hours for line in sheet.line_ids if line.hours}
        self.assertEqual(hours, {10: 5, 11: 7})

    def test_a_check_out_is_in_it_at_once(self):
        sheet = self.sheet_of(self.clerk)
        saturday = self.env["hr.attendance"].create(
            {"employee_id": self.clerk.id, "check_in": datetime(2026, 6, 13, 14)}
        )
        self.assertEqual((sheet.hours, sheet.open_count), (80, 1))
        saturday.check_out = datetime(2026, 6, 13, 17, 30)
        self.assertEqual((sheet.hours, sheet.open_count), (83.5, 0))
        saturday.unlink()
        self.assertEqual(sheet.hours, 80)

    def test_the_person_types_with_a_reason(self):
        sheet = self.as_role(self.sheet_of(self.clerk), "staff")
        line = self.day(sheet)
        with (
            self.assertRaisesRegex(UserError, "Tue, Jun 9.*enter a reason.*8.00"),
            self.env.cr.savepoint(),
        ):
            line.hours = 9
        self.env.invalidate_all()
        self.assertEqual(line.hours, 8)
        line.write({"hours": 9, "reason": "Stayed for a late patient"})
        self.assertTrue(line.is_typed)
        self.assertEqual(line.changed_by_id, self.users["staff"])
        self.assertEqual((sheet.hours, sheet.clocked, sheet.typed_count), (81, 80, 1))
        # the clock says what it says; the typed hours stay
        self.work(self.clerk, 1, [TUESDAY], begin=23)
        self.assertEqual((line.clocked, line.hours), (9, 9))
        line.hours = 9
        self.assertFalse(line.is_typed, "what the clock says is not typed")

    def test_a_day_without_a_clock_needs_no_reason(self):
        sheet = self.as_role(self.sheet_of(self.clerk), "staff")
        sheet.write({"line_ids": [(1, self.day(sheet, START).id, {"hours": 3})]})
        self.assertEqual(sheet.hours, 83)

    def test_neither_days_to_come_nor_more_hours_than_a_day(self):
        sheet = self.as_role(self.sheet_of(self.clerk, NEXT), "staff")
        with self.assertRaisesRegex(UserError, "still to come"):
            self.day(sheet, NEXT.end).hours = 8
        with self.assertRaisesRegex(UserError, "24 hours, not 25"):
            self.day(sheet, NEXT.start).hours = 25
        with self.assertRaisesRegex(UserError, "runs until Saturday, Jul 4"):
            sheet.action_submit()

    def test_a_missing_check_out_is_dealt_with_on_it(self):
        """By the person, the head, HR, payroll or the manager: none reads attendances."""
        for number, role in enumerate(("staff", "head", "hr", "payroll", "manager")):
            day = date(2026, 6, 8) + timedelta(days=number)
            with self.subTest(role):
                attendance = self.env["hr.attendance"].search(
                    [("employee_id", "=", self.clerk.id), ("date", "=", day)]
                )
                attendance.check_out = False
                sheet = self.as_role(self.sheet_of(self.clerk), role)
                self.assertEqual(sheet.open_count, 1)
                with self.assertRaisesRegex(UserError, "no check-out"):
                    sheet.action_submit()
                self.day(sheet, day).write(
                    {"hours": 7.5, "reason": "Forgot to clock out"}
                )
                self.assertEqual(sheet.open_count, 0)
                self.assertEqual(
                    attendance.check_out, datetime(2026, 6, 8 + number, 20, 30)
                )
                self.assertFalse(
                    attendance.with_user(self.users[role]).has_access("write")
                )

    def test_submitted_it_waits_for_the_head(self):
        sheet = self.as_role(self.sheet_of(self.clerk), "staff")
        answer = sheet.action_submit()
        self.assertIn(self.users["head"].name, answer["params"]["message"])
        row = self.env["medical.core.decision"].search(
            [("res_model", "=", sheet._name), ("res_id", "=", sheet.id)]
        )
        can = {
            role: row.with_user(self.users[role]).can_decide
            for role in (
                "head",
                "other_head",
                "manager",
                "director",
                "staff",
                "payroll",
            )
        }
        self.assertEqual(
            can,
            {
                "head": True,
                "other_head": False,
                "manager": True,
                "director": True,
                "staff": False,
                "payroll": False,
            },
        )
        row.with_user(self.users["head"]).action_approve()
        self.assertEqual((sheet.state, row.state), ("approved", "decided"))
        self.assertEqual(sheet.approved_by_id, self.users["head"])

    def test_a_heads_own_hours_go_to_hr(self):
        head = self.hire("Hedda Head", 40, "hour")
        self.employees["head"].user_id = False
        self.env.flush_all()
        head.user_id = self.users["head"]
        self.nursing.manager_id = head
        sheet = self.as_role(self.sheet_of(head), "head")
        answer = sheet.action_submit()
        self.assertIn("HR or the office manager", answer["params"]["message"])
        with self.assertRaisesRegex(AccessError, "somebody else"):
            sheet.action_approve()
        row = self.env["medical.core.decision"].search(
            [("res_model", "=", sheet._name), ("res_id", "=", sheet.id)]
        )
        self.assertTrue(row.with_user(self.users["hr"]).can_decide)
        self.assertFalse(row.with_user(self.users["other_head"]).can_decide)
        self.as_role(sheet, "hr").action_approve()
        self.assertEqual(sheet.state, "approved")

    def test_who_typed_hours_does_not_approve_them(self):
        sheet = self.sheet_of(self.clerk)
        self.day(self.as_role(sheet, "head")).write(
            {"hours": 9, "reason": "I saw her stay"}
        )
        self.as_role(sheet, "staff").action_submit()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            self.as_role(sheet, "head").action_approve()
        self.as_role(sheet, "manager").action_approve()
        self.assertEqual(sheet.state, "approved")

    def test_handed_in_it_is_fixed_until_it_is_sent_back(self):
        sheet = self.sheet_of(self.clerk)
        self.as_role(sheet, "staff").action_submit()
        for role in ("staff", "head", "payroll", "manager"):
            with self.subTest(role), self.assertRaisesRegex(UserError, "Send it back"):
                self.day(self.as_role(sheet, role)).write({"hours": 1, "reason": "no"})
        with self.assertRaisesRegex(UserError, "reason"):
            self.as_role(sheet, "head").action_return("")
        self.as_role(sheet, "head").action_return("Tuesday is missing")
        self.assertEqual(sheet.state, "draft")

    def test_others_see_and_do_nothing(self):
        sheet = self.sheet_of(self.clerk)
        with self.assertRaises(AccessError):
            sheet.with_user(self.users["auditor"]).search([])
        for role in ("colleague", "other_head", "accountant", "outsider"):
            with self.subTest(role):
                own = sheet.with_user(self.users[role]).with_context(
                    allowed_company_ids=self.users[role].company_ids.ids
                )
                self.assertFalse(own.search([("id", "=", sheet.id)]))
                with self.assertRaises(AccessError):
                    own.read(["hours"])
                with self.assertRaises(AccessError):
                    own.action_submit()
        for role in ("staff", "head", "hr", "payroll", "manager", "director"):
            self.assertEqual(self.as_role(sheet, role).hours, 80, role)

    def test_payroll_and_the_person_do_not_approve(self):
        sheet = self.sheet_of(self.clerk)
        self.as_role(sheet, "staff").action_submit()
        for role in ("staff", "payroll"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.as_role(sheet, role).action_approve()

    def test_my_hours_is_the_period_of_today(self):
        mine = self.env["medical.payroll.timesheet"].with_user(self.users["staff"])
        action = mine.action_open_mine()
        sheet = mine.browse(action["res_id"])
        self.assertEqual(
            (sheet.date_start, sheet.employee_id), (NEXT.start, self.clerk)
        )
        with self.assertRaises(AccessError):
            mine.with_user(self.users["auditor"]).action_open_mine()
        told = mine.with_user(self.users["hr"]).action_open_mine()
        self.assertIn("no pay schedule", told["params"]["message"])
        self.nurse.user_id = self.users["colleague"]
        told = mine.with_user(self.users["colleague"]).action_open_mine()
        self.assertIn("salary", told["params"]["message"])

    def test_the_job_makes_those_of_hourly_people(self):
        off = self.schedule.copy({"name": "No timesheets", "use_timesheets": False})
        self.hire("Otto Off", 20, "hour", medical_schedule_id=off.id)
        self.env["medical.payroll.timesheet"]._cron_open()
        sheets = self.env["medical.payroll.timesheet"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(sheets.employee_id, self.clerk)
        self.assertEqual(sorted(sheets.mapped("date_start")), [START, NEXT.start])
        count = len(sheets)
        self.env["medical.payroll.timesheet"]._cron_open()
        self.assertEqual(
            self.env["medical.payroll.timesheet"].search_count(
                [("company_id", "=", self.company.id)]
            ),
            count,
        )


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestTimesheetPay(TimesheetCase):
    def hours_of(self, run, employee=None):
        slip = run.slip_ids.filtered(
            lambda s: s.employee_id == (employee or self.clerk)
        )
        return {
            day.code: round(day.number_of_hours, 2)
            for day in slip.worked_days_line_ids
            if day.code in ("REG", "OT")
        }

    def test_without_a_timesheet_the_clock_is_paid(self):
        run = self.prepared()
        self.assertEqual(self.hours_of(run), {"REG": 80})
        self.assertFalse(self.finding(run, "timesheet", "no_hours", "attendance"))

    def test_what_was_approved_is_what_is_paid(self):
        sheet = self.sheet_of(self.clerk)
        self.day(self.as_role(sheet, "staff")).write(
            {"hours": 10, "reason": "Stayed for inventory"}
        )
        run = self.prepared()
        waiting = self.finding(run, "timesheet")
        self.assertEqual(waiting.level, "blocker")
        self.assertEqual((waiting.res_model, waiting.res_id), (sheet._name, sheet.id))
        self.assertIn("clock's 80.00 hours", waiting.summary)
        self.assertEqual(self.hours_of(run), {"REG": 80})
        self.as_role(sheet, "staff").action_submit()
        self.as_role(sheet, "head").action_approve()
        run.action_medical_preflight()
        stale = self.finding(run, "hours_changed")
        self.assertIn("82.00 hours and the payslip 80.00", stale.summary)
        with self.assertRaisesRegex(UserError, "must be fixed"):
            stale.action_waive("never mind")
        run.action_medical_compute()
        self.assertFalse(self.finding(run, "hours_changed", "timesheet"))
        self.assertEqual(self.hours_of(run), {"REG": 80, "OT": 2})
        # what the clock says afterwards changes nothing of it
        self.work(self.clerk, 2, [date(2026, 6, 13)])
        run.action_medical_compute()
        self.assertEqual(self.hours_of(run), {"REG": 80, "OT": 2})

    def test_payroll_waives_hours_that_nobody_approved_in_time(self):
        self.sheet_of(self.clerk)
        run = self.prepared()
        with self.assertRaisesRegex(UserError, "hours are not approved"):
            run.action_medical_submit()
        self.finding(run, "timesheet").action_waive("Her head is ill; state law")
        run.action_medical_submit()
        self.assertEqual(run.state, "submitted")

    def test_hourly_people_without_hours_are_a_blocker(self):
        lou = self.hire("Lou Late", 20, "hour")
        run = self.prepared()
        finding = self.finding(run, "no_hours")
        self.assertEqual((finding.level, finding.employee_id), ("blocker", lou))
        with self.assertRaisesRegex(UserError, "Lou Late: paid by the hour"):
            run.action_medical_submit()
        # it leads to the timesheet, which the preflight made
        action = finding.action_fix()
        sheet = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(
            (sheet._name, sheet.employee_id), ("medical.payroll.timesheet", lou)
        )
        for role in ("payroll", "hr", "manager", "head"):
            self.assertTrue(self.as_role(sheet, role).has_access("write"), role)
        self.day(self.as_role(sheet, "payroll")).hours = 6
        self.as_role(sheet, "payroll").action_submit()
        self.as_role(sheet, "head").action_approve()
        run.action_medical_compute()
        self.assertFalse(self.finding(run, "no_hours", "timesheet"))
        self.assertEqual(self.hours_of(run, lou), {"REG": 6})

    def test_in_and_out_within_one_second_is_no_work(self):
        """A thumb that taps twice stops nobody's pay, and is nobody's hours."""
        lou = self.hire("Lou Twice", 20, "hour")
        moment = datetime.combine(START, time(15))
        for person in (lou, self.clerk):
            self.env["hr.attendance"].create(
                {"employee_id": person.id, "check_in": moment, "check_out": moment}
            )
        run = self.prepared()
        self.assertFalse(any(run.slip_ids.mapped("medical_problem")))
        self.assertEqual(set(run.slip_ids.mapped("state")), {"verify"})
        self.assertEqual(self.finding(run, "no_hours").employee_id, lou)

    def test_time_off_explains_why_there_are_no_hours(self):
        lou = self.hire("Lou Away", 20, "hour")
        kind = self.env["hr.leave.type"].create(
            {
                "name": "Unpaid",
                "requires_allocation": False,
                "leave_validation_type": "no_validation",
            }
        )
        self.env["hr.leave"].create(
            {
                "employee_id": lou.id,
                "holiday_status_id": kind.id,
                "request_date_from": START,
                "request_date_to": END,
            }
        )
        self.assertFalse(self.finding(self.prepared(), "no_hours"))

    def test_the_run_locks_it_and_lets_it_go(self):
        sheet = self.approved_sheet(self.clerk)
        run = self.submitted()
        self.assertEqual((sheet.state, sheet.run_id), ("locked", run))
        with self.assertRaisesRegex(UserError, "was paid and is locked"):
            self.day(self.as_role(sheet, "manager")).write({"hours": 1, "reason": "no"})
        with self.assertRaises(UserError):
            self.as_role(sheet, "head").action_return("No")
        self.as_role(run, "director").action_medical_return("Look again")
        self.assertEqual((sheet.state, sheet.run_id.id), ("approved", False))
        self.assertEqual(sheet.approved_by_id, self.users["head"])

    def test_who_sends_the_run_back_may_be_one_of_those_it_pays(self):
        own = self.hire("Pam Payroll", 30, "hour")
        self.work(own, 8, self.days(START, 10))
        self.employees["payroll"].user_id = False
        self.env.flush_all()
        own.user_id = self.users["payroll"]
        sheet = self.sheet_of(own)
        self.as_role(sheet, "payroll").action_submit()
        self.as_role(sheet, "head").action_approve()
        run = self.submitted()
        run.action_medical_return("Wrong pay date")
        self.assertEqual(sheet.state, "approved")

    def test_a_correction_is_paid_in_the_next_period(self):
        sheet = self.approved_sheet(self.clerk)
        self.posted()
        self.as_role(sheet, "staff").action_correct("The staff meeting was not clocked")
        new = sheet.correction_ids
        self.assertEqual((new.state, new.hours), ("draft", 80))
        self.day(self.as_role(new, "staff")).write(
            {"hours": 9.5, "reason": "Staff meeting"}
        )
        self.as_role(new, "staff").action_submit()
        self.as_role(new, "head").action_approve()
        self.assertEqual((sheet.state, new.state), ("replaced", "approved"))
        self.work(self.clerk, 8, self.days(NEXT.start, 10))
        with freeze_time("2026-07-07 15:00:00"):
            run = self.prepared(NEXT.start, NEXT.end, date(2026, 7, 10))
            slip = run.slip_ids.filtered(lambda s: s.employee_id == self.clerk)
            retro = slip.medical_item_ids.filtered(lambda i: i.code == "RETRO")
            # 1.5 hours at 20 dollars, and half of it for the hours over 40 of that week
            self.assertAlmostEqual(sum(retro.mapped("amount")), 45, 2)
            run.action_medical_submit()
        self.assertEqual((new.state, new.run_id), ("locked", run))

    def test_a_correction_corrects_only_what_was_paid(self):
        sheet = self.approved_sheet(self.clerk)
        with self.assertRaisesRegex(UserError, "not locked by a pay run"):
            self.as_role(sheet, "staff").action_correct("Oops")
        self.submitted()
        first = self.as_role(sheet, "staff").action_correct("Oops")
        again = self.as_role(sheet, "head").action_correct("Oops again")
        self.assertEqual(first["res_id"], again["res_id"])
        with self.assertRaises(AccessError):
            self.as_role(sheet, "colleague").action_correct("Mine")

    def test_a_shift_differential_is_paid_by_the_clock_of_the_timesheet(self):
        self.env["medical.payroll.differential"].create(
            {
                "company_id": self.company.id,
                "name": "Evening",
                "date_from": START,
                "days": "every",
                "hour_from": 15,
                "hour_to": 22,
                "amount": 2,
            }
        )
        before = self.prepared()
        slip = before.slip_ids.filtered(lambda s: s.employee_id == self.clerk)
        self.assertAlmostEqual(self.total(slip, "DIFF"), 20)
        self.approved_sheet(self.clerk)
        before.action_medical_compute()
        self.assertAlmostEqual(self.total(slip, "DIFF"), 20)

    def test_as_many_queries_for_many_timesheets(self):
        def read(count):
            people = self.env["hr.employee"].union(
                *(self.hire(f"Person {count} {n}", 20, "hour") for n in range(count))
            )
            self.work_all(people)
            self.env["medical.payroll.timesheet"]._ensure(people, self.schedule, PERIOD)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            sheets = self.env["medical.payroll.timesheet"]._ensure(
                people, self.schedule, PERIOD
            )
            sheets._fill()
            self.env.flush_all()
            self.assertEqual(len(sheets), count)
            return self.env.cr.sql_log_count - before

        self.assertLessEqual(read(12), read(3) + 2)

    def work_all(self, people):
        for person in people:
            self.work(person, 8, self.days(START, 2))


@tagged("post_install", "-at_install")
class TestTimesheetRpc(TimesheetCase, RpcClient):
    """What a client may not do, whatever values and context it sends."""

    MODEL = "medical.payroll.timesheet"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(NOW):
            cls.sheet = cls.sheet_of(cls.clerk)

    def test_nobody_approves_or_makes_one_by_writing_it(self):
        line = self.day(self.sheet)
        for role in ("staff", "head", "payroll", "manager"):
            self.sign_in(role)
            for values in (
                {"state": "approved"},
                {"employee_id": self.nurse.id},
                {"hours": 200},
                {"user_id": self.users["colleague"].id},
                {"corrector_ids": [[5]]},
            ):
                with self.subTest(f"{role} {values}"):
                    self.call_refused(self.MODEL, "write", self.sheet.ids, values)
            for values in ({"clocked": 24}, {"is_typed": False}, {"stretches": []}):
                with self.subTest(f"{role} {values}"):
                    self.call_refused(f"{self.MODEL}.line", "write", line.ids, values)
            self.call_refused(
                self.MODEL,
                "create",
                [
                    {
                        "employee_id": self.clerk.id,
                        "date_start": "2026-01-01",
                        "date_end": "2026-01-14",
                    }
                ],
            )
            self.call_refused(self.MODEL, "unlink", self.sheet.ids)
            self.call_refused(f"{self.MODEL}.line", "unlink", line.ids)

    def test_the_own_hours_are_typed_through_rpc_and_others_are_not(self):
        line = self.day(self.sheet)
        values = {"hours": 7, "reason": "Left early"}
        self.sign_in("staff")
        self.call(f"{self.MODEL}.line", "write", line.ids, values)
        self.assertEqual(line.hours, 7)
        self.sign_in("colleague")
        self.call_refused(
            f"{self.MODEL}.line", "write", line.ids, values, error="AccessError"
        )

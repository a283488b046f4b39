"""The preflight: what it finds, what may be waived, and by whom."""

from datetime import date, datetime
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .payroll_case import END, START
from .run_case import NOW, RunCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollPreflight(RunCase):
    def found(self, run):
        return {(f.code, f.level): f for f in run.medical_finding_ids}

    def test_a_clean_run_has_no_blocker(self):
        self.assertFalse(
            self.prepared().medical_finding_ids.filtered(lambda f: f.level == "blocker")
        )

    def test_whoever_may_not_be_paid_is_a_blocker_that_nobody_waives(self):
        """What a domain above knows: here one person is barred, for pay alone."""
        barred = self.nurse

        def bars(_self, parties, _day, act):
            if act != "pay" or parties._name != "hr.employee":
                return {}
            return dict.fromkeys(parties & barred, f"{barred.name} may not be paid.")

        with patch.object(type(self.env["medical.core.bar"]), "_bars", bars):
            run = self.prepared()
        finding = self.found(run)["bar", "blocker"]
        self.assertEqual(finding.employee_id, barred)
        with self.assertRaisesRegex(UserError, "cannot be waived"):
            finding.with_user(self.users["payroll"]).action_waive("Paid all the same")

    def test_what_is_missing_is_listed_and_linked(self):
        new = self.hire("Una New", 52000, w4=None)
        self.accounts[1].active = False
        run = self.prepared()
        found = self.found(run)
        w4 = found["w4", "blocker"]
        self.assertIn("Una New: no Form W-4", w4.summary)
        self.assertEqual(w4.action_fix()["res_id"], new.id)
        self.assertIn(("bank", "warning"), found)
        self.assertIn(("ssn", "warning"), found)

    def test_last_years_wages_are_asked_for_where_a_catch_up_hangs_on_them(self):
        """26 USC 414(v)(7): unknown wages are a question, not zero."""
        plan = self.env["medical.people.benefit.plan"].create(
            {"name": "Retirement", "kind": "401k", "company_id": self.company.id}
        )
        self.nurse.birthday = date(1964, 3, 3)
        self.env["medical.people.enrollment"].create(
            {
                "employee_id": self.nurse.id,
                "plan_id": plan.id,
                "percent": 5,
                "date_from": START,
            }
        )
        run = self.prepared()
        finding = self.found(run)["prior_wages", "blocker"]
        self.assertIn("Social Security wages for 2025 are not known", finding.summary)
        self.assertEqual(finding.action_fix()["res_id"], self.nurse.id)
        self.nurse.write({"medical_prior_wages_year": 2024, "medical_prior_wages": 9})
        run.action_medical_preflight()
        self.assertIn(("prior_wages", "blocker"), self.found(run))
        # no wages of the year before are an answer as well
        self.nurse.write({"medical_prior_wages_year": 2025, "medical_prior_wages": 0})
        run.action_medical_preflight()
        self.assertNotIn(("prior_wages", "blocker"), self.found(run))
        self.nurse.medical_prior_wages_year = 0
        self.nurse.birthday = date(1990, 3, 3)
        run.action_medical_preflight()
        self.assertNotIn(("prior_wages", "blocker"), self.found(run))

    def test_a_blocker_stops_submission_until_it_is_waived_with_a_reason(self):
        self.hire("Una New", 52000, w4=None)
        run = self.prepared()
        with self.assertRaisesRegex(UserError, "Una New: no Form W-4"):
            run.action_medical_submit()
        finding = self.found(run)["w4", "blocker"]
        with self.assertRaisesRegex(UserError, "reason"):
            finding.action_waive(" ")
        finding.action_waive("She signs on her first day")
        self.assertEqual(finding.waived_by_id, self.users["payroll"])
        run.action_medical_submit()
        self.assertEqual(run.state, "submitted")

    def test_a_waiver_ends_when_the_finding_says_something_else(self):
        run = self.prepared()
        self.accounts[0].write({"date_changed": datetime(2026, 6, 20, 9)})
        self.accounts.flush_recordset()
        self.env.cr.execute(
            "UPDATE medical_payroll_account SET create_date = '2025-01-01'"
        )
        self.accounts.invalidate_recordset()
        run.action_medical_preflight()
        self.found(run)["bank_changed", "blocker"].action_waive("Called her")
        run.action_medical_preflight()
        self.assertTrue(self.found(run)["bank_changed", "blocker"].is_waived)
        self.accounts[0].write({"date_changed": datetime(2026, 6, 22, 9)})
        run.action_medical_preflight()
        self.assertFalse(self.found(run)["bank_changed", "blocker"].is_waived)

    def test_who_changed_a_bank_account_does_not_waive_it(self):
        run = self.prepared()
        officer = self.users["payroll"]
        self.accounts[0]._pen().write(
            {"date_changed": datetime(2026, 6, 20, 9), "changed_by_id": officer.id}
        )
        self.accounts.flush_recordset()
        self.env.cr.execute(
            "UPDATE medical_payroll_account SET create_date = '2025-01-01'"
        )
        self.accounts.invalidate_recordset()
        run.action_medical_preflight()
        finding = self.found(run)["bank_changed", "blocker"]
        with self.assertRaisesRegex(AccessError, "You changed this bank account"):
            finding.with_user(officer).action_waive("It is fine")
        self.assertFalse(finding.is_waived)
        finding.with_user(self.users["manager"]).action_waive("Called her")
        self.assertTrue(finding.is_waived)

    def credential(self, person, kind, **values):
        return self.env["medical.core.credential"].create(
            {
                "type_id": kind.id,
                "user_id": person.user_id.id,
                "company_id": self.company.id,
                "date_from": date(2024, 1, 1),
                **values,
            }
        )

    def test_a_license_that_ends_before_the_pay_date_is_told(self):
        kind = self.env["medical.core.credential.type"].create(
            {"name": "RN license", "code": "test_rn", "must_verify": False}
        )
        self.employees["staff"].user_id = self.employees["head"].user_id = False
        self.env.flush_all()  # a login belongs to one person at a time
        self.nurse.user_id, self.clerk.user_id = (
            self.users["staff"],
            self.users["head"],
        )
        ended = self.credential(self.nurse, kind, date_to=date(2026, 6, 22))
        self.credential(self.clerk, kind, date_to=date(2026, 6, 26))  # on payday
        run = self.prepared()
        told = run.medical_finding_ids.filtered(lambda f: f.code == "license")
        self.assertEqual(told.employee_id, self.nurse)
        self.assertIn("RN license is not in force on 06/26/2026", told.summary)
        self.assertEqual(told.level, "warning")
        renewal = self.credential(self.nurse, kind, date_from=date(2026, 6, 23))
        run.action_medical_preflight()
        self.assertNotIn(("license", "warning"), self.found(run))
        renewal.action_void("entered wrongly")
        run.action_medical_preflight()
        self.assertIn(("license", "warning"), self.found(run))
        ended.action_void("never held")
        run.action_medical_preflight()
        self.assertNotIn(("license", "warning"), self.found(run))

    def test_what_cannot_be_computed_cannot_be_waived(self):
        self.env["medical.payroll.state.account"].search([]).unlink()
        run = self.prepared()
        finding = self.found(run)["problem", "blocker"]
        self.assertIn("unemployment rate", finding.summary)
        with self.assertRaisesRegex(UserError, "must be fixed"):
            finding.action_waive("never mind")

    def test_pay_below_the_minimum_wage(self):
        low = self.hire("Lou Low", 7, "hour")
        self.work(low, 8, self.days(START, 5))
        finding = self.found(self.prepared())["minimum", "blocker"]
        self.assertIn(
            "Lou Low: $\N{NO-BREAK SPACE}7.00 per hour is below", finding.summary
        )

    def test_an_open_attendance(self):
        """Of whoever is owed overtime, on a salary or by the hour."""
        attendance = self.env["hr.attendance"].create(
            {"employee_id": self.clerk.id, "check_in": datetime(2026, 6, 20, 13)}
        )
        self.assertIn(("attendance", "blocker"), self.found(self.prepared()))
        attendance.employee_id = self.nurse
        self.assertNotIn(("attendance", "blocker"), self.found(self.prepared()))
        self.nurse.version_id.medical_flsa_exempt = False
        self.assertIn(("attendance", "blocker"), self.found(self.prepared()))

    def test_the_same_days_are_not_paid_twice(self):
        self.posted()
        run = self.prepared(day=date(2026, 6, 25))
        self.assertIn(("twice", "blocker"), self.found(run))

    def test_a_large_change_is_told_with_its_causes(self):
        self.posted()
        later = date(2026, 7, 4)
        self.work(self.clerk, 4, self.days(END.replace(day=22), 5))
        with freeze_time("2026-07-07 15:00:00"):
            run = self.prepared(
                start=date(2026, 6, 21), end=later, day=date(2026, 7, 10)
            )
            finding = self.found(run)["change", "warning"]
        self.assertIn("Hal Hourly: net pay of", finding.summary)
        self.assertIn("Regular pay hours -$\N{NO-BREAK SPACE}1,200.00", finding.summary)

    def test_a_pay_date_on_which_no_bank_pays(self):
        run = self.prepared(day=date(2026, 7, 4))
        self.assertIn(("date", "blocker"), self.found(run))

    def test_others_neither_waive_nor_write_findings(self):
        self.hire("Una New", 52000, w4=None)
        run = self.prepared()
        finding = self.found(run)["w4", "blocker"]
        with self.assertRaises(AccessError):
            self.as_role(finding, "director").action_waive("fine")
        with self.assertRaises(AccessError):
            finding.with_user(self.users["payroll"]).write({"is_waived": True})
        with self.assertRaises(AccessError):
            self.as_role(finding, "accountant").read(["summary"])

    def test_the_number_of_queries_does_not_grow_with_the_people(self):
        def queries(run):
            run.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run._medical_preflight()
            return self.env.cr.sql_log_count - before

        few = self.prepared()
        small = queries(few)
        for number in range(20):
            self.hire(f"Person {number}", 60000, ssnid=f"403-23-{4000 + number}")
        few.action_medical_compute()
        self.assertEqual(len(few.slip_ids), 22)
        self.assertLess(queries(few), small + 15)

"""Pay written straight into a version: paid only after somebody else looked at it."""

import runpy
from datetime import date
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .payroll_case import START
from .run_case import NOW, RunCase

MIGRATION = Path(__file__).parents[2] / "migrations/19.0.3.0.0/post-first_pay.py"
NEXT = {"start": date(2026, 6, 21), "end": date(2026, 7, 4), "day": date(2026, 7, 10)}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollPayByHand(RpcClient, RunCase):
    def found(self, run):
        return run.medical_finding_ids.filtered(lambda f: f.code == "pay_by_hand")

    def by_hand(self, person, role="payroll", **values):
        self.as_role(person, role).write(values)
        self.env.flush_all()

    def first(self, run):
        return run.medical_finding_ids.filtered(lambda f: f.code == "pay_first")

    def test_first_pay_by_hand_is_agreed_by_who_approves_the_run(self):
        self.by_hand(self.nurse, wage=80000)
        self.by_hand(self.nurse, "manager", wage=79000, medical_wage_per="year")
        run = self.prepared()
        self.assertFalse(self.found(run))
        finding = self.first(run)
        self.assertEqual(finding.employee_id, self.nurse)
        self.assertRegex(
            finding.summary,
            r"^Nora Salary: first pay .*79,000\.00 \(Year\), .* by test_manager ",
        )
        self.assertEqual(finding.level, "warning")
        self.assertEqual(run.medical_first_pay, finding.summary)
        with self.assertRaisesRegex(UserError, "cannot be waived"):
            self.as_role(finding, "payroll").action_waive("I know")
        run.action_medical_submit()
        self.as_role(run, "director").action_medical_approve()
        self.as_role(run, "accountant").action_medical_post()
        self.assertFalse(self.nurse.sudo().version_ids.medical_by_hand_id)
        # from now on it is agreed pay that is written over
        self.by_hand(self.nurse, wage=80000)
        self.assertEqual(self.nurse.sudo().version_ids.medical_agreed_wage, 79000)

    def test_who_wrote_first_pay_does_not_approve_its_run(self):
        both = self.users["director"]
        both.group_ids += self.env.ref("medical_office.core_group_manager")
        self.by_hand(self.nurse, "director", wage=80000)
        run = self.prepared()
        run.action_medical_submit()
        with self.assertRaisesRegex(UserError, "You entered the first pay of Nora"):
            self.as_role(run, "director").action_medical_approve()

    def test_first_pay_written_after_the_submission_is_named_by_the_next_run(self):
        self.by_hand(self.nurse, wage=78000.5)
        run = self.prepared()
        run.action_medical_submit()
        with freeze_time("2026-06-23 16:00:00"):
            self.by_hand(self.nurse, wage=99000)
            self.as_role(run, "director").action_medical_approve()
            run.action_medical_post()
        self.assertIn("99,000.00", self.first(self.prepared(**NEXT)).summary)
        # and touched again it stays named
        self.by_hand(self.nurse, "manager", wage=99500)
        self.assertTrue(self.nurse.version_ids._is_first_pay())

    def test_first_pay_of_many_is_one_line(self):
        people = self.nurse | self.clerk
        for number in range(4):
            people |= self.hire(f"Ann {number}", 50000)
        for person in people:
            self.by_hand(person, wage=52000)
        found = self.first(self.prepared())
        self.assertEqual(len(found), 1)
        self.assertFalse(found.employee_id)
        self.assertRegex(found.summary, r"^First pay of 6 people was entered by test_p")
        self.assertRegex(found.summary, r"Nora Salary \$.52,000\.00 \(Year\)")

    def test_first_pay_of_somebody_hired_by_hand(self):
        manager = self.env["hr.employee"].with_user(self.users["manager"])
        values = {"name": "Ida New", "company_id": self.company.id, "wage": 5000}
        person = manager.create(values).sudo(False)
        self.assertTrue(person.sudo().version_ids._is_first_pay())
        self.by_hand(person, wage=0)
        self.assertFalse(person.sudo().version_ids.medical_by_hand_id)
        self.by_hand(person, wage=5100)
        later = self.as_role(person, "payroll").create_version(
            {"date_version": NEXT["start"]}
        )
        self.assertTrue(later.sudo()._is_first_pay())
        # a raise, an offer: the program writes what was approved
        later.with_user(1).write({"wage": 5200})
        self.assertFalse(later.sudo()._is_first_pay())

    def test_pay_from_before_an_upgrade_is_first_pay_of_who_was_not_paid_yet(self):
        self.paid_out()
        late = self.hire("Lea Late", 47000)
        self.assertFalse(late.sudo().version_ids.medical_by_hand_id)
        for _again in range(2):
            runpy.run_path(str(MIGRATION))["migrate"](self.env.cr, "19.0.2.0.0")
            self.env.invalidate_all()
        self.assertTrue(late.sudo().version_ids._is_first_pay())
        self.assertFalse(self.nurse.sudo().version_ids.medical_by_hand_id)
        finding = self.first(self.prepared(**NEXT))
        self.assertEqual(finding.employee_id, late)
        self.assertIn("47,000.00", finding.summary)

    def test_it_stops_the_run_until_somebody_else_waives_it(self):
        self.paid_out()
        self.by_hand(self.nurse, wage=90000)
        run = self.prepared(**NEXT)
        finding = self.found(run)
        self.assertEqual(finding.employee_id, self.nurse)
        self.assertRegex(
            finding.summary,
            r"^Nora Salary: .*78,000\.00 .*90,000\.00 .* by test_payroll ",
        )
        self.assertEqual(finding.level, "blocker")
        run.medical_finding_ids.filtered(lambda f: f.code == "no_hours").action_waive(
            "Did not work"
        )
        with self.assertRaisesRegex(UserError, "without an approved offer"):
            run.action_medical_submit()
        with self.assertRaisesRegex(AccessError, "You wrote this pay"):
            finding.action_waive("I know")
        self.as_role(finding, "manager").action_waive("The letter of May says so")
        run.action_medical_submit()
        self.as_role(run, "director").action_medical_approve()
        self.as_role(run, "accountant").action_medical_post()
        self.assertFalse(self.nurse.sudo().version_ids.medical_by_hand_id)

    def test_what_the_manager_wrote_is_waived_by_payroll(self):
        self.paid_out()
        self.by_hand(self.clerk, "manager", medical_wage_per="month", wage=5000)
        self.by_hand(self.clerk, "manager", name="Hal O. Hourly")
        run = self.prepared(**NEXT)
        finding = self.found(run)
        self.assertIn("20.00 (Hour)", finding.summary)
        with self.assertRaisesRegex(AccessError, "You wrote this pay"):
            self.as_role(finding, "manager").action_waive("I know")
        finding.action_waive("Asked the director")
        self.assertTrue(finding.is_waived)
        # what is written afterwards says something else
        self.by_hand(self.clerk, "manager", wage=6000)
        run.action_medical_preflight()
        self.assertEqual(self.found(run).mapped("is_waived"), [False])

    def test_nobody_waives_the_own_pay(self):
        self.paid_out()
        self.employees["payroll"].user_id = False
        self.env.flush_all()
        self.clerk.user_id = self.users["payroll"]
        self.by_hand(self.clerk, "manager", wage=30)
        run = self.prepared(**NEXT)
        with self.assertRaisesRegex(AccessError, "it is your own"):
            self.found(run).action_waive("Fine")

    def test_what_was_agreed_ends_it_when_it_is_put_back(self):
        self.paid_out()
        self.by_hand(self.nurse, wage=90000)
        self.by_hand(self.nurse, "manager", wage=78000)
        self.assertFalse(self.found(self.prepared(**NEXT)))

    def test_a_raise_counts_from_what_was_agreed_and_ends_it(self):
        self.paid_out()
        self.by_hand(self.nurse, wage=90000)
        day = self.nurse._get_version(NEXT["start"]).date_version
        change = (
            self.env["medical.people.pay.change"]
            .with_user(self.users["hr"])
            .create(
                {
                    "employee_id": self.nurse.id,
                    "date_from": day,
                    "wage_after": 90000,
                    "reason": "New license",
                }
            )
        )
        self.assertEqual(change.wage_before, 78000)
        self.assertAlmostEqual(change.year_change, 12000, 2)
        change.action_submit()
        self.as_role(change, "director").action_approve()
        self.assertEqual(self.nurse._get_version(day).wage, 90000)
        self.assertFalse(self.found(self.prepared(**NEXT)))

    def test_other_doors_to_the_same_pay(self):
        self.paid_out()
        version = self.nurse.version_ids
        payroll = self.as_role(self.nurse, "payroll")
        # a version of another day, and one that is deleted again
        later = payroll.create_version({"date_version": NEXT["start"]})
        self.assertFalse(self.nurse._pay_by_hand(NEXT["end"]))
        later.wage = 95000
        self.assertEqual(self.nurse._pay_by_hand(NEXT["end"]), later.sudo(False))
        later.with_user(1).write({"wage": 95000})  # a raise
        self.assertFalse(self.nurse._pay_by_hand(NEXT["end"]))
        # a raise that is moved ahead pays more from an earlier day on
        later.date_version = START
        self.assertEqual(self.nurse._pay_by_hand(NEXT["end"]), later.sudo(False))
        later.with_user(1).write({"wage": 95000, "date_version": NEXT["start"]})
        self.assertFalse(self.nurse._pay_by_hand(NEXT["end"]))
        later.active = False
        self.assertEqual(self.nurse._pay_by_hand(NEXT["end"]), version)
        self.assertEqual(version.sudo().medical_agreed_wage, 95000)

    def test_nobody_reads_or_writes_the_marks_through_rpc(self):
        self.paid_out()
        self.by_hand(self.nurse, wage=90000)
        version = self.nurse.version_ids
        for role in ("payroll", "manager", "hr", "director"):
            self.sign_in(role)
            for name in ("medical_by_hand_id", "medical_agreed_wage"):
                with self.subTest(role=role, name=name):
                    self.call_refused("hr.version", "read", version.ids, [name])
                    values = {name: False}
                    self.call_refused("hr.version", "write", version.ids, values)
                    self.call_refused("hr.employee", "write", self.nurse.ids, values)
        self.assertTrue(version.sudo().medical_by_hand_id)

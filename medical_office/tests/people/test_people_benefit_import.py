"""Enrollments from a CSV: a dry run with before and after, then all of it or nothing."""

import base64
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .people_case import PeopleCase

HEAD = "Work email,Plan,Coverage,From,Until,Per paycheck,Percent of pay\n"


@tagged("post_install", "-at_install")
class TestPeopleBenefitImport(PeopleCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nurse.work_email = "nurse@lakeside.example"
        cls.leader = cls.employees["head"]
        cls.leader.work_email = "head@lakeside.example"
        cls.health, cls.saving = cls.env["medical.people.benefit.plan"].create(
            [
                {
                    "name": "Health Plan",
                    "company_id": cls.company.id,
                    "benefit": "medical",
                    "tier_ids": [
                        Command.create(
                            {
                                "covered": covered,
                                "employee_month": cost,
                                "employer_month": 400,
                            }
                        )
                        for covered, cost in (("employee", 120), ("family", 360))
                    ],
                },
                {
                    "name": "Savings 401(k)",
                    "company_id": cls.company.id,
                    "benefit": "retirement",
                },
            ]
        )

    def wizard(self, text, role="hr", **values):
        return (
            self.env["medical.people.import.wizard"]
            .with_user(self.users[role])
            .create(
                {
                    "kind": "benefits",
                    "file": base64.b64encode(text.encode()),
                    **values,
                }
            )
        )

    def enrolled(self, person=None):
        return self.env["medical.people.enrollment"].search(
            [("employee_id", "=", (person or self.nurse).id)], order="id"
        )

    def test_a_dry_run_writes_nothing_then_all_is_written(self):
        wizard = self.wizard(
            HEAD
            + "nurse@lakeside.example,health plan,Family,2027-01-01,,,\n"
            + "nurse@lakeside.example,Savings 401(k),,1/1/2027,,,4\n"
            + "head@lakeside.example,Health Plan,employee only,2027-01-01,,75.5,\n"
        )
        wizard.action_check()
        self.assertFalse(wizard.problems)
        self.assertEqual((wizard.new_count, wizard.changed_count), (3, 0))
        self.assertIn(
            f"Row 2: new, Health Plan of {self.nurse.name} from 01/01/2027",
            wizard.preview,
        )
        self.assertFalse(self.enrolled())
        wizard.action_import()
        health, saving = self.enrolled()
        self.assertEqual(health.tier_id.covered, "family")
        self.assertAlmostEqual(health.amount, 360 * 12 / 24, 2)
        self.assertEqual((saving.percent, saving.date_from), (4, date(2027, 1, 1)))
        self.assertAlmostEqual(self.enrolled(self.leader).amount, 75.5, 2)

    def test_only_columns_given_change_and_before_stands_beside_after(self):
        known = self.env["medical.people.enrollment"].create(
            {
                "employee_id": self.nurse.id,
                "plan_id": self.saving.id,
                "percent": 3,
                "note": "Asked in writing",
                "date_from": "2026-01-01",
            }
        )
        wizard = self.wizard(
            "Work email,Plan,From,Percent of pay\n"
            "nurse@lakeside.example,Savings 401(k),2026-01-01,5\n"
        )
        wizard.action_check()
        self.assertFalse(wizard.problems)
        self.assertIn("Percent of pay: 3.0 → 5.0", wizard.preview)
        self.assertEqual((wizard.new_count, wizard.changed_count), (0, 1))
        self.assertEqual(known.percent, 3)
        wizard.action_import()
        self.assertEqual((known.percent, known.note), (5, "Asked in writing"))
        self.assertFalse(known.date_to)
        again = self.wizard(
            "Work email,Plan,From,Percent of pay\n"
            "nurse@lakeside.example,Savings 401(k),2026-01-01,\n"
        )
        again.action_check()
        self.assertEqual((again.new_count, again.changed_count), (0, 0))

    def test_what_cannot_be_is_named_by_row_and_nothing_is_written(self):
        wizard = self.wizard(
            HEAD
            + "nurse@lakeside.example,Health Plan,family,2027-01-01,,,\n"
            + "Nurse@lakeside.example,health plan,employee,2027-01-01,,,\n"
            + "nobody@lakeside.example,Health Plan,family,2027-01-01,,,\n"
            + "head@lakeside.example,Gym,,2027-01-01,,10,\n"
            + "head@lakeside.example,Savings 401(k),,2027-02-01,2027-01-01,,3\n"
            + "head@lakeside.example,Savings 401(k),,2027-03-01,,,\n"
            + "head@lakeside.example,Savings 401(k),family,2027-04-01,,,\n"
            + "head@lakeside.example,Health Plan,family,2027-01-01,,-5,\n"
            + "head@lakeside.example,Health Plan,dog,2027-01-01,,,\n"
        )
        wizard.action_check()
        for words in (
            "Row 3, Work email: nurse@lakeside.example is in this plan from that day in "
            "row 2 already",
            "Row 4, Work email: nobody who works here",
            "Row 5, Plan: “Gym” is no plan",
            "Row 6, Until: It ends before it begins",
            "Row 7, Plan: Head Person, Savings 401(k): enter an amount",
            "Row 8, Coverage: “Savings 401(k)” has no such coverage",
            "Row 9, Per paycheck",
            "Row 10, Coverage",
        ):
            with self.subTest(words):
                self.assertIn(words, wizard.problems)
        with self.refused(UserError, "already"):
            wizard.action_import()
        self.assertFalse(self.enrolled() | self.enrolled(self.leader))

    def test_two_terms_of_a_plan_at_a_time_are_refused(self):
        self.env["medical.people.enrollment"].create(
            {
                "employee_id": self.nurse.id,
                "plan_id": self.saving.id,
                "percent": 3,
                "date_from": "2026-01-01",
            }
        )
        late = "nurse@lakeside.example,Savings 401(k),,2027-01-01,,,6\n"
        wizard = self.wizard(HEAD + late)
        wizard.action_check()
        self.assertIn(
            "Row 2, From: the term from 01/01/2026 in this plan is not over",
            wizard.problems,
        )
        ended = "nurse@lakeside.example,Savings 401(k),,2026-01-01,2026-12-31,,\n"
        wizard = self.wizard(HEAD + late + ended)
        wizard.action_check()
        self.assertFalse(wizard.problems)
        wizard.action_import()
        first, second = self.enrolled()
        self.assertEqual((first.date_to, first.percent), (date(2026, 12, 31), 3))
        self.assertEqual(second.percent, 6)

    def test_open_enrollment_counts_from_its_window_alone(self):
        text = (
            "Work email,Plan,Coverage,From,Life event\n"
            "nurse@lakeside.example,Health Plan,family,2027-01-01,Open enrollment\n"
        )
        wizard = self.wizard(text)
        wizard.action_check()
        self.assertIn("no enrollment window of this plan", wizard.problems)

    def test_bytes_that_are_no_csv_are_refused_with_a_sentence(self):
        for data in (b"\x89PNG\r\n\x1a\n\x00\x00", b"", b"Name;Other\n1;2\n"):
            wizard = self.wizard("x")
            wizard.file = base64.b64encode(data)
            with self.subTest(data):
                try:
                    wizard.action_check()
                    self.assertTrue(wizard.problems)
                except UserError:
                    pass
        self.assertFalse(self.enrolled())

    def test_a_file_cut_off_on_its_way_is_refused_with_a_sentence(self):
        wizard = self.wizard("x")
        wizard.file = b"AAA"
        with self.refused(UserError, "choose it again"):
            wizard.action_check()

    def test_other_roles_import_nothing(self):
        for role in ("staff", "head", "payroll", "accountant", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.wizard(HEAD, role)
        self.sign_in("staff")
        self.call_refused(
            "medical.people.import.wizard", "create", [{"kind": "benefits"}]
        )

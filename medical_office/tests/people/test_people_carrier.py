"""A carrier's bill: dry run, differences by person, settling with a reason."""

import base64
from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestPeopleCarrier(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.carrier = cls.env["res.partner"].create({"name": "Dane Health Plan"})
        cls.plan = cls.env["medical.people.benefit.plan"].create(
            {
                "name": "Health plan",
                "company_id": cls.company.id,
                "benefit": "medical",
                "payee_id": cls.carrier.id,
                "tier_ids": [
                    Command.create(
                        {
                            "covered": "employee",
                            "employee_month": 120,
                            "employer_month": 480,
                        }
                    )
                ],
            }
        )
        cls.env["medical.people.enrollment"].create(
            [
                {
                    "employee_id": cls.employees[role].id,
                    "plan_id": cls.plan.id,
                    "tier_id": cls.plan.tier_ids.id,
                    "date_from": date(2026, 1, 1),
                    "date_to": end,
                }
                for role, end in (
                    ("staff", False),
                    ("head", False),
                    ("payroll", False),
                    ("manager", date(2026, 4, 30)),
                )
            ]
        )

    def bill_of(self, role, text, month):
        """A bill that is imported."""
        bill = self.bill(role, month)
        self.wizard(bill, text).action_import()
        return bill

    def bill(self, role="hr", month=date(2026, 5, 1)):
        return (
            self.env["medical.people.carrier.bill"]
            .with_user(self.users[role])
            .create(
                {
                    "company_id": self.company.id,
                    "payee_id": self.carrier.id,
                    "month": month,
                }
            )
        )

    def wizard(self, bill, text):
        return (
            self.env["medical.people.carrier.wizard"]
            .with_user(bill.env.user)
            .create({"bill_id": bill.id, "file": base64.b64encode(text.encode())})
        )

    GOOD = (
        "Subscriber,Coverage,Amount\n"
        "Staff Person,Health plan,600.00\n"
        "Head Person,Health plan,640.00\n"
        "Manager Person,Health plan,600.00\n"
    )

    def test_differences_by_person(self):
        bill = self.bill()
        wizard = self.wizard(bill, self.GOOD)
        wizard.action_check()
        self.assertFalse(wizard.problems)
        self.assertEqual((wizard.row_count, wizard.difference_count), (3, 3))
        self.assertFalse(bill.line_ids, "a dry run writes nothing")
        wizard.action_import()
        found = {
            line.employee_id: (line.what, line.difference) for line in bill.line_ids
        }
        self.assertEqual(
            found,
            {
                self.employees["staff"]: ("same", 0),
                self.employees["head"]: ("amount", 40),
                self.employees["manager"]: ("not_enrolled", 600),
                self.employees["payroll"]: ("not_billed", -600),
            },
        )
        self.assertEqual((bill.difference, bill.difference_count), (40, 3))
        (row,) = self.env["medical.people.carrier.bill"]._medical_check_differs().rows
        self.assertEqual((row.res_id, row.money_at_risk), (bill.id, 40))
        bill.action_settle("Asked the carrier for a corrected bill")
        self.assertFalse(
            self.env["medical.people.carrier.bill"]._medical_check_differs().rows
        )
        with self.assertRaises(UserError):
            self.wizard(bill, self.GOOD).action_import()

    def lines(self, bill):
        return {
            line.employee_id.name: (line.what, line.billed, line.enrolled)
            for line in bill.line_ids
        }

    def test_a_bill_is_typed_and_corrected_as_hr(self):
        """The same differences as the import finds, after each change."""
        staff, head, manager = (
            self.employees[role].id for role in ("staff", "head", "manager")
        )
        bill = self.bill()
        lines = [
            Command.create(
                {"employee_id": who, "plan_id": self.plan.id, "billed": billed}
            )
            for who, billed in ((staff, 600), (head, 640), (manager, 600))
        ]
        bill.line_ids = lines
        imported = self.bill_of("manager", self.GOOD, month=date(2026, 6, 1))
        self.assertEqual(self.lines(bill), self.lines(imported))
        self.assertEqual((bill.difference, bill.difference_count), (40, 3))

        wrong = bill.line_ids.filtered(lambda line: line.what == "amount")
        gone = bill.line_ids.filtered(lambda line: line.what == "not_enrolled")
        missing = bill.line_ids.filtered(lambda line: line.what == "not_billed")
        bill.line_ids = [
            Command.update(wrong.id, {"billed": 600}),
            Command.update(missing.id, {"billed": 599.99}),
            Command.delete(gone.id),
        ]
        self.assertEqual(
            self.lines(bill),
            {
                "Staff Person": ("same", 600, 600),
                "Head Person": ("same", 600, 600),
                "Payroll Person": ("amount", 599.99, 600),
            },
        )
        self.assertEqual((bill.difference, bill.difference_count), (-0.01, 1))
        # who is enrolled stays on the list
        wrong.unlink()
        self.assertEqual(self.lines(bill)["Head Person"], ("not_billed", 0, 600))
        # and what is typed takes its place
        bill.line_ids = [lines[1]]
        self.assertEqual(self.lines(bill)["Head Person"], ("amount", 640, 600))

    def test_an_empty_bill_lists_who_is_enrolled(self):
        bill = self.bill()
        bill.action_compare()
        self.assertEqual(
            set(self.lines(bill).values()), {("not_billed", 0, 600)}, "three people"
        )
        self.assertEqual(bill.difference_count, 3)
        bill.line_ids[0].billed = 600
        self.env["medical.people.enrollment"].search(
            [("employee_id", "=", bill.line_ids[1].employee_id.id)]
        ).date_to = date(2026, 3, 31)
        bill.action_compare()
        self.assertEqual(
            sorted(self.lines(bill).values()),
            [("not_billed", 0, 600), ("same", 600, 600)],
        )

    def test_what_cannot_be_typed(self):
        bill = self.bill()
        line = {"employee_id": self.employees["staff"].id, "plan_id": self.plan.id}
        bill.line_ids = [Command.create({**line, "billed": 600})]
        other = self.plan.copy({"name": "Other plan", "payee_id": False})
        elsewhere = self.env["res.company"].create({"name": "Other"})
        stranger = self.env["hr.employee"].create(
            {"name": "Else", "company_id": elsewhere.id}
        )
        for values, error, words in (
            (line, IntegrityError, "carrier_line"),
            ({**line, "plan_id": other.id}, UserError, "is not paid to Dane"),
            (
                {**line, "employee_id": stranger.id},
                AccessError,
                "company that you do not work for",
            ),
            ({**line, "enrolled": 5}, AccessError, "set by the program only"),
        ):
            with (
                self.subTest(words),
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(error, words),
                self.env.cr.savepoint(),
            ):
                bill.line_ids = [Command.create({"billed": 1, **values})]
        typed = bill.line_ids.filtered("billed")
        with self.assertRaisesRegex(AccessError, "given once|cannot be changed"):
            typed.employee_id = self.employees["head"]
        for role in ("staff", "head", "payroll", "accountant", "director"):
            with self.subTest(role), self.assertRaises(AccessError):
                typed.with_user(self.users[role]).billed = 1
        bill.action_settle("Paid as billed")
        for change in (
            lambda: typed.write({"billed": 1}),
            typed.unlink,
            lambda: bill.write({"line_ids": [Command.create(line)]}),
            bill.action_compare,
        ):
            with self.assertRaises(UserError):
                change()
        self.assertEqual(typed.billed, 600)

    def test_names_as_carriers_write_them(self):
        bill = self.bill()
        text = 'Subscriber,Coverage,Amount\n"PERSON, STAFF",Health plan,600.00\n'
        self.wizard(bill, text).action_import()
        line = bill.line_ids.filtered("billed")
        self.assertEqual(line.employee_id, self.employees["staff"])
        self.assertEqual(line.what, "same")
        wizard = self.wizard(bill, text.replace("STAFF", "NOBODY"))
        wizard.action_check()
        self.assertIn("nobody is called “PERSON, NOBODY”", wizard.problems)

    def test_an_unknown_name_stops_the_import(self):
        bill = self.bill()
        wizard = self.wizard(
            bill, "Employee,Plan,Premium\nNobody Here,Health plan,1\nStaff Person,X,2\n"
        )
        wizard.action_check()
        self.assertIn(
            "Row 2, Employee: nobody is called “Nobody Here”", wizard.problems
        )
        self.assertIn("Row 3, Plan: “X” is no plan", wizard.problems)
        with self.assertRaisesRegex(UserError, "Row 2"):
            wizard.action_import()
        self.assertFalse(bill.line_ids)

    def test_staff_and_head_see_no_bill(self):
        bill = self.bill()
        for role in ("staff", "head", "payroll"):
            with self.assertRaises(AccessError):
                bill.with_user(self.users[role]).read(["billed"])

    def test_coverage_starts_after_the_waiting_period(self):
        plan = self.plan
        hired = date(2026, 7, 6)
        self.assertEqual(plan._first_day(hired), hired)
        plan.write({"waiting_days": 30, "starts_on_first": True})
        self.assertEqual(plan._first_day(hired), date(2026, 9, 1))
        plan.waiting_days = 75  # the first of the next month would be day 93 or later
        self.assertEqual(plan._first_day(date(2026, 7, 16)), date(2026, 10, 1))
        self.assertEqual(plan._first_day(date(2026, 7, 20)), date(2026, 10, 1))

"""A carrier's bill: dry run, differences by person, settling with a reason."""

import base64
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

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

    def bill(self, role="hr"):
        return (
            self.env["medical.people.carrier.bill"]
            .with_user(self.users[role])
            .create(
                {
                    "company_id": self.company.id,
                    "payee_id": self.carrier.id,
                    "month": date(2026, 5, 1),
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

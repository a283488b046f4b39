"""What waits of payroll stands in the register, and is decided there by who may."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .run_case import NOW, RunCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollDecisions(RunCase):
    def row(self, record, state="open"):
        return self.env["medical.core.decision"].search(
            [
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
                ("state", "=", state),
            ]
        )

    def mine(self, row, role):
        return bool(
            row.with_user(self.users[role]).search(
                [("id", "=", row.id), ("can_decide", "in", [True])]
            )
        )

    def test_a_submitted_run_waits_for_the_director(self):
        run = self.prepared()
        self.assertFalse(self.row(run))
        run.action_medical_submit()
        row = self.row(run)
        self.assertEqual(len(row), 1)
        self.assertEqual(row.domain, "payroll")
        self.assertAlmostEqual(row.amount, run.medical_net, 2)
        self.assertGreater(row.amount, 0)
        self.assertEqual(row.asked_by_id, self.users["payroll"])
        self.assertIn(self.users["payroll"], row.barred_ids)
        # the file is with the bank two days before payday, 26 June
        self.assertLessEqual(row.date_due.date(), date(2026, 6, 24))
        self.assertTrue(self.mine(row, "director"))
        self.assertFalse(self.mine(row, "accountant"))

    def test_the_director_approves_from_the_register(self):
        run = self.submitted()
        row = self.row(run)
        row.with_user(self.users["director"]).action_approve()
        self.assertEqual(run.state, "approved")
        self.assertFalse(self.row(run))
        self.assertEqual(self.row(run, "decided"), row)
        self.assertEqual(row.decided_by_id, self.users["director"])

    def test_the_director_sends_back_with_the_reason(self):
        run = self.submitted()
        row = self.row(run)
        row.with_user(self.users["director"]).action_return("One person too many")
        self.assertEqual(run.state, "draft")
        self.assertEqual((row.state, row.reason), ("decided", "One person too many"))
        run.action_medical_submit()  # it waits anew
        self.assertEqual(len(self.row(run)), 1)
        self.assertNotEqual(self.row(run), row)

    def test_the_preparer_does_not_approve_even_as_a_director(self):
        run = self.submitted()
        row = self.row(run)
        self.users["payroll"].group_ids += self.env.ref(
            "medical_office.core_group_director"
        )
        self.assertFalse(self.mine(row, "payroll"))
        with self.assertRaises(AccessError):
            row.with_user(self.users["payroll"]).action_approve()
        self.assertEqual(run.state, "submitted")

    def test_opening_balances_wait_with_the_pay_they_hold(self):
        opening = (
            self.env["medical.payroll.opening.balance"]
            .with_user(self.users["payroll"])
            .create(
                {
                    "company_id": self.company.id,
                    "date_start": date(2026, 6, 1),
                    "source": "Old provider",
                    "line_ids": [
                        (
                            0,
                            0,
                            {
                                "employee_id": self.nurse.id,
                                "date_pay": date(2026, 3, 31),
                                **values,
                            },
                        )
                        for values in (
                            {"what": "REG", "amount": 18000},
                            {
                                "what": "SS",
                                "amount": 1116,
                                "wages": 18000,
                                "taxed_wages": 18000,
                            },
                        )
                    ],
                }
            )
        )
        opening.action_submit()
        row = self.row(opening)
        self.assertEqual((len(row), row.amount), (1, 18000))
        self.assertTrue(self.mine(row, "director"))
        with self.assertRaises(AccessError):
            row.with_user(self.users["payroll"]).action_approve()
        row.with_user(self.users["director"]).action_return("Where is March?")
        self.assertEqual((opening.state, row.state), ("draft", "decided"))
        opening.action_submit()
        self.row(opening).with_user(self.users["director"]).action_approve()
        self.assertEqual(opening.state, "approved")
        self.assertFalse(self.row(opening))

    def test_a_proposed_payment_after_a_return_waits(self):
        run = self.paid_out()
        payment = run.medical_payment_ids.filtered(
            lambda paid: paid.employee_id == self.nurse
        )
        with freeze_time("2026-06-30 15:00:00"):
            item = (
                self.env["medical.payroll.deposit.return"]
                .with_user(self.users["payroll"])
                .create(
                    {
                        "company_id": self.company.id,
                        "payment_id": payment.id,
                        "code": "R03",
                        "date": date(2026, 6, 30),
                    }
                )
            )
            item.action_book()
            self.assertFalse(self.row(item))
            item.action_propose()
            row = self.row(item)
            self.assertAlmostEqual(row.amount, payment.amount, 2)
            self.assertTrue(self.mine(row, "director"))
            with self.assertRaises(AccessError):
                row.with_user(self.users["payroll"]).action_approve()
            row.with_user(self.users["director"]).action_return("Ask her first")
            self.assertEqual((item.state, row.reason), ("booked", "Ask her first"))
            item.action_propose()
            self.row(item).with_user(self.users["director"]).action_approve()
            self.assertEqual(item.state, "approved")
            self.assertFalse(self.row(item))

    def test_an_exception_belongs_to_who_acts_next(self):
        run = self.prepared()
        runs = self.env["hr.payslip.run"]

        def answers():
            rows = runs._medical_check_unpaid().rows
            return [row.user_id for row in rows if row.res_id == run.id]

        # paid on Friday the 26th: the bank has it on Wednesday, the director decides on
        # Tuesday, payroll is done on Monday
        with freeze_time("2026-06-21 12:00:00"):
            self.assertEqual(answers(), [])
        with freeze_time("2026-06-22 12:00:00"):
            self.assertEqual(answers(), [self.users["payroll"].id])
            told = run.action_medical_submit()["params"]
            self.assertIn(self.users["director"].name, told["message"])
            self.assertNotIn(self.users["payroll"].name, told["message"])
            self.assertEqual(told["links"][0]["url"], f"/odoo/pay-runs/{run.id}")
            self.assertEqual(answers(), [])
        with freeze_time("2026-06-23 12:00:00"):
            [user_id] = answers()
            user = self.env["res.users"].browse(user_id)
            self.assertTrue(user.has_group("medical_office.core_group_director"))
            self.assertIn(self.company, user.company_ids)
            told = self.as_role(run, "director").action_medical_approve()["params"]
            self.assertIn(self.users["payroll"].name, told["message"])
            self.assertEqual(answers(), [])
        with freeze_time("2026-06-24 12:00:00"):
            self.assertEqual(answers(), [self.users["payroll"].id])

    def test_a_run_that_nobody_started_is_missed_in_time(self):
        """The period after the last run, from four days before its pay date on."""
        self.paid_out()
        runs = self.env["hr.payslip.run"]

        def missed():
            rows = runs._medical_check_unpaid().rows
            return [r for r in rows if r.res_model == "medical.payroll.schedule"]

        # June 21 to July 4 is paid on Friday, July 10
        with freeze_time("2026-07-05 15:00:00"):
            self.assertFalse(missed())
        with freeze_time("2026-07-06 15:00:00"):
            [row] = missed()
            self.assertEqual(
                (row.res_id, row.user_id, row.severity),
                (self.schedule.id, self.users["payroll"].id, "high"),
            )
            self.assertIn("06/21/2026 to 07/04/2026", row.summary)
        with freeze_time("2026-07-11 15:00:00"):
            self.assertEqual(missed()[0].severity, "critical")
            self.prepared(date(2026, 6, 21), date(2026, 7, 4), date(2026, 7, 10))
            self.assertFalse(missed())

"""Prenotes go with the run or in a file of their own; pay follows when they cleared."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .payroll_case import PAYDAY
from .run_case import NOW, RunCase

NEXT = {
    "start": date(2026, 6, 21),
    "end": date(2026, 7, 4),
    "day": date(2026, 7, 10),
}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollPrenote(RunCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank.prenote_new = True
        cls.savings = cls.env["medical.payroll.account"].create(
            {
                "employee_id": cls.nurse.id,
                "name": "Savings Bank",
                "routing": "231380104",
                "kind": "savings",
                "new_number": "5005",
                "share": "fixed",
                "value": 100,
            }
        )
        cls.savings.date_changed = False

    def entries(self, file):
        """(code, account, amount) of a file, as the independent reader has them."""
        return [(e.code, e.account, e.amount) for e in file._read_back().entries]

    def test_a_new_account_waits_and_is_not_paid(self):
        self.assertEqual(self.savings.prenote_state, "wanted")
        self.assertEqual(self.accounts[0].prenote_state, "none")
        run = self.submitted()
        self.assertNotIn(self.savings, run.medical_payment_ids.account_id)
        finding = run.medical_finding_ids.filtered(lambda f: f.code == "bank_waits")
        self.assertIn("Savings Bank", finding.summary)

    def test_the_run_sends_the_prenote_and_the_next_pays(self):
        run = self.posted()
        run.action_medical_bank_file()
        file = run.medical_bank_file_id
        entries = self.entries(file)
        self.assertEqual(
            [code for code, _account, _amount in entries], ["22", "22", "33"]
        )
        self.assertEqual(entries[-1], ("33", "5005", 0))
        self.assertEqual(file.prenote_ids, self.savings)
        self.assertEqual(self.savings.prenote_state, "pending")
        # 26 June is a Friday; 3 July is no Federal Reserve holiday in 2026
        self.assertEqual(self.savings.prenote_clears, date(2026, 7, 1))
        run.action_medical_pay()
        self.assertEqual(run.state, "paid")
        later = self.submitted(**NEXT)
        paid = later.medical_payment_ids.filtered(
            lambda p: p.account_id == self.savings
        )
        self.assertEqual(paid.amount, 100)

    def test_a_pay_date_within_the_waiting_days_pays_the_others(self):
        self.savings.write(
            {"prenote_state": "pending", "prenote_clears": date(2026, 6, 29)}
        )
        self.assertFalse(self.savings._is_ready(PAYDAY))
        self.assertTrue(self.savings._is_ready(date(2026, 6, 29)))

    def test_a_file_of_prenotes_alone(self):
        self.as_role(self.bank, "payroll").action_prenotes()
        file = self.savings.prenote_file_id
        self.assertEqual(
            (file.kind, file.credit, file.run_id.id), ("prenote", 0, False)
        )
        self.assertEqual(self.entries(file), [("33", "5005", 0)])
        # written on Tuesday 23 June: settles on the 24th, clears three banking days on
        self.assertEqual(file.date_effective, date(2026, 6, 24))
        self.assertEqual(self.savings.prenote_clears, date(2026, 6, 29))
        with self.assertRaisesRegex(UserError, "No account is waiting"):
            self.as_role(self.bank, "payroll").action_prenotes()

    def test_a_balanced_file_prenotes_our_account_too(self):
        self.bank.write({"balanced": True, "account": "777"})
        checking = self.savings.copy({"kind": "checking", "new_number": "6006"})
        self.assertEqual(checking.prenote_state, "wanted")
        self.as_role(self.bank, "payroll").action_prenotes()
        codes = [code for code, _a, _m in self.entries(self.savings.prenote_file_id)]
        self.assertEqual(sorted(codes), ["23", "28", "33"])

    def test_a_void_file_leaves_them_to_be_sent(self):
        self.as_role(self.bank, "payroll").action_prenotes()
        file = self.savings.prenote_file_id
        with self.assertRaises(AccessError):
            self.as_role(file, "payroll").action_void("not sent")
        self.as_role(file, "director").action_void("not sent")
        self.assertEqual(self.savings.prenote_state, "wanted")
        self.assertFalse(self.savings.prenote_clears)

    def test_only_payroll_sends_them(self):
        for role in ("accountant", "director", "hr"):
            with self.assertRaises(AccessError):
                self.as_role(self.bank, role).action_prenotes()

    def test_a_changed_number_asks_again(self):
        self.savings.prenote_state = "done"
        self.as_role(self.savings, "hr").new_number = "5006"
        self.assertEqual(self.savings.prenote_state, "wanted")
        self.bank.prenote_new = False
        self.as_role(self.savings, "hr").routing = "121042882"
        self.assertEqual(self.savings.prenote_state, "none")

    def test_time_clears_them(self):
        self.as_role(self.bank, "payroll").action_prenotes()
        with freeze_time("2026-06-28 12:00:00"):
            self.env["medical.payroll.account"]._cron_prenotes()
        self.assertEqual(self.savings.prenote_state, "pending")
        with freeze_time("2026-06-29 12:00:00"):
            self.env["medical.payroll.account"]._cron_prenotes()
        self.assertEqual(self.savings.prenote_state, "done")

    def test_accounts_are_made_with_one_look_at_the_bank(self):
        people = [self.hire(f"Person {n}", 50000) for n in range(12)]

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["medical.payroll.account"].create(
                [
                    {
                        "employee_id": person.id,
                        "name": "Bank",
                        "routing": "231380104",
                        "share": "percent",
                        "value": 10,
                    }
                    for person in some
                ]
            )
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(people[:1])
        self.assertLessEqual(queries(people[2:]), queries(people[1:2]) + 3)

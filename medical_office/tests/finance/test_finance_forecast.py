"""Thirteen weeks of cash from open documents, recurring amounts and history."""

from datetime import date, timedelta

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .finance_case import TODAY, FinanceCase


@tagged("post_install", "-at_install")
class TestFinanceForecast(FinanceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        capital = cls.account("Capital")
        cls.entry(
            [(cls.bank.default_account_id, 10000, None), (capital, -10000, None)],
            date(2026, 1, 2),
        )

    def make(self, role="accountant"):
        action = (
            self.env["medical.finance.forecast"]
            .with_user(self.users[role])
            .action_make()
        )
        return self.env["medical.finance.forecast"].browse(action["res_id"])

    def flows(self, made):
        return [(row.date, row.kind, row.amount) for row in made.flow_ids]

    def test_an_open_bill_goes_out_by_the_rhythm_of_its_vendor(self):
        for month in (1, 2, 3):
            bill = self.bill([(self.rent, 100, None)], date(2026, month, 1))
            self.pay(bill, 100, date(2026, month, 21))
        bill = self.bill([(self.rent, 700, None)], date(2026, 6, 2))
        made = self.make()
        self.assertEqual(
            made.opening, 10000
        )  # paid from outstanding, not from the bank
        # June 2 and 20 days: June 22
        self.assertIn((date(2026, 6, 22), "bill", -700), self.flows(made))
        self.assertEqual(len(made.week_ids), 13)

    def test_what_recurs_at_the_end_of_the_month_stays_there(self):
        self.env["medical.finance.recurring"].create(
            {
                "name": "Loan",
                "amount": 500,
                "every": "month",
                "date_first": date(2026, 1, 31),
                "company_id": self.company.id,
            }
        )
        made = self.make()
        self.assertEqual(
            self.flows(made),
            [
                (date(2026, 6, 30), "recurring", -500),
                (date(2026, 7, 31), "recurring", -500),
                (date(2026, 8, 31), "recurring", -500),
            ],
        )
        self.assertEqual(made.week_ids[-1].closing, 8500)

    def test_a_recurring_bill_that_is_there_counts_once(self):
        self.env["medical.finance.recurring"].create(
            {
                "name": "Rent",
                "amount": 700,
                "every": "year",
                "date_first": date(2026, 6, 20),
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
            }
        )
        self.bill([(self.rent, 700, None)], date(2026, 6, 14))
        made = self.make()
        self.assertEqual([kind for _day, kind, _amount in self.flows(made)], ["bill"])

    def test_cash_below_the_minimum_is_an_exception_and_ends(self):
        self.company.medical_cash_minimum = 9500
        self.bill([(self.rent, 700, None)], TODAY)
        made = self.make()
        self.assertTrue(made.is_below)
        self.assertEqual(made.lowest, 9300)
        check = self.env["medical.finance.forecast"]._medical_check_minimum
        mine = [row for row in check().rows if row.company_id == self.company.id]
        self.assertEqual([row.money_at_risk for row in mine], [200])
        self.company.medical_cash_minimum = 0
        self.make()
        mine = [row for row in check().rows if row.company_id == self.company.id]
        self.assertFalse(mine)

    def test_a_week_that_is_over_is_compared_with_what_came(self):
        bill = self.bill([(self.rent, 700, None)], TODAY)
        made = self.make()
        week = made.week_ids[0]
        self.entry(
            [
                (self.bank.default_account_id, -650, None),
                (bill.line_ids.account_id.filtered(
                    lambda account: account.account_type == "liability_payable"
                ), 650, None, self.vendor),
            ],
            TODAY + timedelta(days=1),
        )  # fmt: skip
        with freeze_time("2026-06-29 15:00:00"):
            self.env["medical.finance.forecast"]._test_weeks()
        self.assertTrue(week.is_tested)
        self.assertEqual(week.actual, -650)
        self.assertEqual(week.off, -650 - (week.received - week.spent))

    def test_the_same_day_is_forecast_once(self):
        first = self.make()
        second = self.make()
        self.assertFalse(first.exists())
        self.assertTrue(second)

    def test_who_may(self):
        for role in ("staff", "head", "hr", "auditor"):
            with self.assertRaises(AccessError):
                self.make(role)
        made = self.make("director")
        with self.assertRaises(AccessError):
            made.with_user(self.users["accountant"]).opening = 1
        self.assertTrue(made.with_user(self.users["auditor"]).week_ids)

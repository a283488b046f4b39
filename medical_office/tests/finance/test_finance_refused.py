"""Bad input, one by one over RPC as the role: refused with a way out, nothing half written."""

import base64
from datetime import date

from odoo.tests import tagged

from ..common import RpcClient
from .budget_case import JULY, BudgetCase
from .finance_case import TODAY
from .test_finance_month import HEAD, ROW

TABLES = (
    "medical.finance.request",
    "medical.finance.request.line",
    "medical.finance.grant",
    "medical.finance.transfer",
    "medical.finance.month",
    "medical.finance.measure",
    "medical.finance.deposit",
    "medical.core.decision",
)


@tagged("post_install", "-at_install")
class TestFinanceRefused(BudgetCase, RpcClient):
    def rows(self):
        """What is written: (number of rows, states) of each table."""
        self.env.invalidate_all()
        found = {}
        for model in TABLES:
            records = self.env[model].sudo().search([])
            states = records.mapped("state") if "state" in records._fields else []
            found[model] = (len(records), sorted(filter(None, states)))
        return found

    def refused_with(self, role, text, model, method, *args):
        """The call is refused with such a sentence, and nothing is other than before."""
        self.env.flush_all()
        before = self.rows()
        self.sign_in(role)
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "model": model, "method": method, "args": args, "kwargs": {},
                },
            },
        ).json()  # fmt: skip
        self.assertIn("error", answer, f"{model}.{method} was accepted")
        self.assertRegex(answer["error"]["data"]["message"], text)
        self.assertNotIn("Traceback", answer["error"]["data"]["message"])
        self.assertEqual(self.rows(), before)

    def test_a_grant_on_a_closed_month(self):
        request = self.request({self.building: 1000})
        request.action_submit()
        request.with_user(self.users["manager"]).action_review()
        self.company.fiscalyear_lock_date = date(2026, 7, 31)
        self.refused_with(
            "director",
            "Jul 2026 is closed: its budget is fixed. Choose a month after 07/31/2026",
            "medical.finance.request", "action_grant", request.ids,
        )  # fmt: skip
        self.assertEqual(request.state, "reviewed")
        booked = self.env["medical.finance.grant"].search(
            [("request_line_id", "in", request.line_ids.ids)]
        )
        self.assertFalse(booked)

    def test_a_request_for_a_department_one_does_not_head(self):
        self.refused_with(
            "head", "You do not head Front Desk.*Nursing",
            "medical.finance.request", "create",
            [{"department_id": self.front_desk.id, "date_from": str(JULY)}],
        )  # fmt: skip
        own = self.request({self.building: 1000})
        self.refused_with(
            "head", "“Department” of .* is not changed. Delete the request",
            "medical.finance.request", "write", own.ids,
            {"department_id": self.front_desk.id},
        )  # fmt: skip
        self.assertEqual(own.department_id, self.nursing)

    def test_a_transfer_that_leaves_a_line_negative(self):
        self.granted({self.building: 1000, self.supply: 200})
        transfer = (
            self.env["medical.finance.transfer"]
            .with_user(self.users["head"])
            .create(
                {
                    "from_department_id": self.nursing.id,
                    "from_category_id": self.supply.id,
                    "from_month": JULY,
                    "to_department_id": self.nursing.id,
                    "to_category_id": self.building.id,
                    "to_month": JULY,
                    "amount": 200.01,
                    "reason": "A chair",
                }
            )
        )
        self.refused_with(
            "head", "only .*200.00 is granted.*would leave the line negative. Move less",
            "medical.finance.transfer", "action_request", transfer.ids,
        )  # fmt: skip
        # nor when the budget went down after it was asked for
        transfer.amount = 200
        transfer.action_request()
        other = transfer.copy({"amount": 150, "reason": "Another"})
        other.action_request()
        other.with_user(self.users["director"]).action_approve()
        self.refused_with(
            "director", "150.00 more would be taken away than is granted. Take less",
            "medical.finance.transfer", "action_approve",
            transfer.ids,
        )  # fmt: skip
        totals = self.env["medical.finance.grant"]._totals(self.company, {JULY})
        self.assertEqual(float(totals[(self.nursing.id, self.supply.id, JULY)]), 50)

    def months(self):
        return self.env["medical.finance.month"].search(
            [("company_id", "=", self.company.id)]
        )

    def month_file(self, text):
        wizard = self.env["medical.finance.month.wizard"].with_user(
            self.users["accountant"]
        )
        return wizard.create({"file": base64.b64encode((HEAD + text).encode())})

    def test_a_file_with_a_month_twice(self):
        april = ROW.replace("2026-05", "2026-04")
        wizard = self.month_file(april + ROW + ROW)
        self.refused_with(
            "accountant", "Row 4, Month: This month is already in row 3",
            "medical.finance.month.wizard", "action_import", wizard.ids,
        )  # fmt: skip
        # April was good, and yet it is not there
        self.assertFalse(self.months())

    def test_a_file_with_payments_of_ten_times_the_charges(self):
        april = ROW.replace("2026-05", "2026-04")
        wizard = self.month_file(april + ROW.replace("300000", "17999"))
        self.refused_with(
            "accountant", "Row 3, .*([Dd]ollars|[Cc]heck)",
            "medical.finance.month.wizard", "action_import", wizard.ids,
        )  # fmt: skip
        self.assertFalse(self.months())

    def test_an_unbalanced_deposit(self):
        deposit = (
            self.env["medical.finance.deposit"]
            .with_user(self.users["staff"])
            .create(
                {
                    "date": TODAY, "site_id": self.site.id,
                    "sheet_cash": 100, "sheet_check": 200, "sheet_card": 200,
                    "count_cash": 60, "count_check": 200, "count_card": 200,
                }
            )
        )  # fmt: skip
        deposit.action_count()
        self.refused_with(
            "accountant",
            "day sheet, count and bank differ by more than.*Enter why in “Reason”, or send",
            "medical.finance.deposit", "action_approve", deposit.ids,
        )  # fmt: skip
        self.assertEqual(deposit.state, "counted")
        self.assertFalse(deposit.approved_by_id)
        # the drawer agrees with the sheet, the bank does not
        bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        other = deposit.copy({"count_cash": 100, "drawer": "2"})
        other.action_count()
        self.env["medical.finance.bank.line"].sudo()._pen().create(
            {
                "journal_id": bank.id, "date": TODAY, "name": "DEPOSIT", "amount": 450,
                "deposit_id": other.id, "key": "test",
            }
        )  # fmt: skip
        self.refused_with(
            "accountant", "differ by more than", "medical.finance.deposit",
            "action_approve", other.ids,
        )  # fmt: skip
        self.assertEqual(other.over_short, 0)

    def test_a_month_typed_twice(self):
        values = {
            "month": "2026-05-01", "visits": 10, "new_patients": 1,
            "charges": 1000, "payments": 600, "adjustments": 200, "ar_30": 1,
            "ar_60": 1, "ar_90": 1, "ar_120": 1, "ar_over": 1,
        }  # fmt: skip
        self.env["medical.finance.month"].with_user(self.users["accountant"]).create(
            {**values}
        )
        self.refused_with(
            "accountant", "entered already: correct them there",
            "medical.finance.month", "create", [values],
        )  # fmt: skip

    def test_numbers_and_months_beyond_all_reason(self):
        """Before, each of these ended in the words of Python or of the database."""
        numbers = dict.fromkeys(
            ("new_patients", "ar_30", "ar_60", "ar_90", "ar_120", "ar_over"), 1
        )
        numbers |= {
            "month": "2026-05-01",
            "visits": 9,
            "charges": 100,
            "payments": 50,
            "adjustments": 1,
        }
        model = "medical.finance.month"
        for wrong, words in (
            ({"month": "0001-01-01"}, "between the years"),
            ({"month": "x"}, "between the years"),
            ({"visits": 2**40}, "enter a number between"),
            ({"charges": 1e300}, "enter a number between"),
            ({"physicians": -1}, "between 0 and 9,999"),
        ):
            with self.subTest(wrong):
                self.refused_with(
                    "accountant", words, model, "create", [{**numbers, **wrong}]
                )
        for month in ("0001-01-01", "2026-13-01"):
            self.refused_with(
                "accountant",
                "between the years",
                "medical.finance.close",
                "create",
                [{"month": month}],
            )

    def test_what_is_no_day_is_no_month(self):
        """These ended in the words of Python, which the month is reckoned with first."""
        ends = {"department_id": self.nursing.id, "category_id": self.building.id}
        transfer = {
            f"{end}_{name}": value
            for end in ("from", "to")
            for name, value in ends.items()
        }
        for role, model, field, values in (
            ("head", "medical.finance.request", "date_from", {}),
            ("head", "medical.finance.exception", "month", ends | {"amount": 1}),
            ("manager", "medical.supply.visits", "month", {"visits": 1}),
            ("head", "medical.finance.transfer", "from_month", transfer),
            ("accountant", "medical.finance.close", "month", {}),
        ):
            for wrong in ("x", "0001-01-01", "2026-02-30"):
                with self.subTest(model, wrong=wrong):
                    self.refused_with(
                        role, "between the years",
                        model, "create", [values | {field: wrong}],
                    )  # fmt: skip

    def test_a_month_before_the_books_begin(self):
        self.bill([(self.supplies, 10, None)], day=date(2026, 5, 4))
        for month in ("1900-01-01", "2026-04-30"):
            self.refused_with(
                "accountant", "The books begin in May 2026.*Choose a later month",
                "medical.finance.close", "create", [{"month": month}],
            )  # fmt: skip
        # somebody else's books are not these
        closes = self.env["medical.finance.close"].with_user(self.users["accountant"])
        self.assertTrue(closes.create({"month": "2026-05-01"}))

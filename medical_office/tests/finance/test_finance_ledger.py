"""The three views of the ledger: what they show ties to the ledger, cent by cent."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import RpcClient
from .finance_case import TODAY, FinanceCase

JANUARY, FEBRUARY, MARCH = date(2026, 1, 15), date(2026, 2, 15), date(2026, 3, 15)
COST = [("is_profit", "=", True)]


@tagged("post_install", "-at_install")
class TestFinanceAccrual(FinanceCase):
    def shown(self, move, *groups):
        return self.sums(
            "medical.finance.accrual",
            *groups,
            domain=[("move_id", "=", move.id), *COST],
        )

    def keys(self, **percents):
        return {
            ",".join(
                str(self.center[getattr(self, name)]) for name in key.split("__")
            ): p
            for key, p in percents.items()
        }

    def test_a_bill_split_60_40_shows_6000_and_4000(self):
        bill = self.bill([(self.rent, 10000, self.keys(nursing=60, front_desk=40))])
        self.assertEqual(
            self.shown(bill, "department_id"),
            {self.nursing: 6000, self.front_desk: 4000},
        )

    def test_what_no_key_names_stays_without_department(self):
        bill = self.bill([(self.rent, 1000, self.keys(nursing=33.33))])
        self.assertEqual(
            self.shown(bill, "department_id"),
            {self.nursing: 333.30, self.env["hr.department"]: 666.70},
        )

    def test_percents_above_100_are_taken_back_where_nothing_is_named(self):
        bill = self.bill([(self.rent, 1000, self.keys(nursing=80, front_desk=40))])
        none = self.env["hr.department"]
        self.assertEqual(
            self.shown(bill, "department_id"),
            {self.nursing: 800, self.front_desk: 400, none: -200},
        )

    def test_cents_that_do_not_divide_stay_in_the_line(self):
        third = 100 / 3
        bill = self.bill(
            [
                (
                    self.rent,
                    100,
                    self.keys(
                        nursing__site=third,
                        front_desk__site=third,
                        nursing__north=third,
                    ),
                )
            ]
        )
        by_department = self.shown(bill, "department_id")
        self.assertEqual(round(sum(by_department.values()), 2), 100)
        self.assertAlmostEqual(by_department[self.nursing], 66.67, delta=0.011)

    def test_plans_in_keys_of_their_own_cross(self):
        """Departments 60/40, and both at North for a quarter."""
        bill = self.bill(
            [
                (
                    self.rent,
                    1000,
                    self.keys(nursing=60, front_desk=40, north=25, site=75),
                )
            ]
        )
        self.assertEqual(
            self.shown(bill, "department_id", "site_id"),
            {
                (self.nursing, self.north): 150,
                (self.nursing, self.site): 450,
                (self.front_desk, self.north): 100,
                (self.front_desk, self.site): 300,
            },
        )

    def test_a_key_with_both_plans_is_taken_as_it_is(self):
        bill = self.bill(
            [
                (
                    self.rent,
                    1000,
                    self.keys(nursing__north=30, front_desk__site=50, nursing=20),
                )
            ]
        )
        self.assertEqual(
            self.shown(bill, "department_id", "site_id"),
            {
                (self.nursing, self.north): 300,
                (self.front_desk, self.site): 500,
                (self.nursing, self.env["stock.warehouse"]): 200,
            },
        )

    def test_another_plan_divides_nothing(self):
        bill = self.bill(
            [(self.rent, 1000, {str(self.project.id): 100, **self.keys(nursing=100)})]
        )
        self.assertEqual(self.shown(bill, "department_id"), {self.nursing: 1000})

    def test_rows_have_ids_of_their_own_that_can_be_read(self):
        bill = self.bill([(self.rent, 10, self.keys(nursing=50, front_desk=50))])
        self.env.flush_all()
        rows = self.ledger.search([("move_id", "=", bill.id)])
        self.assertEqual(len(rows), 3)
        self.assertEqual(
            rows.filtered(lambda row: row.department_id == self.nursing).balance, 5
        )

    def test_the_view_ties_to_the_ledger(self):
        self.bill([(self.rent, 10000, self.keys(nursing=60, front_desk=40))])
        self.bill([(self.supplies, 99.99, self.keys(nursing__north=33.3))], JANUARY)
        self.entry([(self.rent, 50, None), (self.supplies, -50, self.keys(north=1))])
        self.env.flush_all()
        lines = self.env["account.move.line"]._read_group(
            [("company_id", "=", self.company.id), ("account_id", "!=", False)],
            ["account_id", "date:month", "parent_state"],
            ["debit:sum", "credit:sum"],
        )
        view = self.ledger._read_group(
            [("company_id", "=", self.company.id)],
            ["account_id", "date:month", "parent_state"],
            ["debit:sum", "credit:sum"],
        )
        self.assertEqual(len(lines), len(view))
        for line, row in zip(lines, view, strict=True):
            self.assertEqual(line[:3], row[:3])
            self.assertAlmostEqual(line[3], row[3], places=2)
            self.assertAlmostEqual(line[4], row[4], places=2)


@tagged("post_install", "-at_install")
class TestFinanceCash(FinanceCase):
    def paid(self, *groups, domain=()):
        return self.sums("medical.finance.cash", *groups, domain=domain)

    def months(self, account, **values):
        return self.paid("date:month", domain=[("account_id", "=", account.id)])

    def test_a_bill_paid_in_two_parts_shows_just_that(self):
        bill = self.bill([(self.rent, 10000, None)], JANUARY)
        self.pay(bill, 4000, FEBRUARY)
        self.pay(bill, 6000, MARCH)
        self.assertEqual(
            self.months(self.rent), {date(2026, 2, 1): 4000, date(2026, 3, 1): 6000}
        )

    def test_what_is_open_is_not_there(self):
        bill = self.bill([(self.rent, 900, None)], JANUARY)
        self.assertEqual(self.months(self.rent), {})
        self.pay(bill, 300, FEBRUARY)
        self.assertEqual(self.months(self.rent), {date(2026, 2, 1): 300})

    def test_an_invoice_counts_when_the_payer_pays(self):
        invoice = self.bill(
            [(self.fees, 500, None)], JANUARY, "out_invoice", self.payer
        )
        self.pay(invoice, 500, MARCH)
        self.assertEqual(self.months(self.fees), {date(2026, 3, 1): -500})

    def test_a_credit_note_is_no_cash(self):
        bill = self.bill([(self.rent, 1000, None)], JANUARY)
        credit = self.bill([(self.rent, 400, None)], FEBRUARY, "in_refund")
        owed = (bill + credit).line_ids.filtered(
            lambda line: line.account_id.account_type == "liability_payable"
        )
        owed.reconcile()
        self.assertEqual(self.months(self.rent), {})
        self.pay(bill, 600, MARCH)
        self.assertEqual(self.months(self.rent), {date(2026, 3, 1): 600})

    def test_a_write_off_is_loss_and_income_and_no_cash(self):
        invoice = self.bill(
            [(self.fees, 1000, None)], JANUARY, "out_invoice", self.payer
        )
        self.pay(invoice, 900, FEBRUARY)
        receivable = invoice.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        loss = self.account("Miscellaneous Expenses")
        off = self.entry(
            [
                (loss, 100, None),
                (receivable.account_id, -100, None, self.payer),
            ],
            MARCH,
        )
        (receivable + off.line_ids[1]).reconcile()
        self.assertEqual(
            self.paid("account_id", "date:month"),
            {
                (self.fees, date(2026, 2, 1)): -900,
                (self.fees, date(2026, 3, 1)): -100,
                (loss, date(2026, 3, 1)): 100,
            },
        )

    def test_an_entry_without_debt_counts_on_its_date(self):
        cash = self.bank.default_account_id
        self.entry([(self.supplies, 25, None), (cash, -25, None)], FEBRUARY)
        self.assertEqual(self.months(self.supplies), {date(2026, 2, 1): 25})

    def test_payments_are_split_as_the_bill_is(self):
        keys = {
            str(self.center[self.nursing]): 60,
            str(self.center[self.front_desk]): 40,
        }
        bill = self.bill([(self.rent, 10000, keys)], JANUARY)
        self.pay(bill, 5000, FEBRUARY)
        self.assertEqual(
            self.paid("department_id"), {self.nursing: 3000, self.front_desk: 2000}
        )

    def test_all_paid_is_all_that_accrued(self):
        bills = [
            self.bill([(self.rent, 33.33, None), (self.supplies, 66.68, None)], JANUARY)
            for _each in range(3)
        ]
        for number, bill in enumerate(bills):
            self.pay(bill, 11.11, FEBRUARY + timedelta(days=number))
            self.pay(bill, 88.90, MARCH)
        accrued = self.sums("medical.finance.accrual", "account_id", domain=COST)
        self.assertEqual(self.paid("account_id"), accrued)
        money = self.sums(
            "medical.finance.accrual",
            "account_id",
            domain=[
                ("account_id.account_type", "!=", "liability_payable"),
                ("is_profit", "=", False),
            ],
        )
        self.assertEqual(sum(money.values()), -sum(accrued.values()))


@tagged("post_install", "-at_install")
class TestFinanceCommitted(FinanceCase):
    def order(self, quantity, price, distribution=None, account=None):
        product = self.env["product.product"].create(
            {
                "name": "Gauze",
                "type": "consu",
                "purchase_method": "purchase",
                "property_account_expense_id": account and account.id,
            }
        )
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                            "date_planned": "2026-07-10 12:00:00",
                            "analytic_distribution": distribution,
                        }
                    )
                ],
            }
        )
        order.button_confirm()
        return order

    def open(self, *groups):
        return self.sums("medical.finance.committed", *groups)

    def test_what_is_ordered_waits_by_account_and_month(self):
        self.order(10, 12.5, account=self.supplies)
        self.assertEqual(
            self.open("account_id", "date:month"),
            {(self.supplies, date(2026, 7, 1)): 125},
        )

    def test_an_item_without_account_takes_the_companys(self):
        self.order(10, 12.5)
        self.assertEqual(
            self.open("account_id"), {self.company.expense_account_id: 125}
        )

    def test_what_is_billed_is_gone(self):
        order = self.order(10, 12.5, account=self.supplies)
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_line_ids.quantity = 4
        bill.invoice_date = TODAY
        bill.action_post()
        self.assertEqual(self.open("account_id"), {self.supplies: 75})

    def test_a_draft_and_a_canceled_order_commit_nothing(self):
        order = self.order(10, 12.5)
        order.button_cancel()
        self.assertEqual(self.open("account_id"), {})

    def test_an_order_is_split_by_department(self):
        keys = {
            str(self.center[self.nursing]): 60,
            str(self.center[self.front_desk]): 40,
        }
        self.order(3, 33.33, keys, self.supplies)
        self.assertEqual(
            self.open("department_id"), {self.nursing: 59.99, self.front_desk: 40.0}
        )


@tagged("post_install", "-at_install")
class TestFinanceLedgerAccess(FinanceCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keys = {
            str(cls.center[cls.nursing]): 60,
            str(cls.center[cls.front_desk]): 40,
        }
        cls.split = cls.bill([(cls.rent, 10000, keys)])
        cls.env.flush_all()

    def total(self, role):
        self.sign_in(role)
        rows = self.call(
            "medical.finance.accrual",
            "formatted_read_group",
            [["move_id", "=", self.split.id]],
            ["department_id"],
            ["balance:sum", "debit:sum"],
        )
        return {
            row["department_id"] and row["department_id"][0]: row["balance:sum"]
            for row in rows
        }

    def test_a_head_sees_the_own_department_and_nothing_else(self):
        self.assertEqual(self.total("head"), {self.nursing.id: 6000})

    def test_the_accountant_and_the_director_see_all(self):
        every = {self.nursing.id: 6000, self.front_desk.id: 4000, False: -10000}
        self.assertEqual(self.total("accountant"), every)
        self.assertEqual(self.total("director"), every)
        self.assertEqual(self.total("auditor"), every)

    def test_staff_is_refused(self):
        self.sign_in("staff")
        for model in ("accrual", "cash", "committed"):
            self.call_refused(
                f"medical.finance.{model}", "search_read", [], ["balance"]
            )

    def test_a_head_does_not_open_the_entry_behind_a_row(self):
        row = self.ledger.with_user(self.users["head"]).search(
            [("move_id", "=", self.split.id)], limit=1
        )
        self.assertFalse(row.can_open)  # the button is not there
        with self.assertRaises(AccessError):
            row.action_open_document()
        row = self.ledger.with_user(self.users["accountant"]).browse(row.id)
        self.assertTrue(row.can_open)
        self.assertEqual(row.action_open_document()["res_id"], self.split.id)

    def test_another_company_sees_nothing(self):
        outsider = self.env(
            user=self.users["outsider"],
            context={"allowed_company_ids": self.other_company.ids},
        )
        rows = outsider["medical.finance.accrual"].search(
            [("move_id", "=", self.split.id)]
        )
        self.assertFalse(rows)

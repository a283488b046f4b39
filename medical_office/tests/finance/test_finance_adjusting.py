"""Adjusting entries: proposed, posted once, taken back on the first."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .close_case import MAY_END, CloseCase


@tagged("post_install", "-at_install")
class TestFinanceAdjusting(CloseCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.prepaid = cls.env["account.account"].search(
            [
                ("company_ids", "in", cls.company.ids),
                ("account_type", "in", ("asset_prepayments", "asset_current")),
            ],
            limit=1,
        )
        cls.insurance = cls.env["medical.finance.spread"].create(
            {
                "name": "Malpractice insurance",
                "company_id": cls.company.id,
                "amount": 12000,
                "date_first": date(2026, 4, 1),
                "months": 12,
                "account_id": cls.prepaid.id,
                "expense_account_id": cls.supplies.id,
                "department_id": cls.nursing.id,
            }
        )

    def proposal(self, close, kind="prepaid"):
        return close.adjusting_ids.filtered(lambda row: row.kind == kind)

    def test_the_part_of_the_month_is_a_draft(self):
        close = self.month()
        row = self.proposal(close)
        # April was never posted: it is caught up
        self.assertEqual((row.amount, row.state), (2000, "draft"))
        self.assertEqual((row.move_id.state, row.move_id.date), ("draft", MAY_END))
        expense = row.move_id.line_ids.filtered("debit")
        self.assertEqual(expense.account_id, self.supplies)
        self.assertEqual(
            expense.analytic_distribution, {str(self.center[self.nursing]): 100}
        )

    def test_posted_by_the_accountant_and_once(self):
        close = self.month()
        row = self.proposal(close)
        for role in ("manager", "director", "payroll"):
            with self.assertRaises(AccessError):
                self.as_user(row, role).action_post()
        self.as_user(row, "accountant").action_post()
        self.assertEqual((row.state, row.move_id.state), ("posted", "posted"))
        self.assertFalse(row.reversal_id)
        with self.assertRaisesRegex(UserError, "Reload the page"):
            self.as_user(row, "accountant").action_post()
        close.action_refresh()
        close.action_refresh()
        self.assertEqual(len(self.proposal(close)), 1)
        self.assertEqual(self.insurance.posted, 2000)
        self.assertEqual(self.insurance.rest, 10000)

    def test_a_changed_amount_is_caught_up_and_a_draft_follows(self):
        close = self.month()
        row = self.proposal(close)
        self.insurance.amount = 24000
        close.action_refresh()
        self.assertEqual((row.amount, row.move_id.amount_total), (4000, 4000))
        row.move_id.line_ids.name = "By hand"
        close.action_refresh()
        self.assertEqual(set(row.move_id.line_ids.mapped("name")), {"By hand"})

    def test_left_out_with_a_reason_and_proposed_again(self):
        close = self.month()
        row = self.as_user(self.proposal(close), "manager")
        move = row.move_id
        with self.assertRaises(UserError):
            row.action_dismiss(" ")
        row.action_dismiss("It was canceled in April")
        self.assertFalse(move.exists())
        close.action_refresh()
        self.assertEqual(row.state, "dismissed")
        row.action_propose()
        self.assertEqual((row.state, row.move_id.state), ("draft", "draft"))

    def test_posted_in_the_books_counts_as_posted(self):
        row = self.proposal(self.month())
        row.move_id.with_user(self.users["accountant"]).action_post()
        self.assertEqual(row.state, "posted")
        self.assertEqual(row.posted_by_id, self.users["accountant"])

    def test_posted_past_the_button_is_noted_and_stays(self):
        close = self.month()
        row = self.proposal(close)
        row.move_id._post()
        self.assertEqual(row.state, "posted")
        self.insurance.amount = 24000
        close.action_refresh()
        self.assertEqual((row.state, row.amount), ("posted", 2000))

    def test_depreciation_keeps_the_salvage_value(self):
        self.env["medical.finance.spread"].create(
            {
                "name": "Autoclave",
                "kind": "depreciation",
                "company_id": self.company.id,
                "amount": 7000,
                "salvage": 1000,
                "posted_before": 400,
                "date_first": date(2026, 1, 31),
                "months": 60,
                "account_id": self.prepaid.id,
                "expense_account_id": self.rent.id,
            }
        )
        # January to May: five of sixty months of 6,000, less 400
        self.assertEqual(self.proposal(self.month(), "depreciation").amount, 100)

    def test_goods_that_came_and_are_not_billed(self):
        product = self.env["product.product"].create(
            {"name": "Gauze", "type": "consu", "is_storable": False,
             "property_account_expense_id": self.supplies.id}
        )  # fmt: skip
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "date_order": "2026-05-20 12:00:00",
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": product.id,
                            "product_qty": 10,
                            "price_unit": 30,
                            "tax_ids": [(5,)],
                            "analytic_distribution": {
                                str(self.center[self.nursing]): 100
                            },
                        },
                    )
                ],
            }
        )
        order.button_confirm()
        order.date_approve = "2026-05-20 12:00:00"
        picking = order.picking_ids
        picking.move_ids.quantity = 10
        picking.move_ids.picked = True
        picking.button_validate()
        picking.move_ids.date = "2026-05-22 12:00:00"
        close = self.month()
        row = self.proposal(close, "receipts")
        self.assertEqual(row.amount, 300)
        self.as_user(row, "accountant").action_post()
        back = row.reversal_id
        self.assertEqual((back.state, back.date), ("posted", date(2026, 6, 1)))
        self.assertEqual(sum((row.move_id + back).line_ids.mapped("balance")), 0)
        rows = self.sums(
            "medical.finance.accrual",
            "department_id",
            domain=[
                ("account_id", "=", self.supplies.id),
                ("date", "<=", MAY_END),
                ("parent_state", "=", "posted"),
            ],
        )
        self.assertEqual(rows, {self.nursing: 300})

    def test_what_is_not_posted_in_time_is_an_exception(self):
        close = self.month()
        check = self.env["medical.finance.adjusting"]._medical_check_missing
        mine = [row for row in check().rows if row.res_id in close.adjusting_ids.ids]
        self.assertEqual([row.money_at_risk for row in mine], [2000])
        self.as_user(close.adjusting_ids, "accountant").action_post()
        self.assertFalse(
            [row for row in check().rows if row.res_id in close.adjusting_ids.ids]
        )

    def test_through_rpc(self):
        row = self.proposal(self.month())
        model = "medical.finance.adjusting"
        self.sign_in("head")
        self.call_refused(model, "search_read", [], ["amount"])
        self.sign_in("manager")
        self.call_refused(model, "write", [row.id], {"amount": 1})
        self.call_refused(model, "action_post", [row.id])
        self.call_refused(
            model, "create", {"close_id": row.close_id.id, "kind": "prepaid"}
        )
        self.sign_in("auditor")
        self.assertEqual(self.call(model, "search_count", [["id", "=", row.id]]), 1)
        self.call_refused(model, "action_dismiss", [row.id], "No")
        self.call_refused(
            "medical.finance.spread", "write", [self.insurance.id], {"amount": 1}
        )

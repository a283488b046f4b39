"""Budget control: orders and bills held against the budget; transfers; exceptions."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import RpcClient
from .budget_case import JULY, JUNE, BudgetCase


@tagged("post_install", "-at_install")
class TestFinanceControl(BudgetCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gauze = cls.env["product.product"].create(
            {
                "name": "Gauze",
                "type": "consu",
                "purchase_method": "purchase",
                "property_account_expense_id": cls.supplies.id,
                "supplier_taxes_id": [Command.clear()],
            }
        )
        cls.granted({cls.supply: 500}, date_from=JUNE)

    @classmethod
    def order(cls, price, quantity=1, role="manager", department=True, **values):
        return (
            cls.env["purchase.order"]
            .with_user(cls.users[role])
            .create(
                {
                    "partner_id": cls.vendor.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": cls.gauze.id,
                                "product_qty": quantity,
                                "price_unit": price,
                                "date_planned": "2026-06-20 12:00:00",
                                "tax_ids": [Command.clear()],
                                "analytic_distribution": department and cls.of_nursing,
                            }
                        )
                    ],
                    **values,
                }
            )
        )

    def policy(self, response, category=None):
        return self.env["medical.finance.budget.policy"].create(
            {
                "company_id": self.company.id,
                "category_id": category and category.id,
                "response": response,
            }
        )

    # -------------------------------------------------------------------------- figures

    def test_budget_against_actual(self):
        self.bill([(self.supplies, 120, self.of_nursing)])
        self.order(80).button_confirm()
        self.assertEqual(
            self.budget(month=JUNE)["Nursing", "medical_supply"],
            (500, 120, 80, 0, 300),
        )
        rows = (
            self.env["medical.finance.budget"]
            .with_user(self.users["manager"])
            ._against_actual(self.company, date(2026, 6, 17))
        )
        self.assertEqual(rows.mapped("left_over"), [300])
        entries = rows.action_open_entries()
        found = self.ledger.search(entries["domain"])
        self.assertEqual(found.mapped("balance"), [120])
        # an id says which row it is, also when it is read alone
        self.assertEqual(rows.browse(rows.id).granted, 500)

    def test_what_waits_is_asked_for(self):
        bill = self.bill([(self.supplies, 120, self.of_nursing)])
        bill.button_draft()
        order = self.order(30)
        self.company.po_double_validation = "two_step"
        self.company.po_double_validation_amount = 1
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        self.assertEqual(
            self.budget(month=JUNE)["Nursing", "medical_supply"],
            (500, 0, 0, 150, 350),
        )

    def test_the_departments_hook_answers(self):
        self.bill([(self.supplies, 120, self.of_nursing)])
        left = (self.nursing | self.front_desk)._medical_budget_left(date(2026, 6, 9))
        self.assertEqual(left, {self.nursing.id: 380, self.front_desk.id: None})

    # -------------------------------------------------------------------------- policies

    def test_without_a_policy_it_informs(self):
        order = self.order(700)
        self.assertTrue(order.medical_is_over)
        self.assertFalse(order.medical_is_blocked)
        self.assertIn("$ 500.00 granted", order.medical_budget.replace("\xa0", " "))
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertIn("Over the budget", order.message_ids[0].body)

    def test_a_warning_tells_the_head(self):
        self.policy("warn")
        order = self.order(700)
        order.button_confirm()
        told = self.env["mail.message"].search(
            [
                ("model", "=", "purchase.order"),
                ("res_id", "=", order.id),
                ("message_type", "=", "user_notification"),
                ("partner_ids", "in", self.users["head"].partner_id.ids),
            ]
        )
        self.assertEqual(len(told), 1)
        self.assertIn("is over by", told.body)

    def test_what_fits_goes_through_in_silence(self):
        self.policy("block")
        order = self.order(500)
        self.assertFalse(order.medical_is_over)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertNotIn("budget", " ".join(order.message_ids.mapped("body")))

    def test_a_block_refuses_until_an_exception_is_allowed(self):
        self.policy("block")
        order = self.order(700)
        self.assertTrue(order.medical_is_blocked)
        with self.refused(UserError, "over by"):
            order.button_confirm()
        self.assertEqual(order.state, "draft")
        exception = order.action_medical_except("A patient waits for it")
        self.assertEqual((exception.amount, exception.month), (200, JUNE))
        with self.refused(UserError, "waits for an exception already"):
            order.action_medical_except("Again")
        with self.refused(AccessError, "somebody else"):
            exception.with_user(self.users["manager"]).action_approve()
        exception.with_user(self.users["director"]).action_approve()
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertEqual(self.budget(month=JUNE)["Nursing", "medical_supply"][4], -200)

    def test_who_allowed_it_does_not_buy_by_it(self):
        self.policy("block")
        order = self.order(700)
        exception = (
            self.env["medical.finance.exception"]
            .with_user(self.users["head"])
            .create(
                {
                    "department_id": self.nursing.id,
                    "category_id": self.supply.id,
                    "month": "2026-06-15",
                    "amount": 200,
                    "reason": "A patient waits for it",
                }
            )
        )
        self.assertEqual(exception.month, JUNE)
        exception.with_user(self.users["manager"]).action_approve()
        with self.refused(UserError, "over by"):
            order.button_confirm()

    def test_a_category_of_its_own_policy(self):
        self.policy("block")
        self.policy("inform", self.supply)
        order = self.order(700)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_raising_a_confirmed_order_asks_again(self):
        self.policy("block")
        order = self.order(400)
        order.button_confirm()
        with self.refused(UserError, "over by"):
            order.order_line.price_unit = 600

    def test_confirming_by_hand_asks_too(self):
        self.policy("block")
        order = self.order(700)
        with self.refused(UserError, "over by"):
            order.write({"state": "purchase"})

    def test_a_client_cannot_pretend_to_be_the_batch(self):
        self.policy("block")
        order = self.order(700)
        with self.refused(UserError, "over by"):
            order.with_context(medical_budget_batch={"ids": []}).button_confirm()

    def test_together_they_are_over(self):
        self.policy("block")
        orders = self.order(300) | self.order(300)
        with self.refused(UserError, "over by"):
            orders.button_confirm()
        self.env.invalidate_all()
        self.assertEqual(set(orders.mapped("state")), {"draft"})

    def test_a_department_without_a_budget_is_free(self):
        self.policy("block")
        order = self.order(900)
        order.order_line.analytic_distribution = {
            str(self.center[self.front_desk]): 100
        }
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_without_department_the_whole_category_is_asked(self):
        self.policy("block")
        order = self.order(600, department=False)
        with self.refused(UserError, "The whole practice"):
            order.button_confirm()
        order = self.order(400, department=False)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_no_query_for_each_order(self):
        self.policy("block")

        def queries(count):
            orders = self.env["purchase.order"].union(
                *[self.order(1) for _number in range(count)]
            )
            for order in orders:
                order.button_confirm()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            orders._medical_ask_budget()
            return self.env.cr.sql_log_count - before

        queries(1)
        self.assertEqual(queries(2), queries(12))

    # ----------------------------------------------------------------------------- bills

    def test_a_bill_without_order_is_asked(self):
        self.policy("block")
        with self.refused(UserError, "over by"):
            self.bill([(self.supplies, 501, self.of_nursing)])
        self.bill([(self.supplies, 500, self.of_nursing)])

    def test_a_bill_of_an_order_was_asked_with_it(self):
        policy = self.policy("inform")
        order = self.order(700)
        order.button_confirm()
        policy.response = "block"
        order.with_user(self.users["accountant"]).action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_date = bill.date = date(2026, 6, 15)
        bill.sudo().action_post()
        self.assertEqual(bill.state, "posted")

    # ------------------------------------------------------------------------- transfers

    def transfer(self, amount, role="head", **values):
        return (
            self.env["medical.finance.transfer"]
            .with_user(self.users[role])
            .create(
                {
                    "from_department_id": self.nursing.id,
                    "from_category_id": self.supply.id,
                    "from_month": "2026-06-20",
                    "to_department_id": self.nursing.id,
                    "to_category_id": self.building.id,
                    "to_month": "2026-07-01",
                    "amount": amount,
                    "reason": "The roof leaks",
                    **values,
                }
            )
        )

    def test_who_changed_a_transfer_does_not_approve_it(self):
        transfer = self.transfer(100)
        transfer.with_user(self.users["manager"]).amount = 120
        transfer.action_request()
        with self.assertRaisesRegex(AccessError, "Entered by"):
            transfer.with_user(self.users["manager"]).action_approve()
        transfer.with_user(self.users["director"]).action_approve()
        self.assertEqual(transfer.state, "approved")

    def test_a_transfer_moves_it_to_the_cent(self):
        transfer = self.transfer(123.45)
        self.assertEqual(transfer.from_month, JUNE)
        self.assertEqual((transfer.from_granted, transfer.from_left), (500, 500))
        transfer.action_request()
        with self.assertRaises(AccessError):
            transfer.action_approve()
        transfer.with_user(self.users["manager"]).action_approve()
        self.assertEqual(
            self.budget(month=JUNE)["Nursing", "medical_supply"][0], 376.55
        )
        self.assertEqual(self.budget(month=JULY)["Nursing", "building"][0], 123.45)

    def test_who_asks_does_not_approve(self):
        transfer = self.transfer(10, role="manager")
        transfer.action_request()
        with self.refused(AccessError, "somebody else"):
            transfer.action_approve()

    def test_no_line_goes_negative(self):
        with self.refused(UserError, "leave the line negative"):
            self.transfer(500.01).action_request()
        first, second = self.transfer(300), self.transfer(300)
        first.action_request()
        second.action_request()
        first.with_user(self.users["manager"]).action_approve()
        with self.refused(UserError, "more would be taken away"):
            second.with_user(self.users["manager"]).action_approve()
        self.env.invalidate_all()
        self.assertEqual(second.state, "requested")
        self.assertEqual(self.budget(month=JUNE)["Nursing", "medical_supply"][0], 200)

    def test_nothing_moves_on_a_closed_month(self):
        transfer = self.transfer(100)
        transfer.action_request()
        self.company.fiscalyear_lock_date = date(2026, 6, 30)
        with self.refused(UserError, "Jun 2026 is closed"):
            transfer.with_user(self.users["manager"]).action_approve()

    def test_nothing_is_moved_above_the_limit(self):
        transfer = self.transfer(400)
        transfer.action_request()
        self.env["medical.core.limit"].search(
            [("kind", "=", "budget"), ("role", "=", "manager")]
        ).amount = 399
        with self.refused(AccessError, "more than you may approve"):
            transfer.with_user(self.users["manager"]).action_approve()

    def test_not_to_another_department_nor_to_revenue_nor_to_itself(self):
        with self.refused(AccessError, "You do not head Front Desk"):
            self.transfer(1, to_department_id=self.front_desk.id)
        with self.refused(ValidationError, "revenue"):
            self.transfer(1, to_category_id=self.category("collections").id)
        with self.refused(ValidationError, "same line"):
            self.transfer(1, to_category_id=self.supply.id, to_month="2026-06-02")

    # ------------------------------------------------------------------------ statements

    def test_grants_are_the_budget_column(self):
        may = date(2026, 5, 1)
        self.granted({self.supply: 310, self.building: 90}, date_from=may)
        self.bill([(self.supplies, 100, self.of_nursing)], date(2026, 5, 9))
        for role in ("head", "director"):
            statements = self.env["medical.finance.statement"].with_user(
                self.users[role]
            )
            for basis in ("accrual", "cash"):
                action = statements.open_statement("income", basis)
                report = (
                    self.env["mis.report.instance"]
                    .with_user(self.users[role])
                    .browse(action["res_id"])
                )
                matrix = report._compute_matrix()
                names = [column.label for column in matrix.iter_cols()]
                row = next(
                    row
                    for row in matrix.iter_rows()
                    if row.kpi.name == "c_medical_supply"
                )
                values = dict(
                    zip(
                        names,
                        [cell and cell.val for cell in row.iter_cells()],
                        strict=True,
                    )
                )
                self.assertEqual(values["Budget"], 310, (role, basis))
                self.assertEqual(values["Budget, Year to Date"], 310)
        drill = report.drilldown(
            {
                "period_id": report.period_ids.filtered(
                    lambda column: column.name == "Budget"
                ).id,
                "expr": "balp[('medical_category_id.code', '=', 'medical_supply')]",
                "kpi_id": report.report_id.kpi_ids[0].id,
            }
        )
        self.assertEqual(drill["res_model"], "medical.finance.grant")

    def test_a_part_of_a_month_is_cut_by_days(self):
        self.granted({self.building: 310}, date_from=JULY)
        rows = self.env["medical.finance.grant"]._read_group(
            [
                ("company_id", "=", self.company.id),
                ("account_id", "=", self.rent.id),
                ("date", ">=", "2026-07-01"),
                ("date", "<=", "2026-07-15"),
            ],
            ["account_id"],
            ["debit:sum"],
        )
        self.assertEqual(rows[0][1], 150)

    # ---------------------------------------------------------------------------- checks

    def test_a_late_request_is_found(self):
        check = self.env["medical.finance.request"]._medical_check_late
        self.company.medical_budget_due_day = 14
        rows = [row for row in check().rows if row.company_id == self.company.id]
        self.assertEqual([row.res_id for row in rows], [self.nursing.id])
        self.assertEqual(rows[0].user_id, self.users["head"].id)
        self.request({self.supply: 1}).action_submit()
        self.assertFalse(
            [row for row in check().rows if row.company_id == self.company.id]
        )

    def test_over_budget_is_found(self):
        check = self.env["medical.finance.request"]._medical_check_over
        self.bill([(self.supplies, 520, self.of_nursing)])
        self.env.flush_all()
        rows = [row for row in check().rows if row.company_id == self.company.id]
        self.assertEqual([row.money_at_risk for row in rows], [20])
        self.transfer(
            20,
            from_category_id=self.building.id,
            from_month=JUNE,
            to_category_id=self.supply.id,
            to_month=JUNE,
        )
        self.company.fiscalyear_lock_date = date(2026, 6, 30)
        self.assertFalse(
            [row for row in check().rows if row.company_id == self.company.id]
        )

    # --------------------------------------------------------------------------- over RPC

    def test_over_rpc_who_may_not(self):
        self.policy("block")
        order = self.order(700)
        transfer = self.transfer(10)
        transfer.action_request()
        exception = order.action_medical_except("It cannot wait")
        for role in ("staff", "head", "hr", "payroll", "accountant", "auditor"):
            self.sign_in(role)
            self.call_refused(transfer._name, "action_approve", [transfer.id])
            self.call_refused(exception._name, "action_approve", [exception.id])
        self.sign_in("manager")
        self.call_refused("purchase.order", "button_confirm", [order.id])
        self.call_refused(
            exception._name, "write", [exception.id], {"state": "approved"}
        )
        self.call_refused(
            "medical.finance.budget.policy", "create", [{"response": "inform"}]
        )
        self.sign_in("director")
        self.call(exception._name, "action_approve", [exception.id])
        self.sign_in("manager")
        self.call("purchase.order", "button_confirm", [order.id])
        self.env.invalidate_all()
        self.assertEqual(order.state, "purchase")

    # --------------------------------------------------------------------- what to order

    def test_what_to_order_shows_what_is_left_and_names_who_pays(self):
        item = self.env["product.product"].create(
            {
                "name": "Gloves",
                "type": "consu",
                "is_storable": True,
                "medical_kind": "medical",
                "property_account_expense_id": self.supplies.id,
                "supplier_taxes_id": [Command.clear()],
            }
        )
        terms = self.env["product.supplierinfo"].create(
            {
                "partner_id": self.vendor.id,
                "product_tmpl_id": item.product_tmpl_id.id,
                "price": 10,
            }
        )
        self.rooms[0].medical_department_id = self.front_desk
        for room, weekly in ((self.rooms[0], 1), (self.rooms[3], 3)):
            par = self.env["stock.warehouse.orderpoint"].create(
                {
                    "product_id": item.id,
                    "location_id": room.id,
                    "warehouse_id": self.site.id,
                    "company_id": self.company.id,
                    "product_min_qty": 1,
                    "product_max_qty": 5,
                }
            )
            par._pen().medical_week_use = weekly
        line = (
            self.env["medical.supply.proposal"]
            ._pen()
            .create(
                {
                    "company_id": self.company.id,
                    "site_id": self.site.id,
                    "product_id": item.id,
                    "supplierinfo_id": terms.id,
                    "packs": 4,
                    "source": "need",
                }
            )
        )
        self.assertTrue(line.has_budget)
        self.assertEqual(line.budget_left, 500)
        line.with_user(self.users["manager"]).action_approve()
        self.assertEqual(
            line.purchase_line_id.analytic_distribution,
            {
                str(self.center[self.nursing]): 75,
                str(self.center[self.front_desk]): 25,
                str(self.center[self.site]): 100,
            },
        )
        committed = self.env["medical.finance.committed"]._read_group(
            [("order_line_id", "=", line.purchase_line_id.id)],
            ["department_id"],
            ["balance:sum"],
        )
        self.assertEqual(
            dict(committed),
            {self.nursing: 30, self.front_desk: 10},
        )

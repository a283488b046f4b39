"""Side ways to goods and money: each as the role that must not, and the one that may."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .bill_case import BillCase
from .proof_case import PEOPLE, ProofCase
from .supply_case import NOW, TODAY


@tagged("post_install", "-at_install")
class TestStockDoors(ProofCase):
    def quants(self, room, item, role):
        found = self.env["stock.quant"].search(
            [("location_id", "=", room.id), ("product_id", "=", item.id)]
        )
        return found.with_user(self.users[role])

    # --------------------------------------------------------------------- quarantine

    def test_good_stock_is_not_taken_away(self):
        self.stock(self.exam_1, self.gauze, 100)
        self.rooms.medical_manager_id = self.users["director"]
        for role in ("staff", "hr", "payroll", "accountant", "auditor", "plain"):
            with (
                self.subTest(role),
                self.assertRaises(AccessError),
                self.env.cr.savepoint(),
            ):
                self.quants(self.exam_1, self.gauze, role).action_medical_quarantine()
        self.assertEqual(self.on_hand(self.exam_1, self.gauze), 100)

    def test_the_button_is_there_for_who_may(self):
        old = self.lot(self.vaccine, "OLD", NOW.replace(day=1))
        self.stock(self.exam_1, self.vaccine, 3, old)
        self.stock(self.exam_1, self.gauze, 5)
        self.rooms.medical_manager_id = self.users["director"]
        for role, good in (("hr", False), ("payroll", False), ("head", True)):
            with self.subTest(role):
                quants = self.quants(self.exam_1, self.vaccine, role)
                self.assertEqual(quants.mapped("medical_can_put_away"), [True])
                quants = self.quants(self.exam_1, self.gauze, role)
                self.assertEqual(quants.mapped("medical_can_put_away"), [good])

    def test_a_head_puts_away_what_is_in_the_own_rooms(self):
        self.stock(self.exam_1, self.gauze, 100)
        self.stock(self.exam_2, self.gauze, 50)
        self.rooms.medical_manager_id = self.users["director"]
        self.exam_2.medical_department_id = self.front_desk
        with self.assertRaisesRegex(AccessError, "not expired"):
            self.quants(self.exam_2, self.gauze, "head").action_medical_quarantine()
        self.quants(self.exam_1, self.gauze, "head").action_medical_quarantine()
        self.assertEqual(self.on_hand(self.exam_1, self.gauze), 0)
        self.quants(self.exam_2, self.gauze, "manager").action_medical_quarantine()
        self.assertEqual(self.on_hand(self.exam_2, self.gauze), 0)

    def test_one_good_lot_among_old_ones_stops_the_call(self):
        old = self.lot(self.vaccine, "OLD", NOW.replace(day=1))
        self.stock(self.exam_1, self.vaccine, 3, old)
        self.stock(self.exam_1, self.gauze, 5)
        self.rooms.medical_manager_id = self.users["director"]
        both = self.quants(self.exam_1, self.vaccine, "staff")
        with self.assertRaises(AccessError):
            (
                both | self.quants(self.exam_1, self.gauze, "staff")
            ).action_medical_quarantine()
        both.action_medical_quarantine()
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine), 0)

    # --------------------------------------------------------------------- quantities

    def test_a_quantity_is_not_written_past_a_move(self):
        quant = self.quants(self.exam_1, self.drug, "manager")
        for values in (
            {"quantity": 3},
            {"location_id": self.exam_2.id},
            {"lot_id": False},
            {"product_id": self.vaccine.id},
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                quant.write(values)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                quant.sudo().write(values)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            quant.create(
                {
                    "product_id": self.drug.id,
                    "location_id": self.exam_2.id,
                    "lot_id": self.batch.id,
                    "quantity": 4,
                }
            )
        born = quant.with_context(default_quantity=4).create(
            {
                "product_id": self.drug.id,
                "location_id": self.exam_2.id,
                "lot_id": self.batch.id,
            }
        )
        self.assertEqual(born.quantity, 0)

    def test_a_counted_quantity_is_applied_and_logged(self):
        quant = self.quants(self.exam_1, self.drug, "manager")
        quant = quant.with_context(inventory_mode=True)
        quant.inventory_quantity = 7
        quant.action_apply_inventory()
        last = self.env["medical.supply.controlled.log"].search(
            [("product_id", "=", self.drug.id)], limit=1
        )
        self.assertEqual((last.kind, last.change, last.balance), ("corrected", -3, 7))
        self.assertEqual(last.discrepancy_id.state, "open")

    def test_a_cause_in_the_context_is_no_cause(self):
        self.stock(self.exam_1, self.gauze, 10)
        quant = self.quants(self.exam_1, self.gauze, "manager")
        count = self.env["medical.supply.count"].create({"room_id": self.exam_1.id})
        quant = quant.with_context(
            inventory_mode=True,
            medical_causes={quant.id: "used"},
            medical_count_id=count.id,
        )
        quant.inventory_quantity = 4
        quant.action_apply_inventory()
        move = self.env["stock.move"].search(
            [("product_id", "=", self.gauze.id)], order="id desc", limit=1
        )
        self.assertEqual(move.quantity, 6)
        self.assertFalse(move.medical_cause)
        self.assertFalse(move.medical_count_id)

    def test_stock_that_the_log_does_not_know_is_found(self):
        log = self.env["medical.supply.controlled.log"]

        def found():
            return [row.res_id for row in log._medical_check_balance().rows]

        # ten that no line of the log brought in
        self.assertEqual(found(), self.exam_1.ids)
        entry = self.counted(counted=10)
        entry.with_user(self.users["head"]).action_witness()
        self.assertFalse(found())
        use = log.with_user(self.users["staff"]).create(
            {
                "kind": "used",
                "product_id": self.drug.id,
                "location_id": self.exam_1.id,
                "lot_id": self.batch.id,
                "quantity": 2,
            }
        )
        self.assertEqual(use.balance, 8)
        self.assertFalse(found())
        # as by a script on the database
        self.quants(self.exam_1, self.drug, "manager").sudo()._pen().quantity = 5
        self.assertEqual(found(), self.exam_1.ids)
        row = log._medical_check_balance().rows[0]
        self.assertIn("Lorazepam vial -3", row.summary)
        self.assertEqual(row.money_at_risk, 13.5)

    def test_a_witness_later_than_a_use_leaves_the_balance_right(self):
        log = self.env["medical.supply.controlled.log"]
        count = self.counted(counted=10)
        values = {
            "product_id": self.drug.id,
            "location_id": self.exam_1.id,
            "lot_id": self.batch.id,
        }
        staff = log.with_user(self.users["staff"])
        wasted = staff.create({**values, "kind": "wasted", "quantity": 1})
        staff.create({**values, "kind": "used", "quantity": 2})
        wasted.with_user(self.users["head"]).action_witness()
        count.with_user(self.users["head"]).action_witness()
        self.assertEqual(self.on_hand(self.exam_1, self.drug), 7)
        self.assertFalse(log._medical_check_balance().rows)

    # ---------------------------------------------------------------------- transfers

    def test_the_auditor_moves_no_stock(self):
        self.par(self.exam_1, self.gauze, 50, 100)
        self.stock(self.exam_1, self.gauze, 80)
        self.stock(self.store, self.gauze, 500)
        counts = self.env["medical.supply.count"].with_user(self.users["staff"])
        count = counts.browse(counts.phone_open(self.exam_1.id)["id"])
        for line in count.line_ids:
            line.counted = 30 if line.product_id == self.gauze else 10
        count.action_submit()
        self.assertEqual(count.state, "posted")
        for role in ("auditor", "plain"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                count.with_user(self.users[role]).action_filled()
        self.assertEqual(self.on_hand(self.exam_1, self.gauze), 30)
        count.action_filled()
        self.assertEqual(self.on_hand(self.exam_1, self.gauze), 100)


@tagged("post_install", "-at_install")
class TestBillHoldDoors(BillCase):
    def held(self):
        return self.bill(self.order(received=6), 10, 2.0)

    def test_a_mark_of_payment_is_not_typed_and_pays_nothing(self):
        bill = self.held()
        accountant = bill.with_user(self.users["accountant"])
        for state in ("paid", "in_payment", "reversed", "not_paid"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                accountant.payment_state = state
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            accountant.sudo().payment_state = "paid"
        # whatever put the mark there
        bill._pen().payment_state = "paid"
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "Do not pay until"):
            bill._medical_check_payable()

    def test_the_button_that_blocks_a_payment_works(self):
        bill = self.held().with_user(self.users["accountant"])
        bill.action_toggle_block_payment()
        self.assertEqual(bill.payment_state, "blocked")
        bill.action_toggle_block_payment()
        self.assertEqual(bill.payment_state, "not_paid")

    def test_what_was_billed_stays_on_the_lines_of_a_booked_bill(self):
        bill = self.held()
        line = bill.invoice_line_ids.with_user(self.users["accountant"])
        for values in (
            {"product_id": False},
            {"purchase_line_id": False},
            {"quantity": 1},
            {"price_unit": 0.1},
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                line.write(values)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                bill.with_user(self.users["accountant"]).write(
                    {"invoice_line_ids": [Command.update(line.id, values)]}
                )
        self.assertEqual(bill.medical_hold, "held")
        with self.assertRaisesRegex(UserError, "Do not pay until"):
            self.pay(bill)

    def test_a_bill_is_not_born_released(self):
        boss = self.users["director"].id
        bills = self.env["account.move"].with_user(self.users["accountant"])
        values = {
            "move_type": "in_invoice",
            "partner_id": self.vendor.id,
            "company_id": self.company.id,
            "invoice_date": TODAY,
        }
        for name, value in (
            ("medical_released_by_id", boss),
            ("medical_confirmed_by_id", boss),
            ("medical_released_amount", 1e9),
            ("payment_state", "paid"),
        ):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                bills.create({**values, name: value})
            born = bills.with_context(**{f"default_{name}": value}).create(dict(values))
            self.assertIn(born[name] or False, (False, "not_paid"))

    # ------------------------------------------------------------------ approval limit

    def draft(self, packs, price=2.0, role="manager", **values):
        return (
            self.env["purchase.order"]
            .with_user(self.users[role])
            .create(
                {
                    "partner_id": self.vendor.id,
                    "company_id": self.company.id,
                    "picking_type_id": self.site.in_type_id.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.gauze.id,
                                "product_qty": packs,
                                "product_uom_id": self.pack.id,
                                "price_unit": price,
                            }
                        )
                    ],
                    **values,
                }
            )
        )

    def limit(self, amount):
        limits = self.env["medical.core.limit"].search(
            [("kind", "=", "purchase"), ("is_unlimited", "=", False)]
        )
        limits.amount = amount

    def test_an_order_by_hand_asks_the_limit(self):
        self.limit(100)
        order = self.draft(51)
        for call in (
            order.button_confirm,
            order.button_approve,
            lambda: order.write({"state": "purchase"}),
        ):
            with self.assertRaisesRegex(AccessError, "more than you may"):
                with self.env.cr.savepoint():
                    call()
        self.assertEqual(order.state, "draft")
        small = self.draft(50)
        small.button_confirm()
        self.assertEqual(small.state, "purchase")
        self.assertEqual(small.medical_confirmed_by_id, self.users["manager"])

    def test_an_order_is_not_born_confirmed_above_the_limit(self):
        self.limit(100)
        with self.assertRaisesRegex(AccessError, "more than you may"):
            with self.env.cr.savepoint():
                self.draft(51, state="purchase")
        orders = self.env["purchase.order"].with_context(default_state="purchase")
        with self.assertRaisesRegex(AccessError, "more than you may"):
            with self.env.cr.savepoint():
                orders.with_user(self.users["manager"]).create(
                    {
                        "partner_id": self.vendor.id,
                        "company_id": self.company.id,
                        "picking_type_id": self.site.in_type_id.id,
                        "order_line": [
                            Command.create(
                                {"product_id": self.gauze.id, "price_unit": 900}
                            )
                        ],
                    }
                )

    def test_a_confirmed_order_is_not_raised_above_the_limit(self):
        self.limit(100)
        order = self.draft(40)
        order.button_confirm()
        line = order.order_line
        for call in (
            lambda: line.write({"product_qty": 51}),
            lambda: line.write({"price_unit": 3}),
            lambda: order.write(
                {
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.gauze.id,
                                "product_qty": 20,
                                "product_uom_id": self.pack.id,
                                "price_unit": 2,
                            }
                        )
                    ]
                }
            ),
        ):
            with self.assertRaisesRegex(AccessError, "more than you may"):
                with self.env.cr.savepoint():
                    call()
        line.product_qty = 45
        line.product_qty = 10
        self.assertEqual(order.amount_untaxed, 20)

    def test_slices_of_a_day_count_together(self):
        self.limit(100)
        self.draft(30).button_confirm()
        with self.assertRaisesRegex(AccessError, "more than you may"):
            with self.env.cr.savepoint():
                self.draft(30).button_confirm()
        # as does what was approved from proposals
        asked = (
            self.env["medical.supply.proposal"]
            .with_user(self.users["staff"])
            .create(
                {
                    "product_id": self.gauze.id,
                    "room_id": self.exam_1.id,
                    "needed": 3000,
                }
            )
        )
        with self.assertRaisesRegex(AccessError, "more than you may"):
            with self.env.cr.savepoint():
                asked.with_user(self.users["manager"]).action_approve()
        # another vendor is another day's order, another person another limit
        self.draft(30, partner_id=self.other_vendor.id).button_confirm()
        asked.with_user(self.users["director"]).action_approve()
        self.assertEqual(asked.state, "ordered")


@tagged("post_install", "-at_install")
class TestSupplyRpc(ProofCase, RpcClient):
    """The same through the server's own door."""

    def call_as(self, role, *args, **kwargs):
        self.sign_in(role)
        return self.call(*args, **kwargs)

    def refused_as(self, role, *args, **kwargs):
        self.sign_in(role)
        self.call_refused(*args, **kwargs)

    def test_a_discrepancy(self):
        one = self.discrepancy()
        model = "medical.supply.discrepancy"
        for role in PEOPLE:
            self.refused_as(role, model, "write", one.ids, {"difference": 99})
        self.assertEqual(one.difference, -2)

    def test_a_count_with_a_client_s_defaults(self):
        made = self.call_as(
            "staff",
            "medical.supply.count",
            "create",
            [{"room_id": self.exam_1.id}],
            context={
                "default_state": "posted",
                "default_approved_by_id": self.users["head"].id,
            },
        )
        count = self.env["medical.supply.count"].browse(made)
        self.assertEqual((count.state, count.approved_by_id.id), ("draft", False))

    def test_a_quantity(self):
        quant = self.env["stock.quant"].search(
            [("location_id", "=", self.exam_1.id), ("product_id", "=", self.drug.id)]
        )
        self.refused_as("manager", "stock.quant", "write", quant.ids, {"quantity": 1})
        self.refused_as("staff", "stock.quant", "action_medical_quarantine", quant.ids)
        self.assertEqual(quant.quantity, 10)

    def test_keys_that_a_client_can_send(self):
        entry = self.counted()
        for key in ("medical_log_program", "medical_stamped", "medical_pen"):
            for value in (True, 1, "pen", {}):
                self.refused_as(
                    "manager",
                    "medical.supply.controlled.log",
                    "write",
                    entry.ids,
                    {"state": "final", "witness_id": self.users["head"].id},
                    context={key: value},
                )
        self.assertEqual(entry.state, "waiting")

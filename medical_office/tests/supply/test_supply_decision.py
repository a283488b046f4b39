"""What waits in supplies stands in the register of decisions until somebody decides."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...engine.core.labels import labels_of
from .bill_case import BillCase
from .proof_case import ProofCase


@tagged("post_install", "-at_install")
class TestSupplyDecision(BillCase, ProofCase):
    def row(self, record):
        rows = self.env["medical.core.decision"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)],
            order="id desc",
        )
        return rows[:1]

    def approve(self, row, role):
        return row.with_user(self.users[role]).action_approve()

    def waiting_count(self):
        self.par(self.exam_1, self.gauze, 50, 10000)
        self.stock(self.exam_1, self.gauze, 9000)
        count = self.env["medical.supply.count"].with_user(self.users["staff"])
        count = count.create({"room_id": self.exam_1.id})
        count.action_start()
        line = count.line_ids.filtered(lambda line: line.product_id == self.gauze)
        (count.line_ids - line).counted = 10
        line.counted = 1000
        count.action_submit()
        self.assertEqual(count.state, "recount")
        again = count.with_user(self.users["head"])
        again.line_ids.filtered("needs_recount").recounted = 1000
        again.action_submit()
        return count

    def test_a_count_waits_until_it_is_approved(self):
        count = self.waiting_count()
        row = self.row(count)
        self.assertEqual((row.state, row.waiting_state), ("open", "review"))
        self.assertEqual(row.amount, 160)  # 8,000 pieces at 0.02 dollars
        self.assertTrue(row.with_user(self.users["manager"]).can_decide)
        self.assertFalse(row.with_user(self.users["head"]).can_decide)  # counted it
        with self.assertRaises(AccessError):
            self.approve(row, "head")
        self.approve(row, "manager")
        self.assertEqual((row.state, count.state), ("decided", "posted"))
        self.assertEqual(row.decided_by_id, self.users["manager"])

    def test_a_count_goes_back_with_the_reason(self):
        count = self.waiting_count()
        row = self.row(count)
        row.with_user(self.users["manager"]).action_return("Box in the hall")
        self.assertEqual((row.state, row.reason), ("decided", "Box in the hall"))
        self.assertEqual(count.state, "recount")

    def test_a_request_waits_and_a_need_does_not(self):
        self.par(self.exam_1, self.gauze, 300, 900)
        proposals = self.env["medical.supply.proposal"]
        self.assertFalse(self.row(proposals._refresh(self.site)))
        asked = proposals.with_user(self.users["manager"]).create(
            {"product_id": self.gauze.id, "room_id": self.exam_1.id, "needed": 130}
        )
        row = self.row(asked)
        self.assertEqual((row.state, row.amount), ("open", 4))
        with self.assertRaises(AccessError):
            self.approve(row, "manager")
        self.approve(row, "director")
        self.assertEqual((row.state, asked.state), ("decided", "ordered"))

    def test_ordering_says_what_was_ordered(self):
        asked = (
            self.env["medical.supply.proposal"]
            .with_user(self.users["staff"])
            .create(
                {"product_id": self.gauze.id, "room_id": self.exam_1.id, "needed": 130}
            )
        )
        said = asked.with_user(self.users["director"]).action_approve()
        order = asked.sudo().purchase_id
        self.assertEqual(said["tag"], "display_notification")
        link = said["params"]["links"][0]
        self.assertIn(order.name, link["label"])
        self.assertTrue(link["url"].endswith(f"/{order.id}"))
        # the list forgets what is ordered: the notice stays, and the record leads on
        self.assertTrue(said["params"]["sticky"])
        opened = asked.with_user(self.users["director"]).action_open_purchase()
        self.assertEqual(opened["domain"], [("id", "in", order.ids)])

    def test_an_order_is_called_by_our_words(self):
        labels = labels_of(self.env["purchase.order"], "state")
        self.assertEqual(labels["draft"], "Draft")
        self.assertEqual(labels["purchase"], "Ordered")
        self.assertFalse([label for label in labels.values() if "RFQ" in label])

    def test_a_discrepancy_waits_for_another_person(self):
        found = self.discrepancy().with_user(self.users["manager"])
        found.write({"cause": "spill", "explanation": "Dropped"})
        self.assertFalse(self.row(found))
        found.action_explain()
        row = self.row(found)
        self.assertEqual((row.state, row.amount), ("open", 9))  # 2 vials at 4.50
        for role in ("manager", "head"):  # explained it, witnessed it
            with self.assertRaises(AccessError):
                self.approve(row, role)
        self.approve(row, "director")
        self.assertEqual((row.state, found.state), ("decided", "closed"))

    def test_a_par_review_waits_if_it_proposes_something(self):
        reviews = self.env["medical.supply.review"]
        empty = reviews._review(self.site)
        self.assertFalse(empty.line_ids)
        self.assertFalse(self.row(empty))

    def test_a_bill_on_hold_waits_for_its_release(self):
        line = self.order(received=6)
        bill = self.bill(line, 10, 2.0)
        self.assertEqual(bill.medical_hold, "held")
        row = self.row(bill)
        self.assertEqual((row.state, row.amount), ("open", bill.medical_hold_amount))
        with self.assertRaisesRegex(UserError, "with a reason"):
            self.approve(row, "director")
        self.assertEqual(row.state, "open")
        bill.with_user(self.users["director"]).action_medical_release("Rest tomorrow")
        self.assertEqual((row.state, row.reason), ("decided", "Rest tomorrow"))

    def test_a_bill_that_was_cleared_waits_no_more(self):
        line = self.order(received=6)
        bill = self.bill(line, 10, 2.0)
        row = self.row(bill)
        bill.button_draft()
        bill.invoice_line_ids.quantity = 6
        bill.action_post()
        self.assertEqual((bill.medical_hold, row.state), ("none", "decided"))

    def waiting_order(self):
        self.company.po_double_validation = "two_step"
        self.company.po_double_validation_amount = 1
        order = (
            self.env["purchase.order"]
            .with_user(self.users["manager"])
            .create(
                {
                    "partner_id": self.vendor.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.gauze.id,
                                "product_qty": 5,
                                "product_uom_id": self.pack.id,
                                "price_unit": 2,
                            }
                        )
                    ],
                }
            )
        )
        order.button_confirm()
        if order.state == "purchase":
            self.skipTest("the office manager confirms in one step here")
        return order

    def test_an_order_in_two_steps_is_approved_by_another(self):
        order = self.waiting_order()
        row = self.row(order)
        self.assertEqual((order.state, row.state), ("to approve", "open"))
        self.assertEqual(row.amount, order.amount_total)
        with self.assertRaisesRegex(AccessError, "you asked for it or prepared it"):
            self.approve(row, "manager")
        self.approve(row, "director")
        self.assertEqual((order.state, row.state), ("purchase", "decided"))
        self.assertEqual(order.medical_confirmed_by_id, self.users["director"])

    def test_an_order_goes_back_as_a_draft(self):
        order = self.waiting_order()
        row = self.row(order)
        row.with_user(self.users["director"]).action_return("Ask for a discount")
        self.assertEqual((order.state, row.state), ("draft", "decided"))

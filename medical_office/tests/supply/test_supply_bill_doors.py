"""A held bill and the side doors: other entries, drafts, dates, defaults, RPC."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .bill_case import BillCase
from .supply_case import TODAY


@tagged("post_install", "-at_install")
class TestSupplyBillDoors(BillCase):
    def held(self):
        return self.bill(self.order(received=6), 10, 2.0)

    def payable(self, moves):
        return moves.line_ids.filtered(
            lambda line: line.account_id.account_type == "liability_payable"
        )

    def entry(self, bill):
        """A journal entry of the accountant's that would settle the bill."""
        journal = self.env["account.journal"].create(
            {
                "name": "Miscellaneous",
                "code": "MISC9",
                "type": "general",
                "company_id": self.company.id,
            }
        )
        debt = self.payable(bill)
        line = {"partner_id": self.vendor.id}
        entry = (
            self.env["account.move"]
            .with_user(self.users["accountant"])
            .create(
                {
                    "move_type": "entry",
                    "journal_id": journal.id,
                    "date": TODAY,
                    "line_ids": [
                        Command.create(
                            {**line, "account_id": debt.account_id.id, "debit": 20}
                        ),
                        Command.create(
                            {
                                **line,
                                "account_id": self.bank.default_account_id.id,
                                "credit": 20,
                            }
                        ),
                    ],
                }
            )
        )
        entry.action_post()
        return self.payable(entry)

    def test_a_journal_entry_does_not_settle_it(self):
        bill = self.held()
        paid = self.entry(bill)
        with self.assertRaisesRegex(UserError, "Do not pay until"):
            (paid | self.payable(bill)).reconcile()
        partial = self.env["account.partial.reconcile"].with_user(
            self.users["accountant"]
        )
        with self.assertRaisesRegex(UserError, "Do not pay until"):
            partial.create(
                {
                    "debit_move_id": paid.id,
                    "credit_move_id": self.payable(bill).id,
                    "amount": 20,
                    "debit_amount_currency": 20,
                    "credit_amount_currency": 20,
                }
            )
        bill.with_user(self.users["manager"]).action_medical_release("Agreed")
        (paid | self.payable(bill)).reconcile()
        self.assertEqual(bill.payment_state, "paid")

    def test_a_payment_is_not_turned_to_sent_by_its_state(self):
        bill = self.held()
        payments = self.env["account.payment"].with_user(self.users["accountant"])
        values = {
            "payment_type": "outbound",
            "partner_type": "supplier",
            "partner_id": self.vendor.id,
            "amount": 20,
            "journal_id": self.bank.id,
            "company_id": self.company.id,
            "invoice_ids": [Command.set(bill.ids)],
        }
        payment = payments.create(values)
        with self.assertRaisesRegex(UserError, "Do not pay until"):
            payment.action_validate()
        with self.assertRaisesRegex(UserError, "Do not pay until"):
            payment.state = "in_process"

    def test_a_draft_credit_note_does_not_end_the_hold(self):
        line = self.order(received=6)
        bill = self.bill(line, 10, 2.0)
        credit = self.bill(line, 4, 2.0, kind="in_refund")
        credit.button_draft()
        bill.invalidate_recordset()
        self.assertEqual(bill.medical_hold, "held")
        self.assertEqual(self.match(line).status, "over_billed")
        credit.action_post()
        bill.invalidate_recordset()
        self.assertEqual(bill.medical_hold, "none")
        self.assertFalse(self.match(line).is_over_billed)

    def test_a_second_bill_dated_back_is_not_covered_again(self):
        line = self.order(received=10)
        first = self.bill(line, 10, 2.0)
        self.pay(first)
        again = self.bill(line, 10, 2.0)
        again.button_draft()
        again.invoice_date = TODAY - timedelta(days=20)
        again.action_post()
        self.assertEqual(again.medical_hold, "held")

    def test_a_draft_dated_back_does_not_hold_a_booked_bill(self):
        line = self.order(received=10)
        first = self.bill(line, 10, 2.0)
        draft = self.bill(line, 10, 2.0)
        draft.button_draft()
        draft.invoice_date = TODAY - timedelta(days=20)
        self.assertEqual((first | draft).mapped("medical_hold"), ["none", "held"])

    def test_a_contract_binds_the_bills_of_orders_it_covered(self):
        terms = self.gauze.seller_ids
        terms.medical_contract_until = TODAY
        line = self.order()
        line.order_id.date_order -= timedelta(days=10)
        bill = self.bill(line, 10, 2.5)
        line.price_unit = 2.5  # the order alone would agree with the bill
        self.env.invalidate_all()
        self.assertEqual(bill.medical_hold, "held")
        terms.medical_contract_until = TODAY - timedelta(days=5)
        self.env.invalidate_all()
        self.assertEqual(bill.medical_hold, "held")
        self.assertEqual(self.match(line).status, "above_contract")
        terms.medical_contract_until = TODAY - timedelta(days=15)
        self.env.invalidate_all()
        self.assertEqual(bill.medical_hold, "none")
        self.assertEqual(self.match(line).status, "match")

    def test_a_contract_of_another_company_binds_nobody(self):
        other = self.users["outsider"].company_id
        mine = self.gauze.seller_ids
        mine.company_id = self.company
        mine.copy({"company_id": other.id, "medical_contract_price": 1.0})
        bill = self.bill(self.order(), 10, 2.0)
        both = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "company_id": self.company.id,
                "partner_id": self.vendor.id,
                "invoice_line_ids": [],
            }
        )
        terms = self.env["account.move.line"]._medical_agreed(bill.invoice_line_ids)
        self.assertEqual(
            [float(price) for price in terms[bill.invoice_line_ids]][:1], [0.02]
        )
        self.assertEqual((bill | both).mapped("medical_hold"), ["none", "none"])

    def test_a_contract_in_another_currency_is_converted(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        self.env["res.currency.rate"].create(
            {
                "currency_id": euro.id,
                "company_id": self.company.id,
                "name": TODAY - timedelta(days=30),
                "rate": 0.5,
            }
        )
        self.gauze.seller_ids.write(
            {"currency_id": euro.id, "medical_contract_price": 1.0}
        )
        self.assertEqual(self.bill(self.order(), 10, 2.0).medical_hold, "none")

    def test_less_than_a_cent_is_no_difference(self):
        line = self.order(quantity=1, price=0.333)
        self.company.medical_price_tolerance = 0
        bill = self.bill(line, 1, 0.336)
        line.price_unit = 0.336  # 0.34 after the host's rounding
        self.gauze.seller_ids.medical_contract_price = 0.336
        bill.invalidate_recordset()
        self.assertEqual(bill.medical_hold, "none")

    def test_a_receipt_of_the_books_is_a_bill_too(self):
        bill = self.bill(self.order(received=6), 10, 2.0, kind="in_receipt")
        self.assertEqual(bill.medical_hold, "held")
        with self.assertRaisesRegex(UserError, "Do not pay until"):
            self.pay(bill)

    def test_another_name_on_the_bill_does_not_hide_the_order(self):
        bill = self.held()
        bill.button_draft()
        other = self.env["product.product"].create({"name": "Freight, various"})
        bill.invoice_line_ids.write({"product_id": other.id, "price_unit": 2.0})
        bill.action_post()
        self.assertTrue(bill.invoice_line_ids.purchase_line_id)
        self.assertEqual(bill.medical_hold, "held")
        search = self.env["account.move"].search([("medical_hold", "=", "held")])
        self.assertIn(bill, search)
        bill.button_draft()
        bill.invoice_line_ids.product_id = False
        self.assertEqual(bill.medical_hold, "held")

    def test_nobody_is_born_released_nor_confirms_for_another(self):
        bill = self.held()
        user = self.users["accountant"]
        with self.assertRaisesRegex(UserError, "with its button"):
            bill.with_user(user).medical_confirmed_by_id = self.users["manager"]
        line = self.order(received=6)
        defaults = {
            "default_medical_released_by_id": self.users["manager"].id,
            "default_medical_released_amount": 1000,
            "default_medical_confirmed_by_id": self.users["manager"].id,
        }
        again = (
            self.env["account.move"]
            .with_user(user)
            .with_context(**defaults)
            .create(
                {
                    "move_type": "in_invoice",
                    "partner_id": self.vendor.id,
                    "company_id": self.company.id,
                    "invoice_date": TODAY,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": line.product_id.id,
                                "product_uom_id": line.product_uom_id.id,
                                "quantity": 10,
                                "price_unit": 2.0,
                                "purchase_line_id": line.id,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                }
            )
        )
        self.assertFalse(again.medical_released_by_id | again.medical_confirmed_by_id)
        self.assertEqual(again.medical_hold, "held")

    def test_who_released_a_draft_does_not_confirm_it(self):
        user = self.manager_and_accountant()
        bill = self.held()
        bill.button_draft()
        bill.with_user(user).action_medical_release("Fine")
        self.assertEqual(bill.medical_hold, "released")
        bill.with_user(user).action_post()
        self.assertEqual(bill.medical_hold, "held")
        with self.assertRaises(AccessError):
            bill.with_user(user).action_medical_release("Fine")
        bill.with_user(self.users["director"]).action_medical_release("Seen")
        self.assertEqual(bill.medical_hold, "released")

    def test_who_typed_the_lines_does_not_release(self):
        user = self.manager_and_accountant()
        bill = self.held()
        bill.button_draft()
        line = bill.invoice_line_ids
        line.with_user(user).copy({"move_id": bill.id, "quantity": 1})
        bill.with_user(self.users["accountant"]).action_post()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            bill.with_user(user).action_medical_release("Mine")

"""What limits and holds are asked for is worked out: nobody types it through RPC."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .bill_case import BillCase

WORKED_OUT = ("price_subtotal", "qty_invoiced", "product_uom_qty")


@tagged("post_install", "-at_install")
class TestSupplyTyped(BillCase):
    def buy(self, vendor, price, **values):
        """An order of the office manager's, whose limit is 2,500 dollars a day."""
        order = (
            self.env["purchase.order"]
            .with_user(self.users["manager"])
            .create(
                {
                    "partner_id": vendor.id,
                    "company_id": self.company.id,
                    "picking_type_id": self.site.in_type_id.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.gauze.id,
                                "product_qty": 1,
                                "product_uom_id": self.pack.id,
                                "price_unit": price,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                    **values,
                }
            )
        )
        self.env.flush_all()
        return order

    def test_the_amount_of_an_order_is_not_typed(self):
        order = self.buy(self.vendor, 9000)
        for name in ("amount_untaxed", "amount_total", "amount_tax"):
            with self.subTest(name), self.assertRaises(AccessError):
                order.write({name: 1.0, "state": "purchase"})
            with self.subTest(name), self.assertRaises(AccessError):
                order.order_line.write({"price_subtotal": 1.0})
        with self.assertRaisesRegex(AccessError, "more than you may approve"):
            order.button_confirm()

    def test_an_item_more_is_added_to_a_confirmed_order(self):
        """On our form and on the host's; the new line begins as the host lets it."""
        order = self.buy(self.vendor, 100)
        order.button_confirm()
        for form in (
            "medical_office.supply_order_view_form",
            "purchase.purchase_order_form",
        ):
            with self.subTest(form):
                with (
                    Form(order, view=form) as screen,
                    screen.order_line.new() as line,
                ):
                    line.product_id = self.gauze
                    line.product_qty = 2
                added = order.order_line.sorted("id")[-1]
                self.assertEqual((added.product_qty, added.state), (2, "purchase"))
        self.assertEqual(len(order.order_line), 3)

    def test_contacts_of_a_vendor_are_one_vendor(self):
        desk = self.env["res.partner"].create(
            {"name": "Desk B", "parent_id": self.vendor.id, "type": "other"}
        )
        self.buy(self.vendor, 2000).button_confirm()
        with self.assertRaisesRegex(AccessError, "more than you may approve"):
            self.buy(desk, 2000).button_confirm()
        self.buy(self.other_vendor, 2000).button_confirm()

    def test_what_arrived_is_what_the_receipts_say(self):
        line = self.order(received=6)
        bill = self.bill(line, 10, 2.0)
        self.assertEqual(bill.medical_hold, "held")
        for role in ("manager", "accountant"):
            mine = line.with_user(self.users[role])
            for name in ("qty_received", "qty_received_manual"):
                with self.subTest(f"{role} {name}"):
                    with self.assertRaisesRegex(UserError, "receipts say"):
                        mine.write({name: 10.0})
                    with self.assertRaises(AccessError):
                        mine.write({"qty_received_method": "manual", name: 10.0})
            for name in WORKED_OUT:
                with self.subTest(f"{role} {name}"), self.assertRaises(AccessError):
                    mine.write({name: 1.0})
        self.receive(line.order_id, 4)
        self.assertEqual(bill.medical_hold, "none")

    def test_a_held_bill_stays_a_bill_that_is_owed(self):
        bill = self.bill(self.order(received=6), 10, 2.0)
        mine = bill.with_user(self.users["accountant"])
        with self.assertRaises(AccessError):
            mine.write({"amount_residual": 0.0})
        with self.assertRaises(UserError):
            mine.write({"move_type": "entry"})
        self.assertEqual(bill.medical_hold, "held")

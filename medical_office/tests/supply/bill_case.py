"""Orders, receipts and vendor bills of supplies, for the tests of match and hold."""

from odoo import Command
from odoo.tests import new_test_user

from .supply_case import TODAY, SupplyCase


class BillCase(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        expense, payable, bank, outstanding = cls.env["account.account"].create(
            [
                {
                    "name": name,
                    "code": code,
                    "account_type": kind,
                    "reconcile": kind in ("liability_payable", "asset_current"),
                    "company_ids": [Command.set(cls.company.ids)],
                }
                for name, code, kind in (
                    ("Supplies", "600100", "expense"),
                    ("Payables", "211000", "liability_payable"),
                    ("Bank", "101000", "asset_cash"),
                    ("Outstanding", "101500", "asset_current"),
                )
            ]
        )
        cls.env["account.journal"].create(
            {
                "name": "Bills",
                "code": "BILL",
                "type": "purchase",
                "company_id": cls.company.id,
                "default_account_id": expense.id,
            }
        )
        cls.bank = cls.env["account.journal"].create(
            {
                "name": "Bank",
                "code": "BNK9",
                "type": "bank",
                "company_id": cls.company.id,
                "default_account_id": bank.id,
            }
        )
        cls.bank.outbound_payment_method_line_ids.payment_account_id = outstanding
        for partner in cls.vendor | cls.other_vendor:
            partner.property_account_payable_id = payable
        cls.gauze.seller_ids.medical_contract_price = 2.0  # as ordered

    def order(self, quantity=10, price=2.0, received=None, item=None):
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "company_id": self.company.id,
                "picking_type_id": self.site.in_type_id.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": (item or self.gauze).id,
                            "product_qty": quantity,
                            "product_uom_id": self.pack.id,
                            "price_unit": price,
                        }
                    )
                ],
            }
        )
        order.button_confirm()
        self.receive(order, quantity if received is None else received)
        return order.order_line

    def receive(self, order, packs):
        if not packs:
            return
        picking = order.picking_ids.filtered(
            lambda p: p.state not in ("done", "cancel")
        )
        picking.move_ids.quantity = packs * 100
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True)._action_done()

    def bill(self, line, quantity, price, role="accountant", kind="in_invoice"):
        bill = (
            self.env["account.move"]
            .with_user(self.users[role])
            .create(
                {
                    "move_type": kind,
                    "partner_id": self.vendor.id,
                    "company_id": self.company.id,
                    "invoice_date": TODAY,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "product_id": line.product_id.id,
                                "product_uom_id": line.product_uom_id.id,
                                "quantity": quantity,
                                "price_unit": price,
                                "purchase_line_id": line.id,
                                "tax_ids": [Command.clear()],
                            }
                        )
                    ],
                }
            )
        )
        bill.action_post()
        return bill

    def match(self, line, role="manager"):
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["medical.supply.match"]
            .with_user(self.users[role])
            .search([("id", "=", line.id)])
        )

    def pay(self, bill):
        register = (
            self.env["account.payment.register"]
            .with_user(self.users["accountant"])
            .with_context(active_model="account.move", active_ids=bill.ids)
            .create({"journal_id": self.bank.id})
        )
        return register.action_create_payments()

    def exceptions(self, method):
        rows = getattr(self.env["account.move.line"], method)().rows
        return [row for row in rows if row.company_id == self.company.id]

    def manager_and_accountant(self):
        """Somebody who may enter, confirm and release: no two of them of one bill."""
        return new_test_user(
            self.env,
            "both",
            groups="medical_office.core_group_manager,medical_office.core_group_accountant",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )

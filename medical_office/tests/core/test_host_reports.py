"""The host's own papers: payslip, orders, transfers and invoice, with any wkhtmltopdf."""

import re

from odoo import Command
from odoo.tests import tagged

from .test_room_reports import ReportCase

LETTERHEAD = "410 Lakeside Drive"
LINES = 60


@tagged("post_install", "-at_install")
class TestHostReports(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "street": LETTERHEAD,
                "city": "Madison",
                "country_id": cls.env.ref("base.us").id,
            }
        )
        accounts = cls.env["account.account"].create(
            [
                {
                    "name": name,
                    "code": f"TEST{kind[:4]}",
                    "account_type": kind,
                    "reconcile": kind == "asset_receivable",
                    "company_ids": [Command.set(cls.company.ids)],
                }
                for name, kind in (
                    ("Receivable", "asset_receivable"),
                    ("Income", "income"),
                )
            ]
        )
        cls.receivable, cls.income = accounts
        cls.partner = cls.env["res.partner"].create(
            {
                "name": "Medical Supply House",
                "city": "Chicago",
                "property_account_receivable_id": cls.receivable.id,
            }
        )
        cls.products = cls.env["product.product"].create(
            [
                {
                    "name": f"Article {number}, box of 100",
                    "is_storable": True,
                    "property_account_income_id": cls.income.id,
                }
                for number in range(1, LINES + 1)
            ]
        )

    def printed(self, report, records):
        """The texts of the pages, as the system prints them."""
        return self.texts(self.pdf(report, records, role=None))

    def assert_long(self, texts, *heading):
        """Each article stands on one page, below the headings of its columns."""
        found = [n for text in texts for n in re.findall(r"Article (\d+),", text)]
        self.assertEqual(list(map(int, found)), list(range(1, LINES + 1)))
        for text in texts:
            self.assertIn("Article", text)
            for column in heading:
                self.assertEqual(text.count(column), 1, text)
            self.assertLess(text.index(heading[0]), text.index("Article"))
            # the engine paints each sheet white: what comes first lies lowest
            if "Page " in text:
                self.assertLess(text.index("Page "), text.index("Article"))

    # --------------------------------------------------------------------- purchase

    def order(self, products):
        return self.env["purchase.order"].create(
            {
                "partner_id": self.partner.id,
                "company_id": self.company.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_qty": 2,
                            "price_unit": 12.5,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product in products
                ],
            }
        )

    def test_request_for_quotation(self):
        order = self.order(self.products[:3])
        texts = self.printed("purchase.report_purchasequotation", order)
        self.assertEqual(len(texts), 1)
        self.assertIn(f"Request for Quotation {order.name}", texts[0])
        self.assertIn("Article 3, box of 100", texts[0])
        self.assertIn("Page 1 / 1", texts[0])

    def test_purchase_order_over_several_pages(self):
        order = self.order(self.products)
        order.button_confirm()
        texts = self.printed("purchase.report_purchaseorder", order)
        self.assertGreater(len(texts), 1)
        self.assert_long(texts, "Description", "Unit Price")
        for number, text in enumerate(texts, start=1):
            self.assertIn(LETTERHEAD, text)
            self.assertIn(f"Page {number} / {len(texts)}", text)
        self.assertIn("$ 1,500.00", texts[-1])

    def test_several_orders_at_once_are_numbered_each(self):
        orders = self.order(self.products[:1]) | self.order(self.products[1:2])
        orders |= self.order(self.products)
        orders.button_confirm()
        texts = self.printed("purchase.report_purchaseorder", orders)
        numbers = [re.search(r"Page (\d+) / (\d+)", text).groups() for text in texts]
        rest = len(texts) - 2
        self.assertEqual(numbers[:2], [("1", "1"), ("1", "1")])
        self.assertEqual(numbers[2:], [(str(n), str(rest)) for n in range(1, rest + 1)])
        for order, text in zip(orders, texts, strict=False):
            self.assertIn(order.name, text)

    # -------------------------------------------------------------------- transfers

    def test_transfer(self):
        order = self.order(self.products)
        order.button_confirm()
        slip = self.printed("stock.report_deliveryslip", order.picking_ids)
        self.assertGreater(len(slip), 1)
        self.assert_long(slip, "Ordered")
        for number, text in enumerate(slip, start=1):
            self.assertIn(LETTERHEAD, text)
            self.assertIn(f"Page {number} / {len(slip)}", text)
        # the host prints this one without letterhead
        work = self.printed("stock.report_picking", order.picking_ids)
        self.assertGreater(len(work), 1)
        self.assertIn(order.picking_ids.name, work[0])
        self.assert_long(work, "Quantity")

    # ------------------------------------------------------------------ pay, invoice

    def slips(self, *roles):
        category = self.env["hr.salary.rule.category"].create(
            {"name": "Basic", "code": "TEST", "company_id": self.company.id}
        )
        rule = self.env["hr.salary.rule"].create(
            {
                "name": "Regular hours",
                "code": "TEST",
                "category_id": category.id,
                "company_id": self.company.id,
            }
        )
        return self.env["hr.payslip"].create(
            [
                {
                    "name": f"Pay of {role}",
                    "employee_id": self.employees[role].id,
                    "company_id": self.company.id,
                    "date_from": "2026-11-01",
                    "date_to": "2026-11-14",
                    "line_ids": [
                        Command.create(
                            {
                                "name": rule.name,
                                "code": rule.code,
                                "category_id": category.id,
                                "salary_rule_id": rule.id,
                                "employee_id": self.employees[role].id,
                                "contract_id": self.employees[
                                    role
                                ].current_version_id.id,
                                "amount": 1234.56,
                            }
                        )
                    ],
                }
                for role in roles
            ]
        )

    def test_payslips(self):
        texts = self.printed("payroll.report_payslip", self.slips("staff", "head"))
        self.assertEqual(len(texts), 2)
        for role, text in zip(("staff", "head"), texts, strict=True):
            self.assertIn(LETTERHEAD, text)
            self.assertIn("Page 1 / 1", text)
            self.assertIn(f"Pay of {role}", text)
            self.assertIn("$ 1,234.56", text)

    def test_payslips_with_details(self):
        slips = self.slips("staff", "head")
        texts = self.printed("payroll.report_payslipdetails", slips)
        self.assertEqual(len(texts), 2)
        self.assertIn("Regular hours", texts[0])

    def test_invoice(self):
        self.env["account.journal"].create(
            {
                "name": "Sales",
                "code": "TSAL",
                "type": "sale",
                "company_id": self.company.id,
                "default_account_id": self.income.id,
            }
        )
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner.id,
                "company_id": self.company.id,
                "invoice_date": "2026-11-20",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "quantity": 1,
                            "price_unit": 20,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product in self.products
                ],
            }
        )
        invoice.action_post()
        texts = self.printed("account.report_invoice", invoice)
        self.assertGreater(len(texts), 1)
        self.assert_long(texts, "Description", "Unit Price")
        for number, text in enumerate(texts, start=1):
            self.assertIn(LETTERHEAD, text)
            self.assertIn(f"Page {number} / {len(texts)}", text)
        self.assertIn("$ 1,200.00", texts[-1])

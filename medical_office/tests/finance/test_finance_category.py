"""Practice categories: by tag, proposed by the program, decided by a person."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .finance_case import FinanceCase


@tagged("post_install", "-at_install")
class TestFinanceCategory(FinanceCase):
    def wizard(self, role="accountant"):
        return (
            self.env["medical.finance.map.wizard"]
            .with_user(self.users[role])
            .create({})
        )

    def test_an_account_belongs_to_the_category_of_its_tag(self):
        self.assertFalse(self.rent.medical_category_id)
        self.map_account(self.rent, "building")
        self.assertEqual(self.rent.medical_category_id, self.category("building"))
        self.rent.tag_ids = False
        self.assertFalse(self.rent.medical_category_id)

    def test_a_new_category_finds_the_accounts_that_carry_its_tag(self):
        tag = self.env["account.account.tag"].create(
            {"name": "Telehealth", "applicability": "accounts"}
        )
        self.rent.tag_ids = tag
        category = self.env["medical.finance.category"].create(
            {
                "name": "Telehealth",
                "code": "x_tele",
                "section": "revenue",
                "tag_id": tag.id,
            }
        )
        self.assertEqual(self.rent.medical_category_id, category)

    def test_nobody_writes_the_category_of_an_account_beside_its_tags(self):
        chief = self.users["accountant"]
        chief.group_ids |= self.env.ref("account.group_account_manager")
        with self.assertRaises(AccessError):
            self.rent.with_user(chief).medical_category_id = self.category("it")

    def test_the_accountant_maps_what_is_proposed_and_the_chart_stays(self):
        own = self.env["account.account.tag"].create(
            {"name": "Our own", "applicability": "accounts"}
        )
        self.rent.tag_ids = own
        before = (self.rent.code, self.rent.name, self.rent.account_type)
        wizard = self.wizard()
        proposed = {line.account_id: line.category_id for line in wizard.line_ids}
        self.assertEqual(proposed[self.rent], self.category("building"))
        wages = (
            self.env["medical.payroll.posting"]
            .search([("company_id", "=", self.company.id), ("kind", "=", "wages")])
            .account_id
        )
        self.assertEqual(proposed[wages], self.category("staff_business"))
        wizard.action_map()
        self.assertEqual(self.rent.medical_category_id, self.category("building"))
        self.assertIn(own, self.rent.tag_ids)
        self.assertEqual(
            (self.rent.code, self.rent.name, self.rent.account_type), before
        )
        self.assertNotIn(self.rent, self.wizard().line_ids.account_id)

    def test_nothing_chosen_is_nothing_done(self):
        wizard = self.wizard()
        wizard.line_ids.category_id = False
        with self.assertRaisesRegex(UserError, "at least one"):
            wizard.action_map()

    def test_staff_and_head_map_nothing(self):
        for role in ("staff", "head", "director"):
            with self.assertRaises(AccessError):
                self.wizard(role)

    def test_the_check_names_accounts_with_entries_and_no_category(self):
        check = self.env["account.account"]._medical_check_categories
        self.bill([(self.rent, 100, None)])
        mine = [row for row in check().rows if row.company_id == self.company.id]
        self.assertEqual([row.res_id for row in mine], [self.rent.id])
        self.assertEqual(mine[0].money_at_risk, 100)
        self.map_account(self.rent, "building")
        mine = [row for row in check().rows if row.company_id == self.company.id]
        self.assertEqual(mine, [])
        self.map_account(self.rent, "it")
        mine = [row for row in check().rows if row.company_id == self.company.id]
        self.assertRegex(mine[0].summary, "2 practice categories")

    # ------------------------------------------------------ what is bought of the catalog

    def load_catalog(self):
        self.env["medical.supply.catalog.wizard"].with_user(
            self.users["manager"]
        ).create({"source": "starter"}).action_import()
        items = self.env["product.template"].search(
            [("medical_kind", "in", ["medical", "office", "vaccine"])]
        )
        first = {
            kind: next(item for item in items if item.medical_kind == kind)
            for kind in ("medical", "office", "vaccine")
        }
        return first | {"drug": first.pop("vaccine")}

    def posted_to(self, items):
        """{kind: name of the account} of a bill for an order of these items."""
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.vendor.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": item.product_variant_id.id,
                            "product_qty": 1,
                            "price_unit": 10,
                        }
                    )
                    for item in items.values()
                ],
            }
        )
        order.order_line.product_id.purchase_method = "purchase"
        order.button_confirm()
        self.env.flush_all()
        expected = {
            row.order_line_id: row.account_id
            for row in self.env["medical.finance.committed"].search(
                [("order_id", "=", order.id)]
            )
        }
        order.action_create_invoice()
        lines = order.invoice_ids.invoice_line_ids
        self.assertEqual(
            {line.purchase_line_id: line.account_id for line in lines}, expected
        )
        return {
            kind: lines.filtered(
                lambda line, item=item: line.product_id.product_tmpl_id == item
            ).account_id.name
            for kind, item in items.items()
        }

    def test_purchases_of_the_starter_catalog_go_to_their_category(self):
        items = self.load_catalog()
        self.assertEqual(
            set(self.posted_to(items).values()), {"Miscellaneous Expenses"}
        )
        self.wizard().action_map()  # afterwards, as in the order of the guide
        self.assertEqual(
            self.posted_to(items),
            {
                "medical": "Raw Materials",
                "drug": "Raw Materials",
                "office": "Office Supplies",
            },
        )

    def test_what_is_on_order_shows_the_account_that_the_bill_takes(self):
        """A category without account has the default of the chart, not the company's."""
        items = self.load_catalog()
        self.company.expense_account_id = self.rent
        self.assertEqual(
            set(self.posted_to(items).values()), {"Miscellaneous Expenses"}
        )
        self.env["ir.default"].set(
            "product.category",
            "property_account_expense_categ_id",
            self.supplies.id,
            company_id=self.company.id,
        )
        self.assertEqual(set(self.posted_to(items).values()), {self.supplies.name})

    def test_a_catalog_that_comes_after_the_chart_goes_there_too(self):
        self.map_account(self.account("Raw Materials"), "medical_supply")
        self.map_account(self.account("Office Services"), "drugs")
        found = self.posted_to(self.load_catalog())
        self.assertEqual(found["medical"], "Raw Materials")
        self.assertEqual(found["drug"], "Office Services")
        self.assertEqual(found["office"], "Miscellaneous Expenses")

    def test_what_the_practice_chose_stays(self):
        items = self.load_catalog()
        own = self.account("Dues & Subscriptions")
        category = self.env.ref("medical_office.supply_category_office")
        category.property_account_expense_categ_id = own
        items["drug"].property_account_expense_id = self.rent
        self.wizard().action_map()
        found = self.posted_to(items)
        self.assertEqual(found["office"], own.name)
        self.assertEqual(found["drug"], self.rent.name)
        # a deleted category is not made again, and stops no import
        drug = self.env.ref("medical_office.supply_category_drug")
        self.env["product.template"].search(
            [("categ_id", "=", drug.id)]
        ).categ_id = items["medical"].categ_id
        drug.unlink()
        self.load_catalog()

    def test_the_us_chart_of_the_guide_has_accounts_for_what_is_bought(self):
        company = self.env["res.company"].create(
            {"name": "New Practice", "country_id": self.env.ref("base.us").id}
        )
        self.env.user.company_ids |= company
        self.users["accountant"].company_ids = [Command.link(company.id)]
        self.env["medical.finance.chart.wizard"].with_user(
            self.users["accountant"]
        ).with_context(allowed_company_ids=company.ids).create({}).action_load()
        kinds = ("medical", "drug", "office")
        accounts = {
            kind: self.env.ref(f"medical_office.supply_category_{kind}")
            .with_context(allowed_company_ids=company.ids)
            .property_account_expense_categ_id
            for kind in kinds
        }
        self.assertEqual(
            [accounts[kind].medical_category_id.code for kind in kinds],
            ["medical_supply", "drugs", False],
        )
        self.assertEqual(accounts["drug"].name, "Drugs and Vaccines")
        # the other company's categories are not touched
        self.assertEqual(
            self.env.ref(
                "medical_office.supply_category_drug"
            ).property_account_expense_categ_id.name,
            "Miscellaneous Expenses",
        )

    def test_what_the_dialog_did_not_propose_is_not_mapped(self):
        """A client may put any account on a line: a bank, one that is mapped, one twice."""
        self.map_account(self.fees, "collections")
        bank, building = self.bank.default_account_id, self.category("building")
        dialogs = self.env["medical.finance.map.wizard"]
        for accounts, words in (
            ([bank], "balance sheet"),
            ([self.fees], "belongs to “Collections"),
            ([self.rent, self.rent], "listed twice"),
        ):
            wizard = dialogs.with_user(self.users["accountant"]).create(
                {
                    "line_ids": [
                        Command.create(
                            {"account_id": account.id, "category_id": building.id}
                        )
                        for account in accounts
                    ]
                }
            )
            with self.assertRaisesRegex(UserError, words):
                wizard.action_map()
        self.assertFalse((bank | self.rent).medical_category_id)
        self.assertEqual(self.fees.medical_category_id.code, "collections")

"""Practice categories: by tag, proposed by the program, decided by a person."""

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

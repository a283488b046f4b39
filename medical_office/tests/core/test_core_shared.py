"""Of several companies nobody changes what the others rely on."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestCoreShared(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared, cls.own = cls.env["medical.core.checklist"].create(
            [
                {
                    "name": name,
                    "company_id": company,
                    "item_ids": [Command.create({"name": "Table is clean"})],
                }
                for name, company in (("Shared", False), ("Own", cls.company.id))
            ]
        )
        cls.manager = cls.users["manager"]

    def test_the_manager_of_one_company_changes_the_own_one(self):
        self.own.with_user(self.manager).name = "Own, better"
        self.own.item_ids.with_user(self.manager).name = "Table is wiped"
        self.assertEqual(self.own.item_ids.name, "Table is wiped")

    def test_not_what_all_companies_share(self):
        shared = self.shared.with_user(self.manager)
        for change in (
            lambda: shared.write({"name": "Mine"}),
            lambda: shared.item_ids.write({"name": "Mine"}),
            lambda: shared.write({"item_ids": [Command.create({"name": "More"})]}),
            lambda: shared.item_ids.unlink(),
            lambda: shared.unlink(),
        ):
            with self.assertRaisesRegex(AccessError, "shared by all companies"):
                change()
        self.assertEqual((self.shared.name, len(self.shared.item_ids)), ("Shared", 1))

    def test_a_copy_for_the_own_company_is_changed(self):
        copy = self.shared.with_user(self.manager).copy({"company_id": self.company.id})
        copy.name = "Ours"
        self.assertEqual((copy.name, self.shared.name), ("Ours", "Shared"))

    def test_who_works_for_all_companies_does(self):
        everywhere = self.env["res.company"].search([])
        self.manager.company_ids = [Command.set(everywhere.ids)]
        self.shared.with_user(self.manager).name = "Shared, better"
        self.assertEqual(self.shared.name, "Shared, better")

    def test_a_limit_for_all_companies_is_not_one_directors(self):
        limits = self.env["medical.core.limit"].with_user(self.users["director"])
        values = {"role": "head", "amount": 10, "date_from": "2031-01-01"}
        with self.assertRaisesRegex(AccessError, "shared by all companies"):
            limits.create({**values, "company_id": False})
        self.assertEqual(limits.create(values).company_id, self.company)

    def test_kinds_rules_and_checks_neither(self):
        manager = self.manager
        check = self.env["medical.core.check"].search([], limit=1)
        with self.assertRaisesRegex(AccessError, "shared by all companies"):
            check.with_user(manager).active = False

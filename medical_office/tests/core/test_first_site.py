"""The first day: a practice's first site, made by the office manager alone."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from ..common import PracticeCase, RpcClient

SITE = {"default_medical_is_site": True}


@tagged("post_install", "-at_install")
class TestFirstSite(PracticeCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.empty = cls.env["res.company"].create({"name": "Riverbend Pediatrics"})
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.empty.id)]
        )
        for role in ("manager", "head"):
            cls.users[f"new_{role}"] = new_test_user(
                cls.env,
                f"test_new_{role}",
                groups=f"medical_office.core_group_{role}",
                company_id=cls.empty.id,
                company_ids=[Command.set(cls.empty.ids)],
            )
        # as on a new database: the host has not turned on several warehouses yet
        several = cls.env.ref("stock.group_stock_multi_warehouses")
        places = cls.env.ref("stock.group_stock_multi_locations")
        cls.env.ref("base.group_user").implied_ids -= several | places

    def sites(self, role="new_manager"):
        """As the menu opens them for somebody of the empty practice."""
        user = self.users[role]
        found = self.env["stock.warehouse"].with_user(user)
        return found.with_context(**SITE, allowed_company_ids=user.company_ids.ids)

    def form(self):
        return Form(self.sites(), view="medical_office.stock_warehouse_site_view_form")

    def test_the_host_refuses_a_second_warehouse_to_who_may_not_change_settings(self):
        """What this is about: without us the manager cannot add a site."""
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(self.users["new_manager"]).create(
                {"group_stock_multi_locations": True}
            )

    def test_the_warehouse_of_the_practice_becomes_its_first_site(self):
        self.assertFalse(self.warehouse.medical_is_site)
        form = self.form()
        self.assertEqual(form.name, "Riverbend Pediatrics")
        self.assertEqual(form.medical_from_id, self.warehouse)
        form.name = "Riverbend Main Street"
        site = form.save()
        self.assertEqual(site, self.warehouse)
        self.assertEqual(
            (site.name, site.code, site.medical_is_site),
            ("Riverbend Main Street", "RMS", True),
        )
        self.assertEqual(site.resource_calendar_id, self.empty.resource_calendar_id)
        self.assertEqual(site.view_location_id.name, "RMS")
        self.assertEqual(self.sites().search_count([]), 1)

    def test_the_next_sites_are_added_beside_it(self):
        self.form().save()
        form = self.form()
        self.assertFalse(form.medical_from_id)
        self.assertFalse(form.name)
        form.name = "Riverbend North"
        site = form.save()
        self.assertNotEqual(site, self.warehouse)
        self.assertEqual(site.code, "RN")
        several = self.env.ref("stock.group_stock_multi_warehouses")
        self.assertIn(several, self.env.ref("base.group_user").implied_ids)

    def test_who_clears_the_warehouse_adds_a_site_beside_it(self):
        form = self.form()
        form.medical_from_id = self.env["stock.warehouse"]
        form.name = "Riverbend North"
        self.assertNotEqual(form.save(), self.warehouse)
        self.assertFalse(self.warehouse.medical_is_site)

    def test_a_client_takes_over_nothing_else(self):
        """Through RPC: neither another company's warehouse nor one in use."""
        self.sign_in("new_manager")
        values = {"name": "Mine", "medical_is_site": True}
        for source in (self.site, self.env["stock.warehouse"].browse(10**8)):
            with self.subTest(source.id):
                self.call_refused(
                    "stock.warehouse",
                    "create",
                    [{**values, "medical_from_id": source.id}],
                )
        first = self.call(
            "stock.warehouse",
            "create",
            [{**values, "medical_from_id": self.warehouse.id}],
        )
        self.assertEqual(first, self.warehouse.ids)
        self.call_refused(
            "stock.warehouse",
            "create",
            [{**values, "medical_from_id": self.warehouse.id}],
            error="UserError",
        )

    def test_a_head_adds_no_site(self):
        with self.assertRaises(AccessError):
            self.sites("new_head").create(
                {"name": "Mine", "medical_from_id": self.warehouse.id}
            )
        with self.assertRaises(AccessError):
            self.sites("new_head").create({"name": "Mine", "code": "MINE"})

    def test_two_at_once_take_the_warehouse_for_the_first(self):
        made = self.sites().create(
            [
                {"name": "Second", "medical_from_id": False},
                {"name": "Fourth"},
            ]
        )
        self.assertEqual(made.mapped("code"), ["SEC", "FOU"])
        with self.assertRaises(UserError):
            self.sites().create({"name": "First", "medical_from_id": self.warehouse.id})

"""Emergency kits: sealed under a number, checked each month, nothing old inside."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .supply_case import NOW, TODAY, SupplyCase


@tagged("post_install", "-at_install")
class TestSupplyKit(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cart = cls.env["maintenance.equipment"].create(
            {
                "name": "Cart",
                "medical_kind_id": cls.env.ref(
                    "medical_office.facility_kind_crash_cart"
                ).id,
                "location_id": cls.exam_1.id,
                "company_id": cls.company.id,
            }
        )
        cls.kit = (
            cls.env["medical.supply.kit"]
            .with_user(cls.users["head"])
            .create(
                {
                    "name": "Cart",
                    "location_id": cls.exam_1.id,
                    "equipment_id": cls.cart.id,
                    "line_ids": [
                        Command.create(
                            {
                                "product_id": cls.gauze.id,
                                "expires_on": TODAY + timedelta(days=days),
                            }
                        )
                        for days in (200, 90)
                    ],
                }
            )
        )

    def seal(self, number="4711", user="staff"):
        kit = self.kit.with_user(self.users[user])
        kit.new_seal = number
        kit.action_seal()

    def problems(self):
        found = self.env["medical.supply.kit"]._medical_check_kit()
        return [row.key for row in found.rows if row.res_id == self.kit.id]

    def test_sealed_under_its_number(self):
        self.assertEqual(self.problems(), ["seal"])
        self.seal()
        self.assertEqual(self.kit.seal_number, "4711")
        self.assertEqual(self.kit.sealed_by_id, self.users["staff"])
        self.assertEqual(self.kit.earliest_expiry, TODAY + timedelta(days=90))
        self.assertFalse(self.problems())

    def test_what_is_sealed_is_not_changed(self):
        self.seal()
        for user in ("staff", "manager"):
            kit = self.kit.with_user(self.users[user])
            with self.assertRaises(UserError):
                kit.line_ids[0].expires_on = TODAY
            with self.assertRaises(UserError):
                kit.line_ids[0].unlink()
            with self.assertRaises(AccessError):
                kit.seal_number = "1"
            with self.assertRaises(UserError):
                kit.write({"state": "open"})
            with self.assertRaises(UserError):
                kit.action_open("")
        self.kit.with_user(self.users["staff"]).action_open("Used on a guest")
        self.assertFalse(self.kit.seal_number)
        self.assertEqual(self.problems(), ["seal"])

    def test_not_sealed_without_number_or_with_old_contents(self):
        with self.assertRaisesRegex(UserError, "number of the seal"):
            self.seal(" ")
        self.kit.line_ids[0].expires_on = TODAY - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "replace what has expired"):
            self.seal()
        with self.assertRaises(AccessError):
            self.seal(user="auditor")
        with self.assertRaises(AccessError):
            self.seal(user="outsider")

    def test_a_date_or_a_month_without_check_is_found(self):
        self.kit.line_ids[0].expires_on = TODAY + timedelta(days=30)
        self.seal()
        self.assertEqual(self.problems(), ["expiry"])
        self.kit._pen().checked_at = NOW - timedelta(days=32)
        self.assertEqual(self.problems(), ["check", "expiry"])

    def test_the_round_compares_the_number(self):
        self.seal()
        self.kit._pen().checked_at = NOW - timedelta(days=32)
        schedule = self.env["medical.core.schedule"].create(
            {
                "checklist_id": self.env.ref(
                    "medical_office.facility_checklist_crash_cart"
                ).id,
                "equipment_ids": [Command.set(self.cart.ids)],
                "company_id": self.company.id,
                "owner_id": self.users["staff"].id,
                "backup_id": self.users["head"].id,
                "frequency": "daily",
                "times": "12:00",
                "window_hours": 4,
                "date_start": TODAY,
            }
        )
        schedule._generate(TODAY, TODAY)
        one = self.env["medical.core.round"].search([("schedule_id", "=", schedule.id)])
        one = one.with_user(self.users["staff"])
        one.action_start()
        line = one.line_ids.filtered(lambda x: x.item_type == "text")
        line._enter({"value_text": "4712"})
        self.assertEqual(self.problems(), ["check"])
        line._enter({"value_text": False})
        line._enter({"value_text": "4711"})
        self.assertFalse(self.problems())
        self.assertEqual(self.kit.checked_by_id, self.users["staff"])

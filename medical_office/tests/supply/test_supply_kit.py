"""Emergency kits: sealed under a number, checked each month, nothing old inside."""

from datetime import date, timedelta

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

    def controlled(self, units=4):
        """A controlled item on the books of the room, of which the kit lists so many."""
        item = self.item(
            "Ketamine", 10, self.unit, 10.0, medical_kind="controlled", tracking="lot"
        )
        lot = self.lot(item, "K1", NOW + timedelta(days=300))
        self.stock(self.exam_1, item, 10, lot)
        line = self.kit.line_ids.create(
            {
                "kit_id": self.kit.id,
                "product_id": item.id,
                "lot_name": "K1",
                "quantity": units,
                "expires_on": TODAY + timedelta(days=300),
            }
        )
        return line, lot

    def witness(self, user):
        self.kit.with_user(self.users[user]).action_witness()

    def test_two_people_seal_what_is_controlled(self):
        self.controlled()
        self.seal()
        self.assertEqual(self.kit.state, "witness")
        self.assertEqual(self.problems(), ["witness"])
        waits = self.env["medical.core.decision"].search(
            [("res_model", "=", self.kit._name), ("res_id", "=", self.kit.id)]
        )
        self.assertEqual(waits.state, "open")
        with self.assertRaisesRegex(AccessError, "somebody else"):
            self.witness("staff")
        with self.assertRaises(UserError):  # nor by the other button
            self.seal("4711")
        with self.assertRaisesRegex(UserError, "sealed"):
            self.kit.line_ids[0].with_user(self.users["head"]).quantity = 9
        for user in ("auditor", "outsider"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.witness(user)
        self.witness("head")
        self.assertEqual(self.kit.state, "sealed")
        self.assertEqual(self.kit.sealed_by_id, self.users["staff"])
        self.assertEqual(self.kit.witness_id, self.users["head"])
        self.assertEqual(waits.state, "decided")
        self.assertFalse(self.problems())
        self.kit.with_user(self.users["staff"]).action_open("Monthly check")
        self.assertFalse(self.kit.witness_id)

    def test_nobody_signs_before_it_is_sealed(self):
        self.controlled()
        self.kit.with_user(self.users["staff"]).new_seal = "4711"
        with self.assertRaisesRegex(UserError, "not waiting"):
            self.witness("head")

    def test_what_expired_or_was_recalled_meanwhile_is_not_signed(self):
        line, _lot = self.controlled()
        self.seal()
        self.env["medical.supply.recall"].create(
            {"name": "k1", "company_id": self.company.id}
        ).action_quarantine()
        with self.assertRaisesRegex(UserError, "recalled"):
            self.witness("head")
        self.kit.with_user(self.users["head"]).action_open("Recalled")
        self.assertEqual(self.kit.state, "open")
        # never sealed: a line that was listed by mistake needs no word in the log
        line.unlink()
        self.seal()
        self.assertEqual(self.kit.state, "sealed")

    def test_what_is_gone_from_a_kit_stands_in_the_log(self):
        line, lot = self.controlled()
        self.seal()
        self.witness("head")
        staff = self.users["staff"]
        self.kit.with_user(staff).action_open("Used on a patient")
        line.with_user(staff).quantity = 1
        entry = {
            "kind": "used",
            "product_id": line.product_id.id,
            "location_id": self.exam_1.id,
            "lot_id": lot.id,
            "quantity": 2,
        }
        log = self.env["medical.supply.controlled.log"].with_user(staff)
        with self.assertRaisesRegex(UserError, "3 of Ketamine, lot K1 are gone"):
            self.seal("4712")
        log.create(entry)
        for step in (
            lambda: self.seal("4712"),  # one is missing still
            lambda: self.kit.with_user(self.users["head"]).write({"active": False}),
        ):
            with self.assertRaisesRegex(UserError, "are gone"), self.env.cr.savepoint():
                step()
        # nor is it forgotten with the item's line
        line.with_user(staff).unlink()
        with self.assertRaisesRegex(UserError, "are gone"), self.env.cr.savepoint():
            self.seal("4712")
        counted = log.create({**entry, "kind": "counted", "counted": 8})
        with self.assertRaisesRegex(UserError, "are gone"), self.env.cr.savepoint():
            self.seal("4712")  # one person's count so far
        counted.with_user(self.users["head"]).action_witness()
        self.seal("4712")
        self.assertEqual(self.kit.state, "sealed")
        self.assertFalse(self.kit.opened_with)

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

    def scan(self, code, *args, user="staff"):
        return self.kit.with_user(self.users[user]).scan_carton(code, *args)

    def contents(self):
        return sorted(
            (line.product_id.name, line.lot_name or "", line.quantity, line.expires_on)
            for line in self.kit.line_ids
        )

    def test_scanned_boxes_fill_it(self):
        self.vaccine.barcode = "00312345678906"
        self.kit.line_ids.unlink()
        listed = self.kit.line_ids.create(
            {"kit_id": self.kit.id, "product_id": self.vaccine.id, "quantity": 3}
        )
        box = "(01)00312345678906(17)270630(10)"
        until = date(2027, 6, 30)
        answer = self.scan(f"{box}A7")
        self.assertFalse(answer["refused"])
        self.assertIn("lot A7", answer["said"])
        # what is listed without a box is ticked off, box by box
        self.assertEqual(listed.quantity, 2)
        for lot in ("A7", "B8"):
            self.assertFalse(self.scan(f"{box}{lot}")["refused"])
        name = self.vaccine.name
        self.assertEqual(
            self.contents(), [(name, "A7", 2, until), (name, "B8", 1, until)]
        )
        # more than was listed, and an item that was not
        self.assertFalse(self.scan(f"{box}B8")["refused"])
        self.gauze.barcode = "00614141000739"
        for _again in range(2):  # without lot and date it is listed once
            self.assertFalse(self.scan("(01)00614141000739(30)5")["refused"])
        self.assertEqual(
            self.contents(),
            [
                ("Gauze 4x4", "", 5, False),
                (name, "A7", 2, until),
                (name, "B8", 2, until),
            ],
        )
        self.seal()
        self.assertEqual(self.kit.earliest_expiry, until)

    def test_a_box_that_must_not_go_in_is_refused(self):
        self.vaccine.barcode = "00312345678906"
        self.lot(self.vaccine, "OLD2", NOW - timedelta(days=3))
        recall = self.env["medical.supply.recall"].create(
            {"name": "BAD7", "product_id": self.vaccine.id}
        )
        recall.action_search()
        recall.action_quarantine()
        self.env["product.product"].create(
            {"name": "Coffee", "barcode": "00614141000739"}
        )
        before = self.contents()
        item = "(01)00312345678906"
        for code, why in (
            (f"{item}(17)251130(10)OLD", "expired"),
            (f"{item}(10)OLD2", "expired"),  # as the books say
            (f"{item}(17)270630(10)BAD7", "recalled"),
            ("(01)00614141000739(10)X", "not in the supply catalog"),
            ("(01)09521234000174(10)X", "catalog"),
            ("(01)09521234000175(10)X", "check digit"),
        ):
            with self.subTest(code):
                answer = self.scan(code)
                self.assertTrue(answer["refused"])
                self.assertIn(why, answer["said"])
        self.assertEqual(self.contents(), before)
        self.seal()
        answer = self.scan(f"{item}(17)270630(10)A7")
        self.assertTrue(answer["refused"])
        self.assertIn("sealed", answer["said"])
        self.assertEqual(self.contents(), before)

    def test_a_lot_of_two_items_asks_which(self):
        other = self.item("Hepatitis vaccine", 30, self.unit, 30, tracking="lot")
        for item in (self.vaccine, other):
            self.lot(item, "X1", NOW + timedelta(days=90))
        answer = self.scan("X1")
        self.assertTrue(answer["refused"])
        self.assertEqual(
            {choice["id"] for choice in answer["choices"]}, {self.vaccine.id, other.id}
        )
        self.assertFalse(self.scan("X1", other.id)["refused"])
        line = self.kit.line_ids.filtered(lambda line: line.product_id == other)
        self.assertEqual((line.lot_name, line.quantity), ("X1", 1))
        self.assertEqual(line.expires_on, TODAY + timedelta(days=90))
        # it is listed now, and alone of the two
        self.assertFalse(self.scan("X1")["refused"])
        self.assertEqual(line.quantity, 2)

    def test_who_does_not_fill_it_does_not_scan(self):
        for user in ("auditor", "plain", "outsider"):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.scan("A7", user=user)

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

    def test_a_lot_without_its_number_is_not_sealed_in(self):
        line = self.kit.line_ids[0].with_user(self.users["staff"])
        line.product_id = self.vaccine
        for number in (False, "", "   "):
            line.lot_name = number
            self.assertFalse(line.lot_name)
            with self.assertRaisesRegex(UserError, "enter the lots"):
                self.seal()
        line.lot_name = " V7 "
        self.assertEqual(line.lot_name, "V7")
        self.seal()

    def test_numbers_and_names_of_a_kit_stay_within_reason(self):
        line = self.kit.line_ids[0].with_user(self.users["staff"])
        for number in (1e300, "1e300", 10_001, -1, float("nan")):
            with self.assertRaisesRegex(UserError, "between 0 and 10,000"):
                line.write({"quantity": number})
        with self.assertRaisesRegex(UserError, "between the years 1900 and 2200"):
            line.expires_on = "0026-01-01"
        with self.assertRaisesRegex(UserError, "“Lot” holds a character"):
            line.write({"lot_name": "A\0B"})
        kit = self.kit.with_user(self.users["head"])
        with self.assertRaisesRegex(UserError, "“Name” holds nothing but blanks"):
            kit.name = "   "
        with self.assertRaisesRegex(UserError, "This Emergency Kit cannot go from"):
            kit._move_to("open")

"""Boxes scanned while a shelf is filled from the pick list."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .supply_case import NOW, SupplyCase

GTIN = "00312345678906"
BOX = f"(01){GTIN}(17)270630(10)"


@tagged("post_install", "-at_install")
class TestSupplyFill(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.par(cls.exam_1, cls.vaccine, 5, 10)
        cls.par(cls.exam_1, cls.gauze, 5, 10)
        cls.vaccine.barcode = GTIN
        cls.gauze.barcode = "00614141000739"
        cls.soon = cls.lot(cls.vaccine, "SOON", NOW + timedelta(days=60))
        cls.late = cls.lot(cls.vaccine, "LATE", NOW + timedelta(days=200))
        cls.stock(cls.store, cls.vaccine, 4, cls.soon)
        cls.stock(cls.store, cls.vaccine, 20, cls.late)
        cls.stock(cls.store, cls.gauze, 100)
        counts = cls.env["medical.supply.count"].with_user(cls.users["staff"])
        cls.count = counts.browse(counts.phone_open(cls.exam_1.id)["id"])
        entries = [{"line_id": key, "quantity": 0} for key in cls.count.line_ids.ids]
        cls.count.phone_enter(cls.count.id, entries)
        fill = cls.count.phone_submit(cls.count.id)["fill"]
        cls.moves = {move["name"]: str(move["id"]) for move in fill["moves"]}

    def scan(self, code, scanned=None, product_id=False):
        return self.count.phone_fill_scan(self.count.id, code, scanned, product_id)

    def ticked(self, *codes):
        """{move: {lot: units}} after these boxes, as the phone keeps it."""
        scanned = {}
        for code in codes:
            found = self.scan(code, scanned)
            self.assertEqual(found["status"], "line", found)
            lots = scanned.setdefault(str(found["move_id"]), {})
            lots[found["lot"]] = found["quantity"]
        return scanned

    def test_what_was_scanned_is_booked_lot_by_lot(self):
        vaccine = self.moves["Influenza vaccine"]
        scanned = self.ticked(
            f"(01){GTIN}(10)SOON", f"(01){GTIN}(30)5(10)LATE", f"(01){GTIN}(10)SOON"
        )
        self.assertEqual(scanned, {vaccine: {"SOON": 2, "LATE": 5}})
        self.count.action_filled({vaccine: 7}, scanned)
        self.assertEqual(
            [self.on_hand(self.exam_1, self.vaccine, lot) for lot in
             (self.soon, self.late)],
            [2, 5],
        )  # fmt: skip
        self.assertEqual(self.on_hand(self.store, self.vaccine, self.soon), 2)
        self.assertEqual(self.on_hand(self.exam_1, self.gauze), 10)  # not scanned
        with self.assertRaisesRegex(UserError, "fetched already"):
            self.scan(f"(01){GTIN}(10)SOON")

    def test_a_figure_typed_after_scanning_counts(self):
        vaccine = self.moves["Influenza vaccine"]
        scanned = self.ticked(f"(01){GTIN}(10)SOON")
        self.count.action_filled({vaccine: 3}, scanned)
        self.assertEqual(self.on_hand(self.exam_1, self.vaccine), 3)

    def test_lots_that_the_list_does_not_have_are_not_booked(self):
        vaccine = self.moves["Influenza vaccine"]
        for lots in ({"X": 3}, {"SOON": 5, "LATE": -2}, {"SOON": "x"}, ["SOON"], 3):
            with self.subTest(lots=lots):
                move = self.count.sudo().picking_id.move_ids.filtered(
                    lambda one: str(one.id) == vaccine
                )
                self.assertEqual(self.count.sudo()._of_lots(move, 3, lots), {})

    def test_a_wrong_box_is_refused(self):
        recall = self.env["medical.supply.recall"].create(
            {"name": "BAD7", "product_id": self.vaccine.id}
        )
        recall.action_search()
        recall.action_quarantine()
        self.item("Scale", 3, self.unit, price=3).barcode = "09521234000174"
        scanned = {self.moves["Influenza vaccine"]: {"SOON": 4}}
        for code, why in (
            (f"(01){GTIN}(17)251130(10)LATE", "expired"),
            (f"{BOX}BAD7", "recalled"),
            (f"{BOX}OTHER", "take lot SOON, LATE"),
            (f"{BOX}SOON", "asks for 4"),
            (f"(01){GTIN}", "does not say the lot"),
            ("(01)09521234000174", "not on this list"),
            ("(01)09521234000175", "check digit"),
            ("(01)04006381333931", "catalog"),
        ):
            with self.subTest(code):
                found = self.scan(code, scanned)
                self.assertEqual(found["status"], "problem", found)
                self.assertIn(why, found["message"])

    def test_a_lot_of_two_items_asks_which(self):
        others = [
            self.item(name, 30, self.unit, 30, tracking="lot")
            for name in ("Hep", "Tet")
        ]
        for item in others:
            self.lot(item, "X1", NOW + timedelta(days=90))
        found = self.scan("X1")
        self.assertEqual(found["status"], "which")
        self.assertEqual(
            {choice["id"] for choice in found["choices"]},
            {item.id for item in others},
        )
        self.assertIn(
            "not on this list", self.scan("X1", None, others[0].id)["message"]
        )
        # of two items that have the lot one is on the list
        self.lot(others[0], "SOON", NOW + timedelta(days=90))
        found = self.scan("SOON")
        self.assertEqual((found["status"], found["lot"]), ("line", "SOON"))

    def test_who_carries_nothing_is_refused(self):
        for user in ("auditor", "plain", "outsider"):
            count = self.count.with_user(self.users[user])
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                count.phone_fill_scan(count.id, f"{BOX}SOON")

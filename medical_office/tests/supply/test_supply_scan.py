"""What a box carries, scanned while its shelf is counted."""

from datetime import datetime, timedelta

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .supply_case import NOW, SupplyCase

GTIN = "00312345678906"  # check digit by GS1 General Specifications 7.9


@tagged("post_install", "-at_install")
class TestSupplyScan(SupplyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "America/Chicago"
        cls.company.partner_id.tz = "America/Chicago"
        cls.par(cls.exam_1, cls.gauze, 50, 100)
        cls.par(cls.exam_1, cls.vaccine, 5, 10)
        cls.vaccine.barcode = GTIN[2:]
        counts = cls.env["medical.supply.count"].with_user(cls.users["staff"])
        cls.count = counts.browse(counts.phone_open(cls.exam_1.id)["id"])

    def scan(self, code, **kwargs):
        return self.count.phone_scan(self.count.id, code, **kwargs)

    def scanned(self, code):
        found = self.scan(code)
        self.assertEqual(found["status"], "line", found)
        return self.count.line_ids.browse(found["line_id"]), found["units"]

    def test_item_codes_match_exactly(self):
        self.gauze.default_code = "GLVXM"
        for code in ("GLV_M", "GLV%", "%", "_____", "GLV"):
            self.assertEqual(self.scan(code)["status"], "unknown", code)
        line, units = self.scanned("glvxm")
        self.assertEqual((line.product_id, units), (self.gauze, 1))
        self.gauze.default_code = "GLV_M"
        self.assertEqual(self.scanned("GLV_M")[0].product_id, self.gauze)

    def test_a_barcode_is_found_with_and_without_zeros(self):
        for code in (GTIN, GTIN[1:], GTIN[2:]):
            self.assertEqual(self.scanned(code)[0].product_id, self.vaccine, code)

    def test_a_gs1_carton_gives_item_lot_and_last_usable_day(self):
        line, units = self.scanned(f"01{GTIN}1727011010B7")
        self.assertEqual((line.product_id, units), (self.vaccine, 1))
        self.assertEqual(line.lot_id.name, "B7")
        # the whole tenth of January in Chicago, UTC-6
        self.assertEqual(line.lot_id.expiration_date, datetime(2027, 1, 11, 5, 59, 59))
        again, _units = self.scanned(f"]d201{GTIN}1727011010B7")
        self.assertEqual(again, line)
        other, _units = self.scanned(f"01{GTIN}1727021010B8")
        self.assertEqual(other.lot_id.name, "B8")

    def test_a_case_counts_its_pack(self):
        self.env["product.uom"].create(
            {
                "product_id": self.gauze.id,
                "uom_id": self.pack.id,
                "barcode": "4006381333931",
            }
        )
        line, units = self.scanned("04006381333931")
        self.assertEqual((line.product_id, units), (self.gauze, 100))

    def test_the_office_manager_enters_the_barcode_of_a_case(self):
        """On the item's form; nobody else's scan counts a pack that nobody entered."""
        item = self.gauze.product_tmpl_id.with_user(self.users["manager"])
        case = "50614141000017"
        self.assertEqual(self.scan(case)["status"], "unknown")
        with Form(item, "medical_office.supply_item_view_form") as form:
            with form.medical_case_ids.new() as line:
                line.barcode, line.uom_id = case, self.pack
        self.assertEqual(self.gauze.product_uom_ids.barcode, case)
        line, units = self.scanned(f"01{case}10C1")
        self.assertEqual((line.product_id, units), (self.gauze, 100))
        with Form(item, "medical_office.supply_item_view_form") as form:
            form.medical_case_ids.remove(0)
        self.assertEqual(self.scan(case)["status"], "unknown")
        for role in ("staff", "head"):
            with self.assertRaises(AccessError):
                self.gauze.with_user(self.users[role]).product_uom_ids.create(
                    {
                        "product_id": self.gauze.id,
                        "uom_id": self.pack.id,
                        "barcode": case,
                    }
                )

    def test_a_misread_carton_says_so_in_a_sentence(self):
        found = self.scan(f"01{GTIN[:-1]}01727011010B7")
        self.assertEqual(found["status"], "problem")
        self.assertTrue(found["message"].endswith("."), found["message"])

    def test_what_no_database_stores_is_not_asked_of_it(self):
        for code in ("\0", "\ud800", {"a": 1}):
            scanned, answer = self.env["product.product"]._scan(code)
            self.assertFalse(scanned.product)
            self.assertEqual(answer["said"], "The code is empty: scan it again.")
            self.assertIn("empty", self.scan(code)["message"])

    def test_an_unknown_carton_offers_its_number_alone(self):
        found = self.scan("01040063813339311727011010B7")
        self.assertEqual(
            (found["status"], found["code"]), ("unknown", "04006381333931")
        )

    def test_a_lot_number_of_two_items_asks_which(self):
        other = self.item("Hepatitis vaccine", 30, self.unit, 30, tracking="lot")
        for item in (self.vaccine, other):
            self.lot(item, "X1", NOW + timedelta(days=90))
        found = self.scan("X1")
        self.assertEqual(found["status"], "which")
        self.assertEqual(
            {choice["id"] for choice in found["choices"]}, {self.vaccine.id, other.id}
        )
        chosen = self.scan("X1", product_id=other.id)
        line = self.count.line_ids.browse(chosen["line_id"])
        self.assertEqual((line.product_id, line.lot_id.name), (other, "X1"))
        # only one of those that were asked about
        self.assertEqual(self.scan("X1", product_id=self.gauze.id)["status"], "which")

    def test_a_day_that_differs_from_the_books_is_said(self):
        self.lot(self.vaccine, "B9", datetime(2027, 3, 1, 5, 59, 59))
        found = self.scan(f"01{GTIN}1727011010B9")
        self.assertIn("the carton says", found["message"])

    def test_an_expired_or_recalled_box_on_the_shelf_is_counted_and_said(self):
        self.gauze.barcode = "4006381333931"
        found = self.scan("010400638133393117251130")
        self.assertEqual((found["status"], found["units"]), ("line", 1))
        self.assertIn("expired on", found["message"])
        recall = self.env["medical.supply.recall"].create({"name": "R1"})
        recall.with_user(self.users["staff"]).action_quarantine()
        found = self.scan(f"01{GTIN}1727011010R1")
        self.assertEqual(found["status"], "line")
        self.assertIn("is recalled", found["message"])

    def test_todays_date_typed_on_the_phone_is_today(self):
        line = self.count.line_ids.filtered(
            lambda line: line.product_id == self.vaccine
        )[:1]
        self.count.phone_lot(self.count.id, line.id, "T1", "2026-11-24")
        self.assertGreater(line.lot_id.expiration_date, NOW)
        self.assertEqual(line.lot_id.expiration_date, datetime(2026, 11, 25, 5, 59, 59))

    def test_no_day_is_made_up(self):
        line = self.count.line_ids.filtered(
            lambda line: line.product_id == self.vaccine
        )[:1]
        self.count.phone_lot(self.count.id, line.id, "T2", False)
        self.assertFalse(line.lot_id.expiration_date)

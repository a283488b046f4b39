"""The catalog file: a dry run that writes nothing, an import that writes it all."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .supply_case import SupplyCase

HEADER = (
    "Item code,Name,Category,Unit,Barcode,Vendor,Pack size,Price,Contract price,"
    "Track lots,Shelf life (days)\n"
)


@tagged("post_install", "-at_install")
class TestSupplyCatalog(SupplyCase):
    def wizard(self, text=None, user="manager"):
        values = {"source": "starter"}
        if text is not None:
            content = base64.b64encode((HEADER + text).encode())
            values = {"source": "file", "file": content}
        return (
            self.env["medical.supply.catalog.wizard"]
            .with_user(self.users[user])
            .create(values)
        )

    def items(self):
        return self.env["product.template"].search(
            [("default_code", "like", "X-%"), ("medical_kind", "!=", False)]
        )

    def test_the_dry_run_counts_and_writes_nothing(self):
        wizard = self.wizard("X-1,Swab,medical,each,,Meridian,50,0.10,0.08,no,\n")
        wizard.action_check()
        self.assertEqual((wizard.new_count, wizard.vendor_count), (1, 1))
        self.assertFalse(wizard.problems)
        self.assertFalse(self.items())

    def test_an_import_makes_item_pack_and_prices_of_the_pack(self):
        self.wizard(
            "X-1,Swab,medical,each,,Meridian,50,0.10,0.08,yes,365\n"
        ).action_import()
        item = self.items()
        self.assertTrue(item.is_storable)
        self.assertEqual((item.tracking, item.expiration_time), ("lot", 365))
        self.assertEqual(item.standard_price, 0.10)
        terms = item.seller_ids
        self.assertEqual(terms.partner_id, self.vendor)  # found by name, not made twice
        self.assertEqual(terms.medical_pack, 50)
        self.assertEqual((terms.price, terms.medical_contract_price), (5.0, 4.0))
        self.assertTrue(terms.medical_over_contract)

    def test_the_same_file_again_changes_nothing(self):
        row = "X-1,Swab,medical,each,,Meridian,50,0.10,,no,\n"
        self.wizard(row).action_import()
        wizard = self.wizard(row)
        wizard.action_check()
        self.assertEqual((wizard.new_count, wizard.known_count), (0, 1))
        wizard.action_import()
        self.assertEqual(len(self.items()), 1)
        self.assertEqual(len(self.items().seller_ids), 1)

    def test_a_price_list_changes_prices_alone(self):
        self.wizard(
            "X-1,Swab,medical,each,4006381333931,Meridian,50,0.10,0.08,yes,365\n"
        ).action_import()
        item = self.items()
        item.write({"medical_storage": "refrigerator", "standard_price": 0.33})
        item.seller_ids.product_code = "M-77"
        head = "Item code,Name,Category,Unit,Vendor,Price\n"
        content = base64.b64encode(
            f"{head}X-1,Swab,medical,each,Meridian,0.12\n".encode()
        )
        wizard = self.wizard("")
        wizard.file = content
        wizard.action_import()
        self.assertEqual(
            (item.barcode, item.medical_storage, item.expiration_time),
            ("4006381333931", "refrigerator", 365),
        )
        self.assertTrue(item.use_expiration_date)
        self.assertEqual(item.standard_price, 0.33)
        terms = item.seller_ids
        self.assertEqual((terms.product_code, terms.medical_pack), ("M-77", 50))
        self.assertEqual((terms.price, terms.medical_contract_price), (6.0, 4.0))

    def file(self, text):
        wizard = self.wizard("")
        wizard.file = base64.b64encode(text.encode())
        return wizard

    def test_a_price_list_needs_the_codes_and_prices_alone(self):
        self.wizard("X-1,Swab,medical,each,,Meridian,50,0.10,,no,\n").action_import()
        item = self.items()
        item.name = "Swab, sterile"
        wizard = self.wizard("")
        wizard.file = base64.b64encode(
            b"Item code,Vendor,Price\nx-1,Meridian,0.20\nX-2,Meridian,0.30\n"
        )
        wizard.action_check()
        self.assertEqual(
            wizard.problems,
            "Row 3, Item code: there is no item X-2 yet. Correct the code, or fill in "
            "for the new item: Name, Category, Unit.",
        )
        wizard.file = base64.b64encode(b"Item code,Vendor,Price\nx-1,Meridian,0.20\n")
        wizard.action_import()
        self.assertEqual(self.items(), item)
        self.assertEqual(
            (item.name, item.medical_kind, item.seller_ids.price),
            ("Swab, sterile", "medical", 10.0),  # 50 of them
        )

    def test_the_dry_run_shows_before_and_after(self):
        self.wizard(
            "X-1,Swab,medical,each,4006381333931,Meridian,50,0.10,0.08,yes,365\n"
        ).action_import()
        wizard = self.file(
            "Item code,Name,Category,Unit,Storage,Shelf life (days),Vendor,Price\n"
            "X-1,Swab,medical,each,refrigerator,180,Meridian,0.12\n"
        )
        wizard.action_check()
        name = self.items().display_name
        self.assertEqual(
            wizard.changes,
            f"{name}: Storage room → refrigerator; Shelf life (days) 365 → 180\n"
            f"{name}, Meridian: Price 0.1 → 0.12",
        )
        self.assertEqual(self.items().medical_storage, "room")
        wizard.action_import()
        wizard.action_check()
        self.assertFalse(wizard.changes)
        # it is kept by lots, which the file does not say
        self.assertTrue(self.items().use_expiration_date)

    def test_an_empty_cell_changes_nothing(self):
        self.wizard(
            "X-1,Swab,medical,each,4006381333931,Meridian,50,0.10,0.08,yes,365\n"
        ).action_import()
        item = self.items()
        item.medical_storage = "refrigerator"
        item.seller_ids.write({"product_code": "M-77", "product_name": "Swabs, 50"})
        wizard = self.file(
            "Item code,Name,Category,Unit,Barcode,Storage,Track lots,"
            "Shelf life (days),Vendor,Vendor code,Pack size,Minimum order,Price\n"
            "X-1,Swab,medical,each,,,,,Meridian,,,,0.11\n"
        )
        wizard.action_check()
        self.assertEqual(wizard.changes.count("→"), 1)
        wizard.action_import()
        self.assertEqual(
            (item.barcode, item.medical_storage, item.expiration_time),
            ("4006381333931", "refrigerator", 365),
        )
        terms = item.seller_ids
        self.assertEqual((terms.product_code, terms.medical_pack), ("M-77", 50))
        self.assertEqual((terms.product_name, terms.price), ("Swabs, 50", 5.5))

    def test_codes_and_vendors_match_without_regard_to_case(self):
        self.wizard("X-1,Swab,medical,each,,Meridian,50,0.10,,no,\n").action_import()
        wizard = self.wizard("x-1,Swab,medical,each,,MERIDIAN,50,0.20,,no,\n")
        wizard.action_check()
        self.assertEqual((wizard.new_count, wizard.known_count), (0, 1))
        wizard.action_import()
        self.assertEqual(self.items().seller_ids.partner_id, self.vendor)
        self.assertEqual(self.items().seller_ids.price, 10)

    def test_only_the_items_of_the_file_are_read(self):
        self.wizard("X-1,Swab,medical,each,,Meridian,50,0.10,,no,\n").action_import()
        self.env.flush_all()
        self.env.invalidate_all()
        known = self.env["medical.supply.catalog"]._known(["x-1", "X-99"])
        self.assertEqual(known, {"x-1": self.items()})
        read = self.items()._fields["default_code"]._get_cache(self.env)
        self.assertNotIn(self.gauze.product_tmpl_id.id, read)

    def test_the_starter_leaves_known_items_alone(self):
        self.wizard().action_import()
        item = self.env["product.template"].search(
            [("medical_kind", "=", "medical"), ("seller_ids", "!=", False)], limit=1
        )
        item.write({"name": "Our own name", "medical_latex": "contains"})
        item.seller_ids.price = 99
        self.wizard().action_import()
        self.assertEqual((item.name, item.medical_latex), ("Our own name", "contains"))
        self.assertEqual(set(item.seller_ids.mapped("price")), {99.0})

    def test_one_bad_row_stops_the_whole_file_and_is_named(self):
        text = (
            "X-1,Swab,medical,each,,Meridian,50,0.10,,no,\n"
            "X-2,Cup,medicine,each,,,,,,no,\n"
        )
        with self.assertRaisesRegex(UserError, "Row 3, Category"):
            self.wizard(text).action_import()
        self.assertFalse(self.items())

    def test_another_unit_for_a_known_item_is_refused(self):
        self.wizard("X-1,Swab,medical,each,,,,,,no,\n").action_import()
        with self.assertRaisesRegex(UserError, "Row 2, Unit"):
            self.wizard("X-1,Swab,medical,bottle,,,,,,no,\n").action_import()

    def test_a_barcode_of_another_item_is_refused(self):
        self.gauze.barcode = "4006381333931"
        with self.assertRaisesRegex(UserError, "already belongs to"):
            self.wizard("X-1,Swab,medical,each,4006381333931,,,,,no,\n").action_import()

    def test_staff_do_not_import(self):
        with self.assertRaises(AccessError):
            self.wizard(user="staff")

    def test_the_starter_catalog_is_good(self):
        wizard = self.wizard()
        wizard.action_check()
        self.assertFalse(wizard.problems)
        self.assertGreaterEqual(wizard.new_count, 150)
        wizard.action_import()
        kinds = self.env["product.template"]._read_group(
            [("medical_kind", "!=", False)], ["medical_kind"]
        )
        self.assertEqual(len(kinds), 6)

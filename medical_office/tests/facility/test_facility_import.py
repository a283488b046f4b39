"""A list of assets is read in: a dry run that changes nothing, then all or none."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .facility_case import FacilityCase

GOOD = (
    "Name,Kind,Room,Serial number,Vendor,Bought for,Condition,Critical\n"
    'ECG 1,ecg,Exam 1,E-1,Acme Medical,"2,400.00",b,\n'
    "Extinguisher 9,Fire extinguisher,Reception,F-9,,,a,yes\n"
)
BAD = (
    "Name,Kind,Room,Serial number,Bought for\n"
    "ECG 1,ekg,Exam 1,E-1,2400\n"
    "ECG 2,ecg,Exam 7,E-1,a lot\n"
    "ECG 3,ecg,Exam 2,E-3,1\n"
)


@tagged("post_install", "-at_install")
class TestFacilityImport(FacilityCase):
    def wizard(self, text, role="manager", **values):
        return (
            self.env["medical.facility.import.wizard"]
            .with_user(self.users[role])
            .create(
                {
                    "file": base64.b64encode(text.encode()),
                    "company_id": self.company.id,
                    **values,
                }
            )
        )

    def assets(self):
        return self.env["maintenance.equipment"].search_count([])

    def test_the_dry_run_names_row_column_and_remedy_and_changes_nothing(self):
        before = self.assets()
        wizard = self.wizard(BAD)
        wizard.action_check()
        found = [(one.row, one.column) for one in wizard.problem_ids]
        self.assertEqual(found, [(2, "Kind"), (3, "Bought for")])
        self.assertIn("Asset Types", wizard.problem_ids[0].remedy)
        self.assertEqual(self.assets(), before)

    def test_nothing_is_imported_while_a_row_is_wrong(self):
        before = self.assets()
        with self.assertRaisesRegex(UserError, "Row 2, Kind"):
            self.wizard(BAD).action_import()
        self.assertEqual(self.assets(), before)

    def test_a_good_list_becomes_assets_with_their_grade(self):
        wizard = self.wizard(GOOD, create_vendors=True)
        wizard.action_check()
        self.assertEqual((wizard.new_count, wizard.problem_count), (2, 0))
        self.assertEqual(wizard.vendor_names, "Acme Medical")
        action = wizard.action_import()
        ecg, extinguisher = self.env["maintenance.equipment"].search(
            action["domain"], order="name"
        )
        self.assertEqual(ecg.location_id, self.exam_1)
        self.assertEqual(ecg.medical_purchase_value, 2400.0)
        self.assertEqual(ecg.partner_id.name, "Acme Medical")
        self.assertEqual((ecg.medical_condition, ecg.medical_is_critical), ("b", False))
        self.assertEqual(ecg.medical_life_years, 8, "from its kind")
        self.assertTrue(extinguisher.medical_is_critical)
        self.assertTrue(extinguisher.sudo().medical_qr_token)

    def test_known_serial_numbers_are_updated_when_asked(self):
        self.wizard(GOOD, create_vendors=True).action_import()
        again = "Name,Kind,Room,Serial number,Condition\nECG moved,ecg,Exam 2,E-1,c\n"
        with self.assertRaisesRegex(UserError, "Update known assets"):
            self.wizard(again).action_import()
        before = self.assets()
        wizard = self.wizard(again, update=True)
        wizard.action_check()
        ecg = self.env["maintenance.equipment"].search([("serial_no", "=", "E-1")])
        name = ecg.display_name
        self.assertRegex(wizard.changes, f"{name}: .*Name ECG 1 → ECG moved")
        self.assertRegex(wizard.changes, r"Exam 1.* → .*Exam 2.*; .* B → C$")
        self.assertEqual(ecg.name, "ECG 1")
        wizard.action_import()
        ecg = self.env["maintenance.equipment"].search([("serial_no", "=", "E-1")])
        self.assertEqual((ecg.name, ecg.location_id), ("ECG moved", self.exam_2))
        self.assertEqual(
            ecg.medical_purchase_value, 2400.0, "an empty cell changes none"
        )
        self.assertEqual(ecg.medical_condition, "c")
        self.assertEqual(self.assets(), before)

    def test_capitals_make_no_second_asset_and_no_second_vendor(self):
        head = "Name,Kind,Serial number,Vendor\n"
        self.wizard(
            f"{head}One,ecg,SN-1,Newco\nTwo,ecg,SN-2,NEWCO\n", create_vendors=True
        ).action_import()
        vendors = self.env["res.partner"].search_count([("name", "=ilike", "newco")])
        self.assertEqual(vendors, 1)
        with self.assertRaisesRegex(UserError, "There is an asset with the serial"):
            self.wizard(f"{head}One,ecg,sn-1,newco\n").action_import()

    def test_a_list_without_serial_numbers_read_twice_doubles_no_asset(self):
        chairs = "Name,Kind,Room\n" + "Chair,ecg,Exam 1\n" * 4
        self.wizard(chairs).action_import()
        before = self.assets()
        with self.assertRaisesRegex(UserError, "without a serial number"):
            self.wizard(chairs).action_import()
        self.wizard(chairs, update=True).action_import()
        self.assertEqual(self.assets(), before)

    def test_what_is_no_table_is_refused(self):
        wizard = self.wizard("PK\x03\x04 a spreadsheet")
        wizard.action_check()
        self.assertIn("CSV UTF-8", wizard.problem_ids.remedy)

    def test_only_the_manager_imports(self):
        with self.assertRaises(AccessError):
            self.wizard(GOOD, role="staff")

    def test_the_template_is_a_list_that_can_be_read(self):
        wizard = self.wizard("x")
        wizard.action_template()
        wizard.action_check()
        self.assertFalse(wizard.problem_count)
        self.assertEqual(wizard.new_count, 1)

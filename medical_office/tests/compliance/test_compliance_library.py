"""Libraries: shipped ones are there, a file is tested first, a bad one changes nothing."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...tools.compliance.libraryfile import shipped
from ..common import RpcClient
from .audit_case import AuditCase

HEAD = "Code,Section,Question,Citation,Requirement,Weight,Evidence\n"
GOOD = (
    HEAD
    + "D-1,Desk,Is D-1 in order?,45 CFR 164.530(c),required,5,\n"
    + "N-1,New,Is this new?,45 CFR 164.530(d),required,1,agreements\n"
)
WIZARD = "medical.compliance.library.wizard"


@tagged("post_install", "-at_install")
class TestLibrary(AuditCase, RpcClient):
    def wizard(self, text=GOOD, role="manager", **values):
        return (
            self.env[WIZARD]
            .with_user(self.users[role])
            .create(
                {
                    "file": base64.b64encode(text.encode()),
                    "file_name": "own.csv",
                    "checklist_id": self.library.id,
                    "company_id": self.company.id,
                    **values,
                }
            )
        )

    def codes(self, library=None):
        return sorted((library or self.library).item_ids.mapped("code"))

    def test_the_shipped_libraries_are_there_with_their_items(self):
        found = self.env["medical.core.checklist"].search(
            [("library_code", "!=", False), ("company_id", "=", False)]
        )
        self.assertEqual(
            sorted(found.mapped("library_code")),
            sorted(one["code"] for one in shipped()),
        )
        security = found.filtered(lambda one: one.library_code == "hipaa_security")
        self.assertEqual(len(security.item_ids), 69)
        addressable = security.item_ids.filtered(
            lambda item: item.requirement == "addressable"
        )
        self.assertEqual(len(addressable), 22)
        self.assertTrue(all(security.item_ids.mapped("na_needs_note")))

    def test_every_measure_that_a_file_names_is_registered(self):
        items = self.env["medical.core.checklist.item"].search(
            [("checklist_id.library_code", "!=", False), ("measure_id", "!=", False)]
        )
        self.assertGreater(len(items), 40)
        self.assertGreater(len(items.measure_id), 22)

    def test_loading_again_changes_nothing(self):
        libraries = self.env["medical.core.checklist"]
        before = libraries.search_count([("kind", "=", "audit")])
        libraries._load_libraries()
        self.assertEqual(libraries.search_count([("kind", "=", "audit")]), before)

    def test_the_dry_run_says_what_would_change_and_changes_nothing(self):
        wizard = self.wizard()
        wizard.action_check()
        self.assertEqual(
            (wizard.new_count, wizard.changed_count, wizard.removed_count),
            (1, 1, 3),
        )
        self.assertIn("Removed: D-2, L-1, L-2", wizard.names)
        self.assertEqual(self.codes(), ["D-1", "D-2", "L-1", "L-2"])

    def test_a_file_makes_the_next_version(self):
        audit = self.signed()
        version = self.library.version
        self.wizard(edition="2026", source="Ours").action_import()
        self.assertEqual(self.codes(), ["D-1", "N-1"])
        self.assertEqual(self.library.version, version + 1)
        self.assertEqual(self.library.edition, "2026")
        self.assertEqual(
            audit.line_ids.mapped("item_id.code"), ["D-1", "D-2", "L-1", "L-2"]
        )
        new = self.library.item_ids.filtered(lambda item: item.code == "N-1")
        self.assertEqual(new.measure_id.code, "agreements")
        self.assertTrue(new.na_needs_note)

    def test_a_bad_cell_is_named_and_nothing_is_written(self):
        bad = GOOD + "X-1,,Is it?,45 CFR 1,required,many,\n"
        wizard = self.wizard(bad)
        wizard.action_check()
        self.assertTrue(wizard.problem_count)
        self.assertEqual(wizard.problem_ids.mapped("row"), [4] * wizard.problem_count)
        with self.assertRaisesRegex(UserError, "Row 4, Section: The cell is empty"):
            wizard.action_import()
        self.assertEqual(self.codes(), ["D-1", "D-2", "L-1", "L-2"])

    def test_other_columns_are_asked_about(self):
        wizard = self.wizard("Item,Answer2\nA,B\n")
        wizard.action_check()
        self.assertEqual(wizard.problem_count, 1)
        self.assertIn("Code", wizard.problem_ids.remedy)

    def test_a_new_library_needs_a_name(self):
        wizard = self.wizard(checklist_id=False)
        wizard.action_check()
        self.assertEqual((wizard.new_count, wizard.removed_count), (2, 0))
        with self.assertRaisesRegex(UserError, "enter the name of a new one"):
            wizard.action_import()
        wizard.name = "Our own"
        action = wizard.action_import()
        library = self.env["medical.core.checklist"].browse(action["res_id"])
        self.assertEqual((library.kind, library.company_id), ("audit", self.company))
        self.assertEqual(self.codes(library), ["D-1", "N-1"])

    def test_the_shipped_items_are_read_into_a_library(self):
        wizard = self.wizard(origin="shipped", shipped_code="clia_waived")
        wizard.action_import()
        self.assertEqual(len(self.library.item_ids), 11)
        self.assertEqual(self.library.program, "clia")

    def test_a_checklist_of_rounds_is_no_library(self):
        wizard = self.wizard(checklist_id=self.checklist.id)
        with self.assertRaisesRegex(UserError, "not an audit library"):
            wizard.action_check()

    def test_a_library_names_its_program(self):
        with self.assertRaisesRegex(UserError, "choose its audit program"):
            self.env["medical.core.checklist"].create({"name": "X", "kind": "audit"})

    def test_others_import_nothing(self):
        for role in ("staff", "head", "director", "hr"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.wizard(role=role)
        self.sign_in("director")
        self.call_refused(
            "medical.core.checklist", "write", self.library.ids, {"name": "X"}
        )
        self.call_refused(
            "medical.core.checklist", "action_import_library", self.library.ids
        )
        self.sign_in("manager")
        self.call("medical.core.checklist", "write", self.library.ids, {"name": "X"})

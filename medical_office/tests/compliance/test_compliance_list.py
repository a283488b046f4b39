"""Importing exclusion lists: a dry run, all or nothing, what is asked about."""

from datetime import timedelta
from hashlib import sha256

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import RpcClient
from .exclusion_case import LEIE, ExclusionCase, firm, person

TEN = LEIE + "".join(person(f"QUILLON{n}", "IDA") for n in range(10))


@tagged("post_install", "-at_install")
class TestComplianceList(ExclusionCase):
    def test_the_dry_run_says_what_the_file_is_and_changes_nothing(self):
        wizard = self.wizard(TEN)
        wizard.action_check()
        self.assertEqual((wizard.source, wizard.row_count), ("leie", 10))
        self.assertFalse(wizard.problem)
        self.assertFalse(self.in_force())

    def test_an_import_keeps_hash_count_and_date_and_all_lines(self):
        self.import_list(TEN)
        kept = self.in_force()
        self.assertEqual(kept.digest, sha256(TEN.encode()).hexdigest())
        self.assertEqual((kept.row_count, str(kept.date_list)), (10, "2026-11-10"))
        lines = self.env["medical.compliance.exclusion.line"].search(
            [("list_id", "=", kept.id)]
        )
        self.assertEqual(lines.mapped("number"), list(range(2, 12)))
        self.assertEqual(lines[0]._said(), "IDA QUILLON0")
        self.assertEqual(len(set(lines.mapped("digest"))), 10)

    def test_the_next_whole_list_replaces_the_one_before(self):
        self.import_list(TEN)
        first = self.in_force()
        self.import_list(LEIE + "".join(person(f"VANE{n}", "IDA") for n in range(6)))
        self.assertEqual(first.state, "replaced")
        lines = self.env["medical.compliance.exclusion.line"].search([])
        self.assertEqual(lines.list_id, self.in_force())
        self.assertEqual(len(lines), 6)

    def test_a_list_that_is_cut_off_leaves_the_one_in_force_and_names_the_line(self):
        self.import_list(TEN)
        before = self.in_force()
        for damaged, line in (
            (TEN[:-90], "Line 11"),
            (TEN.replace('"19700131"', '"SMITH"', 1), "Line 2"),
            (TEN.replace("NPI", "NUMBER"), "The column NPI"),
        ):
            with (
                self.subTest(line),
                self.assertRaisesRegex(UserError, line),
                self.cr.savepoint(),
            ):
                self.import_list(damaged)
            wizard = self.wizard(damaged)
            wizard.action_check()
            self.assertIn(line, wizard.problem)
            self.assertEqual(self.in_force(), before)
            count = self.env["medical.compliance.exclusion.line"].search_count([])
            self.assertEqual(count, 10)

    def test_half_a_list_is_asked_about_before_it_replaces(self):
        self.import_list(TEN)
        small = LEIE + person("VANE", "IDA")
        with self.assertRaisesRegex(UserError, "less than half of the 10"):
            self.import_list(small)
        self.assertEqual(self.in_force().row_count, 10)
        self.import_list(small, is_sure=True)
        self.assertEqual(self.in_force().row_count, 1)

    def test_a_list_has_a_day_and_an_older_one_is_asked_about(self):
        with self.assertRaisesRegex(ValidationError, "a day to come"):
            self.wizard(
                TEN, date_list=self.company._medical_today() + timedelta(days=1)
            )
        self.import_list(TEN)
        with self.assertRaisesRegex(UserError, "older list would replace a newer"):
            self.import_list(TEN, date_list="2026-11-09")
        self.assertEqual(str(self.in_force().date_list), "2026-11-10")
        self.import_list(TEN, date_list="2026-11-09", is_sure=True)
        self.assertEqual(str(self.in_force().date_list), "2026-11-09")

    def test_an_empty_list_is_never_the_whole_one(self):
        with self.assertRaisesRegex(UserError, "never empty"):
            self.import_list(LEIE, is_sure=True)

    def test_a_supplement_adds_what_is_new(self):
        self.import_list(TEN)
        with self.assertRaisesRegex(UserError, "more than half"):
            self.import_list(TEN, kind="supplement")
        two = LEIE + person("QUILLON1", "IDA") + person("VANE", "IDA")
        self.import_list(two, kind="supplement")
        self.assertEqual(self.in_force().mapped("row_count"), [1, 10])
        self.import_list(LEIE, kind="supplement")  # a month without any
        count = self.env["medical.compliance.exclusion.line"].search_count([])
        self.assertEqual(count, 11)

    def test_staff_imports_nothing_and_the_director_neither(self):
        for role in ("staff", "director", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.wizard(TEN, role)


@tagged("post_install", "-at_install")
class TestComplianceListDoors(ExclusionCase, RpcClient):
    def test_nobody_types_a_list_or_takes_a_line_out(self):
        self.import_list(TEN)
        line = self.env["medical.compliance.exclusion.line"].search([], limit=1)
        self.sign_in("manager")
        self.call_refused("medical.compliance.exclusion.line", "unlink", line.ids)
        self.call_refused(
            "medical.compliance.exclusion.line", "write", line.ids, {"last": "NOBODY"}
        )
        self.call_refused(
            "medical.compliance.exclusion.list",
            "write",
            self.in_force().ids,
            {"state": "replaced"},
        )

    def test_firms_and_people_are_both_read(self):
        self.import_list(LEIE + firm("LANTERN LLC") + person("VANE", "IDA"))
        names = self.env["medical.compliance.exclusion.line"].search([])
        self.assertEqual([n._said() for n in names], ["LANTERN LLC", "IDA VANE"])

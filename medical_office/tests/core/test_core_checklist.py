"""Checklists: their limits, their versions, what becomes of deleted items."""

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged

from .round_case import RoundCase


@tagged("post_install", "-at_install")
class TestChecklist(RoundCase):
    def test_a_limit_of_zero_is_not_a_missing_limit(self):
        item = self.fridge
        self.assertEqual((item.limit_min, item.hard_min), (36, -40))
        item.write({"limit_min": 0, "limit_max": False})
        item.invalidate_recordset()
        self.assertEqual(item.limit_min, 0)
        self.assertIs(item.limit_max, False)
        self.assertEqual(
            item.read(["limit_min", "limit_max"])[0],
            {"id": item.id, "limit_min": 0, "limit_max": False},
        )
        found = self.env["medical.core.checklist.item"].search(
            [("checklist_id", "=", self.checklist.id), ("limit_min", "=", False)]
        )
        self.assertNotIn(item, found)
        self.assertIn(self.table, found)

    def test_crossing_limits_are_refused(self):
        for values in (
            {"limit_min": 50},
            {"limit_max": 121},
            {"hard_min": 37},
            {"limit_min": False, "hard_min": 47},
        ):
            with (
                self.subTest(values),
                self.assertRaisesRegex(
                    ValidationError, "Refrigerator.*limits are out of order"
                ),
            ):
                self.fridge.write(values)

    def test_choice_without_choices_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "choice without choices"):
            self.sharps.choice_ids = False

    def test_the_version_counts_up_once_rounds_have_used_it(self):
        self.assertEqual(self.checklist.version, 1)
        self.table.name = "Table and chair are clean"
        self.assertEqual(self.checklist.version, 1)
        one = self.new_round()
        one._ensure_lines()
        self.assertEqual(one.checklist_version, 1)
        self.table.name = "Table, chair and counter are clean"
        self.fridge.limit_max = 45
        self.assertEqual(self.checklist.version, 2)
        self.checklist.description = "Read the labels."
        self.assertEqual(self.checklist.version, 2)

    def test_lines_of_started_rounds_keep_what_was_asked(self):
        one = self.new_round()
        one.with_user(self.owner).action_start()
        self.fridge.write({"name": "Fridge, top shelf", "limit_max": 40})
        self.sharps.unlink()
        line = self.lines_of(one, self.fridge)[0]
        self.assertEqual((line.name, line.limit_max), ("Refrigerator", 46))
        self.assertEqual(one.line_count, 8)
        line.with_user(self.owner).value_number = 45
        self.assertEqual(line.result, "pass")

    def test_rounds_still_ahead_get_the_new_items(self):
        one = self.new_round()
        one._ensure_lines()
        self.checklist.item_ids = [Command.create({"name": "Window is shut"})]
        one._ensure_lines()
        self.assertEqual(one.checklist_version, 2)
        self.assertEqual(one.line_count, 10)

    def test_used_items_are_archived_unused_ones_deleted(self):
        one = self.new_round()
        one.with_user(self.owner).action_start()
        unused = self.env["medical.core.checklist.item"].create(
            {"checklist_id": self.checklist.id, "name": "Not yet asked"}
        )
        (self.table | unused).unlink()
        self.assertFalse(unused.exists())
        self.assertFalse(self.table.active)
        self.assertNotIn(self.table, self.checklist.item_ids)

    def test_a_picked_choice_keeps_its_words(self):
        one = self.new_round()
        one.with_user(self.owner).action_start()
        line = self.lines_of(one, self.sharps)[0].with_user(self.owner)
        below, full = self.sharps.choice_ids
        line.value_choice_id = below.id
        below.name = "Less than three quarters"
        (below | full).unlink()
        self.assertFalse(below.active)
        self.assertFalse(full.exists())
        self.assertEqual(line.answer, "Below the line")

    def test_seeded_lists_name_their_source(self):
        lists = self.env["medical.core.checklist"].browse(
            self.env.ref(f"medical_office.core_checklist_{name}").id
            for name in ("opening", "closing", "exam", "waiting")
        )
        self.assertEqual(lists[:2].mapped("kind"), ["opening", "closing"])
        for item in lists.item_ids:
            with self.subTest(item.name):
                self.assertTrue(item.citation)
                if item.basis == "law":
                    self.assertRegex(item.citation, r"\d+ CFR \d+")

    def test_the_manager_writes_checklists_others_read(self):
        with Form(self.checklist.with_user(self.users["manager"])) as form:
            form.citation = "Practice"
        for role in ("staff", "head", "director", "auditor"):
            with self.subTest(role):
                checklist = self.checklist.with_user(self.users[role])
                self.assertTrue(checklist.item_ids.mapped("name"))
                with self.assertRaises(AccessError):
                    checklist.name = "Mine"
                with self.assertRaises(AccessError):
                    checklist.item_ids[0].name = "Mine"

    def test_other_companies_see_shared_checklists_only(self):
        shared = self.env.ref("medical_office.core_checklist_exam")
        found = self.as_outsider("medical.core.checklist").search([])
        self.assertIn(shared.id, found.ids)
        self.assertNotIn(self.checklist.id, found.ids)
        items = self.as_outsider("medical.core.checklist.item").search([])
        self.assertFalse(set(items.ids) & set(self.checklist.item_ids.ids))

    def test_a_shared_list_in_use_is_not_taken_by_one_company(self):
        shared = self.checklist.copy({"company_id": False})
        self.new_schedule(checklist_id=shared.id)
        with self.assertRaisesRegex(ValidationError, "another company"):
            shared.company_id = self.other_company

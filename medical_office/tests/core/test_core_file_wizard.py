"""What is wrong with a file: twenty sentences are shown, all of them are a file."""

import base64
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.translate import code_translations

from ...wizard.core.core_file_wizard import MOST_PROBLEMS
from ..common import PracticeCase

BAD = 60


@tagged("post_install", "-at_install")
class TestCoreFileWizard(PracticeCase):
    def wizard(self, rows):
        text = "Room,Type\n" + "".join(f"Room {n},palace\n" for n in range(rows))
        return (
            self.env["medical.core.room.wizard"]
            .with_user(self.users["manager"])
            .create(
                {
                    "site_id": self.site.id,
                    "source": "file",
                    "file": base64.b64encode(text.encode()),
                }
            )
        )

    def test_the_dry_run_shows_twenty_and_keeps_all(self):
        wizard = self.wizard(BAD)
        wizard.action_check()
        lines = wizard.problems.splitlines()
        self.assertEqual(len(lines), MOST_PROBLEMS + 1)
        self.assertIn(f"{BAD - MOST_PROBLEMS} more", lines[-1])
        kept = base64.b64decode(wizard.problem_file).decode("utf-8-sig")
        self.assertEqual(len(kept.strip().splitlines()), BAD + 1)
        self.assertIn(f"Row {BAD + 1}, Type", kept)

    def test_few_are_all_shown_and_no_file_is_kept(self):
        wizard = self.wizard(3)
        wizard.action_check()
        self.assertEqual(len(wizard.problems.splitlines()), 3)
        self.assertFalse(wizard.problem_file)

    def test_problems_are_said_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = {
            '"%(cell)s" is not allowed here.': "« %(cell)s » : non.",
            "Use one of: %(allowed)s.": "Choisissez : %(allowed)s.",
            "Row %s": "Ligne %s",
        }
        with patch.dict(
            code_translations.python_translations, {("medical_office", "fr_FR"): french}
        ):
            wizard = self.wizard(1).with_context(lang="fr_FR")
            wizard.action_check()
        self.assertIn("Ligne 2, Type: « palace » : non.", wizard.problems)
        self.assertIn("Choisissez : ", wizard.problems)

    def test_the_message_of_an_import_stays_short(self):
        with self.assertRaises(UserError) as caught:
            self.wizard(BAD).action_create_rooms()
        self.assertLess(len(str(caught.exception)), 5000)
        self.assertEqual(len(str(caught.exception).splitlines()), MOST_PROBLEMS + 1)

    def test_every_dialog_that_names_problems_hands_out_all_of_them(self):
        seen = 0
        for name in self.env.registry.descendants(
            ["medical.core.file.wizard"], "_inherit"
        ):
            wizard = self.env[name]
            if wizard._abstract:
                continue
            arch = wizard.get_view(view_type="form")["arch"]
            if 'name="problems"' in arch or 'name="problem_ids"' in arch:
                seen += 1
                self.assertIn('name="problem_file"', arch, name)
        self.assertGreater(seen, 12)

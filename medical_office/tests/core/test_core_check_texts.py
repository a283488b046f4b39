"""The upgrade to 19.0.3.0.0: renamed checks follow, words of the practice's own stay."""

import importlib.util
from pathlib import Path

from odoo.tests import tagged

from ..common import PracticeCase

SCRIPT = (
    Path(__file__).parents[2] / "migrations" / "19.0.3.0.0" / "post-check_texts.py"
)  # not importable by its name


@tagged("post_install", "-at_install")
class TestCoreCheckTexts(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        spec = importlib.util.spec_from_file_location("post_check_texts", SCRIPT)
        cls.script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(cls.script)
        cls.check = cls.env.ref("medical_office.people_check_missing")

    def migrate(self, version="19.0.2.0.0"):
        self.env.flush_all()
        self.script.migrate(self.env.cr, version)
        self.env.invalidate_all()

    def test_a_text_that_nobody_changed_follows(self):
        self.check.name = "Credentials missing or expired"
        self.check.severity = "low"
        self.migrate()
        self.migrate()
        self.assertEqual(self.check.name, "Credentials missing")
        self.assertEqual(self.check.severity, "low")

    def test_words_of_the_practice_stay(self):
        self.check.name = "Papers that are gone"
        self.migrate()
        self.assertEqual(self.check.name, "Papers that are gone")

    def test_nothing_follows_where_the_addon_was_not_there(self):
        self.check.name = "Credentials missing or expired"
        self.migrate(version=None)
        self.assertEqual(self.check.name, "Credentials missing or expired")

    def test_each_earlier_text_is_of_a_check_and_is_not_todays(self):
        earlier, today = self.script.earlier_texts(), self.script.todays_texts()
        self.assertGreater(len(earlier), 50)
        for key, texts in earlier.items():
            self.assertNotIn(today[key], texts, key)

"""Journal entries of a pay run stay as the run booked them."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from .run_case import NOW, RunCase


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollEntries(RunCase):
    def test_the_accountant_does_not_undo_the_entry_of_a_run(self):
        entry = self.posted().medical_move_id
        line = entry.line_ids[0]
        other = entry.line_ids.account_id - line.account_id
        mine = self.as_role(entry, "accountant")
        for told, attempt in (
            ("reset", mine.button_draft),
            ("cancel", mine.button_cancel),
            ("state", lambda: mine.write({"state": "draft"})),
            ("account", lambda: mine.line_ids[0].write({"account_id": other[0].id})),
        ):
            with self.subTest(told), self.assertRaisesRegex(UserError, "was booked by"):
                attempt()
        self.assertEqual(entry.state, "posted")

    def test_a_reversal_stands_beside_it(self):
        entry = self.posted().medical_move_id
        reversal = self.as_role(entry, "accountant")._reverse_moves()
        self.assertEqual(reversal.reversed_entry_id, entry)
        self.assertEqual(entry.state, "posted")

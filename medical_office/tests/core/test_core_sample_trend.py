"""The sample's trend tells what its records tell."""

from datetime import date
from types import SimpleNamespace

from odoo.tests import tagged

from .round_case import RoundCase


@tagged("post_install", "-at_install")
class TestSampleTrend(RoundCase):
    def test_each_past_day_counts_what_was_open(self):
        self.missed_round()  # this morning's, never excused
        one = self.new_round()
        one.with_user(self.owner).action_start()
        line = self.lines_of(one, self.table)[0].with_user(self.owner)
        line.write({"result": "fail", "note": "Torn"})
        practice = SimpleNamespace(company=self.company, today=date(2026, 11, 26))
        self.env["medical.core.sample"]._load_trend(practice)
        days = self.env["medical.core.exception.day"].search(
            [("company_id", "=", self.company.id)], order="day, open_count"
        )
        quiet = days.filtered(lambda day: not day.user_id)
        self.assertEqual(len(quiet), 7 * 17 - 1)
        self.assertFalse(sum(quiet.mapped("open_count")))
        found = [
            (day.day.isoformat(), day.user_id, day.open_count, day.opened)
            for day in (days - quiet).sorted(lambda d: (d.day, d.user_id.login))
        ]
        manager, owner = self.users["manager"], self.owner  # of the room, of the round
        self.assertEqual(
            found,
            [
                ("2026-11-24", manager, 1, 1),
                ("2026-11-24", owner, 1, 1),
                ("2026-11-25", manager, 1, 0),
                ("2026-11-25", owner, 1, 0),
            ],
        )

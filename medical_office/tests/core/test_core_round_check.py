"""The core's own checks on rounds: late, missed, failed, uncovered, unplanned."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .round_case import NOW, RoundCase


@tagged("post_install", "-at_install")
class TestRoundCheck(RoundCase):
    def rows(self, model, method):
        """What a check finds in the company of the tests."""
        result = getattr(self.env[model], method)()
        return [row for row in result.rows if row.company_id == self.company.id]

    def overdue(self):
        return self.rows("medical.core.round", "_medical_check_overdue")

    def missed(self):
        return self.rows("medical.core.round", "_medical_check_missed")

    def failed(self):
        return self.rows("medical.core.round.line", "_medical_check_failed")

    def test_overdue_when_half_of_its_time_is_gone(self):
        one = self.new_round()
        half = one.date_due + (one.date_late - one.date_due) / 2
        with freeze_time(half - timedelta(minutes=1)):
            self.assertFalse(self.overdue())
        with freeze_time(half):
            [row] = self.overdue()
            self.assertEqual(row.res_id, one.id)
            self.assertEqual(row.date_due, one.date_due)
            self.assertEqual(row.user_id, self.owner.id)
            self.assertEqual(row.backup_id, self.backup.id)
            self.assertEqual(row.department_id, self.nursing.id)
            self.assertRegex(row.summary, "nobody has started it")
            one.with_user(self.owner).action_start()
            [row] = self.overdue()
            self.assertRegex(row.summary, "items still open: 8 of 8")

    def test_a_signed_round_is_not_overdue(self):
        one = self.signed_round()
        with freeze_time(one.date_late + timedelta(hours=1)):
            self.assertNotIn(one.id, [row.res_id for row in self.overdue()])

    def test_a_missed_round_says_when_on_its_own_clock(self):
        one = self.missed_round()
        [row] = self.missed()
        self.assertEqual(row.res_id, one.id)
        # 14:00 UTC: eight o'clock in Chicago, whoever looks from where
        self.assertEqual(one.date_due, datetime(2026, 11, 24, 14))
        self.assertEqual(row.summary, "“Exam rooms, Nov 24, 8:00 AM” was missed")
        tokyo = self.env["medical.core.round"].with_context(tz="Asia/Tokyo")
        again = [r for r in tokyo._medical_check_missed().rows if r.res_id == one.id]
        self.assertEqual(again[0].summary, row.summary)

    def test_missing_a_round_is_one_step_less_than_its_worst_item(self):
        self.missed_round()
        self.assertEqual(self.missed()[0].severity, "high")  # the fridge is critical
        self.fridge.severity = "low"
        self.assertEqual(self.missed()[0].severity, "low")

    def test_an_excused_round_is_settled(self):
        one = self.missed_round()
        one.with_user(self.users["head"]).action_excuse("The power was out.")
        self.assertFalse(self.missed())

    def fail(self, item=None, note="Torn", one=None):
        one = one or self.new_round()
        if one.state == "planned":
            one.with_user(self.owner).action_start()
        line = self.lines_of(one, item or self.table)[0]
        line.with_user(self.owner).write({"result": "fail", "note": note})
        return line

    def test_a_failed_line_is_found_with_its_place_and_note(self):
        line = self.fail()
        [row] = self.failed()
        self.assertEqual(row.res_id, line.id)
        self.assertEqual(row.summary, "Exam 1: Table is clean failed: Torn")
        self.assertEqual(row.severity, self.table.severity)
        # the room's manager mends, the round's owner is the backup
        self.assertEqual(row.user_id, self.users["manager"].id)
        self.assertEqual(row.backup_id, self.owner.id)

    def test_a_failed_number_says_what_it_should_be(self):
        one = self.new_round()
        one.with_user(self.owner).action_start()
        line = self.lines_of(one, self.fridge)[0]
        line.with_user(self.owner).write({"value_number": 51, "note": "Door open"})
        [row] = self.failed()
        self.assertEqual(row.severity, "critical")
        self.assertRegex(
            row.summary, r"Refrigerator failed: 51.*°F, should be .*36.*46"
        )
        self.assertEqual(row.date_due, line.entered_at)  # at once

    def test_the_answer_sets_off_the_check_within_the_minute(self):
        cron = self.env.ref("medical_office.core_check_prompt_cron")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.fail()
        self.assertTrue(
            self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]) - triggers
        )

    def test_it_closes_when_the_same_item_passes_later(self):
        line = self.fail()
        check = self.env.ref("medical_office.core_check_round_line_failed")
        check._run()
        exception = self.env["medical.core.exception"].search(
            [("check_id", "=", check.id), ("res_id", "=", line.id)]
        )
        self.assertEqual(exception.state, "open")
        with freeze_time("2026-11-25 15:00:00"):
            self.schedule._generate()
            later = self.schedule.round_ids.filtered(
                lambda r: r.date_due > line.date_due
            ).sorted("date_due")[0]
            later.with_user(self.owner).action_start()
            self.lines_of(later, self.table).filtered(
                lambda x: x.room_id == line.room_id
            ).with_user(self.owner).write({"result": "pass"})
            check._run()
        self.assertEqual(exception.state, "closed")

    def test_a_pass_elsewhere_settles_nothing(self):
        one = self.new_round()
        one.with_user(self.owner).action_start()
        here, there = self.lines_of(one, self.table).sorted("id")
        self.assertNotEqual(here.room_id, there.room_id)
        there.with_user(self.owner).write({"result": "pass"})
        here.with_user(self.owner).write({"result": "fail", "note": "Torn"})
        self.assertEqual([row.res_id for row in self.failed()], [here.id])
        with freeze_time("2026-11-25 15:00:00"):
            self.schedule._generate()
            later = self.schedule.round_ids.filtered(
                lambda r: r.date_due > here.date_due
            ).sorted("date_due")[0]
            later.with_user(self.owner).action_start()
            lines = self.lines_of(later, self.table).with_user(self.owner)
            lines.filtered(lambda x: x.room_id != here.room_id).result = "pass"
            self.assertEqual([row.res_id for row in self.failed()], [here.id])
            lines.filtered(lambda x: x.room_id == here.room_id).result = "pass"
            self.assertFalse(self.failed())

    def test_settling_says_what_was_done(self):
        line = self.fail()
        with self.assertRaisesRegex(UserError, "Briefly describe"):
            line.with_user(self.owner).action_resolve(" ")
        line.with_user(self.owner).action_resolve("New cover.")
        self.assertFalse(self.failed())
        self.assertRecordValues(
            line,
            [
                {
                    "resolution": "New cover.",
                    "resolved_by_id": self.owner.id,
                    "resolved_at": datetime.fromisoformat(NOW),
                }
            ],
        )
        self.assertIn("Settled: New cover.", line.round_id.message_ids[0].body)

    def test_settling_is_refused_where_nothing_failed_and_to_auditors(self):
        line = self.fail()
        sound = line.round_id.line_ids - line
        with self.assertRaisesRegex(UserError, "nothing to settle"):
            sound[0].with_user(self.owner).action_resolve("Done.")
        with self.assertRaises(AccessError):
            line.with_user(self.users["auditor"]).action_resolve("Done.")
        with self.assertRaisesRegex(AccessError, "with its button"):
            line.with_user(self.owner).resolution = "Done."

    def test_failing_again_is_one_finding_that_counts(self):
        self.fail()
        with freeze_time("2026-11-25 15:00:00"):
            self.schedule._generate()
            later = self.schedule.round_ids.filtered(
                lambda r: r.state == "planned" and r.date_due.day == 25
            ).sorted("date_due")[0]
            self.fail(one=later)
        [row] = self.failed()
        self.assertEqual(row.summary, "Exam 1: Table is clean failed, times: 2")

    def test_uncovered_when_owner_and_backup_are_away(self):
        self.schedule._generate()
        self.assertFalse(self.rows("medical.core.round", "_medical_check_uncovered"))
        for user in (self.owner, self.backup):
            self.time_off(user, "2026-11-25")
        cron = self.env.registry["ir.cron"]
        with patch.object(cron, "_commit_progress", return_value=60):
            self.env["medical.core.round"]._cron_upkeep()
        rows = self.rows("medical.core.round", "_medical_check_uncovered")
        self.assertTrue(rows)
        self.assertEqual({row.user_id for row in rows}, {self.users["head"].id})
        self.assertRegex(rows[0].summary, "both away, assign somebody")

    def test_a_schedule_whose_owner_left(self):
        def rows():
            return self.rows("medical.core.schedule", "_medical_check_owner")

        self.assertFalse(rows())
        self.owner.active = False
        [row] = rows()
        self.assertRegex(row.summary, "has left, assign another")
        self.assertEqual(row.severity, "medium")  # the backup is there
        self.backup.active = False
        self.assertEqual(rows()[0].severity, "high")

    def test_an_owner_of_another_company_is_told(self):
        self.owner.write(
            {
                "company_ids": [Command.set(self.other_company.ids)],
                "company_id": self.other_company.id,
            }
        )
        [row] = self.rows("medical.core.schedule", "_medical_check_owner")
        self.assertRegex(row.summary, "no access to its rounds")

    def test_a_schedule_in_force_without_a_round_ahead(self):
        def rows():
            return self.rows("medical.core.schedule", "_medical_check_unplanned")

        [row] = rows()
        self.assertRegex(row.summary, "press “Plan rounds”")
        self.schedule._generate()
        self.assertFalse(rows())

    def test_a_round_signed_early_is_planned(self):
        self.schedule._generate()
        ahead = self.schedule.round_ids.filtered(
            lambda one: one.date_due > datetime.fromisoformat(NOW)
        )
        self.assertTrue(ahead)
        # signed days before they were due, as a round of the month may be
        ahead._pen().write({"state": "done"})
        with patch.object(type(self.schedule), "_generate", lambda *_args: None):
            rows = self.rows("medical.core.schedule", "_medical_check_unplanned")
        self.assertFalse(rows)

    def test_looked_at_counts_what_there_is(self):
        self.schedule._generate()
        before = self.env["medical.core.round"]._medical_check_overdue().looked_at
        self.signed_round()
        after = self.env["medical.core.round"]._medical_check_overdue().looked_at
        self.assertEqual(before - after, 1)

    def test_queries_do_not_grow_with_the_rounds(self):
        checks = self.env["medical.core.check"].search([("domain", "=", "core")])
        counts = []
        day = self.today()
        for first in (day - timedelta(days=4), day - timedelta(days=40)):
            self.schedule.date_start = first
            self.schedule._generate(date_from=first, date_to=day)
            past = self.schedule.round_ids.filtered(
                lambda r: (
                    r.state == "planned" and r.date_late < datetime.fromisoformat(NOW)
                )
            )
            self.env["medical.core.round"]._miss(past)
            for check in checks:
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.cr.sql_log_count
                getattr(self.env[check.model_name], check.method)()
                counts.append((check.code, self.cr.sql_log_count - before))
        few, many = dict(counts[: len(checks)]), dict(counts[len(checks) :])
        for code, count in few.items():
            with self.subTest(code):
                self.assertLessEqual(many[code], count + 2)

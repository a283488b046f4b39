"""Rounds: answered, signed, reopened, missed, excused; what is refused on the way."""

import base64
import io
from datetime import datetime
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .round_case import RoundCase

# one white pixel; the host's Pillow writes no WebP
WEBP = b"UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"


def picture(kind="PNG"):
    if kind == "WEBP":
        return WEBP
    out = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(out, kind)
    return base64.b64encode(out.getvalue())


@tagged("post_install", "-at_install")
class TestRound(RoundCase):
    def setUp(self):
        super().setUp()
        self.round = self.new_round()
        self.mine = self.round.with_user(self.owner)

    def line(self, item):
        self.mine.action_start()
        return self.lines_of(self.mine, item)[0]

    # ------------------------------------------------------------------ walking

    def test_from_planned_to_signed(self):
        self.mine.action_start()
        self.assertEqual(self.round.state, "in_progress")
        self.assertEqual(self.round.line_count, 8)
        self.assertEqual(self.round.started_at, datetime(2026, 11, 24, 18, 30))
        self.answer_all(self.round, self.owner)
        self.assertEqual((self.round.open_count, self.round.failed_count), (2, 0))
        self.mine.action_sign()
        self.assertRecordValues(
            self.round,
            [
                {
                    "state": "done",
                    "signed_by_id": self.owner.id,
                    "signed_at": datetime(2026, 11, 24, 18, 30),
                }
            ],
        )

    def test_the_first_answer_starts_the_round(self):
        self.round._ensure_lines()
        self.lines_of(self.mine, self.table)[0].result = "pass"
        self.assertEqual(self.round.state, "in_progress")

    def test_not_started_before_its_time(self):
        tomorrow = self.schedule.round_ids.filtered(
            lambda r: r.date_due == datetime(2026, 11, 25, 20)
        )
        with self.assertRaisesRegex(UserError, "can be started from"):
            tomorrow.with_user(self.owner).action_start()

    def test_who_entered_what_and_when(self):
        line = self.line(self.table)
        line.result = "pass"
        self.assertEqual(line.entered_by_id, self.owner)
        self.assertEqual(line.entered_at, datetime(2026, 11, 24, 18, 30))

    # ------------------------------------------------------------------ answers

    def test_a_number_outside_its_limits_fails_by_itself(self):
        line = self.line(self.fridge)
        for value, result in ((36, "pass"), (46, "pass"), (46.5, "fail"), (0, "fail")):
            with self.subTest(value=value):
                line.value_number = value
                self.assertEqual((line.value_number, line.result), (value, result))
        line.result = "pass"
        self.assertEqual(line.result, "fail", "0 °F does not pass by being ticked")
        self.assertEqual(line.answer, "0 °F")
        self.assertEqual(line.limits_text, "36 °F to 46 °F")

    def test_a_number_that_cannot_be_right_is_refused(self):
        line = self.line(self.fridge)
        with self.assertRaisesRegex(
            ValidationError,
            "Refrigerator”: 410 °F .* possible range is -40 °F to 120 °F",
        ):
            line.value_number = 410
        self.assertEqual(line.result, "open")

    def test_text_where_a_number_is_due_is_refused(self):
        line = self.line(self.fridge)
        for value in ("cold", "38,5", "nan", True, [38]):
            with (
                self.subTest(value=value),
                self.assertRaisesRegex(ValidationError, "needs a number"),
            ):
                line.write({"value_number": value})
        with self.assertRaisesRegex(ValidationError, "“warm” is not a number"):
            line.write({"value_text": "warm"})
        with self.assertRaisesRegex(ValidationError, "enter it, or mark"):
            line.write({"result": "pass"})

    def test_an_unreadable_gauge_fails_without_a_number(self):
        line = self.line(self.fridge)
        line.write({"result": "fail", "note": "display is dark"})
        self.assertEqual((line.result, line.value_number), ("fail", False))

    def test_a_choice_passes_or_fails_as_it_says(self):
        line = self.line(self.sharps)
        below, full = self.sharps.choice_ids
        line.value_choice_id = full
        self.assertEqual((line.result, line.answer), ("fail", "Full"))
        line.value_choice_id = below
        self.assertEqual((line.result, line.answer), ("pass", "Below the line"))
        other = self.env["medical.core.checklist.choice"].search(
            [("item_id", "!=", self.sharps.id)], limit=1
        )
        with self.assertRaisesRegex(ValidationError, "Below the line, Full"):
            line.value_choice_id = other

    def test_not_applicable_takes_the_value_away(self):
        line = self.line(self.fridge)
        line.value_number = 40
        line.result = "na"
        self.assertEqual((line.result, line.value_number), ("na", False))

    def test_an_answer_that_is_none_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "“maybe” is not a valid answer"):
            self.line(self.table).write({"result": "maybe"})

    def test_many_lines_at_once(self):
        self.mine.action_start()
        lines = self.lines_of(self.mine, self.fridge)
        lines.write({"value_number": 50, "note": "door was open"})
        self.assertEqual(lines.mapped("result"), ["fail", "fail"])
        self.assertEqual(self.round.failed_count, 2)

    # ------------------------------------------------------------------- photos

    def test_photos_are_kept_with_the_line_and_not_public(self):
        line = self.line(self.table)
        for kind in ("PNG", "JPEG", "WEBP"):
            line.write({"photo": picture(kind), "photo_name": f"table.{kind}"})
            self.assertTrue(line.has_photo)
        stored = self.env["ir.attachment"].search(
            [
                ("res_model", "=", line._name),
                ("res_id", "=", line.id),
                ("res_field", "=", "photo"),
            ]
        )
        self.assertEqual(len(stored), 1)
        self.assertFalse(stored.public)
        self.assertEqual(line.result, "open", "a photo is no answer by itself")

    def test_what_is_no_picture_is_refused(self):
        line = self.line(self.table)
        for data in (b"%PDF-1.7 not a picture", b"<svg/>", b"GIF89a"):
            with self.assertRaisesRegex(ValidationError, "“x.png” is not a PNG, JPEG"):
                line.write({"photo": base64.b64encode(data), "photo_name": "x.png"})
        with self.assertRaisesRegex(ValidationError, "is not a PNG, JPEG"):
            line.write({"photo": "no base64 at all!"})
        self.assertFalse(line.has_photo)

    def test_a_photo_that_is_too_big_is_refused(self):
        line = self.line(self.table)
        big = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * (8 * 1024 * 1024))
        with self.assertRaisesRegex(ValidationError, "8.0 MB; the limit is 8 MB"):
            line.write({"photo": big})

    # ------------------------------------------------------------------ signing

    def test_signing_with_open_required_lines_names_them(self):
        self.line(self.table).result = "pass"
        with self.assertRaises(UserError) as caught:
            self.mine.action_sign()
        message = str(caught.exception)
        self.assertNotIn("Exam 1: Table", message)
        for name in ("Exam 2: Table is clean", "Exam 1: Refrigerator"):
            self.assertIn(name, message)
        self.assertNotIn("Remarks", message, "it is not required")
        self.assertEqual(self.round.state, "in_progress")

    def test_nothing_is_signed_that_was_not_started(self):
        with self.assertRaisesRegex(UserError, "start it first"):
            self.mine.action_sign()

    def test_a_missing_credential_is_refused_in_its_own_words(self):
        self.mine.action_start()
        self.answer_all(self.round, self.owner)
        card = self.env["medical.core.credential.type"].create(
            {"name": "BLS card", "code": "test_bls"}
        )
        self.round.checklist_id.credential_type_id = card
        with self.assertRaisesRegex(UserError, "credential “BLS card” in force"):
            self.mine.action_sign()
        self.assertEqual(self.round.state, "in_progress")
        self.env["medical.core.credential"].create(
            {
                "type_id": card.id,
                "user_id": self.owner.id,
                "company_id": self.round.company_id.id,
                "date_from": "2020-01-01",
            }
        )
        self.mine.action_sign()
        self.assertEqual(self.round.state, "done")

    def test_a_signed_round_is_frozen(self):
        one = self.signed_round()
        for user in (self.owner, self.users["manager"], self.env.user):
            for values in (
                {"result": "fail"},
                {"note": "later"},
                {"photo": picture()},
                {"value_text": "x"},
            ):
                with (
                    self.subTest(user=user.login, values=list(values)),
                    self.assertRaisesRegex(UserError, "signed by .* and is closed"),
                ):
                    one.with_user(user).line_ids[0].write(values)
        with self.assertRaisesRegex(UserError, "is closed"):
            one.with_user(self.owner).note = "later"

    def test_a_failure_is_told_once(self):
        told = []
        hook = patch.object(
            type(self.env["medical.core.round.line"]),
            "_medical_on_fail",
            lambda lines: told.append(lines.mapped("name")),
        )
        mended = patch.object(
            type(self.env["medical.core.round.line"]),
            "_medical_on_pass",
            lambda lines: told.append("mended"),
        )
        line = self.line(self.table)
        with hook, mended:
            line.write({"result": "fail"})
            line.write({"note": "again"})
            line.write({"result": "fail"})
            line.write({"result": "pass"})
        self.assertEqual(told, [["Table is clean"], "mended"])

    # ---------------------------------------------------------------- reopening

    def test_the_head_reopens_with_a_reason_for_the_chatter(self):
        one = self.signed_round()
        head = one.with_user(self.users["head"])
        with self.assertRaisesRegex(UserError, "Give a reason"):
            head.action_reopen("  ")
        head.action_reopen("Wrong room was entered.")
        self.assertEqual(one.state, "in_progress")
        self.assertFalse(one.signed_by_id)
        self.assertIn("Wrong room was entered.", one.message_ids[0].body)
        # not missed at once: the window counts from now
        self.assertEqual(one.date_late, datetime(2026, 11, 25, 0))
        one.with_user(self.owner).line_ids[0].result = "fail"
        one.with_user(self.owner).action_sign()
        self.assertEqual(one.failed_count, 1)

    def test_staff_do_not_reopen(self):
        one = self.signed_round()
        with self.assertRaises(AccessError):
            one.with_user(self.owner).action_reopen("I forgot something.")

    def test_who_signed_does_not_reopen_alone(self):
        head = self.users["head"]
        one = self.signed_round(head)
        with self.assertRaisesRegex(AccessError, "somebody else"):
            one.with_user(head).action_reopen("My own round.")
        one.with_user(self.users["manager"]).action_reopen("Asked by the head.")
        self.assertEqual(one.state, "in_progress")

    def test_an_open_round_is_not_reopened(self):
        """Nor is the time before which it may be started got round this way."""
        tomorrow = self.schedule.round_ids.sorted("date_due")[-1]
        with self.assertRaisesRegex(UserError, "is still open"):
            tomorrow.with_user(self.users["head"]).action_reopen("Early bird.")

    # ------------------------------------------------------------------- missed

    def test_missed_after_its_window_with_what_was_due(self):
        missed = []
        hook = patch.object(
            type(self.round), "_medical_on_missed", lambda rounds: missed.append(rounds)
        )
        with freeze_time("2026-11-25 00:00:01"), hook:
            self.run_upkeep()
        self.assertEqual(self.round.state, "missed")
        self.assertEqual(self.round.missed_at, datetime(2026, 11, 25, 0, 0, 1))
        self.assertEqual((self.round.line_count, self.round.open_count), (8, 8))
        self.assertIn(self.round, missed[0])

    def test_half_done_is_missed_too_and_keeps_its_answers(self):
        self.line(self.table).result = "fail"
        with freeze_time("2026-11-25 00:00:01"):
            self.run_upkeep()
        self.assertEqual(self.round.state, "missed")
        self.assertEqual(self.round.failed_count, 1)

    def test_in_its_window_it_is_not_missed(self):
        with freeze_time("2026-11-24 23:59:59"):
            self.run_upkeep()
        self.assertEqual(self.round.state, "planned")
        self.assertEqual(self.round.line_count, 8, "the lines of the day are set out")

    def test_a_missed_round_takes_no_answers_and_says_what_to_do(self):
        one = self.missed_round()
        with self.assertRaisesRegex(UserError, "missed .* to reopen it"):
            one.with_user(self.owner).line_ids[0].result = "pass"
        with self.assertRaisesRegex(UserError, "to reopen it"):
            one.with_user(self.owner).action_start()

    def test_a_reopened_missed_round_is_done_late_and_says_so(self):
        one = self.missed_round()
        one.with_user(self.users["head"]).action_reopen("Network was down.")
        self.run_upkeep()
        self.assertEqual(one.state, "in_progress")
        self.answer_all(one, self.owner)
        one.with_user(self.owner).action_sign()
        self.assertEqual(one.state, "done")
        self.assertTrue(one.missed_at)

    def test_excused_with_a_reason_by_somebody_else(self):
        one = self.missed_round()
        with self.assertRaises(AccessError):
            one.with_user(self.owner).action_excuse("I was ill.")
        head = one.with_user(self.users["head"])
        with self.assertRaisesRegex(UserError, "Enter the reason"):
            head.action_excuse("")
        head.action_excuse("Power cut in the whole street.")
        self.assertRecordValues(
            one,
            [
                {
                    "state": "missed",
                    "is_excused": True,
                    "excused_by_id": self.users["head"].id,
                    "excuse_reason": "Power cut in the whole street.",
                }
            ],
        )
        self.assertIn("Power cut", one.message_ids[0].body)

    def test_nobody_excuses_what_fell_to_them(self):
        one = self.missed_round()
        one.user_id = self.users["head"]
        with self.assertRaisesRegex(AccessError, "was assigned to you"):
            one.with_user(self.users["head"]).action_excuse("Busy.")

    def test_only_missed_rounds_are_excused(self):
        with self.assertRaisesRegex(UserError, "is not missed"):
            self.round.with_user(self.users["head"]).action_excuse("In advance.")

    def test_upkeep_works_in_batches_and_can_be_cut_off(self):
        self.schedule._generate(date_from=self.today().replace(day=2))
        path = "odoo.addons.medical_office.models.core.round.upkeep.BATCH"
        late = [
            ("schedule_id", "=", self.schedule.id),
            ("state", "=", "planned"),
            ("date_late", "<", "2026-11-24 18:30:00"),
        ]
        count = self.env["medical.core.round"].search_count(late)
        self.assertGreater(count, 20)
        with patch(path, 5):
            self.run_upkeep(time_left=0)
            left = self.env["medical.core.round"].search_count(late)
            self.assertEqual(left, count - 5)
            self.run_upkeep()
        self.assertFalse(self.env["medical.core.round"].search_count(late))

    def run_upkeep(self, time_left=60):
        cron = type(self.env["ir.cron"])
        with patch.object(cron, "_commit_progress", return_value=time_left):
            self.env["medical.core.round"]._cron_upkeep()

    def test_marking_missed_costs_the_same_for_one_and_for_many(self):
        self.schedule._generate(date_from=self.today().replace(day=2))
        rounds = self.schedule.round_ids.filtered(
            lambda r: str(r.date_late) < "2026-11-24 18:30:00"
        )

        def miss(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["medical.core.round"]._miss(some)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        miss(rounds[:1])
        single = miss(rounds[1:2])
        self.assertLessEqual(miss(rounds[2:14]), single + 2)
        self.assertEqual(set(rounds[:14].mapped("state")), {"missed"})

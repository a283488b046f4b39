"""Looking away for a while: with a reason, an end, and for severe things a second person."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .check_case import CheckCase

WHY = "The new unit comes on Friday."
UNTIL = "2026-12-01"


@tagged("post_install", "-at_install")
class TestWaiver(CheckCase):
    def wrong(self, severity="medium", **values):
        return self.found(
            self.row(severity=severity, **{"user_id": self.staff.id, **values})
        ).filtered("is_open")

    def requested(self, severity="high", by=None):
        exception = self.wrong(severity)
        exception.with_user(by or self.staff).action_waive(WHY, UNTIL)
        self.assertEqual(exception.state, "requested")
        return exception

    def test_manager_and_head_waive_small_things_at_once(self):
        for severity in ("low", "medium"):
            for role in ("manager", "head"):
                with self.subTest(severity=severity, role=role):
                    exception = self.wrong(severity)
                    exception.with_user(self.users[role]).action_waive(WHY, UNTIL)
                    self.assertRecordValues(
                        exception,
                        [
                            {
                                "state": "waived",
                                "is_open": False,
                                "waive_reason": WHY,
                                "waive_until": date(2026, 12, 1),
                                "waived_by_id": self.users[role].id,
                                "waive_approved_by_id": False,
                            }
                        ],
                    )
                    self.assertIn(WHY, exception.message_ids[0].body)
                    self.found()  # gone, for the next turn

    def test_a_head_does_not_waive_the_own_at_once(self):
        exception = self.wrong(user_id=self.head.id)
        exception.with_user(self.head).action_waive(WHY, UNTIL)
        self.assertEqual(exception.state, "requested")

    def test_staff_asks_and_a_head_approves_small_things(self):
        exception = self.requested("medium")
        self.assertTrue(exception.is_open)
        exception.with_user(self.head).action_approve_waiver()
        self.assertEqual(exception.state, "waived")
        self.assertEqual(exception.waived_by_id, self.staff)
        self.assertEqual(exception.waive_approved_by_id, self.head)

    def test_severe_things_need_a_second_person_whoever_asks(self):
        for severity in ("high", "critical"):
            for role in ("manager", "director", "head"):
                with self.subTest(severity=severity, role=role):
                    self.requested(severity, by=self.users[role])
                    self.found()

    def test_who_asks_may_not_approve(self):
        exception = self.requested(by=self.manager)
        asker = exception.with_user(self.manager)
        self.assertFalse(asker.can_approve)
        with self.assertRaisesRegex(AccessError, "somebody else"):
            asker.action_approve_waiver()
        self.assertEqual(exception.state, "requested")
        exception.with_user(self.users["director"]).action_approve_waiver()
        self.assertEqual(exception.state, "waived")
        self.assertEqual(exception.waive_approved_by_id, self.users["director"])

    def test_a_head_does_not_decide_on_severe_things(self):
        exception = self.requested()
        head = exception.with_user(self.head)
        self.assertFalse(head.can_approve)
        with self.assertRaisesRegex(AccessError, "manager or the director"):
            head.action_approve_waiver()
        with self.assertRaisesRegex(AccessError, "manager or the director"):
            head.action_refuse_waiver("No.")
        self.assertEqual(exception.state, "requested")

    def test_staff_does_not_decide(self):
        exception = self.wrong()
        exception.sudo().backup_id = self.users["hr"]
        exception.with_user(self.staff).action_waive(WHY, UNTIL)
        with self.assertRaises(AccessError):
            exception.with_user(self.users["hr"]).action_approve_waiver()

    def test_a_waiver_needs_a_reason_and_an_end(self):
        exception = self.wrong().with_user(self.manager)
        for reason in ("", "  ", None, False):
            with self.assertRaisesRegex(UserError, "Enter the reason"):
                exception.action_waive(reason, UNTIL)
        for until in (False, "2026-11-24", "2026-11-01", "2027-11-26"):
            with self.subTest(until), self.assertRaisesRegex(UserError, "2027"):
                exception.action_waive(WHY, until)
        self.assertEqual(exception.state, "open")
        self.assertFalse(exception.waive_reason)

    def test_the_longest_waiver_is_a_year_and_a_day(self):
        exception = self.wrong()
        exception.with_user(self.manager).action_waive(WHY, "2027-11-25")
        self.assertEqual(exception.state, "waived")

    def test_an_expired_waiver_opens_again_on_the_companys_own_clock(self):
        exception = self.wrong()
        exception.with_user(self.manager).action_waive(WHY, UNTIL)
        with freeze_time("2026-12-02 05:30:00"):  # Dec 1, 11:30 PM in Chicago
            self.wrong()
            self.assertEqual(exception.state, "waived")
        with freeze_time("2026-12-02 06:30:00"):
            self.wrong()
        self.assertRecordValues(
            exception,
            [
                {
                    "state": "open",
                    "waive_reason": False,
                    "waive_until": False,
                    "waived_by_id": False,
                    "reopen_count": 0,
                }
            ],
        )
        self.assertIn(
            "The waiver ended.", "".join(exception.message_ids.mapped("body"))
        )

    def test_a_waived_one_that_gets_worse_opens_again(self):
        exception = self.wrong("medium")
        exception.with_user(self.manager).action_waive(WHY, UNTIL)
        self.wrong("low")
        self.assertEqual(exception.state, "waived")
        self.wrong("high")
        self.assertEqual(exception.state, "open")
        self.assertFalse(exception.waive_until)

    def test_a_waived_one_closes_when_its_cause_is_gone(self):
        exception = self.wrong()
        exception.with_user(self.manager).action_waive(WHY, UNTIL)
        self.found()
        self.assertEqual(exception.state, "closed")
        self.assertFalse(exception.waive_reason)

    def test_refusing_needs_a_reason_and_opens_it(self):
        exception = self.requested()
        with self.assertRaisesRegex(UserError, "reason"):
            exception.with_user(self.manager).action_refuse_waiver("")
        exception.with_user(self.manager).action_refuse_waiver("Buy it now.")
        self.assertEqual(exception.state, "open")
        self.assertFalse(exception.waived_by_id)
        self.assertIn("Buy it now.", exception.message_ids[0].body)

    def test_who_asked_may_withdraw(self):
        exception = self.requested()
        exception.with_user(self.staff).action_refuse_waiver("It was repaired.")
        self.assertEqual(exception.state, "open")

    def test_a_waiver_can_be_ended_early(self):
        exception = self.wrong()
        exception.with_user(self.manager).action_waive(WHY, UNTIL)
        with self.assertRaises(AccessError):
            exception.with_user(self.staff).action_end_waiver("Back again.")
        exception.with_user(self.head).action_end_waiver("Back again.")
        self.assertEqual(exception.state, "open")

    def test_a_request_that_waited_too_long_is_asked_anew(self):
        exception = self.requested()
        with freeze_time("2026-12-03 18:30:00"):
            with self.assertRaisesRegex(UserError, "after today"):
                exception.with_user(self.manager).action_approve_waiver()

    def test_twice_is_once(self):
        exception = self.wrong()
        exception.with_user(self.manager).action_waive(WHY, UNTIL)
        with self.assertRaisesRegex(UserError, "is already waived. Reload"):
            exception.with_user(self.manager).action_waive(WHY, UNTIL)

    def test_the_dialog_waives_small_things_and_asks_for_severe_ones(self):
        exceptions = self.found(
            self.row(0, severity="low"), self.row(1, severity="critical")
        )
        action = exceptions.with_user(self.manager).action_ask_waiver()
        wizard = (
            self.env["medical.core.waive.wizard"]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({"reason": WHY})
        )
        self.assertEqual(wizard.until, date(2026, 12, 1))  # a week
        self.assertEqual(wizard.severe_count, 1)
        self.assertEqual(wizard.request_count, 1)
        wizard.action_confirm()
        self.assertEqual(exceptions.mapped("state"), ["waived", "requested"])

    def test_the_reason_dialog_refuses_a_waiver(self):
        exception = self.requested()
        action = (
            exception.with_user(self.manager)
            .with_context(medical_reason_method="action_refuse_waiver")
            .action_ask_reason()
        )
        wizard = (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({"reason": "No."})
        )
        wizard.action_confirm()
        self.assertEqual(exception.state, "open")

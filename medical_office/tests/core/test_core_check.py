"""Checks run, prove that they ran, and fail without harm to what they found."""

from datetime import datetime
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...models.core.check.check import CheckResult
from .check_case import CheckCase


@tagged("post_install", "-at_install")
class TestCheck(CheckCase):
    def test_a_run_is_proof(self):
        self.found(self.row(0), self.row(1), looked_at=250)
        self.assertRecordValues(
            self.check,
            [
                {
                    "ran_at": datetime(2026, 11, 24, 18, 30),
                    "tried_at": datetime(2026, 11, 24, 18, 30),
                    "looked_at": 250,
                    "found": 2,
                    "open_count": 2,
                    "error": False,
                    "status": "ok",
                }
            ],
        )

    def test_an_empty_list_is_proof_too(self):
        self.found(looked_at=1200)
        self.assertEqual(self.check.looked_at, 1200)
        self.assertEqual(self.check.found, 0)
        self.assertEqual(self.check.status, "ok")

    def test_a_check_that_raises_leaves_its_exceptions_as_they_were(self):
        exceptions = self.found(self.row(0), self.row(1))
        with freeze_time("2026-11-25 18:30:00"):
            self.failed(ZeroDivisionError("no days"))
        self.assertEqual(exceptions.mapped("state"), ["open", "open"])
        self.assertRecordValues(
            self.check,
            [
                {
                    "error": "ZeroDivisionError: no days",
                    "status": "error",
                    "ran_at": datetime(2026, 11, 24, 18, 30),
                    "tried_at": datetime(2026, 11, 25, 18, 30),
                    "found": 2,
                    "looked_at": 4,
                }
            ],
        )
        self.assertIn("Traceback", self.check.error_detail)

    def test_what_a_check_did_before_it_raised_is_undone(self):
        def half(model):
            self.things[0].name = "Changed"
            model.flush_model()
            raise ValueError("half way")

        with (
            patch.object(self.env.registry["res.partner"], self.check.method, half),
            self.quiet(),
        ):
            self.check._run()
        self.things.invalidate_recordset()
        self.assertEqual(self.things[0].name, "Thing 0")

    def test_a_failed_check_is_itself_an_exception(self):
        watcher = self.env.ref("medical_office.core_check_failed")
        watcher.active = True
        self.failed(ValueError("no table"))
        watcher._run()
        [exception] = self.env["medical.core.exception"].search(
            [("check_id", "=", watcher.id), ("res_id", "=", self.check.id)]
        )
        self.assertEqual(exception.severity, "high")
        self.assertEqual(
            exception.summary,
            "The check “Supply test” failed: ValueError: no table",
        )
        self.found()
        watcher._run()
        self.assertEqual(exception.state, "closed")

    def test_the_check_of_the_checks_runs_after_the_others(self):
        watcher = self.env.ref("medical_office.core_check_failed")
        watcher.active = True
        self.answers["supply_test"] = ValueError("no table")
        with self.quiet():
            (watcher | self.check)._run()
        self.assertEqual(watcher.found, 1)

    def test_one_failing_check_does_not_keep_others_from_running(self):
        other = self.new_check("zz_other", domain="payer")
        self.answers["supply_test"] = ValueError("no table")
        self.answers["zz_other"] = CheckResult(9, [self.row()])
        with self.quiet():
            (self.check | other)._run()
        self.assertEqual(other.looked_at, 9)
        self.assertEqual(self.register(other).state, "open")

    def test_a_conflict_with_another_transaction_is_no_fault_of_the_check(self):
        with self.assertRaises(SerializationFailure):
            self.failed(SerializationFailure("could not serialize"))

    def test_a_check_in_hand_elsewhere_is_left_alone(self):
        self.found(self.row())
        self.answers["supply_test"] = CheckResult(0, [])
        with patch.object(
            self.env.registry["medical.core.check"],
            "try_lock_for_update",
            lambda check, **_options: check.browse(),
        ):
            self.check._run()
        self.assertEqual(self.register().state, "open")

    def test_a_method_that_is_no_check_is_an_error_and_not_called(self):
        for values, words in (
            ({"model_name": "no.model"}, "There is no model “no.model”"),
            ({"method": "unlink"}, "no private method “unlink”"),
            ({"method": "_no_such_thing"}, "no private method “_no_such_thing”"),
            ({"method": "_rec_names_search"}, "TypeError"),
            ({"method": "_compute_display_name"}, "has to return a CheckResult"),
        ):
            with self.subTest(values), self.quiet():
                check = self.check.copy({"code": words, **values})
                check._run()
                self.assertIn(words, check.error)

    def test_a_check_goes_stale_after_a_day_and_is_told(self):
        watcher = self.env.ref("medical_office.core_check_failed")
        watcher.active = True
        self.found()
        with freeze_time("2026-11-25 20:00:00"):
            self.check.invalidate_recordset()
            self.assertEqual(self.check.status, "ok")
        with freeze_time("2026-11-25 21:00:00"):
            self.check.invalidate_recordset()
            self.assertEqual(self.check.status, "stale")
            watcher._run()
        self.assertRegex(self.register(watcher).summary, "not run for over a day")

    def test_a_check_switched_off_closes_what_it_found(self):
        exceptions = self.found(self.row(0), self.row(1))
        exceptions[0].with_user(self.manager).action_waive("Wait.", "2026-12-01")
        # checks are shared: whoever works for all companies turns them off
        self.manager.company_ids = self.env["res.company"].search([])
        self.as_role(self.check, "manager").active = False
        self.assertEqual(exceptions.mapped("state"), ["closed", "closed"])
        self.assertIn("turned off", exceptions[0].message_ids[0].body)
        self.found(self.row(0))
        self.assertEqual(exceptions.mapped("state"), ["closed", "closed"])

    def test_who_may_start_the_checks(self):
        for role in ("head", "manager", "director"):
            with self.subTest(role):
                self.check.looked_at = 0
                self.answers["supply_test"] = CheckResult(77, [])
                self.as_role(self.check, role).action_refresh()
                self.assertEqual(self.check.looked_at, 77)
        for role in ("staff", "hr", "accountant", "auditor"):
            with self.subTest(role), self.assertRaisesRegex(AccessError, "every hour"):
                self.as_role(self.check, role).action_refresh()

    def test_a_run_sees_every_company_whoever_pressed_the_button(self):
        def count(model):
            return CheckResult(len(model.env.companies), [])

        with patch.object(self.env.registry["res.partner"], self.check.method, count):
            self.as_role(self.check, "head").action_refresh()
        self.assertEqual(
            self.check.looked_at, self.env["res.company"].sudo().search_count([])
        )

    def test_the_button_opens_what_it_found(self):
        exception = self.found(self.row())
        action = self.check.action_open_exceptions()
        found = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(found, exception)


@tagged("post_install", "-at_install")
class TestCheckCron(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.new_check("supply_zecond", sequence=20)
        cls.both = cls.check | cls.second
        cls.cron = cls.env.registry["ir.cron"]

    def run_cron(self, time_left):
        """Run as the cron would; ``time_left`` after each step."""
        steps = []

        def commit(_cron, processed=0, *, remaining=None, **_options):
            steps.append((processed, remaining))
            return time_left

        with patch.object(self.cron, "_commit_progress", commit):
            done = self.env["medical.core.check"]._cron_run()
        return done, steps

    def test_it_runs_all_and_notes_its_progress(self):
        done, steps = self.run_cron(time_left=60)
        self.assertTrue(done)
        self.assertEqual(steps, [(0, 2), (1, None), (1, None)])
        self.assertEqual(self.both.mapped("status"), ["ok", "ok"])

    def test_cut_off_it_goes_on_where_it_stopped(self):
        for check in self.both:  # as after a day of service
            check.sudo().tried_at = datetime(2026, 11, 23, 18, 30)
        done, steps = self.run_cron(time_left=0)
        self.assertFalse(done)
        self.assertEqual(steps, [(0, 2), (1, None)])
        with freeze_time("2026-11-24 18:31:00"):
            done, steps = self.run_cron(time_left=60)
        self.assertTrue(done)
        self.assertEqual(steps, [(0, 1), (1, None)])
        self.assertEqual(self.both.mapped("status"), ["ok", "ok"])

    def test_the_prompt_cron_runs_the_named_checks_only(self):
        self.env["medical.core.check"]._cron_run_codes(["supply_zecond", "gone"])
        self.assertEqual(self.second.status, "ok")
        self.assertEqual(self.check.status, "never")

    def test_the_day_is_noted_once_and_brought_up_to_date(self):
        self.found(self.row(0), self.row(1))
        self.found(self.row(1), self.row(2))
        [day] = self.env["medical.core.exception.day"].search(
            [
                ("company_id", "=", self.company.id),
                ("domain", "=", "supply"),
                ("department_id", "=", self.nursing.id),
            ]
        )
        self.assertEqual(day.day.isoformat(), "2026-11-24")
        self.assertEqual((day.open_count, day.opened, day.closed), (2, 3, 1))

    def test_a_day_ends_on_the_companys_clock(self):
        with freeze_time("2026-11-25 05:30:00"):  # Nov 24, 11:30 PM in Chicago
            self.found(self.row(0))
        with freeze_time("2026-11-25 06:30:00"):
            self.found(self.row(0), self.row(1))
        days = self.env["medical.core.exception.day"].search(
            [("company_id", "=", self.company.id), ("open_count", ">", 0)], order="day"
        )
        self.assertEqual(
            [(d.day.isoformat(), d.open_count, d.opened) for d in days],
            [("2026-11-24", 1, 1), ("2026-11-25", 2, 1)],
        )

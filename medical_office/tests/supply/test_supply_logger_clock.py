"""The clock of a logger is kept, dated, and corrected with what was read already."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .logger_case import LoggerCase

ROWS = "2026-11-18 08:00,5\n2026-11-18 08:30,9\n2026-11-18 09:00,5\n"
LATER = "2026-11-20 08:00,5\n2026-11-20 08:30,9\n2026-11-20 09:00,5\n"


@tagged("post_install", "-at_install")
class TestSupplyLoggerClock(LoggerCase):
    def clock(self, user="manager", **values):
        return (
            self.env["medical.supply.logger.clock"]
            .with_user(self.users[user])
            .create(
                {
                    "equipment_id": self.fridge.id,
                    "kind": "fixed",
                    "utc_offset": -7,
                    "reason": "Compared with the phone",
                    **values,
                }
            )
        )

    def readings(self):
        return self.env["medical.supply.reading"].search(
            [("equipment_id", "=", self.fridge.id)], order="at"
        )

    def test_the_clock_that_is_kept_reads_the_next_file_and_is_shown(self):
        self.clock("head")
        wizard = self.wizard(ROWS)
        wizard.action_check()
        self.assertIn("-07:00", wizard.summary)
        self.assertIn("UTC-07:00 all year", wizard.summary)
        wizard.action_import()
        self.assertEqual(
            self.told(), [("2026-11-18 15:30:00", "2026-11-18 16:00:00", 9)]
        )
        # what the logger showed is kept beside the time
        self.assertEqual(self.readings()[0].shown_at, "2026-11-18 08:00:00")
        self.assertEqual(self.files().clock_text, "-07:00")

    def test_of_another_logger_nothing_is_taken(self):
        self.clock(logger="SN 1")
        for logger, hour in (("SN 2", 14), ("sn 1", 15)):
            unit = self.fridge
            wizard = self.wizard(
                ROWS.replace("11-18", f"11-1{hour - 10}"), unit=unit, logger=logger
            )
            wizard.action_import()
            self.assertEqual(self.readings()[-1].at.hour, hour + 1)

    def test_a_clock_found_wrong_works_out_anew_from_its_day_on(self):
        """Read by the site's clock; from the 19th on it was an hour off."""
        self.wizard(ROWS + LATER).action_import()
        first, second = self.excursions()
        self.assertEqual(str(second.started_at), "2026-11-20 14:30:00")
        self.assertEqual(second.kind, "warm")
        clock = self.clock(valid_from="2026-11-19")
        self.assertEqual(self.excursions(), first | second)  # no new ones
        self.assertEqual(
            self.told(),
            [
                ("2026-11-18 14:30:00", "2026-11-18 15:00:00", 9),
                ("2026-11-20 15:30:00", "2026-11-20 16:00:00", 9),
            ],
        )
        shown = self.readings().mapped("shown_at")
        self.assertEqual(shown[0], "2026-11-18 08:00:00")
        self.assertEqual(shown[-1], "2026-11-20 09:00:00")
        self.assertIn("fridge.csv", clock.followed)
        self.assertIn(second.display_name, clock.followed)
        self.assertIn("Compared with the phone", self.fridge.message_ids[0].body)
        # the lots stay held
        self.assertEqual(first.state, "quarantined")
        self.assertEqual(self.on_hand(self.shelf, self.vaccine), 0)

    def test_what_was_decided_is_named(self):
        self.wizard(ROWS).action_import()
        one = self.excursions()
        one.line_ids.with_user(self.users["head"]).write(
            {"answer": "usable", "contact": "Dr. Ruiz", "reference": "C-1"}
        )
        one.with_user(self.users["head"]).action_sign()
        one.with_user(self.users["manager"]).action_release()
        clock = self.clock()
        self.assertIn("Already decided", clock.followed)
        # the time that is right now was not decided on
        self.assertEqual(self.excursions()[-1].state, "quarantined")

    def test_a_file_that_names_its_clock_is_corrected_only_if_told(self):
        header = "Date Time (GMT-06:00),Temperature (°C)\n"
        self.wizard(ROWS, header).action_import()
        start = self.excursions().started_at
        self.clock()
        self.assertEqual(self.excursions().started_at, start)
        self.clock(overrides=True)
        self.assertEqual(str(self.excursions().started_at), "2026-11-18 15:30:00")

    def test_a_fast_clock_is_put_right(self):
        self.clock(kind="site", minutes_fast=12)
        self.wizard(ROWS).action_import()
        self.assertEqual(str(self.excursions().started_at), "2026-11-18 14:18:00")

    def test_a_clock_by_which_a_file_cannot_be_read_is_refused(self):
        self.clock()
        rows = "2026-03-08 01:30,5\n2026-03-08 02:30,9\n2026-03-08 03:30,5\n"
        self.wizard(rows).action_import()
        with self.assertRaisesRegex(UserError, "cannot be read by this clock"):
            self.clock(kind="site")

    def test_days_that_were_all_calm_stop_no_correction(self):
        """Such a file proves nothing and so has neither beginning nor end."""
        self.wizard("2026-11-18,4,6\n", "Date,Min °C,Max °C\n").action_import()
        self.assertFalse(self.files().last_at)
        clock = self.clock(valid_from="2026-11-19")
        self.assertTrue(clock.followed)

    def test_a_file_of_before_is_named_and_can_be_withdrawn(self):
        """What was imported before files were kept has no contents to read again."""
        self.wizard(ROWS).action_import()
        one = self.files()
        one._pen().content = False
        clock = self.clock()
        self.assertIn("imported before files were kept", clock.followed)
        self.assertEqual(str(self.excursions().started_at), "2026-11-18 14:30:00")
        one.with_user(self.users["manager"]).action_withdraw("Import it again")
        self.assertTrue(self.excursions().is_unfounded)

    def test_who_keeps_it_and_that_nobody_changes_it(self):
        for role in ("staff", "auditor", "plain", "accountant"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.clock(role)
        one = self.clock("head")
        for role in ("head", "manager", "director"):
            with self.subTest(role):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    one.with_user(self.users[role]).write({"utc_offset": -6})
                with self.assertRaises(AccessError), self.cr.savepoint():
                    one.with_user(self.users[role]).unlink()
        with self.assertRaises(AccessError):
            self.clock(followed="Nothing")

"""Logger files and excursions: one for each span, whatever the order of the files."""

from datetime import datetime
from itertools import permutations

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .logger_case import LoggerCase


@tagged("post_install", "-at_install")
class TestSupplyLogger(LoggerCase):
    # ---------------------------------------------------------------- one for each span

    def test_two_spans_of_one_file_are_two_excursions(self):
        rows = (
            "2026-11-18 08:00,5\n2026-11-18 08:30,9\n2026-11-18 09:00,5\n"
            "2026-11-20 08:00,5\n2026-11-20 08:30,15\n2026-11-20 09:00,15\n"
            "2026-11-20 09:30,5\n"
        )
        wizard = self.wizard(rows)
        wizard.action_check()
        self.assertEqual(wizard.summary.count("Too warm"), 2)
        wizard.action_import()
        self.assertEqual(
            self.told(),
            [
                ("2026-11-18 14:30:00", "2026-11-18 15:00:00", 9),
                ("2026-11-20 14:30:00", "2026-11-20 15:30:00", 15),
            ],
        )

    def test_the_order_of_files_does_not_matter(self):
        files = (
            "2026-11-18 08:00,5\n2026-11-18 08:30,9\n2026-11-18 09:00,10\n",
            "2026-11-18 09:30,11\n2026-11-18 10:00,5\n2026-11-18 10:30,9\n",
            "2026-11-18 10:30,9\n2026-11-18 11:00,5\n2026-11-18 11:30,5\n",
        )
        for number, order in enumerate(permutations(files)):
            unit = self.fridge_named(f"Fridge {number}")
            for rows in order:
                self.wizard(rows, unit=unit).action_import()
            with self.subTest(order=number):
                self.assertEqual(
                    self.told(unit),
                    [
                        ("2026-11-18 14:30:00", "2026-11-18 16:00:00", 11),
                        ("2026-11-18 16:30:00", "2026-11-18 17:00:00", 9),
                    ],
                )

    def test_an_end_in_the_next_file_is_set_when_it_arrives(self):
        self.wizard("2026-11-18 08:00,5\n2026-11-18 08:30,9\n").action_import()
        self.assertFalse(self.excursions().ended_at)
        self.wizard("2026-11-18 09:00,5\n2026-11-18 09:30,5\n").action_import()
        self.assertEqual(str(self.excursions().ended_at), "2026-11-18 15:00:00")

    def test_what_somebody_saw_on_a_round_is_the_same_excursion(self):
        self.env["medical.supply.excursion"].create(
            {
                "equipment_id": self.fridge.id,
                "kind": "warm",
                "worst": 10,
                "started_at": datetime(2026, 11, 18, 14),
            }
        )
        rows = "2026-11-17 21:30,5\n" + "".join(
            f"2026-11-17 {hour}:{minute:02},9\n"
            for hour in (22, 23)
            for minute in (0, 30)
        )
        rows += "".join(
            f"2026-11-18 {hour:02}:{minute:02},9\n"
            for hour in range(9)
            for minute in (0, 30)
        )
        self.wizard(rows + "2026-11-18 09:00,5\n").action_import()
        self.assertEqual(
            self.told(), [("2026-11-18 04:00:00", "2026-11-18 15:00:00", 10)]
        )

    def test_what_was_released_stays_released(self):
        rows = "2026-11-18 08:00,5\n2026-11-18 08:30,9\n2026-11-18 09:00,5\n"
        self.wizard(rows).action_import()
        one = self.excursions()
        one.line_ids.with_user(self.users["head"]).write(
            {"answer": "usable", "contact": "Dr. Ruiz", "reference": "C-1"}
        )
        one.with_user(self.users["head"]).action_sign()
        one.with_user(self.users["manager"]).action_release()
        self.wizard(rows + "2026-11-18 09:30,5\n").action_import()
        self.assertEqual(self.excursions(), one)
        self.assertEqual(one.state, "released")

    # ------------------------------------------------------------------ what is asked

    def test_the_probe_is_read_and_told(self):
        wizard = self.wizard(
            "2026-11-18 08:00,40,41,45\n2026-11-18 08:30,41,50,45\n",
            "Time,Air Temp (°F),Probe Temp (°F),Humidity\n",
        )
        wizard.action_check()
        self.assertIn("3 Probe Temp (°F)", wizard.summary)
        self.assertIn("2 Air Temp (°F)", wizard.summary)
        self.assertIn("worst 10.00", wizard.summary)

    def test_questions_are_asked_before_anything_is_put_away(self):
        two_probes = ("2026-11-18 08:00,4,9\n", "Time,Probe 1 (°C),Probe 2 (°C)\n")
        for rows, header, answer in (
            (*two_probes, {"column": "3"}),
            ("2026-11-18 08:00,9\n", "Time,Temp\n", {"unit": "C"}),
            ("2026-11-18 08:00,4.5\n", "Time,Temp °F\n", {"unit": "F"}),
            ("03/04/2026 08:00,9\n", "Time,Temp °C\n", {"day_order": "month"}),
            (
                "2026-03-08 02:30,9\n",
                "Time,Temp °C\n",
                {"clock": "fixed", "utc_offset": -6},
            ),
        ):
            with self.subTest(header=header, rows=rows):
                unit = self.fridge_named("Fridge")
                wizard = self.wizard(rows, header, unit, leave_out=True)
                wizard.action_check()
                self.assertEqual(wizard.problem_count, 1)
                with self.assertRaises(UserError):
                    wizard.action_import()
                self.assertFalse(self.excursions(unit))
                wizard.write(answer)
                wizard.action_check()
                self.assertFalse(wizard.problem_count)
                wizard.action_import()
                self.assertEqual(len(self.excursions(unit)), 1)

    def test_the_dry_run_and_the_import_read_the_same_times(self):
        rows = "2026-03-08 01:30,5\n2026-03-08 02:30,9\n2026-03-08 03:30,5\n"
        wizard = self.wizard(rows, clock="fixed", utc_offset=-6)
        wizard.action_check()
        self.assertIn("Readings: 3", wizard.summary)
        wizard.action_import()
        self.assertEqual(
            self.told(), [("2026-03-08 08:30:00", "2026-03-08 09:30:00", 9)]
        )

    def test_a_unit_is_on_the_clock_of_its_site(self):
        self.site.resource_calendar_id = self.env["resource.calendar"].create(
            {"name": "Denver", "tz": "America/Denver", "company_id": self.company.id}
        )
        wizard = self.wizard("2026-11-18 08:00,5\n2026-11-18 08:30,9\n")
        wizard.action_check()
        self.assertIn("America/Denver", wizard.summary)
        wizard.action_import()
        self.assertEqual(str(self.excursions().started_at), "2026-11-18 15:30:00")

    def test_a_minimum_or_maximum_outside_is_kept(self):
        self.wizard(
            "2026-11-18,8:00 AM,38,40,39\n2026-11-18,9:00 AM,38,53,41\n",
            "Date,Time,Min °F,Max °F,Current °F\n",
        ).action_import()
        self.assertEqual(self.excursions().worst, 11.67)

    def test_what_contradicts_the_record_is_shown_and_counts(self):
        self.wizard("2026-11-18 08:00,5\n2026-11-18 08:30,5\n").action_import()
        wizard = self.wizard("2026-11-18 08:00,5\n2026-11-18 08:30,6\n")
        wizard.action_check()
        self.assertIn("5 °C is on record, but the file says 6 °C", wizard.summary)
        wizard.action_import()
        kept = self.env["medical.supply.reading"].search(
            [("equipment_id", "=", self.fridge.id)]
        )
        self.assertEqual(sorted(kept.mapped("celsius")), [5, 5, 6])

    # ------------------------------------------------------------- summaries of days

    TAG = (
        "Device: Fridge-tag 2 E\nVers: 1.0\nConf:\n Temp unit: C\n Alarm:\n"
        "  0:\n   T AL: -0.5, t AL: 60\n  1:\n   T AL: +8.0, t AL: 600\n"
        "Hist:\n TS Actv: 2026-11-01 09:00\n TS Report Creation: 2026-11-20 08:00\n"
        " 1:\n  Date: 2026-11-19\n  Min T: +4.0, TS Min T: 03:00\n"
        "  Max T: +5.0, TS Max T: 07:00\n"
        " 2:\n  Date: 2026-11-18\n  Min T: +3.0, TS Min T: 03:00\n"
        "  Max T: +12.5, TS Max T: 15:20\n"
        "  Alarm:\n   0:\n    t Acc: 0\n   1:\n    t Acc: 720, TS A: 16:10, C A: 1\n"
        "Sig Cert: aa\nSig: bb\n"
    )

    def test_a_fridge_tag_opens_what_its_days_prove(self):
        for _twice in range(2):
            wizard = self.wizard("", self.TAG)
            wizard.action_check()
            self.assertIn("Too warm", wizard.summary)
            wizard.action_import()
            one = self.excursions()
            # 15:20 in Chicago; when it ended is not said
            self.assertEqual(self.told(), [("2026-11-18 21:20:00", "", 12.5)])
            self.assertEqual(one.state, "quarantined")
            self.assertEqual(one.line_ids.lot_id, self.lot_a)
        self.assertEqual(len(self.files()), 1)  # the same file twice is one
        self.assertIn("summary of days", one.message_ids.mapped("body")[0])

    def test_a_fridge_tags_summary_is_withdrawn_too(self):
        self.wizard("", self.TAG).action_import()
        one = self.excursions()
        with self.assertRaises(AccessError):
            self.withdraw("staff")
        self.withdraw(reason="Of another unit")
        [file] = self.files()
        self.assertEqual(
            (file.state, file.withdrawn_by_id, file.withdrawn_reason, file.kind),
            ("withdrawn", self.users["manager"], "Of another unit", "days"),
        )
        self.assertIn(one.display_name, file.followed)
        self.assertEqual(one.line_ids.answer, "unaffected")
        self.assertTrue(one.is_unfounded)
        with self.assertRaisesRegex(UserError, "withdrawn already"):
            self.withdraw()
        # and it can be imported again: the lots are asked about anew
        self.wizard("", self.TAG).action_import()
        self.assertFalse(one.is_unfounded)
        self.assertFalse(one.line_ids.answer)

    def test_a_table_of_days_does_too_by_the_clock_of_the_site(self):
        self.wizard("2026-11-18,3,9\n", "Date,Min °C,Max °C\n").action_import()
        self.assertEqual(self.told(), [("2026-11-18 06:00:00", "", 9.0)])

    # ------------------------------------------------------------------ taken back

    def withdraw(self, user="manager", reason="Read as Celsius", place=-1):
        self.files()[place].with_user(self.users[user]).action_withdraw(reason)

    def test_a_wrong_file_is_withdrawn_and_two_persons_let_the_lots_out(self):
        self.wizard("2026-11-18 08:00,9\n2026-11-18 08:30,5\n").action_import()
        one = self.excursions()
        with self.assertRaises(AccessError):
            self.withdraw("staff")
        with self.assertRaisesRegex(UserError, "why"):
            self.withdraw(reason=" ")
        self.withdraw()
        self.assertFalse(
            self.env["medical.supply.reading"].search(
                [("equipment_id", "=", self.fridge.id)]
            )
        )
        [file] = self.files()
        self.assertEqual((file.state, file.count), ("withdrawn", 2))
        self.assertEqual(file.withdrawn_reason, "Read as Celsius")
        self.assertIn(one.display_name, file.followed)
        # nothing is let go by itself: the answer is filled in, two persons sign
        self.assertEqual(one.state, "quarantined")
        self.assertEqual(one.line_ids.answer, "unaffected")
        self.assertIn("Read as Celsius", one.line_ids.note)
        self.assertIn(one.display_name, self.fridge.message_ids[0].body)
        one.with_user(self.users["head"]).action_sign()
        with self.assertRaises(AccessError):
            one.with_user(self.users["head"]).action_release()
        one.with_user(self.users["manager"]).action_release()
        self.assertEqual(self.on_hand(self.shelf, self.vaccine, self.lot_a), 10)
        # and the file can be imported rightly
        self.wizard("2026-11-18 08:00,4\n2026-11-18 08:30,5\n").action_import()
        self.assertEqual(len(self.excursions()), 1)

    def test_only_that_import_is_withdrawn(self):
        """Each week's file may have the same name."""
        self.wizard("2026-11-17 08:00,9\n2026-11-17 08:30,5\n").action_import()
        self.wizard("2026-11-18 08:00,9\n2026-11-18 08:30,5\n").action_import()
        first, second = self.excursions()
        self.withdraw()
        self.assertFalse(first.line_ids.filtered("answer"))
        self.assertIn("withdrawn", second.note)

    def test_what_a_round_shows_too_stays(self):
        self.wizard("2026-11-18 08:00,9\n2026-11-18 08:30,5\n").action_import()
        one = self.excursions()
        other = self.wizard("2026-11-18 08:10,9.5\n2026-11-18 08:20,5\n")
        other.action_import()
        self.withdraw(place=0)
        self.assertFalse(one.line_ids.filtered("answer"))

    def test_what_was_decided_is_named(self):
        self.wizard("2026-11-18 08:00,9\n2026-11-18 08:30,5\n").action_import()
        one = self.excursions()
        one.line_ids.with_user(self.users["head"]).write(
            {"answer": "discard", "contact": "Dr. Ruiz", "reference": "C-1"}
        )
        one.with_user(self.users["head"]).action_sign()
        one.with_user(self.users["manager"]).action_release()
        self.withdraw()
        self.assertEqual(one.state, "discarded")
        self.assertIn("Already decided", self.fridge.message_ids[0].body)

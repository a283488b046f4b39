"""A bank file on or after the pay date: it pays on the next day it can reach."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .run_case import NOW, RunCase


@tagged("post_install", "-at_install")
class TestPayrollLateFile(RunCase):
    """The pay date (Friday 2026-06-26) stays for all taxes; people are told the day."""

    def setUp(self):
        super().setUp()
        login = {"name": "Nora Salary", "login": "nora", "email": "nora@example.com"}
        self.own = self.env["res.users"].create(login)
        self.nurse.user_id = self.own
        with freeze_time(NOW):
            self.run = self.posted()

    def written(self, now):
        with freeze_time(now):
            self.run.action_medical_bank_file()
        return self.run.medical_bank_file_id

    def told(self):
        return self.env["mail.message"].search(
            [("partner_ids", "in", self.own.partner_id.ids)]
        )

    def test_in_time_it_settles_on_the_pay_date_and_nobody_is_told(self):
        file = self.written("2026-06-23 15:00:00")
        self.assertEqual(file.date_effective, date(2026, 6, 26))
        self.assertFalse(self.told())
        self.assertNotIn("banking days", self.said())

    def test_after_the_pay_date_it_settles_on_the_next_banking_day(self):
        file = self.written("2026-06-27 15:00:00")  # a Saturday
        self.assertEqual(file.date_effective, date(2026, 6, 29))
        (entry, *_more) = file._read_back().batches
        self.assertEqual(entry.effective, "260629")
        self.assertEqual(self.run.medical_date_pay, date(2026, 6, 26))
        items = self.run.slip_ids.medical_item_ids
        self.assertEqual(set(items.mapped("date_pay")), {date(2026, 6, 26)})
        self.assertIn("06/29/2026", self.told().subject)
        with freeze_time("2026-06-27 16:00:00"):
            self.run.action_medical_pay()
        self.assertEqual(self.run.state, "paid")
        move = self.run.sudo().medical_payment_move_id
        self.assertEqual(move.date, date(2026, 6, 29))

    def test_on_the_pay_date_it_is_too_late_for_that_day(self):
        file = self.written("2026-06-26 15:00:00")
        self.assertEqual(file.date_effective, date(2026, 6, 29))

    def test_a_rejected_file_is_written_anew(self):
        self.written("2026-06-24 15:00:00")
        director = self.as_role(self.run.medical_bank_file_id, "director")
        director.action_void("rejected by the bank")
        self.run.invalidate_recordset()
        # the Friday before Independence Day, which no bank keeps on a Saturday
        file = self.written("2026-07-02 15:00:00")
        self.assertEqual(file.date_effective, date(2026, 7, 3))

    def test_later_than_the_banks_lead_time_warns(self):
        file = self.written("2026-06-25 15:00:00")
        self.assertEqual(file.date_effective, date(2026, 6, 26))
        self.assertIn("2 banking days ahead; 1 are left", self.said())

    def test_the_screens_say_it_before_and_after_the_file_is_written(self):
        with freeze_time("2026-06-27 15:00:00"):  # a Saturday
            self.run.invalidate_recordset()
            waiting = self.run.medical_tie_out
            file = self.written("2026-06-27 15:00:00")
            self.run.invalidate_recordset()
            after = self.run.medical_tie_out
        self.assertIn("settles on 06/29/2026 instead of 06/26/2026", waiting)
        self.assertIn("2 banking days ahead; 1 are left", waiting)
        self.assertIn("settles on 06/29/2026 instead of 06/26/2026", file.late)
        self.assertIn("2 banking days ahead; 1 are left", file.late)
        self.assertNotIn("settles", after)
        with freeze_time("2026-06-27 16:00:00"):
            self.run.action_medical_pay()
        self.assertFalse(file.late)

    def test_in_time_no_screen_speaks_of_it(self):
        with freeze_time("2026-06-23 15:00:00"):
            self.run.invalidate_recordset()
            self.assertNotIn("settles", self.run.medical_tie_out)
        self.assertFalse(self.written("2026-06-23 15:00:00").late)

    def test_a_refused_file_is_told_apart_and_nobody_is_told_the_same_day_twice(self):
        refused = self.written("2026-06-27 15:00:00")
        director = self.as_role(refused, "director")
        told = director.action_void("the bank refused it")
        self.assertIn(self.run.name, str(told["params"]["links"]))
        self.run.invalidate_recordset()
        file = self.written("2026-06-27 17:00:00")
        self.assertNotEqual(file.name, refused.name)
        self.assertEqual(len(self.told()), 1)
        self.assertIn("the bank refused it", self.said())
        director = self.as_role(file, "director")
        director.action_void("refused again")
        self.run.invalidate_recordset()
        self.written("2026-06-29 15:00:00")  # settles on another day
        self.assertEqual(len(self.told()), 2)

    def said(self):
        return "\n".join(self.run.message_ids.mapped("body"))

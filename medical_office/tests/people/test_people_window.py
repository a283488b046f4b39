"""Enrollment windows: what they allow, and the check before they close."""

from datetime import date

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..common import PracticeCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-16 15:00:00")
class TestPeopleWindow(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.env["medical.people.benefit.plan"].create(
            {"name": "Dental", "company_id": cls.company.id, "benefit": "dental"}
        )
        cls.window = cls.env["medical.people.enrollment.window"].create(
            {
                "name": "Open Enrollment 2027",
                "company_id": cls.company.id,
                "plan_ids": cls.plan.ids,
                "date_open": date(2026, 11, 1),
                "date_close": date(2026, 11, 20),
                "date_effective": date(2027, 1, 1),
            }
        )

    def enroll(self, **values):
        return (
            self.env["medical.people.enrollment"]
            .with_user(self.users["hr"])
            .create(
                {
                    "employee_id": self.employees["staff"].id,
                    "plan_id": self.plan.id,
                    "amount": 10,
                    "event": "open",
                    "date_from": date(2027, 1, 1),
                    **values,
                }
            )
        )

    def test_the_choice_counts_from_the_windows_day(self):
        self.enroll()
        self.assertEqual(self.window.chosen, 1)
        earlier = {"date_from": date(2026, 12, 1), "date_to": date(2026, 12, 31)}
        with (
            self.assertRaisesRegex(ValidationError, "no enrollment window"),
            self.env.cr.savepoint(),
        ):
            self.enroll(**earlier)
        self.assertTrue(self.enroll(**earlier, event="birth"))

    def test_the_check_tells_of_a_window_that_closes(self):
        self.enroll()
        windows = self.env["medical.people.enrollment.window"]
        (row,) = windows._medical_check_closing().rows
        self.assertEqual(row.res_id, self.window.id)
        self.assertIn("1 of ", row.summary)
        with freeze_time("2026-11-21 15:00:00"):
            self.assertFalse(windows._medical_check_closing().rows)

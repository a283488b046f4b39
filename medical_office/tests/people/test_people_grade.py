"""Pay grades: one for a job at a place on a day; who sees everybody's position."""

from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestPeopleGrade(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env["hr.job"].create(
            {"name": "Nurse", "company_id": cls.company.id}
        )
        cls.place = cls.env["hr.work.location"].create(
            {
                "name": "Lake Site",
                "company_id": cls.company.id,
                "address_id": cls.company.partner_id.id,
                "location_type": "office",
            }
        )

    def grade(self, **values):
        return (
            self.env["medical.people.grade"]
            .with_user(self.users["hr"])
            .create(
                {
                    "name": "RN-1",
                    "company_id": self.company.id,
                    "job_id": self.job.id,
                    "minimum": 30,
                    "midpoint": 36,
                    "maximum": 42,
                    "date_from": date(2026, 1, 1),
                    **values,
                }
            )
        )

    def test_the_place_goes_before_everywhere(self):
        general = self.grade()
        own = self.grade(name="RN-1 Lake", work_location_id=self.place.id)
        grades = self.env["medical.people.grade"]
        day = date(2026, 5, 1)
        nowhere = self.env["hr.work.location"]
        self.assertEqual(grades._of_job(self.job, self.place, self.company, day), own)
        self.assertEqual(grades._of_job(self.job, nowhere, self.company, day), general)
        before = date(2025, 12, 31)
        self.assertFalse(grades._of_job(self.job, nowhere, self.company, before))

    def test_two_grades_of_a_day_are_refused(self):
        first = self.grade()
        with (
            self.assertRaisesRegex(ValidationError, "overlap.*07/01/2026"),
            self.env.cr.savepoint(),
        ):
            self.grade(name="RN-1b", date_from=date(2026, 7, 1))
        first.date_to = date(2026, 6, 30)
        self.assertTrue(self.grade(name="RN-1b", date_from=date(2026, 7, 1)))

    def test_a_grade_that_was_in_force_is_not_deleted(self):
        begun = self.grade()
        with (
            self.assertRaisesRegex(UserError, "stays on record"),
            self.env.cr.savepoint(),
        ):
            begun.unlink()
        self.assertTrue(begun.exists())
        coming = self.grade(
            name="Typo", job_id=self.job.copy().id, date_from=date(2199, 1, 1)
        )
        self.assertTrue(coming.unlink())

    def test_positions_are_read_in_two_queries(self):
        self.grade(date_from=date(2020, 1, 1))
        person = self.employees["staff"]
        # before today, whatever the hour is in UTC
        person.version_id.date_version = date(2024, 1, 1)
        person.write(
            {
                "job_id": self.job.id,
                "contract_date_start": person.version_id.date_version,
                "wage": 6240,
            }
        )
        self.env.flush_all()
        rows = self.env["medical.people.pay.position"].with_user(self.users["hr"])
        with self.assertQueryCount(20):
            row = rows.search([("employee_id", "=", person.id)])
            found = (row.grade_id.name, row.compa_ratio, row.place)
        self.assertEqual(found, ("RN-1", 1.0, "within"))

"""Who is in, who could step in, what time off would leave uncovered, who supervises."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .people_case import PeopleCase


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 15:00:00")  # a Monday
class TestPeopleCoverage(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["medical.people.duty"].search([]).active = False
        cls.duty = cls.env["medical.people.duty"].create(
            {"name": "Triage", "department_id": cls.nursing.id, "on_days": "135"}
        )
        cls.other = cls.employees["head"]

    def put(self, person, **values):
        return self.env["medical.people.assignment"].create(
            {
                "duty_id": self.duty.id,
                "employee_id": person.id,
                "date_from": "2026-11-01",
                **values,
            }
        )

    def statuses(self, role="staff"):
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["medical.people.coverage"].with_user(self.users[role])
        found = rows.search([("duty_id", "=", self.duty.id)])
        return {str(row.day): row.status for row in found}

    def away(self, person, first, last, state="validate"):
        kind = self.env["hr.leave.type"].create(
            {
                "name": "Day off",
                "requires_allocation": False,
                "company_id": self.company.id,
            }
        )
        leave = self.env["hr.leave"].create(
            {
                "employee_id": person.id,
                "holiday_status_id": kind.id,
                "request_date_from": first,
                "request_date_to": last,
            }
        )
        if state == "validate":
            leave.sudo().action_approve()
            self.assertEqual(leave.state, "validate")
        return leave

    def test_days_of_the_duty_with_who_is_in(self):
        self.assertEqual(set(self.statuses().values()), {"uncovered"})
        self.assertEqual(
            list(self.statuses()),
            [
                "2026-11-30",
                "2026-12-02",
                "2026-12-04",
                "2026-12-07",
                "2026-12-09",
                "2026-12-11",
            ],
        )
        self.put(self.nurse)
        self.assertEqual(set(self.statuses().values()), {"single"})
        self.put(self.other, role="cover", date_to="2026-12-05")
        statuses = self.statuses()
        self.assertEqual(statuses["2026-12-04"], "covered")
        self.assertEqual(statuses["2026-12-07"], "single")
        row = self.env["medical.people.coverage"].search(
            [("duty_id", "=", self.duty.id)], limit=1
        )
        self.assertEqual(row.names, "Head Person, Staff Person")

    def test_a_closed_day_asks_nobody(self):
        self.company.partner_id.tz = "America/Chicago"
        self.company.resource_calendar_id.tz = "America/Chicago"
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "company_id": self.company.id,
                "date_from": "2026-12-02 06:00:00",
                "date_to": "2026-12-03 05:59:59",
            }
        )
        self.assertNotIn("2026-12-02", self.statuses())
        self.assertIn("2026-12-04", self.statuses())

    def test_time_off_and_a_credential_that_ends_take_somebody_out(self):
        self.put(self.nurse)
        self.away(self.nurse, "2026-12-02", "2026-12-02")
        statuses = self.statuses()
        self.assertEqual(statuses["2026-12-02"], "uncovered")
        self.assertEqual(statuses["2026-12-04"], "single")
        self.env["medical.people.requirement"].create(
            {
                "basis": "duty",
                "duty_id": self.duty.id,
                "type_ids": [(6, 0, self.bls.ids)],
            }
        )
        self.verify(self.enter(self.bls, date_to="2026-12-08"))
        statuses = self.statuses()
        self.assertEqual(statuses["2026-12-07"], "single")
        self.assertEqual(statuses["2026-12-09"], "uncovered")
        result = self.env["medical.people.coverage"]._medical_check_uncovered()
        row = next(row for row in result.rows if row.res_id == self.duty.id)
        self.assertIn("Dec 2, Dec 9, Dec 11", row.summary)
        self.assertEqual(row.user_id, self.users["head"].id)

    def test_the_request_for_time_off_is_warned(self):
        self.put(self.nurse)
        leave = self.away(self.nurse, "2026-12-02", "2026-12-04", state="confirm")
        self.assertIn(
            "“Triage” would not be covered on Dec 2, Dec 4",
            leave.with_user(self.users["staff"]).medical_coverage_warning,
        )
        self.put(self.other, role="cover")
        leave.invalidate_recordset()
        self.assertFalse(leave.medical_coverage_warning)

    def test_the_report_names_what_hangs_on_one_person(self):
        self.put(self.nurse)
        rows = self.env["medical.people.coverage"].search(
            [("duty_id", "=", self.duty.id)]
        )
        report = self.env["report.medical_office.people_coverage"]
        days, single = report.with_user(self.users["head"])._sheets(rows, {})
        self.assertEqual(days.rows[0]["who"], "Staff Person")
        self.assertEqual(single.rows[0]["duty"], "Triage")

    # ------------------------------------------------------------------ supervision

    def rule(self, **values):
        physician = self.env["hr.job"].create(
            {"name": "Physician", "company_id": self.company.id}
        )
        self.employees["director"].job_id = physician
        return self.env["medical.people.supervision.rule"].create(
            {
                "name": "Physician over nurses",
                "company_id": self.company.id,
                "job_ids": [(6, 0, self.nurse_job.ids)],
                "supervisor_job_ids": [(6, 0, physician.ids)],
                **values,
            }
        )

    def gaps(self):
        result = self.env["medical.people.supervision"]._medical_check_gaps()
        return [row.summary for row in result.rows]

    def supervise(self, person=None, role="hr", **values):
        return (
            self.env["medical.people.supervision"]
            .with_user(self.users[role])
            .create(
                {
                    "supervisor_id": self.employees["director"].id,
                    "employee_id": (person or self.nurse).id,
                    **values,
                }
            )
        )

    def test_a_gap_closes_with_the_right_supervisor(self):
        license_ = self.env.ref("medical_office.people_credential_type_license_md")
        self.rule(credential_type_ids=[(6, 0, license_.ids)])
        self.assertIn(self.nurse.name, self.gaps()[0])
        self.supervise(supervisor_id=self.other.id)
        self.assertTrue(self.gaps())
        self.supervise()
        self.assertTrue(self.gaps())  # the license is not in force
        self.verify(self.enter(license_, self.employees["director"], role="hr"))
        self.assertFalse(self.gaps())

    def test_more_people_than_the_rule_allows_are_refused(self):
        self.rule(most=1)
        self.other.job_id = self.nurse_job
        self.supervise()
        with self.refused(ValidationError, "supervises 2 people, 1 are allowed"):
            self.supervise(self.other)
        with self.assertRaises(AccessError):
            self.supervise(self.other, role="staff")

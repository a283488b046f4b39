"""Who is in, who could step in, what time off would leave uncovered, who supervises."""

import runpy
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .people_case import PeopleCase

MIGRATION = (
    Path(__file__).parents[2] / "migrations" / "19.0.3.0.0" / "post-people_ratio.py"
)


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

    def test_a_head_plans_the_own_people_alone(self):
        """Of whatever door: a new row, a command of the duty, a cover."""
        self.nursing.manager_id = self.employees["head"]
        stranger = self.env["hr.employee"].create(
            {"name": "Finn Desk", "department_id": self.front_desk.id}
        )
        nurse = self.env["hr.employee"].create(
            {"name": "Nina Nurse", "department_id": self.nursing.id}
        )
        rows = self.env["medical.people.assignment"].with_user(self.users["head"])
        for role in ("first", "cover"):
            values = {"duty_id": self.duty.id, "role": role}
            with (
                self.subTest(role),
                self.assertRaisesRegex(AccessError, "Finn Desk is not of a department"),
                self.env.cr.savepoint(),
            ):
                rows.create({**values, "employee_id": stranger.id})
        own = rows.create({"duty_id": self.duty.id, "employee_id": nurse.id})
        own.date_to = "2026-12-31"
        for role in ("hr", "manager"):
            lent = rows.with_user(self.users[role]).create(
                {
                    "duty_id": self.duty.id,
                    "employee_id": stranger.id,
                    "date_from": "2026-12-01" if role == "hr" else "2026-12-02",
                }
            )
            self.assertTrue(lent)
        # a head may end what was lent
        rows.browse(lent.id).date_to = "2026-12-04"

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
        # too few already, and fewer still: it is said, too; not of who is on no duty
        self.duty.needed = 3
        leave.invalidate_recordset()
        self.assertIn("“Triage”", leave.medical_coverage_warning)
        idle = self.away(self.employees["hr"], "2026-12-02", "2026-12-04", "confirm")
        self.assertFalse(idle.medical_coverage_warning)

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

    # ------------------------------------------------------------------------ ratios

    def in_state(self, code):
        state = self.env["res.country.state"].search(
            [("code", "=", code), ("country_id.code", "=", "US")]
        )
        self.company.partner_id.state_id = state

    def assistants(self, count):
        """Physician assistants by their license, all under the director."""
        license_ = self.env.ref("medical_office.people_credential_type_license_pa")
        users = self.env["res.users"].create(
            [
                {
                    "name": f"Assistant {n}",
                    "login": f"assistant{n}",
                    "company_id": self.company.id,
                    "company_ids": [(6, 0, self.company.ids)],
                }
                for n in range(count)
            ]
        )
        people = self.env["hr.employee"].create(
            [
                {"name": user.name, "user_id": user.id, "company_id": self.company.id}
                for user in users
            ]
        )
        for person in people:
            self.enter(license_, person)
            self.supervise(person)
        return people

    def ratios(self):
        found = self.env["medical.people.supervision"]._medical_check_ratio()
        return [row for row in found.rows if "Director" in row.summary]

    def test_a_states_limit_is_told_of_and_refuses_nothing(self):
        self.in_state("AZ")  # six
        people = self.assistants(6)
        self.assertFalse(self.ratios())
        seventh = self.supervise()  # a nurse does not count
        self.assertFalse(self.ratios())
        self.assertFalse(seventh.load)
        license_ = self.env.ref("medical_office.people_credential_type_license_pa")
        self.enter(license_, self.nurse)
        [row] = self.ratios()
        self.assertIn("Arizona: PAs", row.summary)
        self.assertIn("supervises 7 people, 6 are allowed", row.summary)
        self.assertIn("32-2533", row.summary)
        seventh.invalidate_recordset()
        self.assertEqual(seventh.load, "7 of 6 (Arizona: PAs)")
        self.assertTrue(seventh.is_over)
        action = self.env[row.res_model].browse(row.res_id)._medical_open_action()
        self.assertEqual(
            self.env["medical.people.supervision"].search_count(action["domain"]), 7
        )
        seventh.date_to = "2026-11-30"
        people[0].active = False  # has left
        self.assertFalse(self.ratios())

    def test_the_limit_of_the_day_and_the_state_counts(self):
        rules = self.env["medical.people.supervision"]
        self.in_state("CA")
        people = self.assistants(5)
        people_ids = set(people.ids)

        def allowed(day):
            return [
                rule.most for rule, _over, ids in rules._loads(day) if ids == people_ids
            ]

        self.env["medical.people.supervision"].search([]).date_from = "2025-06-01"
        self.env["medical.core.credential"].search(
            [("user_id", "in", people.user_id.ids)]
        ).date_from = "2025-01-01"
        self.assertEqual(allowed("2025-12-31"), [4])
        self.assertEqual(allowed("2026-01-01"), [8])
        self.in_state("CO")
        self.assertEqual(allowed("2026-01-01"), [])

    def test_a_job_that_asks_for_the_license_counts_too(self):
        self.in_state("AZ")
        license_ = self.env.ref("medical_office.people_credential_type_license_pa")
        self.env["medical.people.requirement"].create(
            {
                "type_ids": [(6, 0, license_.ids)],
                "job_ids": [(6, 0, self.nurse_job.ids)],
            }
        )
        self.assertEqual(self.supervise().load, "1 of 6 (Arizona: PAs)")

    def test_a_practice_adds_a_stricter_row_which_refuses(self):
        self.in_state("AZ")
        license_ = self.env.ref("medical_office.people_credential_type_license_pa")
        values = {
            "name": "Two at most",
            "company_id": self.company.id,
            "supervised_type_ids": [(6, 0, license_.ids)],
            "most": 2,
        }
        rules = self.env["medical.people.supervision.rule"]
        with self.assertRaises(AccessError):
            rules.with_user(self.users["staff"]).create(values)
        rules.with_user(self.users["hr"]).create(values)
        with self.refused(ValidationError, "Two at most: .* supervises 3 people, 2"):
            self.assistants(3)
        for missing in ({"supervised_type_ids": False}, {"most": 0}):
            with self.refused(ValidationError, "Two at most: "):
                rules.with_user(self.users["hr"]).create({**values, **missing})

    def test_shipped_limits_name_their_source(self):
        shipped = self.env["medical.people.supervision.rule"].search(
            [("status", "!=", "own")]
        )
        self.assertEqual(len(shipped), 10)
        for rule in shipped:
            self.assertTrue(rule.citation and rule.state_id and rule.most, rule.name)
            self.assertFalse(rule.company_id, rule.name)

    def test_an_upgraded_practice_reads_the_shipped_limits(self):
        rule = self.env.ref("medical_office.people_supervision_rule_rule_company")
        rule.domain_force = "[('company_id', 'in', company_ids)]"
        shipped = self.env["medical.people.supervision.rule"].search(
            [("status", "!=", "own")]
        )
        self.env.invalidate_all()
        self.assertFalse(shipped.with_user(self.users["staff"]).search([]) & shipped)
        migrate = runpy.run_path(str(MIGRATION))["migrate"]
        for _twice in range(2):
            migrate(self.env.cr, "19.0.2.0.0")
            self.env.invalidate_all()
            seen = shipped.with_user(self.users["staff"]).search([])
            self.assertEqual(seen & shipped, shipped)
        rule.domain_force = "[(1, '=', 1)]"  # the practice's own
        migrate(self.env.cr, "19.0.2.0.0")
        self.assertEqual(rule.domain_force, "[(1, '=', 1)]")

"""Measures: counts with the gaps named, or a refusal with its remedy."""

from datetime import date, timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ...models.compliance.measure.measure import Period
from ...models.core.evidence.evidence import Measure
from .audit_case import AuditCase


@tagged("post_install", "-at_install")
class TestMeasure(AuditCase):
    def measure(self, code):
        return self.env.ref(f"medical_office.compliance_measure_{code}")

    def ask(self, code, days=365, site=None):
        last = date(2026, 11, 24)
        period = Period(
            last - timedelta(days=days - 1),
            last,
            self.company,
            site if site is not None else self.env["stock.warehouse"],
        )
        return self.measure(code)._count(period)

    def test_every_measure_counts_or_says_what_to_do(self):
        counted, refused = [], []
        for measure in self.env["medical.compliance.measure"].search([]):
            try:
                found = self.ask(measure.code)
            except UserError as refusal:
                self.assertGreater(len(str(refusal)), 40, measure.code)
                refused.append(measure.code)
                continue
            self.assertIsInstance(found, Measure, measure.code)
            self.assertLessEqual(found.found, max(found.looked_at, 1), measure.code)
            counted.append(measure.code)
        self.assertIn("auto_logoff", counted)
        self.assertIn("screening", refused)
        self.assertGreater(len(counted), 7)

    def weekly(self, weeks, missed):
        """Weekly eyewash rounds, some of them missed."""
        checklist = self.env.ref("medical_office.facility_checklist_eyewash_weekly")
        schedule = self.new_schedule(
            checklist_id=checklist.id,
            name="Eyewash",
            frequency="weekly",
            times="08:00",
            **dict.fromkeys(("tue", "wed", "thu", "fri", "sat", "sun"), False),
            date_start="2025-01-01",
        )
        schedule._generate(date(2025, 11, 26), date(2026, 11, 23))
        rounds = schedule.round_ids.filtered(
            lambda one: one.date_due <= fields.Datetime.now()
        ).sorted("date_due", reverse=True)[:weeks]
        gone = rounds[3 : 3 + missed]
        self.env.cr.execute(
            "UPDATE medical_core_round SET state = 'done', signed_at = date_due "
            "WHERE id = ANY(%s)",
            (rounds - gone).ids and [(rounds - gone).ids],
        )
        self.env.cr.execute(
            "UPDATE medical_core_round SET state = 'missed', missed_at = date_late "
            "WHERE id = ANY(%s)",
            [gone.ids],
        )
        self.env.invalidate_all()
        return rounds, gone

    def test_eyewash_weekly_50_of_52_with_the_two_gaps(self):
        rounds, gone = self.weekly(52, 2)
        self.assertEqual(len(rounds), 52)
        found = self.ask("eyewash")
        self.assertEqual((found.looked_at, found.found), (52, 2))
        for one in gone:
            self.assertIn(f"{one.display_name}: missed", found.summary)

    def test_rounds_of_another_site_do_not_count(self):
        self.weekly(4, 0)
        other = self.env["stock.warehouse"].create(
            {"name": "North", "code": "NRT", "company_id": self.company.id}
        )
        with self.assertRaisesRegex(UserError, "no round was due"):
            self.ask("eyewash", site=other)

    def test_who_left_and_still_has_a_login_is_named(self):
        self.employees["hr"].active = False
        found = self.ask("departed_logins")
        self.assertEqual((found.looked_at, found.found), (1, 1))
        self.assertIn("test_hr", found.summary)
        self.users["hr"].active = False
        self.assertEqual(self.ask("departed_logins").found, 0)

    def test_logins_without_an_employee_are_named(self):
        found = self.ask("unique_logins")
        self.assertIn("test_plain", found.summary)
        self.assertNotIn("test_hr:", found.summary)

    def test_sessions_end_in_time_by_the_host_setting(self):
        found = self.ask("auto_logoff")
        self.assertEqual((found.looked_at, found.found), (1, 1))
        self.env["ir.config_parameter"].set_param(
            "sessions.max_inactivity_seconds", "600"
        )
        found = self.ask("auto_logoff")
        self.assertEqual(found.found, 0)
        self.assertIn("10 minutes", found.summary)

    def test_who_reads_pay_without_the_role_is_named(self):
        group = self.env["res.groups"].create({"name": "Odd access"})
        self.env["ir.model.access"].create(
            {
                "name": "odd",
                "model_id": self.env["ir.model"]._get_id("hr.payslip"),
                "group_id": group.id,
                "perm_read": True,
            }
        )
        before = self.ask("pay_access")
        self.users["plain"].group_ids += group
        after = self.ask("pay_access")
        self.assertEqual(after.found, before.found + 1)
        self.assertIn("test_plain reads pay", after.summary)

    def test_months_without_a_signed_screening_are_named(self):
        screenings = self.env["medical.compliance.exclusion.screening"]
        for month, state in ((9, "signed"), (10, "done")):
            screenings.sudo()._pen().create(
                {
                    "company_id": self.company.id,
                    "month": date(2026, month, 1),
                    "screened_at": fields.Datetime.now(),
                    "state": state,
                }
            )
        found = self.ask("screening", days=80)
        self.assertEqual((found.looked_at, found.found), (3, 2))
        self.assertIn("October 2026: not signed", found.summary)
        self.assertIn("November 2026: missing", found.summary)

    def test_forms_i9_that_are_missing_are_named(self):
        found = self.ask("i9_complete")
        self.assertEqual(found.found, found.looked_at)
        self.assertIn("Hr Person", found.summary)

    def test_credentials_in_force_of_those_asked(self):
        kind = self.env.ref("medical_office.people_credential_type_license_rn")
        with self.assertRaisesRegex(UserError, "nobody is asked"):
            self.ask("licenses")
        job = self.env["hr.job"].create(
            {"name": "Nurse of the audit", "company_id": self.company.id}
        )
        self.env["medical.people.requirement"].create(
            {
                "basis": "job",
                "company_id": self.company.id,
                "job_ids": [Command.set(job.ids)],
                "type_ids": [Command.set(kind.ids)],
            }
        )
        (self.employees["staff"] | self.employees["head"]).job_id = job
        credential = self.env["medical.core.credential"].create(
            {
                "type_id": kind.id,
                "user_id": self.users["staff"].id,
                "company_id": self.company.id,
                "number": "RN-1",
                "date_from": "2026-01-01",
                "date_to": "2027-12-31",
            }
        )
        credential.sudo()._pen().state = "verified"
        found = self.ask("licenses")
        self.assertEqual((found.looked_at, found.found), (2, 1))
        self.assertIn("Head Person", found.summary)

    def test_trainings_in_force_come_from_the_matrix(self):
        training = self.env.ref("medical_office.compliance_training_bloodborne")
        training.sudo().write({"basis": "everyone", "first_days": 0, "months": 12})
        people = self.env["hr.employee"].search([("company_id", "=", self.company.id)])
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_version SET contract_date_start = '2020-01-01' "
            "WHERE employee_id = ANY(%s)",
            [people.ids],
        )
        self.env.invalidate_all()
        found = self.ask("training_bloodborne")
        self.assertEqual(found.looked_at, len(people))
        missing = found.found
        self.assertTrue(missing)
        self.env["medical.compliance.training.record"].sudo().create(
            {
                "employee_id": self.employees["staff"].id,
                "training_id": training.id,
                "done_on": fields.Date.today(),
            }
        )
        self.env.invalidate_all()
        found = self.ask("training_bloodborne")
        self.assertEqual(found.found, missing - 1)
        self.assertNotIn(self.employees["staff"].name, found.summary)

    def test_a_training_nobody_is_asked_for_is_no_evidence(self):
        self.env.ref("medical_office.compliance_training_bloodborne").active = False
        with self.assertRaisesRegex(UserError, "nobody is asked for this training"):
            self.ask("training_bloodborne")

    def test_people_choose_settings_and_nothing_else(self):
        # measures are shared: whoever works for all companies sets them
        self.let_work_for_all("manager")
        measure = self.measure("auto_logoff").with_user(self.users["manager"])
        measure.limit = 20
        with self.assertRaises(AccessError):
            measure.method = "_medical_measure_unique"
        with self.assertRaises(AccessError):
            measure.with_user(self.users["director"]).limit = 5

    def test_a_method_that_is_no_measure_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "begins with"):
            self.measure("seals").write({"method": "unlink"})
        with self.assertRaisesRegex(ValidationError, "no method"):
            self.measure("seals").write({"model_name": "res.partner"})

"""The injury log: from an incident to a certified summary and its upload file."""

import base64
import csv
import io
from datetime import date, datetime, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from ..common import RpcClient
from .incident_case import NOW, TODAY, IncidentCase

NEW_YEAR = datetime(2027, 1, 5, 18, 0)


class OshaCase(IncidentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site.partner_id = cls.env["res.partner"].create(
            {
                "name": "Main",
                "street": "410 Lakeside Drive",
                "city": "Madison",
                "zip": "53703",
                "state_id": cls.env.ref("base.state_us_50").id,
                "country_id": cls.env.ref("base.us").id,
            }
        )

    def case(self, role="officer", person="staff", **values):
        """A case of a needle-stick of a person, under review."""
        incident = self.incident("staff", sharps_device="Suture needle")
        incident.with_user(self.users["officer"]).involved_ids = [
            Command.create({"employee_id": self.employees[person].id, "part": "hurt"})
        ]
        incident.with_user(self.users[role]).action_osha_cases()
        case = incident.sudo().osha_case_ids.with_user(self.users[role])
        if values:
            case.write(values)
        return case

    def answer(self, case, **answers):
        """Answer all questions: gates yes, the rest no, but for what is named."""
        given = {"employee": "yes", "related": "yes", "new": "yes", **answers}
        for line in case.answer_ids:
            line.answer = given.get(line.code, "no")
        case.invalidate_recordset()
        return case

    def summary(self, role="officer", **values):
        return (
            self.env["medical.compliance.osha.year"]
            .with_user(self.users[role])
            .create(
                {
                    "site_id": self.site.id,
                    "year": 2026,
                    "average_employees": 28,
                    "peak_employees": 31,
                    "hours": 48000,
                    **values,
                }
            )
        )


@tagged("post_install", "-at_install")
class TestComplianceOsha(OshaCase):
    def test_a_case_asks_the_questions_of_the_rule(self):
        case = self.case()
        self.assertEqual(len(case.answer_ids), 12)
        self.assertEqual(case.verdict, "open")
        self.assertIn("1904.31", case.verdict_text)
        self.assertEqual(case.enter_by, TODAY + timedelta(days=7))
        with self.assertRaisesRegex(UserError, "Questions open"):
            case.action_log()

    def test_a_needle_stick_goes_on_the_log_without_its_name(self):
        case = self.answer(self.case(), sharp="yes")
        self.assertEqual((case.verdict, case.outcome), ("yes", "other"))
        self.assertTrue(case.is_privacy)
        with self.assertRaisesRegex(UserError, "Recordable"):
            case.action_leave_off()
        case.action_log()
        self.assertEqual((case.state, case.number, case.year), ("logged", 1, 2026))
        log = self.env["report.medical_office.compliance_osha_log"]
        (sheet,) = log._sheets(self.summary(), {})
        self.assertEqual(sheet.rows[0]["name"], "Privacy case")
        self.assertEqual((sheet.rows[0]["other"], sheet.rows[0]["death"]), (1, None))
        self.assertNotIn("Staff Person", str(sheet.rows))

    def test_first_aid_stays_off_the_log(self):
        case = self.answer(self.case())
        self.assertEqual(case.verdict, "no")
        with self.assertRaisesRegex(UserError, "Not recordable"):
            case.action_log()
        case.action_leave_off()
        self.assertFalse(case.number)

    def test_numbers_follow_each_other_and_stay(self):
        first, second = (
            self.answer(self.case(person=person), treatment="yes")
            for person in ("staff", "hr")
        )
        first.action_log()
        second.action_log()
        self.assertEqual((first.number, second.number), (1, 2))
        first.action_reopen("The stitches were another person's")
        self.answer(first, treatment="yes", away="yes")
        first.action_log()
        self.assertEqual((first.number, first.outcome), (1, "away"))

    def test_days_are_kept_up_to_date_and_the_rest_is_fixed(self):
        case = self.answer(self.case(), away="yes")
        case.action_log()
        case.span_ids = [
            Command.create(
                {"date_from": TODAY, "date_to": date(2026, 11, 30), "kind": "away"}
            )
        ]
        with freeze_time(NOW + timedelta(days=30)):
            case.invalidate_recordset()
            self.assertEqual((case.days_away, case.days_restricted), (6, 0))
        with self.assertRaises(UserError):
            case.happened_on = date(2026, 1, 1)
        with self.assertRaises(UserError):
            case.answer_ids[0].answer = "no"

    def test_severe_events_are_told_within_hours(self):
        case = self.case(severe="hospital", learned_at=NOW)
        self.assertEqual(case.tell_osha_by, NOW + timedelta(hours=24))
        check = self.env["medical.compliance.osha.case"]
        (row,) = check._medical_check_severe().rows
        self.assertEqual(row.severity, "critical")
        self.assertIn("tell OSHA by", row.summary)
        with freeze_time(NOW + timedelta(hours=24)):
            self.assertIn("tell OSHA by", check._medical_check_severe().rows[0].summary)
        with freeze_time(NOW + timedelta(hours=24, minutes=1)):
            self.assertIn(
                "should have been told", check._medical_check_severe().rows[0].summary
            )
        case.severe = "death"
        self.assertEqual(case.tell_osha_by, NOW + timedelta(hours=8))
        with freeze_time(NOW + timedelta(hours=3)):
            case.told_osha_at = NOW + timedelta(hours=2)
        self.assertFalse(check._medical_check_severe().rows)

    def test_a_death_months_later_is_not_told(self):
        case = self.case(severe="death")
        died = NOW + timedelta(days=40)
        with self.assertRaisesRegex(UserError, "still to come"):
            case.severe_at = died
        with freeze_time(died):
            case.severe_at = died
        self.assertFalse(case.tell_osha_by)

    def test_a_case_that_nobody_decides_is_found(self):
        self.case(learned_at=NOW)
        check = self.env["medical.compliance.osha.case"]
        self.assertFalse(check._medical_check_entered().rows)
        with freeze_time(NOW + timedelta(days=5)):
            (row,) = check._medical_check_entered().rows
        self.assertEqual(row.date_due, TODAY + timedelta(days=7))

    def test_a_physician_office_need_not_keep_the_log(self):
        year = self.summary()
        self.assertTrue(year.is_exempt)
        self.assertIn("6211", year.keep_text)
        other = self.summary(year=2025, naics="621610")
        self.assertFalse(other.is_exempt)
        other.peak_employees = 10
        self.assertIn("1904.1(a)(1)", other.keep_text)

    def test_the_director_certifies_what_the_officer_prepared(self):
        self.answer(self.case(), sharp="yes", away="yes").action_log()
        year = self.summary()
        year.action_submit()
        self.assertEqual((year.away_cases, year.injuries, year.deaths), (1, 1, 0))
        with self.assertRaises(AccessError):
            year.with_user(self.users["manager"]).action_certify()
        director = year.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "not over"):
            director.action_certify()
        with freeze_time(NEW_YEAR):
            director.action_certify()
        self.assertEqual(year.certified_by_id, self.users["director"])
        (row,) = csv.DictReader(io.StringIO(base64.b64decode(year.upload).decode()))
        self.assertEqual(row["establishment_name"], self.site.name)
        self.assertEqual(row["total_dafw_cases"], "1")
        self.assertEqual((row["size"], row["no_injuries_illnesses"]), ("21", "1"))
        with self.assertRaises(UserError):
            year.hours = 1

    def test_who_prepared_it_does_not_certify(self):
        year = self.summary("director")
        year.action_submit()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            year.action_certify()

    def test_a_log_that_changed_is_told(self):
        year = self.summary()
        year.action_submit()
        self.answer(self.case(), treatment="yes").action_log()
        director = year.with_user(self.users["director"])
        with freeze_time(NEW_YEAR), self.assertRaisesRegex(UserError, "has changed"):
            director.action_certify()
        director.action_send_back("One more case")
        year.action_submit()
        with freeze_time(NEW_YEAR):
            director.action_certify()
        check = self.env["medical.compliance.osha.year"]
        self.assertFalse(check._medical_check_year().rows)
        self.answer(self.case(person="hr"), treatment="yes").action_log()
        (row,) = check._medical_check_year().rows
        self.assertIn("changed since", row.summary)

    def test_what_is_missing_is_named(self):
        year = self.summary(hours=0)
        self.site.partner_id.zip = "537"
        with self.assertRaisesRegex(UserError, "ZIP code.*digits|hours worked is miss"):
            year.action_submit()
        self.assertEqual(year.state, "draft")

    def test_a_summary_that_is_due_is_found_unless_exempt(self):
        self.summary()
        late = self.summary(naics="621610", year=2025)
        (row,) = self.env["medical.compliance.osha.year"]._medical_check_year().rows
        self.assertEqual(row.res_id, late.id)

    def test_the_sharps_log_names_nobody(self):
        self.incident(
            "staff",
            sharps_device="Suture needle",
            sharps_brand="Brand A",
            sharps_how="When clearing a tray",
        )
        log = self.env["report.medical_office.compliance_sharps_log"]
        (sheet,) = log._sheets(self.summary(), {})
        (row,) = sheet.rows
        self.assertEqual(row["brand"], "Brand A")
        self.assertIn("Nursing", row["area"])
        for name in ("Staff Person", "test_staff"):
            self.assertNotIn(name, str(sheet.rows))

    def test_form_301_and_300a_print(self):
        case = self.answer(self.case(), sharp="yes")
        case.action_log()
        report = self.env["report.medical_office.compliance_osha_case_report"]
        (sheet,) = report.with_user(self.users["officer"])._sheets(case, {})
        self.assertEqual([row["item"] for row in sheet.rows], [*range(1, 19)])
        self.assertEqual(sheet.rows[0]["value"], "Staff Person")
        opened = self.env["medical.core.opened"].search(
            [("res_model", "=", case._name), ("res_id", "=", case.id)]
        )
        self.assertEqual(opened.user_id, self.users["officer"])
        summary = self.env["report.medical_office.compliance_osha_summary"]
        (sheet,) = summary._sheets(self.summary(), {})
        self.assertIn("not to be posted", sheet.note)
        self.assertIn("1", [row["value"] for row in sheet.rows])

    def test_who_is_hurt_comes_first(self):
        incident = self.incident().with_user(self.users["officer"])
        with self.assertRaisesRegex(UserError, "who was hurt"):
            incident.action_osha_cases()


@tagged("post_install", "-at_install")
class TestComplianceOshaRpc(OshaCase, RpcClient):
    def test_others_see_and_change_nothing(self):
        case = self.answer(self.case(), sharp="yes")
        year = self.summary()
        model = "medical.compliance.osha.case"
        for role in ("staff", "head", "hr", "payroll", "auditor"):
            self.sign_in(role)
            self.call_refused(model, "read", case.ids, ["description"])
            self.call_refused(model, "action_log", case.ids)
            self.call_refused("medical.compliance.osha.year", "action_fill", year.ids)
        self.sign_in("manager")
        for values in ({"state": "logged"}, {"number": 7}, {"verdict": "no"}):
            self.call_refused(model, "write", case.ids, values)
        self.call_refused(
            "medical.compliance.osha.year", "write", year.ids, {"away_cases": 0}
        )
        self.call_refused("medical.compliance.osha.year", "action_certify", year.ids)

    def test_the_manager_sees_no_case_of_what_is_kept_from_them(self):
        incident = self.incident("staff", is_about_manager=True)
        incident.with_user(self.users["officer"]).involved_ids = [
            Command.create({"employee_id": self.employees["hr"].id, "part": "hurt"})
        ]
        incident.with_user(self.users["officer"]).action_osha_cases()
        case = incident.sudo().osha_case_ids
        self.sign_in("manager")
        self.call_refused(
            "medical.compliance.osha.case", "read", case.ids, ["description"]
        )
        self.assertEqual(datetime.now(), NOW)

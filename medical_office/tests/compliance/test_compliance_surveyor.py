"""Surveyor access: chosen papers, noted, until a minute; and nothing beside them."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError, UserError, ValidationError
from odoo.tests import HttpCase, JsonRpcException, freeze_time, tagged

from ..common import RpcClient
from .audit_case import DUE, AuditCase
from .incident_case import NOW, IncidentCase

PASSWORD = "survey of the day"
PAGE = "/medical_office/survey"
UNTIL = NOW + timedelta(hours=8)


class SurveyorCase(IncidentCase):
    def access(self, role="manager", **values):
        return (
            self.env["medical.compliance.surveyor"]
            .with_user(self.users[role])
            .create(
                {
                    "name": "Robin Vance",
                    "agency": "State Health Department",
                    "email": "robin.vance@example.org",
                    "date_from": NOW,
                    "date_to": UNTIL,
                    "area_people": True,
                    **values,
                }
            )
        )

    def granted(self, **values):
        access = self.access(**values)
        access.action_request()
        access.with_user(self.users["director"]).action_grant()
        access.sudo().user_id.password = PASSWORD
        return access


@tagged("post_install", "-at_install")
class TestComplianceSurveyor(SurveyorCase):
    def test_the_director_grants_what_the_manager_asked_for(self):
        access = self.access()
        access.action_request()
        with self.assertRaises(AccessError):
            access.action_grant()
        access.with_user(self.users["director"]).action_grant()
        user = access.sudo().user_id
        self.assertTrue(user.share)
        self.assertEqual(user.company_ids, self.company)
        self.assertEqual(
            user.all_group_ids & self.env.ref("base.group_user"),
            self.env["res.groups"],
        )
        with self.assertRaises(UserError):
            access.date_to = UNTIL + timedelta(days=1)

    def test_who_is_manager_and_director_does_not_grant_their_own(self):
        both = self.users["director"]
        both.group_ids |= self.env.ref("medical_office.core_group_manager")
        access = self.access("director")
        access.action_request()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            access.action_grant()

    def test_what_cannot_be_asked_for(self):
        for values in (
            {"date_to": NOW},
            {"date_to": NOW + timedelta(days=31)},
            {"email": "nobody"},
            {"period_from": "2026-12-01", "period_to": "2026-11-01"},
        ):
            with self.assertRaises(ValidationError, msg=values):
                self.access(**values)
        with self.assertRaisesRegex(UserError, "choose what may be read"):
            self.access(area_people=False).action_request()
        over = self.access()
        with freeze_time(UNTIL), self.assertRaisesRegex(UserError, "is over"):
            over.action_request()

    def test_a_login_of_somebody_here_is_not_taken_over(self):
        self.users["staff"].login = "robin.vance@example.org"
        access = self.access()
        access.action_request()
        with self.assertRaisesRegex(UserError, "somebody else here"):
            access.with_user(self.users["director"]).action_grant()
        self.assertEqual(access.state, "requested")

    def test_a_customer_of_the_portal_is_not_taken_over(self):
        portal = self.env["res.users"].create(
            {
                "name": "Robin",
                "login": "robin.vance@example.org",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
        access = self.access()
        access.action_request()
        with self.assertRaisesRegex(UserError, "somebody else here"):
            access.with_user(self.users["director"]).action_grant()
        self.assertFalse(portal.has_group("medical_office.compliance_group_surveyor"))

    def test_it_ends_with_its_minute(self):
        access = self.granted()
        user = access.sudo().user_id
        self.assertFalse(user._medical_has_ended())
        with freeze_time(UNTIL - timedelta(seconds=1)):
            self.assertFalse(user._medical_has_ended())
        with freeze_time(UNTIL):
            self.assertTrue(user._medical_has_ended())
            self.assertFalse(user.with_user(user)._compute_session_token("sid"))
        self.assertEqual(access.state, "granted")  # no job has run

    def test_it_does_not_begin_before_its_minute(self):
        access = self.granted(date_from=NOW + timedelta(hours=1))
        self.assertTrue(access.sudo().user_id._medical_has_ended())
        with freeze_time(NOW + timedelta(hours=1)):
            self.assertFalse(access.sudo().user_id._medical_has_ended())

    def test_the_job_ends_it_and_takes_the_login(self):
        access = self.granted()
        job = self.env["medical.compliance.surveyor"]
        job._cron_end()
        self.assertEqual(access.state, "granted")
        with freeze_time(UNTIL):
            job._cron_end()
        self.assertEqual(access.state, "ended")
        self.assertEqual(access.ended_at, UNTIL)
        user = access.sudo().user_id
        self.assertFalse(user.active)
        self.assertFalse(user.has_group("medical_office.compliance_group_surveyor"))
        cron = self.env.ref("medical_office.compliance_surveyor_cron")
        self.assertEqual((cron.interval_number, cron.interval_type), (15, "minutes"))

    def test_the_same_surveyor_comes_back(self):
        first = self.granted()
        first.with_user(self.users["director"]).action_end()
        second = self.granted()
        self.assertEqual(second.sudo().user_id, first.sudo().user_id)
        self.assertTrue(second.sudo().user_id.active)

    def test_an_address_that_looks_alike_is_another_surveyor(self):
        first = self.granted()
        first.with_user(self.users["director"]).action_end()
        second = self.granted(name="Robin Vanter", email="robin_vance@example.org")
        self.assertNotEqual(second.sudo().user_id, first.sudo().user_id)
        self.assertEqual(second.sudo().user_id.login, "robin_vance@example.org")
        self.assertEqual(first.sudo().user_id.name, "Robin Vance")

    def test_papers_are_those_of_the_areas(self):
        access = self.granted()
        self.assertEqual(
            [paper.code for paper in access._papers()], ["credentials", "training"]
        )
        everything = self.access(
            area_facility=True, area_supply=True, area_compliance=True
        )
        self.assertEqual(len(everything._papers()), 10)
        for paper in everything._papers():
            report = self.env.ref(f"medical_office.{paper.report}")
            self.assertEqual(report.model, paper.model, paper.code)
            everything._paper_records(paper)

    def test_the_day_costs_no_query_for_others(self):
        plain = self.users["plain"]
        plain._medical_has_ended()
        with self.assertQueryCount(0):
            self.assertFalse(plain._medical_has_ended())


@tagged("post_install", "-at_install")
class TestComplianceSurveyorAudits(AuditCase):
    def access(self, day):
        return (
            self.env["medical.compliance.surveyor"]
            .with_user(self.users["manager"])
            .create(
                {
                    "name": "Robin Vance",
                    "agency": "State Health Department",
                    "email": "robin.vance@example.org",
                    "date_to": fields.Datetime.add(fields.Datetime.now(), hours=8),
                    "period_from": fields.Date.subtract(day, days=30),
                    "period_to": day,
                    "area_audits": True,
                }
            )
        )

    def test_audits_have_a_binder_for_each_program_of_the_period(self):
        day = fields.Date.to_date(DUE)
        access = self.access(day)
        paper = access._papers()[0]
        self.assertEqual(paper.code, "audits_hipaa_privacy")
        binder = access._paper_records(paper)
        self.assertEqual((binder.program, binder.audit_count), ("hipaa_privacy", 1))
        content, _name = access._print_paper(paper.code)
        self.assertTrue(content)
        self.assertEqual(access.opened_ids.mapped("what"), [paper.name])
        self.assertFalse(self.access(fields.Date.subtract(day, years=5))._papers())

    def test_without_the_area_there_is_none(self):
        access = self.access(fields.Date.to_date(DUE))
        access.write({"area_audits": False, "area_people": True})
        self.assertNotIn("audits", {paper.area for paper in access._papers()})


@tagged("post_install", "-at_install")
class TestComplianceSurveyorPages(SurveyorCase, HttpCase):
    def test_a_surveyor_reads_the_papers_and_each_is_noted(self):
        access = self.granted()
        user = access.sudo().user_id
        self.authenticate(user.login, PASSWORD)
        page = self.url_open(PAGE)
        self.assertEqual(page.status_code, 200)
        self.assertIn("Training matrix", page.text)
        self.assertNotIn("Injury summaries", page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        # on the practice's clock, to the minute
        until = self.company._medical_clock(UNTIL)
        self.assertRegex(until, r"^November 2\d, 2026, \d+:05.[AP]M [A-Z]{3}$")
        self.assertIn(f"until {until}.", page.text)
        paper = self.url_open(f"{PAGE}/training")
        self.assertEqual(paper.status_code, 200)
        self.assertIn("pdf", paper.headers["Content-Type"])
        access.invalidate_recordset()
        self.assertEqual(access.opened_ids.mapped("what"), ["Training matrix"])
        self.assertEqual(access.opened_ids.user_id, user)
        for code in ("injuries", "rounds", "nothing", "%00", "..%2f"):
            self.assertEqual(self.url_open(f"{PAGE}/{code}").status_code, 404, code)

    def test_papers_of_every_area_print(self):
        access = self.granted(
            area_facility=True, area_supply=True, area_compliance=True
        )
        self.authenticate(access.sudo().user_id.login, PASSWORD)
        for code in ("completion", "training", "retention"):
            self.assertEqual(self.url_open(f"{PAGE}/{code}").status_code, 200, code)

    def test_the_session_ends_with_the_minute(self):
        access = self.granted()
        login = access.sudo().user_id.login
        self.authenticate(login, PASSWORD)
        with freeze_time(UNTIL - timedelta(minutes=1)):
            self.assertEqual(self.url_open(PAGE).status_code, 200)
        with freeze_time(UNTIL):
            answer = self.url_open(PAGE)
            self.assertIn("/web/login", answer.url)
            self.assertNotIn("Training matrix", answer.text)
            self.assertIn("/web/login", self.url_open(f"{PAGE}/training").url)

    def test_nobody_logs_in_after_it(self):
        access = self.granted()
        user = access.sudo().user_id
        credential = {"type": "password", "login": user.login, "password": PASSWORD}
        user.with_user(user)._check_credentials(credential, {"interactive": True})
        with freeze_time(UNTIL), self.assertRaises(AccessDenied):
            user.with_user(user)._check_credentials(credential, {"interactive": True})

    def test_others_have_no_such_page(self):
        self.granted()
        for role in ("staff", "director", "auditor"):
            login = self.users[role].login
            self.authenticate(login, login.ljust(8, "x"))
            self.assertEqual(self.url_open(PAGE).status_code, 404, role)
            self.assertEqual(self.url_open(f"{PAGE}/training").status_code, 404, role)


@tagged("post_install", "-at_install")
class TestComplianceSurveyorRpc(SurveyorCase, RpcClient):
    def test_a_surveyor_calls_no_model_of_ours(self):
        access = self.granted()
        self.authenticate(access.sudo().user_id.login, PASSWORD)
        for model in (
            "medical.compliance.surveyor",
            "medical.compliance.training.status",
            "medical.compliance.incident",
            "medical.people.readiness",
            "medical.core.round",
            "medical.core.opened",
            "hr.employee",
        ):
            with self.assertRaises(JsonRpcException, msg=model):
                self.call(model, "search_read", [], ["id"])
        self.call_refused("medical.compliance.surveyor", "action_end", access.ids)

    def test_others_grant_and_end_nothing(self):
        access = self.access()
        access.action_request()
        model = "medical.compliance.surveyor"
        for role in ("staff", "head", "hr", "payroll", "accountant", "auditor"):
            self.sign_in(role)
            for method in ("action_grant", "action_end", "action_request"):
                self.call_refused(model, method, access.ids)
        self.sign_in("manager")
        self.call_refused(model, "action_grant", access.ids)
        self.call_refused(model, "write", access.ids, {"state": "granted"})
        self.call_refused(model, "write", access.ids, {"user_id": 2})
        self.assertEqual(access.state, "requested")

"""Auditors for a time, and heads of departments."""

from datetime import date

from odoo.exceptions import AccessDenied, UserError, ValidationError
from odoo.tests import HttpCase, JsonRpcException, freeze_time, tagged

from ..common import PracticeCase

LAST_DAY = date(2026, 11, 30)
IN_TIME = "2026-11-30 12:00:00"
TOO_LATE = "2026-12-01 12:00:00"


@tagged("post_install", "-at_install")
class TestAuditor(PracticeCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor = cls.users["auditor"]
        cls.auditor.write({"medical_auditor_until": LAST_DAY, "password": "read only"})
        cls.group = cls.env.ref("medical_office.core_group_auditor")

    def sign_in(self):
        credential = {
            "type": "password",
            "login": self.auditor.login,
            "password": "read only",
        }
        return self.env["res.users"].authenticate(credential, {"interactive": True})

    def test_an_auditor_has_a_last_day(self):
        with self.assertRaisesRegex(ValidationError, "set the last day"):
            self.auditor.medical_auditor_until = False
        with self.assertRaisesRegex(ValidationError, "set the last day"):
            self.users["plain"].group_ids += self.group

    def test_signing_in_until_the_last_day(self):
        with freeze_time(IN_TIME):
            self.assertEqual(self.sign_in()["uid"], self.auditor.id)
        ended = self.assertRaisesRegex(AccessDenied, "ended on 11/30/2026")
        with freeze_time(TOO_LATE), ended:
            self.sign_in()

    def test_who_works_here_also_signs_in_later(self):
        self.auditor.group_ids = self.env.ref("medical_office.core_group_staff")
        self.auditor.group_ids += self.group
        with freeze_time(TOO_LATE):
            self.assertEqual(self.sign_in()["uid"], self.auditor.id)

    def test_the_role_is_taken_after_the_last_day(self):
        users = self.env["res.users"]
        with freeze_time(IN_TIME):
            users._cron_end_auditors()
            self.assertIn(self.group, self.auditor.group_ids)
        with freeze_time(TOO_LATE):
            users._cron_end_auditors()
            self.assertNotIn(self.group, self.auditor.group_ids)
            self.assertFalse(
                self.env["medical.core.round"]
                .with_user(self.auditor)
                .has_access("read")
            )

    def test_the_job_runs_each_day(self):
        cron = self.env.ref("medical_office.core_auditor_cron")
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "days"))
        self.auditor.medical_auditor_until = date(2020, 1, 1)
        cron.method_direct_trigger()
        self.assertNotIn(self.group, self.auditor.group_ids)

    def search_rounds(self):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw/medical.core.round/search",
            {
                "model": "medical.core.round",
                "method": "search",
                "args": [[]],
                "kwargs": {},
            },
        )

    @freeze_time(IN_TIME)
    def test_a_session_ends_with_the_last_day(self):
        self.authenticate(self.auditor.login, "read only")
        self.search_rounds()
        self.auditor.medical_auditor_until = date(2020, 1, 1)
        with self.assertRaisesRegex(JsonRpcException, "SessionExpired"):
            self.search_rounds()
        # a page leads to the login, and extended access asks for it
        self.assertIn("/web/login", self.url_open("/odoo").url)
        self.auditor.medical_auditor_until = date(2099, 1, 1)
        with self.assertRaisesRegex(JsonRpcException, "SessionExpired"):
            self.search_rounds()

    def read_with_password(self, password="read only"):
        """A call that brings the password along, as programs make it."""
        answer = self.url_open(
            "/jsonrpc",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "service": "object",
                    "method": "execute_kw",
                    "args": [
                        self.env.cr.dbname,
                        self.auditor.id,
                        password,
                        "medical.core.round",
                        "search_count",
                        [[]],
                    ],
                },
            },
        )
        return answer.json()

    def test_a_remembered_password_ends_with_the_last_day(self):
        with freeze_time(IN_TIME):
            self.assertEqual(self.read_with_password()["result"], 0)
            # now the process remembers it
            self.assertEqual(self.read_with_password()["result"], 0)
        with freeze_time(TOO_LATE):
            answer = self.read_with_password()
        self.assertNotIn("result", answer)
        self.assertIn("AccessDenied", answer["error"]["data"]["name"])

    def test_the_day_costs_no_query_for_who_is_no_auditor(self):
        plain = self.users["plain"]
        plain._medical_has_ended()
        with self.assertQueryCount(0):
            self.assertFalse(plain._medical_has_ended())

    @freeze_time(IN_TIME)
    def test_a_key_ends_with_the_last_day(self):
        keys = self.env["res.users.apikeys"].with_user(self.auditor).sudo()
        headers = {"Authorization": f"Bearer {keys._generate('rpc', 'audit', None)}"}
        route = "/json/2/medical.core.round/search_count"
        body = {"domain": []}
        answer = self.url_open(route, json=body, headers=headers)
        self.assertEqual(answer.status_code, 200)
        self.auditor.medical_auditor_until = date(2020, 1, 1)
        answer = self.url_open(route, json=body, headers=headers)
        self.assertEqual(answer.status_code, 403)


@tagged("post_install", "-at_install")
class TestHeads(PracticeCase):
    def headed(self, role):
        self.env.invalidate_all()
        return self.users[role].medical_headed_department_ids

    def test_a_head_heads_what_is_below(self):
        self.assertEqual(self.headed("head"), self.nursing)
        ward, corner = self.env["hr.department"].create(
            [{"name": name, "company_id": self.company.id} for name in ("Ward", "C")]
        )
        ward.parent_id = self.nursing
        corner.parent_id = ward
        self.assertEqual(self.headed("head"), self.nursing | ward | corner)
        self.assertFalse(self.headed("staff"))

    def test_a_closed_department_is_still_headed(self):
        with self.assertRaisesRegex(UserError, "Nursing is still in use: people in it"):
            self.nursing.active = False
        self.nursing.member_ids.department_id = False
        self.nursing.active = False
        self.assertEqual(self.headed("head"), self.nursing)

    def test_a_new_head_sees_at_once_and_the_old_one_no_more(self):
        rule = self.env["ir.rule"]
        schedule = "medical.core.schedule"

        def domain(role):
            self.env.invalidate_all()
            return str(
                rule.with_user(self.users[role])._compute_domain(schedule, "write")
            )

        self.assertIn(str(self.nursing.id), domain("head"))
        self.nursing.manager_id = self.employees["director"]
        self.assertIn(f"[{self.nursing.id}]", domain("director").replace("(", "["))
        self.assertFalse(self.headed("head"))

    def test_everybody_may_ask_what_they_head(self):
        for role in ("staff", "plain", "auditor"):
            user = self.users[role]
            with self.subTest(role):
                self.assertFalse(user.with_user(user).medical_headed_department_ids)
        head = self.users["head"]
        self.assertEqual(
            head.with_user(head).medical_headed_department_ids, self.nursing
        )

    def test_all_users_in_the_same_number_of_queries(self):
        def queries(users):
            self.env.flush_all()
            self.env.invalidate_all()
            users.mapped("active")
            before = self.env.cr.sql_log_count
            users.mapped("medical_headed_department_ids")
            return self.env.cr.sql_log_count - before

        everybody = self.env["res.users"].union(*self.users.values())
        queries(everybody)
        self.assertLessEqual(queries(everybody), queries(self.users["head"]) + 1)

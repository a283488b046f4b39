"""Anonymous reports: taken in, answered by key, and never traced."""

import logging
import re
from datetime import datetime, timedelta

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import SQL

from ...controllers.compliance_report import KEYS, REPORTS, Unlogged
from .incident_case import TODAY, IncidentCase

REPORT = "/medical_office/report"
REPLY = "/medical_office/reply"
KEY = re.compile(r"\b[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}\b")


class ReportCase(IncidentCase, HttpCase):
    def setUp(self):
        super().setUp()
        REPORTS.forget()
        KEYS.forget()
        self.addCleanup(REPORTS.forget)
        self.addCleanup(KEYS.forget)
        url = self.company._medical_report_url()
        self.token = url.rsplit("/", 1)[1]
        self.page = f"{REPORT}/{self.token}"

    def send(self, url=None, **values):
        data = {
            "kind": "safety",
            "what": "The back door does not close",
            "place": "Back door",
            "website": "",
            **values,
        }
        return self.url_open(url or self.page, data=data)

    def reports(self):
        return self.env["medical.compliance.incident"].search(
            [("is_anonymous", "=", True), ("company_id", "=", self.company.id)]
        )

    def key(self, answer):
        return KEY.search(answer.text)[0]


@tagged("post_install", "-at_install")
class TestComplianceReport(ReportCase):
    def test_the_form_shows_the_practice_and_the_warning(self):
        answer = self.url_open(self.page)
        self.assertEqual(answer.status_code, 200)
        self.assertIn(self.company.name, answer.text)
        self.assertIn("Do not name patients", answer.text)
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertNotIn("<script", answer.text)

    def test_a_report_is_kept_without_anybody(self):
        answer = self.send(about_manager="1", happened_on="2026-11-20")
        self.assertEqual(answer.status_code, 200)
        incident = self.reports()
        self.assertEqual(incident.what, "The back door does not close")
        self.assertEqual(incident.reported_on, TODAY)
        self.assertTrue(incident.is_confidential and incident.is_about_manager)
        self.assertFalse(incident.reporter_id or incident.department_id)
        self.assertFalse(incident.message_ids or incident.message_follower_ids)
        self.assertNotIn(self.key(answer), str(incident.read()))

    def test_a_report_brings_nothing_but_what_the_form_asks_for(self):
        self.send(
            state="closed",
            reporter_id=str(self.users["hr"].id),
            owner_id=str(self.users["hr"].id),
            is_confidential="",
            reported_on="2020-01-01",
            default_cause="x",
        )
        incident = self.reports()
        self.assertEqual(incident.state, "reported")
        self.assertEqual(incident.reported_on, TODAY)
        self.assertTrue(incident.is_confidential)
        self.assertFalse(incident.reporter_id or incident.owner_id or incident.cause)

    # ----------------------------------------------------------------------- traces

    def test_no_trace_leads_to_the_reporter(self):
        """Whatever the request left in the database: no user, address, hour or session.

        Every table is counted before and after, so a trace that nobody thought of is
        found as well.
        """
        self.authenticate("test_staff", "test_staff")  # a login in the same browser
        self.url_open(self.page)
        self.env.flush_all()
        before = self.counted()
        marks = self.marks()
        answer = self.send()
        self.assertEqual(answer.status_code, 200)
        key = self.key(answer)
        self.url_open(REPLY, data={"key": key})
        said = self.url_open(REPLY, data={"key": key, "say": "1", "text": "It rained"})
        self.assertEqual(said.status_code, 200)
        self.env.flush_all()
        after = self.counted()
        changed = {table for table in after if after[table] != before.get(table)}
        self.assertEqual(
            changed,
            {"medical_compliance_incident", "medical_compliance_incident_message"},
        )
        self.assertEqual(marks, self.marks())  # nothing was rewritten either
        noon = datetime(2026, 11, 24, 12)
        public = self.env.ref("base.public_user").id
        for table in sorted(changed):
            self.env.cr.execute(
                SQL("SELECT * FROM %s ORDER BY id DESC LIMIT 1", SQL.identifier(table))
            )
            (row,) = self.env.cr.dictfetchall()
            for name, value in row.items():
                if isinstance(value, datetime):
                    self.assertEqual(value, noon, f"{table}.{name}")
            self.assertEqual({row["create_uid"], row["write_uid"]}, {public})
            self.assertNotIn("127.0.0.1", str(row))
            self.assertNotIn(key, str(row))

    def counted(self):
        """{table: number of rows} of the whole database."""
        self.env.cr.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        tables = [name for (name,) in self.env.cr.fetchall()]
        parts = [
            SQL("SELECT %s AS name, count(*) FROM %s", name, SQL.identifier(name))
            for name in tables
        ]
        self.env.cr.execute(SQL(" UNION ALL ").join(parts))
        return dict(self.env.cr.fetchall())

    def marks(self):
        """When the staff member was last seen, by whatever the host writes of that."""
        staff = self.users["staff"]
        return (
            staff.write_date,
            staff.partner_id.write_date,
            self.env["res.device.log"].sudo().search_count([]),
            self.env["res.users.log"].sudo().search_count([]),
            self.env["medical.core.hit"].sudo().search_count([]),
        )

    def test_no_session_is_made_and_no_cookie_set(self):
        for answer in (
            self.url_open(self.page),
            self.send(),
            self.url_open(REPLY),
            self.url_open(REPLY, data={"key": "x"}),
        ):
            self.assertNotIn("Set-Cookie", answer.headers)

    def test_the_log_of_the_server_names_no_address(self):
        line = '127.0.0.1 - - [24/Nov/2026] "POST %s HTTP/1.1" 200 -'
        for path, written in ((self.page, False), (REPLY, False), ("/web", True)):
            record = logging.LogRecord(
                "werkzeug", logging.INFO, __file__, 1, line % path, (), None
            )
            self.assertEqual(Unlogged().filter(record), written, path)
        filters = logging.getLogger("werkzeug").filters
        self.assertTrue(any(isinstance(one, Unlogged) for one in filters))

    # ----------------------------------------------------------------- conversation

    def test_the_reporter_reads_the_answer_with_the_key(self):
        key = self.key(self.send())
        incident = self.reports()
        self.env["medical.compliance.incident.message"].with_user(
            self.users["officer"]
        ).create({"incident_id": incident.id, "text": "Which door?"})
        page = self.url_open(REPLY, data={"key": key.lower().replace("-", " ")})
        self.assertIn("Which door?", page.text)
        self.assertNotIn(self.users["officer"].name, page.text)
        self.assertFalse(incident.waits_for_answer)
        self.url_open(REPLY, data={"key": key, "say": "1", "text": "The north one"})
        self.env.invalidate_all()
        self.assertTrue(incident.waits_for_answer)
        line = incident.message_line_ids[-1:]
        self.assertEqual((line.text, line.day), ("The north one", TODAY))

    def test_the_reporter_hears_what_was_done(self):
        key = self.key(self.send())
        incident = self.reports().with_user(self.users["officer"])
        incident.action_look()
        incident.write({"cause": "Worn hinge", "done": "A new hinge"})
        self.assertNotIn("A new hinge", self.url_open(REPLY, data={"key": key}).text)
        incident.action_close()
        page = self.url_open(REPLY, data={"key": key}).text
        self.assertIn("A new hinge", page)
        self.assertNotIn("Worn hinge", page)

    def test_another_key_opens_nothing(self):
        self.send()
        for key in ("", "x", "AAAA-AAAA-AAAA-AAAA", "' OR 1=1 --", "\x00", "é" * 99):
            answer = self.url_open(REPLY, data={"key": key})
            self.assertEqual(answer.status_code, 422, key)
            self.assertIn("not known", answer.text)

    def test_a_named_report_has_no_conversation_by_key(self):
        incident = self.incident()
        with self.assertRaisesRegex(UserError, "named reporter"):
            self.env["medical.compliance.incident.message"].with_user(
                self.users["officer"]
            ).create({"incident_id": incident.id, "text": "Which door?"})

    # ------------------------------------------------------------------- bad input

    def test_bad_input_is_told_and_never_breaks(self):
        for values in (
            {"what": ""},
            {"what": " \x00\x07 "},
            {"kind": ""},
            {"kind": "pay\x00"},
            {"happened_on": "yesterday"},
            {"happened_on": "2027-01-01"},
            {"happened_on": "0001-01-01"},
            {"happened_on": "9" * 500},
        ):
            answer = self.send(**values)
            self.assertEqual(answer.status_code, 422, values)
            REPORTS.forget()
        self.assertFalse(self.reports())

    def test_odd_text_is_kept_as_text(self):
        odd = "<script>alert(1)</script> {{7*7}} \x00 ‮ é 漢字 \U0001f489"
        self.assertEqual(self.send(what=odd, place="\x00" * 9).status_code, 200)
        incident = self.reports()
        self.assertIn("{{7*7}}", incident.what)
        self.assertIn("漢字", incident.what)
        self.assertNotIn("\x00", incident.what)
        self.assertFalse(incident.place)

    def test_long_text_is_cut_and_a_huge_one_refused(self):
        self.assertEqual(self.send(what="long " * 4000).status_code, 200)
        self.assertEqual(len(self.reports().what), 3999)  # cut, then its last blank
        answer = self.send(what="x" * 1_000_000)
        self.assertEqual(answer.status_code, 413)
        self.assertEqual(len(self.reports()), 1)

    def test_a_stale_address_says_so(self):
        for token in ("none", "%00", "%FF", "x" * 3000, "..%2f.."):
            answer = self.url_open(f"{REPORT}/{token}")
            self.assertEqual(answer.status_code, 404, token)
            self.assertNotIn(self.company.name, answer.text)
        old = self.page
        self.env["medical.compliance.incident"].with_user(
            self.users["officer"]
        ).action_renew_poster()
        self.assertEqual(self.url_open(old).status_code, 404)

    def test_a_robot_reports_nothing(self):
        self.assertEqual(self.send(website="http://spam.example").status_code, 200)
        self.assertFalse(self.reports())

    # ----------------------------------------------------------------------- limits

    def test_an_address_has_to_wait_and_is_stored_nowhere(self):
        for turn in range(10):
            # what is refused counts, too
            status = self.send(what="" if turn % 2 else "The back door").status_code
            self.assertEqual(status, 422 if turn % 2 else 200, turn)
        self.assertEqual(self.send().status_code, 429)
        self.assertEqual(len(self.reports()), 5)
        self.assertFalse(self.env["medical.core.hit"].sudo().search_count([]))

    def test_who_guesses_keys_has_to_wait(self):
        for _guess in range(30):
            self.url_open(REPLY, data={"key": "AAAA-AAAA-AAAA-AAAA"})
        answer = self.url_open(REPLY, data={"key": self.key_of_a_report()})
        self.assertEqual(answer.status_code, 429)

    def key_of_a_report(self):
        return self.key(self.send())

    def test_a_practice_takes_forty_a_day(self):
        for _report in range(40):
            REPORTS.forget()
            self.assertEqual(self.send().status_code, 200)
        REPORTS.forget()
        self.assertEqual(self.send().status_code, 429)
        self.assertEqual(len(self.reports()), 40)

    def test_a_reporter_who_waits_for_an_answer_is_found(self):
        key = self.key(self.send())
        incident = self.reports()
        incident.with_user(self.users["officer"]).action_look()
        self.url_open(REPLY, data={"key": key, "say": "1", "text": "Still open"})
        self.env.invalidate_all()
        check = self.env["medical.compliance.incident"]
        self.assertFalse(check._medical_check_open().rows)
        line = incident.message_line_ids
        line._pen().day = TODAY - timedelta(days=1)
        (row,) = check._medical_check_open().rows
        self.assertIn("waits for an answer", row.summary)

    def test_the_poster_carries_the_address(self):
        values = (
            self.env["report.medical_office.compliance_poster_report"]
            .with_user(self.users["officer"])
            ._get_report_values(self.company.ids)
        )
        self.assertTrue(values["pages"][0]["url"].endswith(self.page))

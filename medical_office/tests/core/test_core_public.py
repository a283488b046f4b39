"""Every page that anybody can reach takes odd input without an accident."""

import io
import threading
from unittest.mock import patch

from odoo import http
from odoo.tests import HttpCase, tagged

from ...controllers.private import HEADERS

PACKAGE = "odoo.addons.medical_office.controllers"
ODD = (
    "a%00b",
    "%00",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "..%2F..%2Fetc",
    "'%22%3E%3Cscript%3E",
    "x" * 3000,
    "0",
    "-1",
    "9" * 40,
)
TEXTS = ("\0", "a\0b", "half \ud83d".encode("utf-8", "surrogatepass"), "9" * 400, "-1")
FIELDS = (
    "text", "email", "photo", "website", "name", "answer", "slot", "sex", "origin",
    "document", "file", "new",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestCorePublic(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        here, name = threading.current_thread(), cls.env.cr.dbname
        with patch.object(here, "dbname", name, create=True):
            rules = list(cls.env["ir.http"].routing_map().iter_rules())
        cls.ours = [
            (rule.rule, rule.endpoint.routing)
            for rule in rules
            if rule.endpoint.func.__module__.startswith(PACKAGE)
        ]
        cls.routes = sorted(
            {
                (rule, tuple(routing.get("methods") or ("GET",)))
                for rule, routing in cls.ours
                if routing["auth"] == "public"
            }
        )

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.env["medical.core.hit"].search([]).unlink()

    def addresses(self, rule):
        """The rule with odd text in the place of each of its words."""
        for odd in ODD:
            parts = [odd if part.startswith("<") else part for part in rule.split("/")]
            yield "/".join(parts)

    def test_there_are_public_pages(self):
        pages = {rule.split("/")[2] for rule, _methods in self.routes}
        self.assertLessEqual({"fault", "room", "offer", "booking", "documents"}, pages)

    def test_no_address_ends_in_an_accident(self):
        for rule, methods in self.routes:
            for address in self.addresses(rule):
                with self.subTest(rule=rule, address=address[:60]):
                    self.env["medical.core.hit"].search([]).unlink()
                    answer = self.url_open(address, allow_redirects=False)
                    self.assertLess(answer.status_code, 500)
            self.assertTrue(methods)

    def test_no_page_takes_more_than_it_has_use_for(self):
        """The host would take 128 MB from anybody, and write it to the disk."""
        for rule, routing in self.ours:
            if "POST" not in (routing.get("methods") or ()):
                continue
            with self.subTest(rule):
                most = routing.get("max_content_length")
                self.assertIsInstance(most, int)
                self.assertLessEqual(most, 12 * 1024 * 1024)
                address = rule.replace("<string:token>", "stale")
                if routing["auth"] == "public":
                    files = {"file": ("x.bin", io.BytesIO(b"x" * most))}
                    answer = self.posted(address, {}, files)
                    self.assertEqual(answer.status_code, 413)

    def test_no_address_with_a_token_is_kept_or_handed_on(self):
        """Not in a cache, a search engine, another site's log or frame."""
        for rule, methods in self.routes:
            if "GET" in methods:
                address = rule.replace("<string:token>", "stale")
                self.env["medical.core.hit"].search([]).unlink()
                with self.subTest(rule):
                    headers = self.url_open(address).headers
                    self.assertLessEqual(HEADERS.items(), dict(headers).items())

    def test_an_address_with_a_nul_that_no_page_has_leads_nowhere(self):
        for address in (
            "/medical_office/interview/a%00b/resume",
            "/medical_office/%00",
            "/%00",
        ):
            answer = self.url_open(address, allow_redirects=False)
            self.assertEqual(answer.status_code, 404, address)

    def test_number_0_is_nobodys_interview(self):
        self.authenticate("admin", "admin")
        answer = self.url_open("/medical_office/interview/0/resume")
        self.assertEqual(answer.status_code, 404)

    def posted(self, address, values, files=None):
        token = http.Request.csrf_token(self)
        return self.url_open(
            address,
            data={"csrf_token": token, **values},
            files=files,
            allow_redirects=False,
        )

    def test_a_post_to_a_stale_address_is_refused_quietly(self):
        for rule, methods in self.routes:
            if "POST" not in methods:
                continue
            address = rule.replace("<string:token>", "stale")
            for odd in TEXTS:
                with self.subTest(rule=rule, odd=str(odd)[:20]):
                    self.env["medical.core.hit"].search([]).unlink()
                    answer = self.posted(address, dict.fromkeys(FIELDS, odd))
                    self.assertIn(answer.status_code, (400, 404))

    def test_guessing_is_slowed_down_on_each_page_that_takes_a_token(self):
        limit = self.env["medical.core.hit"]._limits()["guess"].most
        for rule, methods in self.routes:
            if "GET" not in methods or "<string:token>" not in rule:
                continue
            if rule.startswith("/medical_office/room/"):
                continue  # leads on to the page of a fault
            self.env["medical.core.hit"].search([]).unlink()
            address = rule.replace("<string:token>", "guess")
            codes = [self.url_open(address).status_code for _try in range(limit + 1)]
            with self.subTest(rule):
                self.assertEqual(set(codes[:-1]), {404})
                self.assertEqual(codes[-1], 429)

    def test_a_hit_is_counted_in_a_transaction_of_its_own(self):
        """So that what ends in an error counts; seen with real connections by
        ``make test-faults``."""
        hits, cursors = self.env["medical.core.hit"], []
        with patch.object(
            type(hits), "_count", lambda self, what, text: cursors.append(self.env.cr)
        ):
            hits._count_lasting("guess", "203.0.113.7")
            self.url_open("/medical_office/fault/guess")
        self.assertEqual(len(cursors), 2)
        self.assertNotIn(self.env.cr, cursors)

    def test_a_file_in_the_place_of_a_text_is_none(self):
        for rule, methods in self.routes:
            if "POST" in methods:
                address = rule.replace("<string:token>", "stale")
                files = {name: (name, io.BytesIO(b"\0")) for name in FIELDS}
                with self.subTest(rule):
                    self.env["medical.core.hit"].search([]).unlink()
                    answer = self.posted(address, {}, files)
                    self.assertIn(answer.status_code, (400, 404))

"""The investor's page: what a portal login sees and asks, and that it sees nothing else."""

from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import http
from odoo.exceptions import UserError, ValidationError
from odoo.service import model as service
from odoo.tests import new_test_user, tagged

from ..common import RpcClient
from .payer_case import PayerCase

PAGE = "/my/investment"


@tagged("post_install", "-at_install")
class TestPayerPortal(PayerCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login in ("investor", "stranger"):
            cls.users[login] = new_test_user(
                cls.env,
                f"test_{login}",
                groups="base.group_portal",
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
                email=f"{login}@example.com",
            )
        cls.cedar = cls.investor("Cedar Point", 3, cls.users["investor"])
        cls.birch = cls.investor("Birch Hill", 1, cls.users["stranger"])
        cls.paid = cls.distribution("Second quarter", 800)
        cls.paid.action_submit()
        cls.paid.with_user(cls.users["director"]).action_approve()
        cls.draft = cls.distribution("Secret plan", 999)
        cls.draft.action_submit()

    @classmethod
    def investor(cls, name, units, reader):
        partner = cls.env["res.partner"].create({"name": name})
        investor = (
            cls.env["medical.payer.investor"]
            .with_user(cls.users["accountant"])
            .create(
                {
                    "partner_id": partner.id,
                    "company_id": cls.company.id,
                    "reader_ids": [(6, 0, reader.ids)],
                }
            )
        )
        investor.holding_ids.create(
            {"investor_id": investor.id, "units": units, "date_from": "2026-01-01"}
        )
        return investor

    @classmethod
    def distribution(cls, name, amount):
        return (
            cls.env["medical.payer.distribution"]
            .with_user(cls.users["accountant"])
            .create(
                {
                    "name": name,
                    "amount": amount,
                    "record_on": "2026-06-30",
                    "company_id": cls.company.id,
                }
            )
        )

    def page(self, role="investor"):
        self.sign_in(role)
        return self.url_open(PAGE)

    def ask(self, investor, question):
        data = {
            "csrf_token": http.Request.csrf_token(self),
            "investor": str(investor.id),
            "question": question,
        }
        return self.url_open(f"{PAGE}/ask", data=data, allow_redirects=False)

    def test_the_page_shows_the_own_part_and_what_is_approved(self):
        text = self.page().text
        for part in ("Cedar Point", "Second quarter", "600.00", "06/30/2026"):
            self.assertIn(part, text)
        for part in ("Birch Hill", "Secret plan", "749.25"):
            self.assertNotIn(part, text)
        opened = self.env["medical.core.opened"].search(
            [("user_id", "=", self.users["investor"].id)]
        )
        self.assertEqual(opened.res_id, self.cedar.id)
        self.assertNotIn("Cedar Point", self.page("stranger").text)

    def test_a_login_without_a_record_sees_none(self):
        self.cedar.reader_ids = False
        page = self.page()
        self.assertEqual(page.status_code, 200)
        self.assertIn("names your login", page.text)
        self.assertNotIn("Cedar Point", page.text)

    def test_a_question_is_kept_answered_and_told(self):
        self.sign_in("investor")
        self.assertEqual(self.ask(self.cedar, "  Why <b>less</b>? ").status_code, 303)
        question = self.cedar.question_ids
        self.assertEqual(question.question, "Why <b>less</b>?")
        self.assertEqual(question.asked_by_id, self.users["investor"])
        self.assertIn("not answered yet", self.page().text)
        self.assertIn("Why &lt;b&gt;less&lt;/b&gt;?", self.page().text)
        own = question.with_user(self.users["accountant"])
        own.draft = "Two payers were late"
        self.assertNotIn("Two payers were late", self.page().text)
        own.action_answer()
        self.assertIn("Two payers were late", self.page().text)
        mail = self.env["mail.mail"].search(
            [("email_to", "ilike", "investor@"), ("subject", "ilike", "answered")]
        )
        self.assertIn(PAGE, mail.body_html)
        self.assertNotIn("Two payers were late", mail.body_html)

    def test_odd_questions_are_refused_in_words(self):
        self.sign_in("investor")
        for text, said in (("   ", "Write your question"), ("x" * 4001, "Shorten it")):
            answer = self.ask(self.cedar, text)
            self.assertEqual(answer.status_code, 422)
            self.assertIn(said, answer.text)
        self.assertEqual(self.ask(self.cedar, "a\0b").status_code, 303)
        self.assertEqual(self.cedar.question_ids.question, "ab")
        data = {"investor": str(self.cedar.id), "question": "No token"}
        self.assertEqual(self.url_open(f"{PAGE}/ask", data=data).status_code, 400)
        with self.assertRaises(UserError):
            self.cedar._ask(self.users["investor"], None)

    def test_nobody_asks_for_another_investor(self):
        self.sign_in("investor")
        self.assertEqual(self.ask(self.birch, "Mine?").status_code, 404)
        self.assertFalse(self.birch.question_ids)

    def test_a_portal_login_reaches_no_model_of_ours(self):
        """Whatever is called by RPC: search, read, write, create, our own methods."""
        self.sign_in("investor")
        models = sorted(
            name
            for name, model in self.env.registry.items()
            if name.startswith("medical.") and not model._abstract
        )
        for name in models:
            self.call_refused(name, "search_read", [], ["id"])
            self.call_refused(name, "create", [{}], error="Error")
        for model, method, *args in (
            ("medical.payer.investor", "read", [self.cedar.id], ["name"]),
            ("medical.payer.investor", "write", [self.cedar.id], {"active": False}),
            ("medical.payer.question", "action_answer", []),
            ("medical.payer.distribution", "action_pay", [self.paid.id]),
            ("medical.payer.distribution", "action_approve", [self.draft.id]),
            ("medical.payer.enrollment", "matrix"),
            ("medical.core.cockpit", "data"),
        ):
            self.call_refused(model, method, *args)

    def test_only_portal_logins_read_for_an_investor(self):
        with self.assertRaisesRegex(ValidationError, "Choose a portal login"):
            self.cedar.reader_ids = self.users["staff"]

    def test_a_question_that_waits_for_a_week_is_a_finding(self):
        questions = self.env["medical.payer.question"]
        old = questions.create(
            {
                "investor_id": self.cedar.id,
                "question": "When?",
                "asked_on": "2026-11-20",
            }
        )
        questions.create({"investor_id": self.cedar.id, "question": "How?"})
        found = questions._medical_check_questions()
        self.assertGreaterEqual(found.looked_at, 2)
        mine = [row for row in found.rows if row.res_id == old.id]
        self.assertIn("has no answer", mine[0].summary)
        old.with_user(self.users["director"]).write({"draft": "In May"})
        old.with_user(self.users["director"]).action_answer()
        found = questions._medical_check_questions()
        self.assertNotIn(old.id, [row.res_id for row in found.rows])

    def test_who_comes_second_reads_words(self):
        """Others have written the same rows each time that the page was tried."""

        class Lost(SerializationFailure):
            pgcode = "40001"

        def lose(*_args):
            raise Lost("could not serialize access due to concurrent update")

        self.startPatcher(patch.object(service, "MAX_TRIES_ON_CONCURRENCY_FAILURE", 2))
        self.startPatcher(patch.object(service.time, "sleep", lambda _seconds: None))
        investors = self.env.registry["medical.payer.investor"]
        self.sign_in("investor")
        with patch.object(investors, "_read_by", lose):
            answer = self.url_open(PAGE)
        self.assertEqual(answer.status_code, 409)
        self.assertIn("Somebody else is doing this right now", answer.text)

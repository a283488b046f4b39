"""Notices by mail and by hand, and the proof that they were answered."""

import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .payer_case import TODAY, PayerCase

MAIL = """From: {sender}
To: {to}
Subject: {subject}
Message-ID: <{id}@payer.example>
Date: Mon, 30 Nov 2026 09:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Please send the records that we asked for by December 9.
"""


@tagged("post_install", "-at_install")
class TestPayerNotice(PayerCase):
    def notice(self, role="hr", **values):
        notices = self.env["medical.payer.notice"].with_user(self.users[role])
        return notices.create(
            {
                "name": "Record request 4471",
                "payer_id": self.badger.id,
                "company_id": self.company.id,
                "kind": "records",
                "user_id": self.users["hr"].id,
                "response_due": "2026-12-09",
                **values,
            }
        )

    def mail(self, sender, subject="Record request", number="one"):
        domain = self.env["mail.alias.domain"].search([], limit=1)
        if not domain:
            domain = domain.create({"name": "lakeside.example"})
        alias = self.env.ref("medical_office.payer_notice_alias")
        alias.alias_domain_id = domain
        text = MAIL.format(
            sender=sender,
            to=f"{alias.alias_name}@{domain.name}",
            subject=subject,
            id=number,
        )
        found = self.env["mail.thread"].message_process(None, text)
        return self.env["medical.payer.notice"].browse(found)

    def test_a_mail_of_a_known_payer_finds_its_place(self):
        self.badger.notice_senders = "notices@badger.example, mail.badger.example"
        notice = self.mail("Badger Notices <notices@badger.example>")
        self.assertEqual(notice.payer_id, self.badger)
        self.assertEqual(notice.company_id, self.company)
        self.assertEqual(notice.user_id, self.users["hr"])
        self.assertEqual(notice.name, "Record request")
        self.assertIn("send the records", notice.message_ids[-1].body)
        wide = self.mail("x@mail.badger.example", number="two")
        self.assertEqual(wide.payer_id, self.badger)

    def test_a_mail_without_a_known_payer_is_kept_and_asked_about(self):
        notice = self.mail("stranger@nowhere.example", "Fee change")
        self.assertTrue(notice)
        self.assertFalse(notice.payer_id)
        self.assertEqual(notice.sender, "stranger@nowhere.example")
        rows = notice._medical_check_unanswered().rows
        [row] = [row for row in rows if row.res_id == notice.id]
        self.assertIn("no payer has this address", row.summary)

    def test_a_mail_that_staff_forward_is_kept(self):
        self.users["staff"].partner_id.email = "staff@lakeside.example"
        self.assertTrue(self.mail("staff@lakeside.example"))

    def test_two_payers_with_one_address_are_asked_about(self):
        (self.badger | self.federal).notice_senders = "shared.example"
        self.assertFalse(self.mail("a@shared.example").payer_id)

    def test_an_answer_takes_day_and_proof(self):
        notice = self.notice()
        notice.action_work()
        with self.assertRaisesRegex(UserError, "proof of sending"):
            notice.action_answer()
        notice.write({"sent_on": "2026-11-30", "proof": base64.b64encode(b"receipt")})
        notice.action_answer()
        self.assertEqual(notice.answered_by_id, self.users["hr"])
        with self.assertRaises(UserError):
            notice.proof = False
        with self.assertRaises(UserError):
            notice.response_due = "2027-01-01"

    def test_nobody_takes_on_what_is_not_sorted(self):
        notice = self.notice(payer_id=False)
        with self.assertRaisesRegex(UserError, "choose the payer"):
            notice.action_work()

    def test_it_is_closed_with_a_reason_and_by_the_roles(self):
        notice = self.notice()
        with self.assertRaisesRegex(UserError, "reason"):
            notice.action_close("")
        for role in ("staff", "head", "director", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                notice.with_user(self.users[role]).action_close("Mine")
        notice.with_user(self.users["accountant"]).action_close("Only information")
        self.assertEqual(notice.state, "closed")

    def found(self, notice):
        rows = self.env["medical.payer.notice"]._medical_check_unanswered().rows
        return [row for row in rows if row.res_id == notice.id]

    def test_a_late_one_escalates(self):
        notice = self.notice(received_on="2026-11-01")
        self.assertFalse(self.found(notice)[0:1] and self.found(notice)[0].severity)
        notice.action_work()
        notice.response_due = "2026-12-20"
        self.assertFalse(self.found(notice))
        notice.response_due = "2026-12-05"
        self.assertIn("is due on 12/05/2026", self.found(notice)[0].summary)
        notice.response_due = "2026-11-29"
        [row] = self.found(notice)
        self.assertEqual(row.severity, "critical")
        self.assertEqual(row.date_due, date(2026, 11, 29))
        notice.kind = "policy"
        self.assertEqual(self.found(notice)[0].severity, "high")
        notice.write({"sent_on": TODAY, "proof": base64.b64encode(b"receipt")})
        notice.action_answer()
        self.assertFalse(self.found(notice))


@tagged("post_install", "-at_install")
class TestPayerNoticeRpc(RpcClient, PayerCase):
    def test_a_client_makes_no_mail_up_and_answers_nothing_by_writing(self):
        notice = self.env["medical.payer.notice"].create(
            {
                "name": "Audit",
                "payer_id": self.badger.id,
                "company_id": self.company.id,
            }
        )
        self.sign_in("hr")
        self.call_refused(
            "medical.payer.notice", "message_new", {"subject": "x"}, error=""
        )
        self.call_refused(
            "medical.payer.notice", "write", notice.ids, {"state": "answered"}
        )
        self.call_refused("medical.payer.notice", "unlink", notice.ids)

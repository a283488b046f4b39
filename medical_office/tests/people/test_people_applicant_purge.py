"""Purging applicants: past their retention, by a list, approved by a second person."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .recruit_case import RecruitCase

PURGE = "medical.people.applicant.purge"


@tagged("post_install", "-at_install")
class TestPeopleApplicantPurge(RecruitCase, RpcClient):
    def setUp(self):
        super().setUp()
        self.old, self.held, self.fresh = self.candidates
        long_ago = fields.Datetime.now() - timedelta(days=400)
        reason = self.env["hr.applicant.refuse.reason"].search([], limit=1)
        self.candidates.write({"active": False, "refuse_reason_id": reason.id})
        (self.old | self.held).refuse_date = long_ago
        self.fresh.refuse_date = fields.Datetime.now() - timedelta(days=300)
        self.env.cr.execute(
            "UPDATE hr_applicant SET create_date = %s WHERE id = ANY(%s)",
            [long_ago, self.candidates.ids],
        )
        self.candidates.invalidate_recordset()
        self.held.medical_hold = True

    def propose(self):
        action = self.env[PURGE].with_user(self.users["hr"]).action_propose()
        return self.env[PURGE].browse(action["res_id"]).with_user(self.users["hr"])

    def test_who_is_due(self):
        purge = self.propose()
        self.assertEqual(purge.line_ids.applicant_id, self.old)
        self.assertEqual(purge.citation, "29 CFR 1602.14")
        self.assertGreater(
            self.fresh.medical_keep_until, fields.Date.today() + timedelta(days=60)
        )

    def test_from_the_list_to_nothing_left(self):
        self.old.message_post(body="A note")
        file = self.env["ir.attachment"].create(
            {
                "name": "resume.txt",
                "raw": b"x",
                "res_model": "hr.applicant",
                "res_id": self.old.id,
            }
        )
        self.env["medical.people.reference"].create(
            {"applicant_id": self.old.id, "name": "Somebody"}
        )
        self.env["medical.people.knockout"]._pen().create(
            {"applicant_id": self.old.id, "criterion": "license"}
        )
        self.env["medical.people.selfid"]._answer(self.old, "male", "white")
        key = self.old.id
        purge = self.propose()
        purge.action_request()
        self.sign_in("director")
        self.call(PURGE, "action_approve", purge.ids)
        self.assertFalse(self.old.exists())
        self.assertFalse(file.exists())
        for model in ("knockout", "reference", "selfid"):
            rest = self.env[f"medical.people.{model}"].sudo()
            self.assertFalse(rest.search([("applicant_id", "=", key)]), model)
        self.assertFalse(
            self.env["mail.message"].search(
                [("model", "=", "hr.applicant"), ("res_id", "=", key)]
            )
        )
        self.assertEqual(purge.state, "done")
        self.assertFalse(purge.line_ids.candidate_name)
        self.assertEqual(purge.line_ids.job_id, self.job)
        self.assertTrue((self.held | self.fresh).exists())

    def test_a_rated_candidate_goes_with_the_scorecards(self):
        self.old.active = True
        interview = self.plan_interview(self.old)
        for card in interview.scorecard_ids:
            self.submit(card, 3)
        long_ago = fields.Datetime.now() - timedelta(days=400)
        self.env.cr.execute(
            "UPDATE medical_people_interview SET start = %s, stop = %s WHERE id = %s",
            [long_ago, long_ago, interview.id],
        )
        self.old.active = False
        self.env.invalidate_all()
        cards = interview.scorecard_ids
        purge = self.propose()
        purge.action_request()
        purge.with_user(self.users["director"]).action_approve()
        self.assertFalse(cards.exists() or interview.exists())

    def test_a_hold_that_comes_later_stops_the_purge(self):
        purge = self.propose()
        purge.action_request()
        self.old.medical_hold = True
        with self.assertRaisesRegex(UserError, "legal hold"):
            purge.with_user(self.users["director"]).action_approve()
        self.assertTrue(self.old.exists())

    def test_who_is_not_due_is_not_put_on_a_list(self):
        purge = self.propose()
        purge.line_ids = [Command.create({"applicant_id": self.fresh.id})]
        with self.assertRaisesRegex(UserError, "Casey Reed is not due"):
            purge.action_request()

    def test_who_made_the_list_does_not_approve_and_staff_sees_none(self):
        purge = self.propose()
        purge.action_request()
        self.sign_in("hr")
        self.call_refused(PURGE, "action_approve", purge.ids)
        self.call_refused(PURGE, "write", purge.ids, {"line_ids": [Command.clear()]})
        self.sign_in("staff")
        self.call_refused(PURGE, "read", purge.ids, ["name"])
        self.call_refused(PURGE, "action_propose")
        purge._pen().requested_by_id = self.users["director"]
        with self.assertRaises(AccessError):
            purge.with_user(self.users["director"]).action_approve()

    def test_nobody_deletes_a_candidate_past_the_list(self):
        for role in ("hr", "manager"):
            self.sign_in(role)
            for one in self.candidates:
                sentence = self.sentence_of("hr.applicant", "unlink", one.ids)
                self.assertIn("by an approved purge list alone", sentence)
        self.assertEqual(len(self.candidates.exists()), 3)
        (typo,) = self.call(
            "hr.applicant",
            "create",
            [{"partner_name": "Typing Mistake", "job_id": self.job.id}],
        )
        self.call("hr.applicant", "unlink", [typo])

    def test_past_their_retention_they_are_an_exception(self):
        (row,) = [
            row
            for row in self.env[PURGE].sudo()._medical_check_due().rows
            if row.company_id == self.company.id
        ]
        self.assertIn("1", row.summary)

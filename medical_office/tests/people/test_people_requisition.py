"""Requisitions: asked for by a head, approved by the director, never by who asked."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import RpcClient
from .recruit_case import RecruitCase


@tagged("post_install", "-at_install")
class TestPeopleRequisition(RecruitCase, RpcClient):
    def ask(self, role="head", **values):
        return (
            self.env["medical.people.requisition"]
            .with_user(self.users[role])
            .create(
                {
                    "job_id": self.job.id,
                    "company_id": self.company.id,
                    "reason": "growth",
                    "explanation": "Forty visits more a week",
                    "positions": 2,
                    "annual_cost": 96000,
                    **values,
                }
            )
        )

    def test_an_open_requisition_keeps_its_department(self):
        asked = self.ask()
        with self.assertRaisesRegex(UserError, "in use: .*open requisitions: "):
            asked.department_id.sudo().active = False

    def decision(self, requisition):
        return self.env["medical.core.decision"].search(
            [
                ("res_model", "=", requisition._name),
                ("res_id", "=", requisition.id),
                ("state", "=", "open"),
            ]
        )

    def test_from_the_head_to_the_director(self):
        requisition = self.ask()
        left = {self.nursing.id: 1200.0}
        with patch.object(
            type(self.nursing), "_medical_budget_left", lambda *_args: left
        ):
            requisition.action_request()
        self.assertEqual(requisition.budget_left, 1200)
        self.assertTrue(requisition.has_budget)
        row = self.decision(requisition)
        self.assertEqual(row.amount, 96000)
        requisition.with_user(self.users["director"]).action_approve()
        self.assertEqual(requisition.state, "approved")
        self.assertEqual(self.job.no_of_recruitment, 2)
        self.assertFalse(self.decision(requisition))

    def test_more_positions_than_any_practice_has_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "Positions.*1,000"):
            self.ask(positions=1_000_000_000)

    def test_where_nobody_keeps_a_budget_it_says_so(self):
        requisition = self.ask()
        requisition.action_request()
        self.assertFalse(requisition.has_budget)

    def test_who_asked_does_not_approve(self):
        requisition = self.ask("director")
        requisition.action_request()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            requisition.action_approve()

    def test_who_wrote_it_does_not_approve_what_another_requests(self):
        requisition = self.ask("director")
        requisition.with_user(self.users["hr"]).action_request()
        self.sign_in("director")
        self.call_refused(
            "medical.people.requisition", "action_approve", requisition.ids
        )
        self.assertEqual(requisition.state, "requested")

    def test_who_rewrote_it_does_not_approve_and_a_job_moves_it_nowhere(self):
        one = self.ask()
        self.sign_in("director")
        self.call(one._name, "write", one.ids, {"positions": 3})
        self.sign_in("head")
        desk = self.env["hr.job"].create(
            {
                "name": "Receptionist",
                "company_id": self.company.id,
                "department_id": self.front_desk.id,
            }
        )
        self.call_refused(one._name, "write", one.ids, {"job_id": desk.id})
        self.call(one._name, "action_request", one.ids)
        self.sign_in("director")
        sentence = self.sentence_of(one._name, "action_approve", one.ids)
        self.assertIn("Written by", sentence)
        self.assertEqual(one.state, "requested")

    def test_staff_asks_for_nothing_and_the_manager_approves_nothing(self):
        requisition = self.ask()
        requisition.action_request()
        self.sign_in("staff")
        self.call_refused("medical.people.requisition", "read", requisition.ids)
        self.sign_in("manager")
        self.call_refused(
            "medical.people.requisition", "action_approve", requisition.ids
        )
        self.assertEqual(requisition.state, "requested")

    def test_a_head_sees_the_own_department_alone(self):
        other = self.ask("hr", department_id=self.front_desk.id)
        self.sign_in("head")
        self.call_refused(
            "medical.people.requisition", "read", other.ids, ["positions"]
        )

    def test_what_was_requested_is_not_rewritten(self):
        requisition = self.ask()
        requisition.action_request()
        with self.assertRaises(UserError):
            requisition.annual_cost = 1

    def test_sent_back_needs_a_reason(self):
        requisition = self.ask()
        requisition.action_request()
        director = requisition.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "reason"):
            director.action_send_back("")
        director.action_send_back("Too early")
        self.assertEqual(requisition.state, "draft")

    def test_a_job_of_another_department_is_refused(self):
        requisition = self.ask("hr", department_id=self.front_desk.id)
        with self.assertRaisesRegex(UserError, "Nursing"):
            requisition.action_request()

    def test_one_that_waits_becomes_an_exception(self):
        requisition = self.ask()
        requisition.action_request()
        check = self.env["medical.people.requisition"].sudo()
        self.assertFalse(check._medical_check_waiting().rows)
        requisition._pen().requested_at = fields.Datetime.now() - timedelta(days=6)
        (row,) = check._medical_check_waiting().rows
        self.assertIn("Medical Assistant", row.summary)
        self.assertEqual(row.user_id, self.users["head"].id)


@tagged("post_install", "-at_install")
class TestPeoplePlan(RecruitCase, RpcClient):
    def test_a_plan_in_use_is_fixed_but_for_who_asks(self):
        with self.assertRaises(UserError):
            self.round.weight = 3
        with self.assertRaises(UserError):
            self.round.question_ids = False
        self.round.with_user(self.users["hr"]).interviewer_ids |= self.users["head"]
        self.assertIn(self.users["head"], self.round.interviewer_ids)

    def test_a_question_of_a_plan_in_use_is_fixed(self):
        self.let_work_for_all("hr")
        self.sign_in("hr")
        asked = self.questions[0]
        for change in ({"text": "Are you married?"}, {"active": False}):
            sentence = self.sentence_of(asked._name, "write", asked.ids, change)
            self.assertIn("an interview plan in use", sentence)
        self.assertIn(
            "an interview plan in use",
            self.sentence_of(asked._name, "unlink", asked.ids),
        )
        self.call(asked._name, "write", asked.ids, {"sequence": 3})
        self.env.invalidate_all()
        self.assertEqual(self.round.question_ids, self.questions)
        self.plan.action_close()
        self.call(asked._name, "write", asked.ids, {"text": "Another one"})

    def test_an_empty_plan_is_not_put_in_use(self):
        plan = (
            self.env["medical.people.interview.plan"]
            .with_user(self.users["hr"])
            .create({"job_id": self.job.id, "company_id": self.company.id})
        )
        with self.assertRaisesRegex(UserError, "add a round"):
            plan.action_use()

    def test_a_round_without_questions_or_interviewers_is_refused(self):
        plan = self.plan.copy({"job_id": self.job.id})
        plan.round_ids.question_ids = False
        with self.assertRaisesRegex(UserError, "question bank"):
            plan.action_use()
        plan.round_ids.interviewer_ids = False
        with self.assertRaisesRegex(UserError, "interviewer"):
            plan.action_use()
        plan.round_ids.mode = "test"
        with self.assertRaisesRegex(UserError, "skills test"):
            plan.action_use()

    def test_an_interviewer_has_a_role_in_the_practice(self):
        plan = self.plan.copy({"job_id": self.job.id})
        with self.assertRaisesRegex(ValidationError, "no role"):
            plan.round_ids.interviewer_ids |= self.users["plain"]

    def test_staff_reads_no_question_before_the_interview(self):
        with self.assertRaises(AccessError):
            self.questions.with_user(self.users["staff"]).read(["text"])

    def test_each_question_of_the_bank_has_a_yardstick(self):
        bank = self.env["medical.people.interview.question"].search([])
        roles = set(bank.mapped("role"))
        self.assertLessEqual(
            {"medical_assistant", "nurse", "front_desk", "biller"}, roles
        )
        for question in bank:
            self.assertTrue(question.anchor_1 and question.anchor_3, question.text)
            self.assertTrue(question.competency_id)

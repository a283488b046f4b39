"""Doors that a reader found: amounts of pay, scorecards by rescheduling, void forms."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..common import RpcClient
from .recruit_case import RecruitCase
from .test_people_file import FileCase

CARD = "medical.people.scorecard"


@tagged("post_install", "-at_install")
class TestPeopleCardsBehindSteps(RecruitCase, RpcClient):
    """HR who interviews calls the own interview off, and sees nothing by it."""

    def setUp(self):
        super().setUp()
        self.applicant = self.candidates[0]
        self.other = self.plan_interview(self.applicant).scorecard_ids[0]
        self.submit(self.other, 5)
        extra = self.round.with_env(self.env).copy({"plan_id": self.plan.id})
        extra.interviewer_ids = self.users["hr"] | self.users["manager"]
        self.own = self.plan_interview(self.applicant, extra)
        self.model = "medical.people.interview"

    def seen(self):
        return self.call(CARD, "search_count", [["id", "=", self.other.id]])

    def test_a_rescheduled_interview_still_owes_its_card(self):
        self.sign_in("hr")
        self.assertEqual(self.seen(), 0)
        self.call(self.model, "action_reschedule", self.own.ids)
        self.assertEqual(self.own.state, "draft")
        self.assertEqual(self.seen(), 0)
        self.call_refused(CARD, "read", self.other.ids, ["score"])
        self.call(self.model, "action_schedule", self.own.ids)
        self.assertEqual(self.seen(), 0)
        card = self.own.scorecard_ids.filtered(
            lambda one: one.interviewer_id == self.users["hr"] and one.state == "open"
        )
        self.submit(card, 3)
        self.assertEqual(self.seen(), 1)

    def test_nobody_calls_off_deletes_or_leaves_the_own_interview(self):
        self.sign_in("hr")
        for method in ("action_cancel", "action_no_show"):
            with self.subTest(method):
                self.call_refused(self.model, method, self.own.ids)
        self.call(self.model, "action_reschedule", self.own.ids)
        self.call_refused(self.model, "unlink", self.own.ids)
        self.call_refused(
            self.model,
            "write",
            self.own.ids,
            {"interviewer_ids": [[6, 0, self.users["manager"].ids]]},
        )
        self.call_refused(self.model, "action_cancel", self.own.ids)
        self.assertEqual(self.seen(), 0)

    def test_somebody_else_of_hr_calls_it_off(self):
        second = self.users["hr"].copy({"login": "test_hr2", "name": "Second HR"})
        own = self.own.with_user(second)
        own.action_cancel()
        self.assertEqual(self.own.state, "canceled")
        self.sign_in("hr")
        self.assertEqual(self.seen(), 1)

    def test_who_was_taken_off_by_somebody_else_sees_as_hr(self):
        second = self.users["hr"].copy({"login": "test_hr2", "name": "Second HR"})
        own = self.own.with_user(second)
        own.action_reschedule()
        own.interviewer_ids = self.users["manager"]
        self.sign_in("hr")
        self.assertEqual(self.seen(), 1)


@tagged("post_install", "-at_install")
class TestPeopleVoidForm(FileCase, RpcClient):
    def test_a_void_form_i9_is_fixed(self):
        form = self.env["medical.people.i9"].create(
            {
                "employee_id": self.nurse.id,
                "first_day": "2026-06-01",
                "attestation": "authorized",
                "authorized_until": "2027-06-01",
            }
        )
        self.sign_in("i9")
        self.call("medical.people.i9", "action_void", form.ids, "Entered twice")
        for values in (
            {"attestation": "citizen"},
            {"first_day": "2026-07-01"},
            {"section_1_on": "2026-06-01"},
            {"everify_case": "1"},
            {"authorized_until": "2030-01-01"},
            {"document_a": "Passport"},
        ):
            with self.subTest(values):
                self.call_refused("medical.people.i9", "write", form.ids, values)
        self.call_refused("medical.people.i9", "unlink", form.ids)
        self.call_refused("medical.people.i9", "action_section_1", form.ids)
        with self.assertRaises(UserError):
            self.env["medical.people.i9.reverification"].with_user(
                self.users["i9"]
            ).create({"i9_id": form.id, "document": "Card"})


@tagged("post_install", "-at_install")
class TestPeopleStepsOfTheProgram(RecruitCase, RpcClient):
    """Steps that are declared for nobody are taken by no button."""

    def test_a_card_is_not_voided_and_a_state_not_taken(self):
        card = self.plan_interview(self.candidates[0]).scorecard_ids[0]
        with self.assertRaisesRegex(UserError, "nobody moves it"):
            card.with_user(card.interviewer_id)._move_to("void")
        self.assertEqual(card.state, "open")

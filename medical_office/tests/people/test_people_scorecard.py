"""Scorecards: hidden until one's own is in, whoever asks and by whichever door."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .recruit_case import RecruitCase

CARD = "medical.people.scorecard"


@tagged("post_install", "-at_install")
class TestPeopleScorecard(RecruitCase, RpcClient):
    def setUp(self):
        super().setUp()
        self.applicant = self.candidates[0]
        self.interview = self.plan_interview(self.applicant)
        self.own = self.card("staff")
        self.other = self.card("second")

    def card(self, role):
        return self.interview.scorecard_ids.filtered(
            lambda card: card.interviewer_id == self.users[role]
        )

    # ------------------------------------------------------------- what one sees

    def test_an_interviewer_reads_the_questions_of_the_own_card_alone(self):
        self.sign_in("staff")
        found = self.call(CARD, "search_read", [], ["candidate_name", "line_ids"])
        self.assertEqual([row["id"] for row in found], self.own.ids)
        self.assertEqual(found[0]["candidate_name"], "Avery Stone")
        lines = self.call(
            f"{CARD}.line", "read", found[0]["line_ids"], ["question", "anchors"]
        )
        self.assertEqual(len(lines), 2)
        self.assertIn("1: ", lines[0]["anchors"])
        self.call_refused(CARD, "read", self.other.ids, ["state"])
        self.call_refused(f"{CARD}.line", "read", self.other.line_ids.ids, ["rating"])

    def test_an_interviewer_opens_the_own_card_and_the_interview(self):
        """As their forms do: with names of the round, of which nothing else is read."""
        self.sign_in("staff")
        form = {"display_name": {}, "interview_id": {"fields": {"display_name": {}}}}
        (card,) = self.call(CARD, "web_read", self.own.ids, form)
        name = f"Avery Stone: {self.round.name}"
        self.assertEqual(card["display_name"], name)
        self.assertEqual(card["interview_id"]["display_name"], name)
        (interview,) = self.call(
            "medical.people.interview",
            "web_read",
            self.interview.ids,
            {"display_name": {}, "round_id": {"fields": {"display_name": {}}}},
        )
        self.assertEqual(interview["display_name"], name)
        self.call_refused(
            "medical.people.interview.round", "read", self.round.ids, ["weight"]
        )

    def test_another_score_shows_when_the_own_one_is_in(self):
        self.submit(self.other, 5)
        self.sign_in("staff")
        for domain in (
            [["score", ">", 4]],
            [["line_ids.rating", "=", "5"]],
            [["recommendation", "=", "yes"]],
        ):
            with self.subTest(domain):
                self.assertEqual(self.call(CARD, "search_count", domain), 0)
        self.assertEqual(
            self.call(f"{CARD}.line", "search_count", [["rating", "=", "5"]]), 0
        )
        self.call_refused(CARD, "read", self.other.ids, ["score"])
        self.submit(self.own, 2)
        self.assertEqual(
            self.call(CARD, "read", self.other.ids, ["score"])[0]["score"], 5
        )
        self.assertEqual(
            self.call(f"{CARD}.line", "search_count", [["rating", "=", "5"]]), 2
        )

    def test_an_officer_who_interviews_waits_as_well(self):
        """HR sees what is submitted, but not while owing a card about the candidate."""
        self.submit(self.other, 5)
        self.sign_in("hr")
        self.assertEqual(
            self.call(CARD, "search_count", [["state", "=", "submitted"]]), 1
        )
        self.call_refused(CARD, "read", self.own.ids, ["comment"])  # a draft
        self.round.interviewer_ids = self.users["hr"]
        late = self.plan_interview(self.candidates[1])
        self.assertEqual(late.owing_ids, self.users["hr"])
        self.call_refused(
            "medical.people.interview.plan", "action_compare", self.plan.ids
        )
        with self.assertRaisesRegex(UserError, "your own scorecards"):
            self.plan.with_user(self.users["hr"]).action_compare()

    def test_hr_who_owes_a_card_about_the_same_candidate_sees_none(self):
        self.submit(self.other, 5)
        extra = self.round.with_env(self.env).copy({"plan_id": self.plan.id})
        extra.interviewer_ids = self.users["hr"]
        self.plan_interview(self.applicant, extra)
        cards = self.env[CARD].with_user(self.users["hr"])
        self.assertFalse(cards.search([("interviewer_id", "!=", self.users["hr"].id)]))
        with self.assertRaises(AccessError):
            self.other.with_user(self.users["hr"]).read(["score"])

    def test_other_roles_see_no_card(self):
        self.submit(self.other, 5)
        for role in ("head", "payroll", "accountant", "auditor", "plain"):
            with self.subTest(role):
                self.sign_in(role)
                self.call_refused(CARD, "read", self.other.ids, ["score"])

    def test_no_score_in_messages_activities_or_calendar(self):
        self.submit(self.other, 5)
        self.submit(self.own, 1)
        places = self.env["mail.message"].search(
            [("model", "in", [CARD, "medical.people.interview", "hr.applicant"])]
        )
        self.assertFalse(
            [one.body for one in places if "5.0" in one.body or "hire" in one.body]
        )
        self.assertFalse(self.env["mail.activity"].search([("res_model", "=", CARD)]))
        self.assertNotIn("message_ids", self.env[CARD]._fields)
        self.assertNotIn("activity_ids", self.env[CARD]._fields)

    # --------------------------------------------------------------- what one writes

    def test_nobody_writes_the_card_of_another(self):
        line = self.other.line_ids[0]
        for role in ("staff", "hr", "manager", "director"):
            with self.subTest(role):
                self.sign_in(role)
                self.call_refused(CARD, "write", self.other.ids, {"comment": "x"})
                self.call_refused(f"{CARD}.line", "write", line.ids, {"rating": "1"})
                self.call_refused(CARD, "action_submit", self.other.ids)

    def test_a_refusal_names_no_candidate_to_who_reads_no_card(self):
        """A card that is in says so to who reads it, and to nobody else."""
        self.submit(self.own, 4)
        line = self.own.line_ids[0]
        name = self.applicant.partner_name
        for role in ("head", "second"):
            self.sign_in(role)
            sentence = self.sentence_of(line._name, "write", line.ids, {"rating": "1"})
            self.assertNotIn(name, sentence, role)
        self.sign_in("staff")
        sentence = self.sentence_of(line._name, "write", line.ids, {"rating": "1"})
        self.assertIn(f"{name}: ", sentence)
        self.assertIn("cannot be changed", sentence)

    def test_an_interviewer_rates_and_submits_through_rpc(self):
        self.sign_in("staff")
        for line in self.own.line_ids:
            self.call(f"{CARD}.line", "write", line.ids, {"rating": "4"})
        self.call(CARD, "write", self.own.ids, {"recommendation": "yes"})
        self.call(CARD, "action_submit", self.own.ids)
        self.assertEqual(self.own.state, "submitted")
        self.assertEqual(self.own.score, 4)
        self.assertEqual(self.interview.state, "held")
        for values in ({"comment": "later"}, {"recommendation": "no"}, {"score": 5}):
            self.call_refused(CARD, "write", self.own.ids, values)
        self.call_refused(
            f"{CARD}.line", "write", self.own.line_ids[0].ids, {"rating": "1"}
        )

    def test_a_card_that_is_not_complete_is_refused(self):
        own = self.own.with_user(self.users["staff"])
        own.line_ids[0].rating = "3"
        with self.assertRaisesRegex(UserError, "Not rated: 1"):
            own.action_submit()
        own.line_ids[1].rating = "3"
        with self.assertRaisesRegex(UserError, "recommendation"):
            own.action_submit()
        self.assertEqual(own.state, "open")

    def test_an_interviewer_plans_nothing_and_names_nobody(self):
        self.sign_in("staff")
        model = "medical.people.interview"
        for values in (
            {"start": fields.Datetime.to_string(fields.Datetime.now())},
            {"interviewer_ids": [Command.link(self.users["head"].id)]},
            {"brief": "x"},
            {"state": "held"},
        ):
            with self.subTest(values):
                self.call_refused(model, "write", self.interview.ids, values)
        for method in ("action_reschedule", "action_cancel", "action_schedule"):
            self.call_refused(model, method, self.interview.ids)
        self.call_refused(model, "read", self.interview.ids, ["access_token"])
        self.call_refused(
            CARD,
            "create",
            [{"interview_id": self.interview.id, "interviewer_id": self.env.uid}],
        )

    def test_somebody_else_does_not_say_whether_it_took_place(self):
        self.sign_in("head")
        self.call_refused("medical.people.interview", "action_held", self.interview.ids)

    # -------------------------------------------------------------------- the calendar

    def test_the_event_is_private_and_names_nobody(self):
        event = self.interview.event_id
        self.assertEqual(event.privacy, "private")
        self.assertFalse(event.applicant_id)
        self.assertNotIn("Avery", f"{event.name} {event.description or ''}")
        self.assertEqual(
            event.partner_ids, (self.users["staff"] | self.users["second"]).partner_id
        )
        self.sign_in("payroll")
        for domain in (
            [["name", "ilike", "Avery"]],
            [["applicant_id", "=", self.applicant.id]],
            [["description", "ilike", "Avery"]],
        ):
            self.assertEqual(self.call("calendar.event", "search_count", domain), 0)

    def test_an_interviewer_is_not_in_two_interviews_at_once(self):
        with self.assertRaisesRegex(UserError, "another interview at that time"):
            self.plan_interview(self.candidates[1], start=self.interview.start)

    def test_who_did_not_appear_is_rated_by_nobody(self):
        self.interview.with_user(self.users["staff"]).action_no_show()
        self.assertEqual(self.own.state, "void")
        self.assertFalse(self.interview.event_id)
        with self.assertRaises(UserError):
            self.own.with_user(self.users["staff"]).action_submit()

    # -------------------------------------------------------------------------- checks

    def test_a_late_card_becomes_an_exception_once_the_interview_was_held(self):
        check = self.env[CARD].sudo()
        self.own._pen().due_at = fields.Datetime.now() - timedelta(hours=1)
        self.assertFalse(check._medical_check_late().rows)
        self.interview.with_user(self.users["staff"]).action_held()
        (row,) = check._medical_check_late().rows
        self.assertEqual(row.user_id, self.users["staff"].id)
        self.assertEqual(row.backup_id, self.plan.recruiter_id.id)
        self.assertNotIn("Avery", row.summary)

    def test_an_interview_nobody_spoke_of_becomes_an_exception(self):
        check = self.env["medical.people.interview"].sudo()
        self.assertEqual(len(check._medical_check_unsaid().rows), 1)
        self.interview.with_user(self.users["staff"]).action_held()
        self.assertFalse(check._medical_check_unsaid().rows)

    def test_a_job_without_a_plan_whose_candidates_are_met(self):
        job = self.job.copy({"name": "Cashier"})
        walk_in = self.env["hr.applicant"].create(
            {"partner_name": "Drew Hale", "job_id": job.id}
        )
        self.env["calendar.event"].create(
            {
                "name": "Meeting",
                "start": fields.Datetime.now(),
                "stop": fields.Datetime.now(),
                "applicant_id": walk_in.id,
            }
        )
        rows = self.env["hr.job"].sudo()._medical_check_unplanned().rows
        self.assertEqual([row.res_id for row in rows], job.ids)

    # --------------------------------------------------------------------- the résumé

    def test_a_resume_is_taken_by_its_interviewers_and_logged(self):
        resume = self.env["ir.attachment"].create(
            {
                "name": "resume.txt",
                "raw": b"Ten years of clinic",
                "res_model": "hr.applicant",
                "res_id": self.applicant.id,
            }
        )
        self.interview.with_user(self.users["hr"]).resume_id = resume
        url = f"/medical_office/interview/{self.interview.id}/resume"
        self.sign_in("staff")
        response = self.url_open(url)
        self.assertEqual(response.content, b"Ten years of clinic")
        opened = self.env["medical.core.opened"].search(
            [("res_model", "=", "medical.people.interview")]
        )
        self.assertEqual(opened.user_id, self.users["staff"])
        self.call_refused("ir.attachment", "read", resume.ids, ["raw"])
        self.sign_in("head")
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_a_file_of_another_record_is_not_handed_out(self):
        secret = self.env["ir.attachment"].create(
            {
                "name": "pay.txt",
                "raw": b"secret",
                "res_model": "hr.employee",
                "res_id": self.employees["head"].id,
            }
        )
        self.interview.sudo().resume_id = secret
        self.sign_in("staff")
        url = f"/medical_office/interview/{self.interview.id}/resume"
        self.assertEqual(self.url_open(url).status_code, 404)

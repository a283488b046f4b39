"""The candidate's page: one time for one candidate, and an answer nobody reads."""

import re
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import RpcClient
from .recruit_case import RecruitCase


@tagged("post_install", "-at_install")
class TestPeopleBooking(RecruitCase, RpcClient):
    def setUp(self):
        super().setUp()
        self.hr = self.users["hr"]
        tomorrow = fields.Datetime.now().replace(microsecond=0) + timedelta(days=1)
        self.slots = (
            self.env["medical.people.interview.slot"]
            .with_user(self.hr)
            .create(
                [
                    {"round_id": self.round.id, "start": tomorrow + timedelta(hours=n)}
                    for n in (0, 2)
                ]
            )
        )
        self.interviews = (
            self.env["medical.people.interview"]
            .with_user(self.hr)
            .create(
                [
                    {"applicant_id": one.id, "round_id": self.round.id}
                    for one in self.candidates[:2]
                ]
            )
        )
        self.first, self.second = self.interviews

    def page(self, one, **post):
        url = f"/medical_office/booking/{one.access_token}"
        about = post.pop("about", "")
        shown = self.url_open(url + about)
        if not post:
            return shown
        token = re.search(r'name="csrf_token" value="([^"]+)"', shown.text)[1]
        return self.url_open(url + about, data={"csrf_token": token, **post})

    def test_a_candidate_takes_a_time_and_nobody_else_gets_it(self):
        shown = self.page(self.first)
        self.assertEqual(shown.status_code, 200)
        self.assertIn("no-store", shown.headers["Cache-Control"])
        self.assertNotIn("Blair", shown.text)
        self.assertIn(f"<h1>{self.round.name}</h1>", shown.text)
        booked = self.page(self.first, slot=str(self.slots[0].id))
        self.assertIn("Your interview is on", booked.text)
        self.assertEqual(self.first.state, "planned")
        self.assertEqual(self.first.start, self.slots[0].start)
        self.assertEqual(self.slots[0].interview_id, self.first)
        self.assertEqual(len(self.first.sudo().scorecard_ids), 2)
        other = self.page(self.second)
        self.assertNotIn(f'value="{self.slots[0].id}"', other.text)
        late = self.page(self.second, slot=str(self.slots[0].id))
        self.assertEqual(late.status_code, 422)
        self.assertIn("just been taken", late.text)
        self.assertEqual(self.second.state, "draft")

    def test_what_is_no_time_of_the_round_is_refused(self):
        for slot in ("0", "-1", "x", "99999999999999999999", "1e3"):
            with self.subTest(slot):
                self.assertEqual(self.page(self.first, slot=slot).status_code, 422)
        self.assertEqual(self.first.state, "draft")

    def test_a_second_booking_is_refused_and_changes_nothing(self):
        self.page(self.first, slot=str(self.slots[0].id))
        with self.assertRaisesRegex(UserError, "already scheduled"):
            self.first._of_token(self.first.access_token)._book(self.slots[1].id)
        self.assertEqual(self.first.start, self.slots[0].start)
        self.assertFalse(self.slots[1].interview_id)

    def test_times_at_which_an_interviewer_is_busy_are_not_offered(self):
        self.plan_interview(self.candidates[2], start=self.slots[0].start)
        shown = self.page(self.first)
        self.assertNotIn(f'value="{self.slots[0].id}"', shown.text)
        self.assertIn(f'value="{self.slots[1].id}"', shown.text)

    def test_a_stale_or_guessed_link_tells_nothing_and_is_slowed_down(self):
        self.assertGreaterEqual(len(self.first.access_token), 43)
        self.first.with_user(self.hr).action_cancel()
        stale = self.page(self.first)
        self.assertEqual(stale.status_code, 404)
        self.assertNotIn("Avery", stale.text)
        answers = {
            self.url_open("/medical_office/booking/guess").status_code
            for _try in range(31)
        }
        self.assertEqual(answers, {404, 429})

    def test_the_link_goes_to_the_candidate_by_mail_alone(self):
        self.first.action_invite()
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.email_to, "avery@example.com")
        self.assertIn(self.first.access_token, mail.body_html)
        said = self.candidates[0].message_ids.mapped("body")
        self.assertFalse([body for body in said if self.first.access_token in body])
        self.slots.unlink()
        with self.assertRaisesRegex(UserError, "offer times"):
            self.second.action_invite()

    def test_a_time_that_has_passed_is_not_offered(self):
        with self.assertRaises(ValidationError):
            self.slots[0].start = fields.Datetime.now() - timedelta(hours=1)

    def test_staff_offers_no_times(self):
        self.sign_in("staff")
        self.call_refused(
            "medical.people.interview.slot", "read", self.slots.ids, ["start"]
        )
        self.call_refused("medical.people.interview", "action_invite", self.first.ids)

    # ---------------------------------------------------- voluntary self-identification

    def test_an_answer_is_kept_where_nobody_reads_it(self):
        done = self.page(self.first, about="/about", sex="female", origin="hispanic")
        self.assertIn("Thank you", done.text)
        answers = self.env["medical.people.selfid"]
        known = answers.sudo().search([("applicant_id", "=", self.candidates[0].id)])
        self.assertEqual((known.sex, known.origin), ("female", "hispanic"))
        for role, user in self.users.items():
            with self.subTest(role), self.assertRaises(AccessError):
                answers.with_user(user).search([])
        self.sign_in("hr")
        self.call_refused("medical.people.selfid", "search_read", [], ["sex"])
        self.call_refused(
            "hr.applicant",
            "search",
            [["medical_selfid_ids.sex", "=", "female"]],
            error="ValueError",
        )

    def test_what_is_not_offered_counts_as_not_told(self):
        self.page(self.first, about="/about", sex="<b>", origin="purple")
        known = self.env["medical.people.selfid"].sudo().search([])
        self.assertEqual((known.sex, known.origin), ("not_told", "not_told"))

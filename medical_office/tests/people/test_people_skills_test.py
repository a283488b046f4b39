"""Skills tests by the host's survey: finished ones count, answers are HR's to read."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import RpcClient
from .recruit_case import RecruitCase


@tagged("post_install", "-at_install")
class TestPeopleSkillsTest(RecruitCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.env["survey.survey"].create(
            {
                "title": "Vaccine storage",
                "access_mode": "public",
                "scoring_type": "scoring_without_answers",
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": "Refrigerated vaccines are kept at",
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                Command.create(
                                    {
                                        "value": "2 to 8 °C",
                                        "is_correct": True,
                                        "answer_score": 10,
                                    }
                                ),
                                Command.create({"value": "Room temperature"}),
                            ],
                        }
                    )
                ],
            }
        )
        job = cls.env["hr.job"].create(
            {"name": "Vaccine Nurse", "company_id": cls.company.id}
        )
        cls.test_plan = (
            cls.env["medical.people.interview.plan"]
            .with_user(cls.users["hr"])
            .create(
                {
                    "job_id": job.id,
                    "company_id": cls.company.id,
                    "references_needed": 0,
                    "checks_exclusion": False,
                    "round_ids": [
                        Command.create(
                            {
                                "name": "Test",
                                "mode": "test",
                                "survey_id": cls.survey.id,
                            }
                        )
                    ],
                }
            )
        )
        cls.test_plan.action_use()
        cls.applicant = cls.env["hr.applicant"].create(
            {
                "partner_name": "Drew Hale",
                "email_from": "drew@example.com",
                "job_id": job.id,
                "company_id": cls.company.id,
            }
        )
        hr_applicant = cls.applicant.with_user(cls.users["hr"])
        hr_applicant.action_medical_add_interviews()
        cls.interview = hr_applicant.medical_interview_ids

    def answer(self):
        self.interview.action_schedule()
        return self.interview.user_input_id.sudo()

    def take(self, answer, finished=True):
        question = self.survey.question_ids
        answer._save_lines(question, question.suggested_answer_ids[0].id)
        if finished:
            answer._mark_done()
        self.interview.invalidate_recordset()

    def test_only_a_finished_answer_counts(self):
        answer = self.answer()
        mail = self.env["mail.mail"].search([], order="id desc", limit=1)
        self.assertEqual(mail.email_to, "drew@example.com")
        self.assertIn(answer.access_token, mail.body_html)
        self.take(answer, finished=False)
        self.assertEqual(answer.scoring_percentage, 100)  # the host counts it already
        self.assertFalse(self.interview.is_test_done)
        self.assertEqual(self.interview.test_score, 0)
        self.assertTrue(self.test_plan._open_problems())
        with self.assertRaisesRegex(UserError, "not finished"):
            self.interview.action_held()
        answer._mark_done()
        self.interview.invalidate_recordset()
        self.assertFalse(self.test_plan._open_problems())
        (standing,) = self.test_plan._standing()[0].standings
        self.assertEqual((standing.mean, standing.rank), (5, 1))

    def test_who_reads_the_answers(self):
        answer = self.answer()
        self.take(answer)
        self.users["officer"] = new_test_user(
            self.env,
            "test_officer",
            groups="survey.group_survey_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        other = self.survey.copy()._create_answer(email="guest@example.com")
        inputs = self.env["survey.user_input"]
        officer = inputs.with_user(self.users["officer"])
        self.assertIn(other, officer.search([]))  # other surveys as ever
        self.assertNotIn(answer, officer.search([]))
        with self.assertRaises(AccessError):
            officer.browse(answer.id).read(["scoring_percentage"])
        self.assertIn(answer, inputs.with_user(self.users["hr"]).search([]))
        self.sign_in("staff")
        self.call_refused("survey.user_input", "read", answer.ids, ["state"])
        self.sign_in("director")
        model = "medical.people.interview"
        found = self.call(model, "read", self.interview.ids, ["test_score"])
        self.assertEqual(found[0]["test_score"], 100)

    def test_a_candidate_without_an_address_gets_no_test(self):
        self.applicant.email_from = False
        with self.assertRaisesRegex(UserError, "no email address"):
            self.interview.action_schedule()

"""A job with an interview plan, three candidates, two interviewers; names invented."""

from datetime import timedelta

from odoo import Command, fields

from ..common import PracticeCase


class RecruitCase(PracticeCase):
    """``self.job``, ``self.plan`` (in use), ``self.candidates``, interviewers staff, head."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        hr = cls.env(user=cls.users["hr"], context=cls.env.context)
        cls.users["second"] = cls.users["staff"].copy(
            {"login": "test_second", "name": "Second Interviewer"}
        )
        cls.users["second"].password = "test_second"
        cls.job = cls.env["hr.job"].create(
            {
                "name": "Medical Assistant",
                "company_id": cls.company.id,
                "department_id": cls.nursing.id,
                "no_of_recruitment": 0,
            }
        )
        cls.questions = cls.env["medical.people.interview.question"].search(
            [("role", "=", "medical_assistant")], limit=2
        )
        cls.plan = hr["medical.people.interview.plan"].create(
            {
                "job_id": cls.job.id,
                "company_id": cls.company.id,
                "references_needed": 0,
                "checks_exclusion": False,
                "round_ids": [
                    Command.create(
                        {
                            "name": "In person",
                            "interviewer_ids": [
                                Command.set(
                                    (cls.users["staff"] | cls.users["second"]).ids
                                )
                            ],
                            "question_ids": [Command.set(cls.questions.ids)],
                        }
                    )
                ],
            }
        )
        cls.plan.action_use()
        cls.round = cls.plan.round_ids
        cls.candidates = hr["hr.applicant"].create(
            [
                {
                    "partner_name": name,
                    "email_from": f"{name.split()[0].lower()}@example.com",
                    "job_id": cls.job.id,
                    "company_id": cls.company.id,
                }
                for name in ("Avery Stone", "Blair Moss", "Casey Reed")
            ]
        )

    def plan_interview(self, applicant, one=None, start=None):
        """An interview of the applicant that began a while ago, in the calendars."""
        latest = self.env["medical.people.interview"].search(
            [("start", "!=", False)], order="start", limit=1
        )
        start = start or (
            latest.start - timedelta(hours=2)
            if latest
            else fields.Datetime.now() - timedelta(days=1)
        )
        interview = (
            self.env["medical.people.interview"]
            .with_user(self.users["hr"])
            .create(
                {
                    "applicant_id": applicant.id,
                    "round_id": (one or self.round).id,
                    "start": start,
                }
            )
        )
        interview.action_schedule()
        return interview.sudo()

    def submit(self, card, rating):
        """The interviewer rates everything alike and submits."""
        own = card.with_user(card.interviewer_id)
        own.line_ids.rating = str(rating)
        own.recommendation = "yes" if rating > 2 else "no"
        own.action_submit()

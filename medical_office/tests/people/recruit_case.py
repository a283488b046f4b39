"""A job with an interview plan, three candidates, two interviewers; names invented."""

from odoo import Command

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

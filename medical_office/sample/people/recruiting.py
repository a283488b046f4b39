"""The sample practice's open job: five candidates (invented), scorecards, one decision."""

from datetime import timedelta

from odoo import Command, fields, models

# name, ratings of the two rounds: brandt and torres in person, cole on the phone
CANDIDATES = (
    ("Jordan Vale", (4, 5), (5, 4), "yes"),
    ("Riley Marsh", (4, 4), (4, 3), "yes"),
    ("Quinn Harper", (3, 3), (4, 3), "unsure"),
    ("Skyler Dunn", (2, 3), (3, 2), "no"),
    ("Emerson Clay", (3, 2), (2, 3), "no"),
)
JOB = "Medical Assistant"


class CoreSample(models.AbstractModel):
    _inherit = "medical.core.sample"

    def _load_people_recruiting(self, practice):
        """A requisition, a plan of two rounds, interviews two weeks ago, a decision."""
        hr = practice.user("cole")
        head = practice.user("brandt")
        director = practice.user("whitfield")
        job = practice.env["hr.job"].search(
            [("name", "=", JOB), ("company_id", "=", practice.company.id)], limit=1
        )
        self._sample_requisition(practice, job, head, director)
        plan = self._sample_plan(practice, job, hr, (head, practice.user("torres")))
        applicants = (
            practice.env["hr.applicant"]
            .with_user(hr)
            .create(
                [
                    {
                        "partner_name": name,
                        "email_from": f"{name.lower().replace(' ', '.')}@example.com",
                        "job_id": job.id,
                        "company_id": practice.company.id,
                        "user_id": hr.id,
                    }
                    for name, *_ratings in CANDIDATES
                ]
            )
        )
        for index, (applicant, row) in enumerate(
            zip(applicants, CANDIDATES, strict=True)
        ):
            self._sample_interviews(practice, plan, applicant, row, index)
        for knockout in applicants.medical_knockout_ids:
            knockout.with_user(hr).action_pass(
                practice.env._("Sample practice: looked up, nothing found")
            )
        hiring = (
            practice.env["medical.people.hiring"]
            .with_user(hr)
            .create(
                {
                    "plan_id": plan.id,
                    "chosen_id": applicants[0].id,
                    "reason": practice.env._(
                        "Rooms and vaccinates without help, calm with children, "
                        "knows when to call the provider."
                    ),
                }
            )
        )
        practice.keep({"recruiting_plan": plan, "recruiting_hiring": hiring})

    def _sample_requisition(self, practice, job, head, director):
        requisition = (
            practice.env["medical.people.requisition"]
            .with_user(head)
            .create(
                {
                    "job_id": job.id,
                    "department_id": job.department_id.id,
                    "company_id": practice.company.id,
                    "reason": "growth",
                    "explanation": practice.env._(
                        "Two exam rooms stand empty on three afternoons a week."
                    ),
                    "annual_cost": 52400,
                    "start_date": practice.today + timedelta(days=45),
                }
            )
        )
        requisition.action_request()
        requisition.with_user(director).action_approve()
        practice.keep({"recruiting_requisition": requisition})

    def _sample_plan(self, practice, job, hr, interviewers):
        questions = practice.env["medical.people.interview.question"].search(
            [("role", "=", "medical_assistant")], limit=4
        )
        plan = (
            practice.env["medical.people.interview.plan"]
            .with_user(hr)
            .create(
                {
                    "job_id": job.id,
                    "company_id": practice.company.id,
                    "references_needed": 0,
                    "round_ids": [
                        Command.create(
                            {
                                "name": practice.env._("Phone screen"),
                                "mode": "phone",
                                "minutes": 20,
                                "sequence": 10,
                                "interviewer_ids": [Command.set(hr.ids)],
                                "question_ids": [Command.set(questions[:2].ids)],
                            }
                        ),
                        Command.create(
                            {
                                "name": practice.env._("In person"),
                                "sequence": 20,
                                "weight": 2,
                                "interviewer_ids": [
                                    Command.set([user.id for user in interviewers])
                                ],
                                "question_ids": [Command.set(questions.ids)],
                            }
                        ),
                    ],
                }
            )
        )
        plan.action_use()
        return plan

    def _sample_interviews(self, practice, plan, applicant, row, index):
        """Both rounds, held and rated; each interviewer as themselves."""
        _name, phone, person, recommendation = row
        start = fields.Datetime.now() - timedelta(days=14 - index)
        start = start.replace(hour=15, minute=0, second=0, microsecond=0)
        for one, ratings in zip(plan.round_ids, (phone, person), strict=True):
            interview = (
                practice.env["medical.people.interview"]
                .with_user(plan.recruiter_id)
                .create(
                    {
                        "applicant_id": applicant.id,
                        "round_id": one.id,
                        "start": start + timedelta(hours=2 * one.sequence / 10),
                    }
                )
            )
            interview.action_schedule()
            # sudo: each interviewer's own card, filled in below as that interviewer
            cards = interview.sudo().scorecard_ids
            for shift, card in enumerate(cards):
                own = card.with_user(card.interviewer_id)
                for number, line in enumerate(own.line_ids):
                    # the second interviewer is a little kinder on the first question
                    kinder = 1 if shift and not number else 0
                    line.rating = str(min(5, ratings[number % 2] + kinder))
                own.recommendation = recommendation
                own.action_submit()

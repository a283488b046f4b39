"""Figures over many candidates, and who is reminded of what."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .recruit_case import RecruitCase


@tagged("post_install", "-at_install")
class TestPeopleFairness(RecruitCase):
    def test_one_reminder_for_what_took_place(self):
        interview = self.plan_interview(self.candidates[2])
        cards = self.env["medical.people.scorecard"].sudo()
        mails = self.env["mail.mail"]
        self.users["staff"].email = "staff@example.com"
        self.users["second"].email = "second@example.com"
        before = mails.search_count([])
        cards._cron_remind()
        self.assertEqual(mails.search_count([]), before)  # nobody said it took place
        interview.with_user(self.users["staff"]).action_held()
        cards._cron_remind()
        cards._cron_remind()
        self.assertEqual(mails.search_count([]), before + 2)
        mail = mails.search([], order="id desc", limit=1)
        self.assertNotIn("Casey", mail.body_html + mail.subject)

    def test_adverse_impact_counts_and_holds_small_groups_back(self):
        people = self.env["hr.applicant"].create(
            [
                {"partner_name": f"Applicant {n}", "job_id": self.job.id}
                for n in range(21)
            ]
        )
        answers = self.env["medical.people.selfid"]
        for n, one in enumerate(people):
            sex = "female" if n < 10 else "male"
            answers._answer(one, sex, "black" if n == 20 else "white")
        self.env.cr.execute(
            "INSERT INTO medical_people_hiring (plan_id, job_id, company_id, chosen_id,"
            " reason, state) SELECT %s, %s, %s, unnest(%s), 'x', 'approved'",
            [
                self.plan.id,
                self.job.id,
                self.company.id,
                [one.id for one in (people[0], people[1], *people[10:16])],
            ],
        )
        self.assertEqual(
            answers._figures(self.job, "sex"), {"Female": (10, 2), "Male": (11, 6)}
        )
        report = self.env["report.medical_office.people_impact"]
        values = report.with_user(self.users["director"])._get_report_values(
            self.job.ids
        )
        by_sex, by_origin = values["sheets"]
        cells = [[cell["text"] for cell in row["cells"]] for row in by_sex["rows"]]
        # 2 of 10 against 6 of 11: 36.7 percent of the highest rate
        self.assertEqual(
            cells[0],
            ["Female", "10", "2", "20.0 %", "36.7 %", "below four fifths"],
        )
        # one of one: neither it nor the other group, which would follow from the total
        self.assertEqual(
            {row["cells"][5]["text"] for row in by_origin["rows"]}, {"too few to show"}
        )
        for role in ("staff", "head", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                report.with_user(self.users[role])._get_report_values(self.job.ids)

    def test_a_job_with_one_more_candidate_does_not_tell_the_answer(self):
        answers = self.env["medical.people.selfid"]
        small, smaller = self.env["hr.job"].create(
            [
                {"name": name, "company_id": self.company.id}
                for name in ("One Candidate", "Four Candidates")
            ]
        )

        def answered(job, count):
            values = {"partner_name": "Somebody", "job_id": job.id}
            for one in self.env["hr.applicant"].create([values] * count):
                answers._answer(one, "female", "white")

        answered(self.job, 9)
        answered(small, 1)
        alone = answers._figures(self.job, "sex")
        self.assertEqual(alone, {"Female": (9, 0)})
        self.assertEqual(answers._figures(self.job | small, "sex"), alone)
        answered(smaller, 4)
        # with all jobs of few answers, five are told at once
        self.assertEqual(answers._figures(self.job | small, "sex"), alone)
        every = answers._figures(self.job | small | smaller, "sex")
        self.assertEqual(every, {"Female": (14, 0)})

    def test_the_funnel_counts_stages_and_reasons(self):
        reason = self.env.ref("medical_office.people_refuse_reason_ranked")
        self.candidates[2].write({"active": False, "refuse_reason_id": reason.id})
        report = self.env["report.medical_office.people_funnel"]
        values = report.with_user(self.users["hr"])._get_report_values(self.job.ids)
        stages, reasons = values["sheets"]
        first = [cell["text"] for cell in stages["rows"][0]["cells"]]
        self.assertEqual(first[1:5], ["3", "100.0 %", "2", "1"])
        self.assertEqual(
            [cell["text"] for cell in reasons["rows"][0]["cells"]],
            ["Another candidate ranked higher", "1"],
        )
        with self.assertRaises(AccessError):
            report.with_user(self.users["head"])._get_report_values(self.job.ids)
        unasked = self.job.copy({"name": "Nobody applied"})
        values = report.with_user(self.users["hr"])._get_report_values(
            (self.job | unasked).ids
        )
        self.assertEqual(len(values["sheets"]), 3)  # two of the job, one of the rest
        self.assertEqual(
            [row["cells"][0]["text"] for row in values["sheets"][2]["rows"]],
            [unasked.name],
        )

    def test_nobody_reads_an_answer(self):
        answers = self.env["medical.people.selfid"]
        answers._answer(self.candidates[0], "female", "<b>")
        known = answers.sudo().search([])
        self.assertEqual((known.sex, known.origin), ("female", "not_told"))
        for role, user in self.users.items():
            with self.subTest(role), self.assertRaises(AccessError):
                answers.with_user(user).search([])

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

    def apply(self, sexes, job=None, origin="white"):
        """One candidate for each, who answers so."""
        people = self.env["hr.applicant"].create(
            [
                {
                    "partner_name": f"Applicant {n}",
                    "job_id": (job or self.job).id,
                    "company_id": self.company.id,
                }
                for n in range(len(sexes))
            ]
        )
        answers = self.env["medical.people.selfid"]
        for one, sex in zip(people, sexes, strict=True):
            answers._answer(one, {"f": "female", "m": "male"}.get(sex, sex), origin)
        return people

    def decide(self, hired, others):
        """The hired by a decision of the director, the others by a refusal."""
        self.env.cr.execute(
            "INSERT INTO medical_people_hiring (plan_id, job_id, company_id, chosen_id,"
            " reason, state) SELECT %s, %s, %s, unnest(%s), 'x', 'approved'",
            [self.plan.id, self.job.id, self.company.id, hired.ids],
        )
        others.active = False
        self.env["medical.people.selfid"]._cron_count()

    def figures(self, jobs=None):
        return self.env["medical.people.selfid"]._figures(jobs or self.job, "sex")

    def test_adverse_impact_counts_and_holds_small_groups_back(self):
        people = self.apply("f" * 10 + "m" * 11)
        answers = self.env["medical.people.selfid"]
        answers._answer(people[20], "male", "black")
        hired = people[:2] | people[10:16]
        self.assertEqual(self.figures(), {})  # nothing is decided
        self.decide(hired, people - hired)
        self.assertEqual(self.figures(), {"Female": (10, 2), "Male": (11, 6)})
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

    def test_figures_before_and_after_one_more_answer_are_the_same(self):
        first = self.apply("ffffmmmm")
        self.decide(first[1:6], first[:1] | first[6:])
        known = {"Female": (4, 3), "Male": (4, 2)}
        self.assertEqual(self.figures(), known)
        # one more is hired, one refused, one has answered anew, one is purged
        more = self.apply("ffffmmmm")
        self.decide(more[:1], more[1:2])
        self.env["medical.people.selfid"]._answer(first[0], "male", "black")
        first[7].unlink()
        self.env["medical.people.selfid"]._cron_count()
        self.assertEqual(self.figures(), known)
        self.decide(more[2:5], more[5:])
        self.assertEqual(self.figures(), known)  # four
        last = self.apply("mm")
        self.decide(last[0], last[1])
        self.assertEqual(self.figures(), {"Female": (8, 6), "Male": (10, 4)})

    def test_what_is_counted_is_nobodys_any_more(self):
        people = self.apply("ffffffmm")
        answers = self.env["medical.people.selfid"].sudo()
        self.assertEqual(
            answers.search([("applicant_id", "in", people.ids)]).applicant_id, people
        )
        self.decide(people[:5], people[5:])
        self.assertFalse(answers.search([("applicant_id", "in", people.ids)]))
        answers._answer(people[0], "male", "white")  # the page is still open somewhere
        answers._cron_count()
        self.assertEqual(self.figures(), {"Female": (6, 5), "Male": (2, 0)})

    def test_who_did_not_tell_makes_no_batch(self):
        people = self.apply("ffff" + "m" * 4)
        silent = self.apply(["not_told"] * 4)
        self.decide(people[:4] | silent, people[4:])
        self.assertEqual(self.figures(), {})

    def test_a_job_of_few_hires_counts_with_all_others_alone(self):
        small, smaller = self.env["hr.job"].create(
            [
                {"name": name, "company_id": self.company.id}
                for name in ("One Hire", "Four Hires")
            ]
        )
        first = self.apply("f" * 9)
        self.decide(first[:5], first[5:])
        alone = self.figures()
        self.assertEqual(alone, {"Female": (9, 5)})
        self.decide(self.apply("f", small), self.apply("m", small))
        self.assertEqual(self.figures(self.job | small), alone)
        self.decide(self.apply("ffff", smaller), self.apply("m", smaller))
        # with all jobs of few hires, five are told at once
        for jobs in (self.job, self.job | small, self.job | smaller):
            self.assertEqual(self.figures(jobs), alone)
        self.assertEqual(self.figures(small), {})
        every = self.figures(self.job | small | smaller)
        self.assertEqual(every, {"Female": (14, 10), "Male": (2, 0)})

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

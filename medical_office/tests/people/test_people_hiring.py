"""Hiring decisions: when, by whom, with which reason; and what a hire waits for."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .recruit_case import RecruitCase


@tagged("post_install", "-at_install")
class TestPeopleHiring(RecruitCase, RpcClient):
    def setUp(self):
        super().setUp()
        self.avery, self.blair, self.casey = self.candidates
        for applicant, ratings in ((self.avery, (5, 4)), (self.blair, (3, 3))):
            interview = self.plan_interview(applicant)
            for card, rating in zip(interview.scorecard_ids, ratings, strict=True):
                self.submit(card, rating)

    def request(self, chosen, **values):
        return (
            self.env["medical.people.hiring"]
            .with_user(self.users["hr"])
            .create(
                {
                    "plan_id": self.plan.id,
                    "chosen_id": chosen.id,
                    "reason": "Rooming and vaccines without help",
                    **values,
                }
            )
        )

    def test_from_the_ranking_to_the_approval(self):
        hiring = self.request(self.avery)
        self.assertFalse(hiring.is_override)
        self.assertEqual(
            [(r.candidate_name, r.rank, r.mean, r.spread) for r in hiring.rank_ids],
            [("Avery Stone", 1, 4.5, 1), ("Blair Moss", 2, 3, 0)],
        )
        row = self.env["medical.core.decision"].search(
            [("res_model", "=", hiring._name), ("res_id", "=", hiring.id)]
        )
        self.assertEqual(row.state, "open")
        self.sign_in("director")
        self.call(hiring._name, "action_approve", hiring.ids)
        self.assertEqual(hiring.state, "approved")
        self.assertEqual(hiring.decided_by_id, self.users["director"])
        self.assertEqual(row.state, "decided")

    def test_an_approved_decision_leads_to_the_offer_filled_in(self):
        hiring = self.request(self.avery)
        with self.assertRaisesRegex(UserError, "approved decision"):
            hiring.action_offer()
        hiring.with_user(self.users["director"]).action_approve()
        action = hiring.action_offer()
        offer = self.env["medical.people.offer"].new(
            {
                key.removeprefix("default_"): value
                for key, value in action["context"].items()
            }
        )
        self.assertEqual(
            (offer.name, offer.email, offer.job_id, offer.department_id),
            ("Avery Stone", "avery@example.com", self.job, self.nursing),
        )
        made = self.env["medical.people.offer"].create(
            {
                "name": offer.name,
                "applicant_id": self.avery.id,
                "job_id": self.job.id,
                "company_id": self.company.id,
                "date_start": "2099-01-05",
                "wage": 25,
                "per": "hour",
            }
        )
        self.assertEqual(hiring.action_offer()["res_id"], made.id)
        with self.assertRaises(AccessError):
            hiring.with_user(self.users["director"]).action_offer()

    def test_against_the_ranking_takes_a_reason(self):
        with self.assertRaisesRegex(UserError, "ranks 2"), self.env.cr.savepoint():
            self.request(self.blair)
        hiring = self.request(self.blair, override_reason="Speaks Spanish, as posted")
        self.assertTrue(hiring.is_override)

    def test_nobody_is_chosen_before_all_cards_are_in(self):
        interview = self.plan_interview(self.casey)
        with (
            self.assertRaisesRegex(UserError, "all scorecards are in"),
            self.env.cr.savepoint(),
        ):
            self.request(self.avery)
        interview.with_user(self.users["hr"]).action_no_show()
        self.assertTrue(self.request(self.avery))

    def test_who_was_not_rated_is_not_chosen(self):
        with self.assertRaisesRegex(UserError, "not rated"), self.env.cr.savepoint():
            self.request(self.casey)

    def test_a_refused_candidate_holds_nobody_up(self):
        self.plan_interview(self.casey)
        self.casey.action_archive()
        self.assertTrue(self.request(self.avery))

    def test_a_knock_out_is_not_overridden(self):
        knockout = self.env["medical.people.knockout"]._pen()
        knockout = knockout.create(
            {"applicant_id": self.avery.id, "criterion": "license"}
        ).with_user(self.users["hr"])
        with self.assertRaisesRegex(UserError, "To check"), self.env.cr.savepoint():
            self.request(self.avery)
        knockout.action_fail("License lapsed, state board, looked up today")
        with self.assertRaisesRegex(UserError, "Failed"), self.env.cr.savepoint():
            self.request(self.avery, override_reason="We like them")
        hiring = self.request(self.blair)
        self.assertFalse(hiring.is_override)  # the one above is out

    def test_it_is_never_changed(self):
        hiring = self.request(self.avery)
        self.sign_in("hr")
        for values in (
            {"reason": "other"},
            {"chosen_id": self.blair.id},
            {"override_reason": "x"},
            {"is_override": True},
            {"state": "approved"},
        ):
            with self.subTest(values):
                self.call_refused(hiring._name, "write", hiring.ids, values)
        self.call_refused(hiring._name, "unlink", hiring.ids)
        self.call_refused(
            "medical.people.hiring.rank", "write", hiring.rank_ids.ids, {"mean": 5}
        )

    def test_who_requested_it_does_not_approve_and_hr_cannot(self):
        hiring = self.request(self.avery)
        self.sign_in("hr")
        self.call_refused(hiring._name, "action_approve", hiring.ids)
        hiring._pen().requested_by_id = self.users["director"]
        with self.assertRaisesRegex(AccessError, "somebody else"):
            hiring.with_user(self.users["director"]).action_approve()

    def test_interviewers_learn_no_ranking(self):
        hiring = self.request(self.avery)
        for role in ("staff", "head", "payroll", "plain"):
            with self.subTest(role):
                self.sign_in(role)
                self.call_refused(hiring._name, "read", hiring.ids, ["reason"])
                self.call_refused(
                    "medical.people.hiring.rank", "read", hiring.rank_ids.ids, ["mean"]
                )

    def test_a_rejected_one_may_be_requested_again(self):
        hiring = self.request(self.avery)
        director = hiring.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "reason"):
            director.action_reject(" ")
        director.action_reject("References first")
        self.assertEqual(hiring.rejection, "References first")
        self.assertTrue(self.request(self.avery))

    def test_a_hired_stage_takes_an_approved_decision(self):
        stage = self.env["hr.recruitment.stage"].search([("hired_stage", "=", True)])[0]
        self.sign_in("hr")
        self.call_refused(
            "hr.applicant", "write", self.avery.ids, {"stage_id": stage.id}
        )
        hiring = self.request(self.avery)
        self.call_refused(
            "hr.applicant", "write", self.avery.ids, {"stage_id": stage.id}
        )
        hiring.with_user(self.users["director"]).action_approve()
        self.call("hr.applicant", "write", self.avery.ids, {"stage_id": stage.id})
        self.assertEqual(self.avery.stage_id, stage)

    def test_no_card_after_the_decision(self):
        self.request(self.avery)
        self.round.with_env(self.env).copy({"plan_id": self.plan.id})
        with self.assertRaisesRegex(UserError, "nothing left to rate"):
            self.avery.with_user(self.users["hr"]).action_medical_add_interviews()

    def test_the_comparison_as_pdf_lines_and_as_a_spreadsheet(self):
        report = self.env["report.medical_office.people_candidates"]
        values = report.with_user(self.users["hr"])._get_report_values(self.plan.ids)
        ranking, competencies, raters = values["sheets"]
        self.assertEqual(
            [[cell["text"] for cell in row["cells"]][:4] for row in ranking["rows"]],
            [["1", "Avery Stone", "4.50", "1.00"], ["2", "Blair Moss", "3.00", "0.00"]],
        )
        self.assertEqual(len(raters["rows"]), 2)
        self.assertTrue(competencies["rows"])
        action = self.env.ref("medical_office.people_candidates_xlsx_action_report")
        content, kind = action.with_user(self.users["hr"])._render(
            action.report_name, self.plan.ids, {}
        )
        self.assertEqual((content[:2], kind), (b"PK", "xlsx"))
        for role in ("staff", "head", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                report.with_user(self.users[role])._get_report_values(self.plan.ids)

    def test_comparing_more_candidates_takes_no_more_queries(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.plan._standing()
            self.plan._open_problems()
            return self.env.cr.sql_log_count - before

        queries()
        of_two = queries()
        for card in self.plan_interview(self.casey).scorecard_ids:
            self.submit(card, 2)
        self.assertEqual(queries(), of_two)

    def test_the_screen_shows_what_the_paper_shows(self):
        shown = str(self.plan.with_user(self.users["hr"]).comparison)
        self.assertIn("Avery Stone", shown)
        self.assertIn("4.50", shown)
        self.round.with_user(self.users["hr"]).interviewer_ids |= self.users["hr"]
        self.plan_interview(self.casey)
        self.plan.invalidate_recordset()
        shown = str(self.plan.with_user(self.users["hr"]).comparison)
        self.assertNotIn("4.50", shown)
        self.assertIn("your own scorecards", shown)


@tagged("post_install", "-at_install")
class TestPeopleKnockout(RecruitCase, RpcClient):
    def test_the_plan_says_which_criteria_are_checked(self):
        plan = self.plan.copy({"job_id": self.job.copy().id})
        plan.write({"references_needed": 1, "checks_exclusion": True})
        plan.with_user(self.users["hr"]).action_use()
        applicant = self.env["hr.applicant"].create(
            {"partner_name": "Drew Hale", "job_id": plan.job_id.id}
        )
        applicant.with_user(self.users["hr"]).action_medical_add_interviews()
        knockouts = applicant.medical_knockout_ids.with_user(self.users["hr"])
        self.assertEqual(
            set(knockouts.mapped("criterion")), {"exclusion", "references"}
        )
        references = knockouts.filtered(lambda one: one.criterion == "references")
        with self.assertRaisesRegex(UserError, "0 of 1"):
            references.action_pass("all well")
        answered = (
            self.env["medical.people.reference"]
            .with_user(self.users["hr"])
            .create({"applicant_id": applicant.id, "name": "Former manager"})
        )
        answered.write({"outcome": "supports", "answer": "Careful with vaccines"})
        self.assertEqual(answered.asked_by_id, self.users["hr"])
        with self.assertRaises(UserError):
            answered.answer = "rewritten"
        again = answered.copy()
        self.assertEqual((again.outcome, again.answer), ("open", False))
        self.assertFalse(again.asked_by_id or again.asked_at)
        references.action_pass("One reference, see there")
        self.assertEqual(references.checked_by_id, self.users["hr"])

    def test_who_is_on_an_exclusion_list_does_not_pass(self):
        knockout = (
            self.env["medical.people.knockout"]
            ._pen()
            .create({"applicant_id": self.candidates[0].id, "criterion": "exclusion"})
            .with_user(self.users["hr"])
        )
        found = {self.candidates[0].id: "OIG 1128(a)(1), 2019"}
        self.patch(
            self.env.registry["hr.applicant"],
            "_medical_exclusion_hits",
            lambda _self: found,
        )
        with self.assertRaisesRegex(UserError, "1128"):
            knockout.action_pass("looked it up")
        self.assertEqual(knockout.state, "open")
        self.sign_in("staff")
        self.call_refused(knockout._name, "read", knockout.ids, ["state"])

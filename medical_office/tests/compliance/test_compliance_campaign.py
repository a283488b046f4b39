"""Acknowledgment campaigns: who is asked, reminded, quizzed; what has changed."""

from datetime import date, datetime, timedelta

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from ..common import PracticeCase, RpcClient

NOW = datetime(2026, 11, 24, 18, 0)


class CampaignCase(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(NOW))
        cls.text = cls.env["medical.core.text"].create(
            {"name": "Hand hygiene", "company_id": cls.company.id}
        )
        cls.version = cls.approve("<p>Wash hands.</p><p>Wear gloves.</p>")

    @classmethod
    def approve(cls, body):
        version = cls.env["medical.core.text.version"].create(
            {"text_id": cls.text.id, "body": body}
        )
        version.with_user(cls.users["manager"]).action_submit()
        version.with_user(cls.users["director"]).action_approve()
        return version

    def campaign(self, role="hr", start=True, **values):
        campaign = (
            self.env["medical.compliance.campaign"]
            .with_user(self.users[role])
            .create(
                {
                    "text_id": self.text.id,
                    "date_due": date(2026, 12, 15),
                    "group_ids": [
                        Command.set(
                            self.env.ref("medical_office.core_group_payroll").ids
                        )
                    ],
                    **values,
                }
            )
        )
        if start:
            campaign.action_start()
        return campaign

    def row(self, campaign, role):
        return campaign.reader_ids.filtered(lambda one: one.user_id == self.users[role])

    def read(self, role):
        self.version.with_user(self.users[role]).action_acknowledge()
        self.env.invalidate_all()

    def quiz(self):
        return self.env["survey.survey"].create(
            {
                "title": "Hands",
                "scoring_type": "scoring_without_answers",
                "scoring_success_min": 80,
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": "When?",
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                Command.create(
                                    {
                                        "value": "Before and after",
                                        "is_correct": True,
                                        "answer_score": 1,
                                    }
                                ),
                                Command.create({"value": "Never"}),
                            ],
                        }
                    )
                ],
            }
        )

    def pass_quiz(self, survey, role):
        answer = survey._create_answer(user=self.users[role], check_attempts=False)
        question = survey.question_ids
        answer._save_lines(question, str(question.suggested_answer_ids[0].id))
        answer._mark_done()


@tagged("post_install", "-at_install")
class TestComplianceCampaign(CampaignCase):
    def test_it_asks_the_roles_it_concerns(self):
        campaign = self.campaign()
        # the office manager has the payroll role, too
        self.assertTrue(self.row(campaign, "payroll") and self.row(campaign, "manager"))
        self.assertFalse(self.row(campaign, "staff"))
        self.assertEqual(campaign.version_id, self.version)
        self.assertEqual(campaign.missing_count, campaign.reader_count)

    def test_who_reads_it_is_missing_no_more(self):
        campaign = self.campaign()
        missing = campaign.missing_count
        self.read("payroll")
        self.assertEqual(campaign.missing_count, missing - 1)
        self.assertEqual(self.row(campaign, "payroll").acknowledged_at, NOW)

    def test_who_has_read_it_before_is_not_asked_again(self):
        self.read("payroll")
        self.assertTrue(self.row(self.campaign(), "payroll").acknowledged_at)

    def test_the_job_reminds_in_time_and_asks_who_came_since(self):
        campaign = self.campaign()
        self.assertEqual(self.row(campaign, "payroll").reminder_count, 1)
        late = new_test_user(
            self.env,
            "late_payroll",
            groups="medical_office.core_group_payroll",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        with freeze_time(NOW + timedelta(days=1)):
            campaign.sudo()._daily()
        self.assertIn(late, campaign.reader_ids.user_id)
        self.assertEqual(self.row(campaign, "payroll").reminder_count, 1)
        self.read("manager")
        for days in (15, 16, 22):
            with freeze_time(NOW + timedelta(days=days)):
                campaign.sudo()._daily()
        self.env.invalidate_all()
        self.assertEqual(self.row(campaign, "payroll").reminder_count, 3)
        self.assertEqual(self.row(campaign, "manager").reminder_count, 1)

    def test_the_quiz_comes_before_the_signature(self):
        survey = self.quiz()
        campaign = self.campaign(survey_id=survey.id)
        with self.assertRaisesRegex(UserError, "pass the quiz first"):
            self.read("payroll")
        action = self.row(campaign, "payroll").with_user(self.users["payroll"])
        self.assertIn("/survey/start/", action.action_quiz()["url"])
        self.pass_quiz(survey, "payroll")
        self.read("payroll")
        self.assertTrue(self.row(campaign, "payroll").acknowledged_at)

    def test_a_quiz_on_the_old_version_is_none_on_the_new(self):
        survey = self.quiz()
        self.campaign(survey_id=survey.id)
        self.pass_quiz(survey, "payroll")
        with freeze_time(NOW + timedelta(days=30)):
            self.version = self.approve("<p>Wash hands for a minute.</p>")
            self.campaign(survey_id=survey.id, date_due=date(2027, 1, 31))
            with self.assertRaisesRegex(UserError, "pass the quiz first"):
                self.read("payroll")
            self.pass_quiz(survey, "payroll")
            self.read("payroll")

    def test_the_changes_are_shown_against_the_version_before(self):
        self.assertFalse(self.version.difference)
        second = self.approve("<p>Wash hands.</p><p>Wear clean gloves.</p>")
        said = str(second.difference)
        self.assertIn('line-through;">Wear gloves.', said)
        self.assertIn('#e2f3e5;">Wear clean gloves.', said)

    def test_a_new_version_ends_the_campaign_and_prepares_the_next(self):
        """Nobody can confirm a version out of force: its readers would wait for ever."""
        campaign = self.campaign()
        self.read("payroll")
        self.approve("<p>Wash hands for a minute.</p>")
        self.assertEqual(campaign.state, "closed")
        self.assertTrue(self.row(campaign, "payroll").acknowledged_at)
        self.assertFalse(self.row(campaign, "manager").acknowledged_at)
        draft = campaign.search(
            [("text_id", "=", self.text.id), ("state", "=", "draft")]
        )
        self.assertEqual(draft.group_ids, campaign.group_ids)
        self.assertEqual(draft.user_id, self.users["hr"])
        self.assertEqual(draft.date_due, date(2026, 12, 15))
        draft.with_user(self.users["hr"]).action_start()
        self.assertEqual(draft.version_id, self.text.current_id)
        self.assertEqual(draft.missing_count, draft.reader_count)
        self.assertTrue(self.row(draft, "payroll"))

    def test_who_is_late_is_found_once_for_each_campaign(self):
        campaign = self.campaign()
        check = self.env["medical.compliance.campaign"]._medical_check_unread

        def found():
            return [r for r in check().rows if r.company_id == self.company.id]

        self.assertEqual(found(), [])
        with freeze_time(datetime(2026, 12, 20, 18, 0)):
            [row] = found()
        self.assertIn("“Hand hygiene, version 1” is not read by", row.summary)
        campaign.action_close("Everybody was told in person")
        with freeze_time(datetime(2026, 12, 20, 18, 0)):
            self.assertEqual(found(), [])

    def test_a_text_without_a_version_in_force_is_refused(self):
        empty = self.env["medical.core.text"].create({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "no version in force"):
            self.campaign(text_id=empty.id)

    def test_the_report_names_who_is_missing(self):
        campaign = self.campaign()
        self.read("payroll")
        report = self.env["report.medical_office.compliance_campaign_report"]
        [sheet] = report._sheets(campaign, {})
        missing = {row["who"]: row["missing"] for row in sheet.rows[1:]}
        self.assertFalse(missing[self.users["payroll"].name])
        self.assertTrue(missing[self.users["manager"].name])

    def test_staff_and_director_start_none(self):
        for role in ("staff", "head", "director", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.campaign(role)


@tagged("post_install", "-at_install")
class TestComplianceCampaignDoors(CampaignCase, RpcClient):
    def test_nobody_says_that_they_have_read_by_writing(self):
        campaign = self.campaign()
        row = self.row(campaign, "payroll")
        model = row._name
        self.sign_in("payroll")
        mine = self.call(model, "search_read", [], ["user_id"])
        self.assertEqual(
            {one["user_id"][0] for one in mine}, {self.users["payroll"].id}
        )
        now = "2026-11-24 10:00:00"
        self.call_refused(model, "write", row.ids, {"acknowledged_at": now})
        self.sign_in("manager")
        self.call_refused(model, "write", row.ids, {"acknowledged_at": now})
        self.call_refused(model, "unlink", row.ids)
        self.call_refused(
            campaign._name, "write", campaign.ids, {"text_id": self.text.id}
        )

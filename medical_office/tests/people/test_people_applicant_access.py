"""Applicants, role by role, through RPC: who reads, who works, who is kept out."""

from lxml import etree

from odoo import Command
from odoo.tests import tagged

from ..common import RpcClient, asked_by_client
from .recruit_case import RecruitCase


@tagged("post_install", "-at_install")
class TestPeopleApplicantAccess(RecruitCase, RpcClient):
    def setUp(self):
        super().setUp()
        self.applicant = self.candidates[0]
        self.ids = self.applicant.ids

    def test_hr_reads_and_works_applicants(self):
        self.sign_in("hr")
        found = self.call("hr.applicant", "search_read", [["id", "in", self.ids]])
        self.assertEqual(found[0]["partner_name"], "Avery Stone")
        stage = self.env["hr.recruitment.stage"].search([], limit=2)[1]
        self.call("hr.applicant", "write", self.ids, {"stage_id": stage.id})
        self.assertEqual(self.applicant.stage_id, stage)

    def test_the_director_reads_and_changes_nothing(self):
        self.sign_in("director")
        found = self.call("hr.applicant", "read", self.ids, ["partner_name"])
        self.assertEqual(found[0]["partner_name"], "Avery Stone")
        self.call_refused("hr.applicant", "write", self.ids, {"priority": "3"})
        self.call_refused("hr.applicant", "action_archive", self.ids)

    def test_every_screen_of_applicants_opens(self):
        """Who reads them is refused none of the columns that the screens show."""
        menu = self.env.ref("hr_recruitment.crm_case_categ0_act_job")
        for role in ("hr", "director"):
            rows = self.env["hr.applicant"].with_user(self.users[role])
            for view, kind in menu.views:
                with self.subTest(role, kind=kind):
                    if kind not in ("list", "kanban", "form"):
                        continue
                    shown = rows.get_views([(view, kind)])["views"][kind]["arch"]
                    nodes = etree.fromstring(shown).xpath(
                        "//field[not(ancestor::field or ancestor::groupby)]"
                    )
                    found = rows.web_search_read(
                        [("id", "in", self.ids)], asked_by_client(rows, nodes)
                    )
                    self.assertEqual(found["length"], 1)

    def test_skills_are_read_by_who_reads_applicants(self):
        kind = self.env["hr.skill.type"].create(
            {
                "name": "Phlebotomy",
                "skill_ids": [Command.create({"name": "Draws"})],
                "skill_level_ids": [
                    Command.create({"name": "Good", "level_progress": 80})
                ],
            }
        )
        skill = self.env["hr.applicant.skill"].create(
            {
                "applicant_id": self.applicant.id,
                "skill_type_id": kind.id,
                "skill_id": kind.skill_ids.id,
                "skill_level_id": kind.skill_level_ids.id,
            }
        )
        for role in ("hr", "director"):
            self.sign_in(role)
            [row] = self.call(
                "hr.applicant", "read", self.ids, ["current_applicant_skill_ids"]
            )
            self.assertEqual(row["current_applicant_skill_ids"], skill.ids)
        self.call_refused("hr.applicant.skill", "unlink", skill.ids)
        for role in ("staff", "head", "payroll", "accountant", "auditor", "plain"):
            with self.subTest(role):
                self.sign_in(role)
                self.call_refused("hr.applicant.skill", "read", skill.ids, ["skill_id"])

    def test_other_roles_see_no_applicant(self):
        for role in ("staff", "head", "payroll", "accountant", "auditor", "plain"):
            with self.subTest(role):
                self.sign_in(role)
                self.call_refused("hr.applicant", "read", self.ids, ["partner_name"])
                self.call_refused("hr.applicant", "write", self.ids, {"priority": "3"})

    def test_the_contact_of_an_applicant_is_no_contact_for_everybody(self):
        contact = self.applicant.partner_id
        self.assertEqual(contact.name, "Avery Stone")
        roles = ("staff", "head", "payroll", "accountant", "auditor", "plain")
        for archived in (False, True):
            self.applicant.active = not archived  # refused applicants are archived
            for role in roles:
                with self.subTest(role, archived=archived):
                    self.assertFalse(self.found_by(role))
        for role in ("hr", "director"):
            self.assertEqual(self.found_by(role), contact.ids)
        self.sign_in("staff")
        self.call_refused("res.partner", "read", contact.ids, ["email"])

    def test_who_is_known_otherwise_stays_to_be_found(self):
        contact = self.applicant.partner_id
        contact.supplier_rank = 1
        self.assertEqual(self.found_by("accountant"), contact.ids)
        contact.supplier_rank = 0
        self.assertFalse(self.found_by("accountant"))
        self.env["hr.employee"].create(
            {"name": "Avery Stone", "work_contact_id": contact.id}
        )
        self.assertEqual(self.found_by("staff"), contact.ids)

    def found_by(self, role):
        self.env.flush_all()
        self.sign_in(role)
        return self.call("res.partner", "search", [["name", "=", "Avery Stone"]])

    def test_an_interviewer_of_the_host_sees_and_changes_nothing(self):
        """The host would let them write, star, refuse, archive and name others."""
        self.applicant.interviewer_ids = self.users["staff"]
        self.job.interviewer_ids = self.users["staff"]
        self.assertTrue(
            self.users["staff"].has_group(
                "hr_recruitment.group_hr_recruitment_interviewer"
            )
        )
        stage = self.env["hr.recruitment.stage"].search([], limit=2)[1]
        reason = self.env["hr.applicant.refuse.reason"].search([], limit=1)
        self.sign_in("staff")
        for values in (
            {"stage_id": stage.id},
            {"priority": "3"},
            {"active": False},
            {"refuse_reason_id": reason.id},
            {"interviewer_ids": [Command.link(self.users["head"].id)]},
            {"kanban_state": "done"},
            {"applicant_notes": "mine"},
        ):
            with self.subTest(values):
                self.call_refused("hr.applicant", "write", self.ids, values)
        self.assertEqual(self.call("hr.applicant", "search_count", []), 0)
        self.call_refused("hr.applicant", "read", self.ids, ["priority"])
        self.call_refused("hr.applicant", "action_archive", self.ids)
        self.call_refused("hr.applicant", "message_post", self.ids, body="hired!")
        self.call_refused(
            "hr.applicant",
            "activity_schedule",
            self.ids,
            act_type_xmlid="mail.mail_activity_data_todo",
        )

    def test_an_interviewer_of_the_host_does_not_refuse_through_the_dialog(self):
        self.applicant.interviewer_ids = self.users["staff"]
        reason = self.env["hr.applicant.refuse.reason"].search([], limit=1)
        self.sign_in("staff")
        self.call_refused(
            "applicant.get.refuse.reason",
            "create",
            [
                {
                    "refuse_reason_id": reason.id,
                    "applicant_ids": [Command.set(self.ids)],
                    "send_mail": False,
                }
            ],
        )
        self.assertTrue(self.applicant.active)

    def test_messages_of_an_applicant_are_not_found(self):
        self.applicant.interviewer_ids = self.users["staff"]
        self.applicant.message_post(body="Strong candidate")
        self.sign_in("staff")
        found = self.call(
            "mail.message",
            "search_read",
            [["model", "=", "hr.applicant"], ["res_id", "in", self.ids]],
            ["body"],
        )
        self.assertFalse([row for row in found if "Strong" in (row["body"] or "")])

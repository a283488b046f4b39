"""Controlled texts: written by one, approved by another, acknowledged by all."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestCoreText(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = (
            cls.env["medical.core.text"]
            .with_user(cls.users["hr"])
            .create(
                {
                    "name": "Hand hygiene",
                    "must_acknowledge": True,
                    "company_id": cls.company.id,
                }
            )
        )
        cls.version = cls.new_version("<p>Wash your hands.</p>")

    @classmethod
    def new_version(cls, body, **values):
        return (
            cls.env["medical.core.text.version"]
            .with_user(cls.users["hr"])
            .create({"text_id": cls.text.id, "body": body, **values})
        )

    def approve(self, version):
        version.with_user(self.users["hr"]).action_submit()
        version.with_user(self.users["director"]).action_approve()
        return version

    def test_a_version_goes_from_its_author_to_another_person(self):
        self.version.action_submit()
        decision = self.env["medical.core.decision"].search(
            [("res_model", "=", self.version._name), ("res_id", "=", self.version.id)]
        )
        self.assertEqual(decision.state, "open")
        self.assertEqual(decision.asked_by_id, self.users["hr"])
        with self.assertRaises(AccessError):
            self.version.action_approve()
        self.version.with_user(self.users["director"]).action_approve()
        self.assertEqual(self.text.current_id, self.version)
        self.assertEqual(self.version.approved_by_id, self.users["director"])
        self.assertEqual(decision.state, "decided")
        self.assertEqual(decision.outcome, "In force")
        self.assertEqual(decision.decided_by_id, self.users["director"])

    def test_who_rewrote_it_does_not_approve_it(self):
        both = self.users["manager"]
        both.group_ids = [
            Command.link(self.env.ref("medical_office.core_group_director").id)
        ]
        self.version.with_user(both).body = "<p>My own wording.</p>"
        self.version.with_user(self.users["hr"]).action_submit()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            self.version.with_user(both).action_approve()
        self.version.with_user(self.users["director"]).action_approve()

    def test_who_wrote_it_does_not_approve_it(self):
        both = self.users["hr"]
        both.group_ids = [
            Command.link(self.env.ref("medical_office.core_group_director").id)
        ]
        self.version.action_submit()
        with self.assertRaisesRegex(AccessError, "somebody else"):
            self.version.action_approve()

    def test_a_version_is_not_changed_once_it_is_submitted(self):
        self.version.action_submit()
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            self.version.body = "<p>Or do not.</p>"
        self.approve_submitted()
        for vals in ({"body": "<p>No.</p>"}, {"change": "None"}, {"number": 7}):
            with self.subTest(vals), self.assertRaises(UserError):
                self.version.write(vals)
        with self.assertRaises(UserError):
            self.text.write({"version_ids": [Command.delete(self.version.id)]})

    def approve_submitted(self):
        self.version.with_user(self.users["director"]).action_approve()

    def test_a_version_is_not_born_in_force(self):
        forged = {"default_state": "in_force", "default_approved_by_id": 1}
        born = self.new_version("<p>Mine</p>")
        sly = (
            self.env["medical.core.text.version"]
            .with_user(self.users["hr"])
            .with_context(**forged)
            .create({"text_id": self.text.id, "body": "<p>Mine</p>"})
        )
        self.assertEqual((born.state, sly.state), ("draft", "draft"))
        self.assertFalse(sly.approved_by_id)
        self.assertEqual((born.number, sly.number), (2, 3))

    def test_the_next_version_takes_the_place_of_the_one_before(self):
        self.approve(self.version)
        following = self.approve(self.new_version("<p>Wash and dry.</p>"))
        self.assertEqual(self.version.state, "superseded")
        self.assertTrue(self.version.superseded_at)
        self.assertEqual(self.text.current_id, following)
        self.assertIn("Wash and dry", self.text.body)

    def test_a_new_version_starts_from_the_one_in_force(self):
        self.approve(self.version)
        action = self.text.action_new_version()
        version = self.env["medical.core.text.version"].browse(action["res_id"])
        self.assertEqual(version.body, self.version.body)
        with self.assertRaisesRegex(UserError, "in progress"):
            self.text.action_new_version()

    def test_an_empty_version_is_not_submitted(self):
        with self.assertRaisesRegex(UserError, "is empty"):
            self.new_version("<p><br></p>").action_submit()

    def test_everybody_acknowledges_for_oneself_and_once(self):
        self.approve(self.version)
        readers = self.text._readers()
        self.assertIn(self.users["staff"], readers)
        self.assertNotIn(self.users["outsider"], readers)
        mine = self.version.with_user(self.users["staff"])
        self.assertFalse(mine.is_read)
        mine.action_acknowledge()
        mine.action_acknowledge()
        self.assertTrue(mine.is_read)
        self.assertFalse(mine.with_user(self.users["head"]).is_read)
        proof = self.version.acknowledgment_ids.sudo()
        self.assertEqual(proof.user_id, self.users["staff"])
        self.assertEqual(proof.digest, self.version.digest)
        self.assertNotIn(self.users["staff"], self.text._missing_readers())
        for values in (
            {"version_id": self.version.id, "user_id": self.users["head"].id},
        ):
            with self.assertRaises(AccessError):
                self.env["medical.core.acknowledgment"].with_user(
                    self.users["hr"]
                ).create(values)

    def test_a_draft_is_not_shown_to_staff_nor_acknowledged(self):
        with self.assertRaises(AccessError):
            self.version.with_user(self.users["staff"]).read(["body"])
        with self.assertRaises(UserError):
            self.version.with_user(self.users["manager"]).action_acknowledge()

    def test_a_change_past_the_program_is_seen(self):
        self.approve(self.version)
        self.assertTrue(self.version._is_unchanged())
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE medical_core_text_version SET body = '<p>No.</p>' WHERE id = %s",
            [self.version.id],
        )
        self.version.invalidate_recordset()
        self.assertFalse(self.version._is_unchanged())

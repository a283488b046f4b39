"""The phone screen in a browser: connections drop, answers get lost, nothing else does."""

from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from .round_case import RoundCase


@tagged("post_install", "-at_install")
class TestRoundPhoneTour(RoundCase, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.round = cls.new_round()
        cls.round._ensure_lines()

    def of_room(self, room):
        return self.round.line_ids.filtered(lambda x: x.room_id == room).sorted("id")

    def test_walk_with_a_bad_connection(self):
        self.start_tour(
            "/odoo/rounds-walk?room=old-label",
            "medical_office_round_phone",
            login=self.owner.login,
        )
        self.assertEqual(self.round.state, "done")
        self.assertEqual(self.round.signed_by_id, self.owner)
        first, second = self.of_room(self.exam_1), self.of_room(self.exam_2)
        self.assertEqual(first.mapped("result"), ["fail", "pass", "fail", "open"])
        self.assertEqual(second.mapped("result"), ["pass", "fail", "na", "open"])
        self.assertEqual(first[0].note, "Stain on the cushion")
        self.assertTrue(first[0].has_photo)
        self.assertEqual(first[1].value_number, 38.5)
        # fail, note, photo, number, choice, pass, number, n/a: each applied once
        received = self.env["medical.core.round.entry"].search_count(
            [("line_id", "in", self.round.line_ids.ids)]
        )
        self.assertEqual(received, 8)

    def test_refusals_are_shown_and_corrected(self):
        lines = type(self.round.line_ids)
        enter = lines._enter

        def refuse_pass(self, values, **known):
            if values.get("result") == "pass":
                raise ValidationError(self.env._("Wipes are not in stock."))
            return enter(self, values, **known)

        self.round.checklist_id.credential_type_id = self.env[
            "medical.core.credential.type"
        ].create({"name": "BLS card", "code": "test_bls"})
        with patch.object(lines, "_enter", refuse_pass):
            self.start_tour(
                f"/medical_office/room/{self.exam_1.medical_qr_token}",
                "medical_office_round_phone_refused",
                login=self.owner.login,
            )
        self.assertEqual(self.round.state, "in_progress")
        self.assertEqual(
            self.of_room(self.exam_1).mapped("result"), ["na", "pass", "pass", "open"]
        )

"""A temperature that would be right in the other unit is asked about, at every door."""

from uuid import uuid4

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .coldchain_case import ColdchainCase


@tagged("post_install", "-at_install")
class TestSupplyAsked(ColdchainCase):
    """The round of a refrigerator in Fahrenheit; 4.5 is meant as Celsius."""

    def line(self, what="now"):
        one = self.round.with_user(self.users["staff"])
        if one.state == "planned":
            one.action_start()
        item = self.env.ref(
            f"medical_office.facility_checklist_vaccine_refrigerator_{what}"
        )
        return one.line_ids.filtered(lambda line: line.item_id == item)

    def held(self):
        return 15 - self.on_hand(self.shelf, self.vaccine)

    def entry(self, **values):
        line = self.line()
        board = self.env["medical.core.round"].with_user(self.users["staff"])
        uuid = uuid4().hex
        answer = board.phone_submit([{"uuid": uuid, "line_id": line.id, **values}])
        return answer[uuid]["status"]

    def test_typed_on_the_desktop_or_by_rpc(self):
        line = self.line()
        line.write({"value_number": 4.5})
        self.assertEqual(line.result, "fail")
        self.assertIn("40.1 °F", line.doubt)
        self.assertFalse(self.excursion())
        self.assertFalse(self.fridge.medical_is_out)
        self.assertEqual(self.held(), 0)
        found = self.env["medical.supply.excursion"]._medical_check_excursion()
        self.assertIn(
            ("medical.core.round.line", line.id), [row[:2] for row in found.rows]
        )

    def test_corrected(self):
        line = self.line()
        line.write({"value_number": 4.5})
        line.write({"value_number": 40.1})
        self.assertEqual((line.result, line.doubt), ("pass", False))
        self.assertFalse(self.excursion())

    def test_corrected_to_what_is_out_of_range_by_any_unit(self):
        line = self.line()
        line.write({"value_number": 4.5})
        line.write({"value_number": 50.0})
        self.assertEqual(self.excursion().state, "quarantined")
        self.assertTrue(self.fridge.medical_is_out)

    def test_confirmed(self):
        line = self.line()
        line.write({"value_number": 4.5})
        with self.assertRaises(AccessError):
            line.with_user(self.users["auditor"]).action_confirm_number()
        with self.assertRaises(AccessError):
            line.with_user(self.users["outsider"]).action_confirm_number()
        line.with_user(self.users["staff"]).action_confirm_number()
        self.assertEqual(self.excursion().kind, "cold")
        self.assertEqual(self.held(), 15)
        self.assertTrue(self.fridge.medical_is_out)
        # the same number again is not asked about again
        line.write({"value_number": 4.5, "note": "Still"})
        self.assertFalse(line.doubt)

    def test_nobody_answers_the_question_by_writing_it(self):
        line = self.line()
        line.write({"value_number": 4.5})
        with self.assertRaises(AccessError):
            line.with_user(self.users["manager"]).write({"doubt": False})

    def test_a_round_with_a_question_is_not_signed(self):
        one = self.round.with_user(self.users["staff"])
        self.line().write({"value_number": 4.5})
        with self.assertRaisesRegex(UserError, "Confirm or correct"):
            one.action_sign()

    def test_sent_by_a_phone_that_did_not_ask(self):
        self.assertEqual(self.entry(number="4.5"), "ok")
        self.assertFalse(self.excursion())
        self.assertEqual(self.entry(number="4.5", confirmed="yes"), "ok")
        self.assertFalse(self.excursion())  # only True is an answer

    def test_sent_by_a_phone_that_asked(self):
        self.assertEqual(self.entry(number="4.5", confirmed=True), "ok")
        self.assertEqual(self.excursion().state, "quarantined")

    def test_reported_by_hand(self):
        board = self.env["medical.supply.excursion"].with_user(self.users["staff"])
        seen = {"equipment_id": self.fridge.id, "kind": "warm", "worst": 41}
        with self.assertRaisesRegex(UserError, "as 41 °F"), self.cr.savepoint():
            board.create(seen)
        self.assertTrue(board.create({**seen, "is_sure": True}))

"""Bad input through RPC, as the role that enters it: refused with the remedy, nothing kept."""

import base64

from odoo.tests import tagged

from ..common import RpcClient
from .people_case import PeopleCase
from .recruit_case import RecruitCase

CREDENTIAL = "medical.core.credential"
WIZARD = "medical.people.import.wizard"
CARD = "medical.people.scorecard"


@tagged("post_install", "-at_install")
class TestPeopleBadInput(PeopleCase, RpcClient):
    def setUp(self):
        super().setUp()
        self.sign_in("hr")

    def credential(self, kind, **values):
        return {
            "type_id": kind.id,
            "user_id": self.nurse.user_id.id,
            "date_from": "2026-01-01",
            **values,
        }

    def held(self):
        return self.env[CREDENTIAL].search_count(
            [("user_id", "=", self.nurse.user_id.id)]
        )

    def test_a_dea_number_with_the_letter_of_another_name(self):
        before = self.held()
        number = "BX3876541"  # its check digit is right; Staff Person is a P
        sentence = self.sentence_of(
            CREDENTIAL, "create", [self.credential(self.dea, number=number)]
        )
        self.assertIn(number, sentence)
        self.assertIn("its second letter is the first of the last name", sentence)
        self.assertIn("Registered as", sentence)
        self.assertEqual(self.held(), before)
        values = self.credential(self.dea, number=number, registered_name="Xavier")
        (made,) = self.call(CREDENTIAL, "create", [values])  # the remedy works
        sentence = self.sentence_of(
            CREDENTIAL, "write", [made], {"registered_name": False}
        )
        self.assertIn("Registered as", sentence)
        self.assertEqual(self.env[CREDENTIAL].browse(made).registered_name, "Xavier")

    def test_an_expiry_before_the_issue(self):
        before = self.held()
        values = self.credential(self.bls, date_to="2025-12-31")
        sentence = self.sentence_of(CREDENTIAL, "create", [values])
        self.assertIn("last day is before its first day", sentence)
        self.assertEqual(self.held(), before)
        good = self.credential(self.bls, date_to="2027-12-31")
        (made,) = self.call(CREDENTIAL, "create", [good])
        sentence = self.sentence_of(
            CREDENTIAL, "write", [made], {"date_to": "2025-12-31", "number": "B-1"}
        )
        self.assertIn("last day is before its first day", sentence)
        card = self.env[CREDENTIAL].browse(made)
        self.assertEqual((str(card.date_to), card.number), ("2027-12-31", False))

    def test_a_list_with_a_person_twice(self):
        people = self.env["hr.employee"]
        before = people.search_count([])
        text = (
            "Work email,Name,Job\n"
            "ben@lakeside.example,Ben,Nurse\n"
            "a@lakeside.example,Ada,Nurse\n"
            "A@lakeside.example,Ada,Nurse\n"
        )
        values = {"kind": "staff", "file": base64.b64encode(text.encode()).decode()}
        (wizard,) = self.call(WIZARD, "create", [values])
        sentence = self.sentence_of(WIZARD, "action_import", [wizard])
        self.assertIn("Row 4", sentence)
        self.assertIn("a@lakeside.example is already in row 3", sentence)
        self.assertEqual(people.search_count([]), before)  # Ben neither
        self.call(WIZARD, "action_check", [wizard])
        self.assertIn("already in row 3", self.env[WIZARD].browse(wizard).problems)
        self.assertEqual(people.search_count([]), before)


@tagged("post_install", "-at_install")
class TestPeopleLateScorecard(RecruitCase, RpcClient):
    def test_a_scorecard_after_the_decision(self):
        avery, _blair, casey = self.candidates
        for card in self.plan_interview(avery).scorecard_ids:
            self.submit(card, 4)
        late = self.plan_interview(casey).scorecard_ids.filtered(
            lambda card: card.interviewer_id == self.users["staff"]
        )
        casey.action_archive()  # refused, so nobody waits for the card
        hiring = (
            self.env["medical.people.hiring"]
            .with_user(self.users["hr"])
            .create(
                {
                    "plan_id": self.plan.id,
                    "chosen_id": avery.id,
                    "reason": "Rooming and vaccines without help",
                }
            )
        )
        self.sign_in("staff")
        self.call(late.line_ids._name, "write", late.line_ids.ids, {"rating": "5"})
        self.call(CARD, "write", late.ids, {"recommendation": "yes"})
        sentence = self.sentence_of(CARD, "action_submit", late.ids)
        self.assertIn("the decision about this candidate is made", sentence)
        self.assertIn("HR can consider the candidate again", sentence)
        self.env.invalidate_all()
        self.assertEqual((late.state, late.score), ("open", 0))
        self.assertEqual(late.interview_id.state, "planned")
        # what is in is not changed either
        own = self.env[CARD].search(
            [
                ("applicant_id", "=", avery.id),
                ("interviewer_id", "=", self.users["staff"].id),
            ]
        )
        self.assertTrue(
            self.sentence_of(
                own.line_ids._name, "write", own.line_ids[:1].ids, {"rating": "1"}
            )
        )
        self.env.invalidate_all()
        self.assertEqual(own.line_ids[:1].rating, "4")
        self.assertEqual(hiring.state, "requested")
        self.assertFalse(self.env[CARD]._medical_check_late().rows)

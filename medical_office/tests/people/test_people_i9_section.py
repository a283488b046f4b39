"""Form I-9, Section 1: completed and signed by the person, on a screen or by a link."""

import re
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import RpcClient
from .test_people_file import FileCase

MODEL = "medical.people.i9.section"
SSN = "219-09-9999"
CITIZEN = {
    "last_name": "Nurse",
    "first_name": "Nora",
    "street": "12 Elm St",
    "city": "Springfield",
    "zip": "62704",
    "birth_date": "1990-02-03",
    "attestation": "citizen",
    "signed_as": "Nora Nurse",
}


class SectionCase(FileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.employees["staff"]
        cls.day = cls.company._medical_today()
        cls.form = (
            cls.env["medical.people.i9"]
            .with_user(cls.users["i9"])
            .create({"employee_id": cls.person.id, "first_day": cls.day})
        )
        cls.illinois = cls.env.ref("base.state_us_14")

    def answers(self, **values):
        return {**CITIZEN, "state_id": self.illinois.id, **values}

    def section(self, **values):
        sections = self.env[MODEL].with_user(self.users["staff"])
        return sections.create(self.answers(**values))

    def complete(self):
        self.form.write({"documents_from": "a", "document_a": "Passport"})
        self.form.action_complete()


@tagged("post_install", "-at_install")
class TestPeopleI9Section(SectionCase):
    def test_the_person_signs_and_the_form_follows(self):
        section = self.section(ssn_new="219 09 9999")
        section.action_sign()
        self.assertEqual(section.state, "current")
        self.assertEqual(self.form.state, "section_1")
        self.assertEqual(self.form.attestation, "citizen")
        self.assertEqual(self.form.section_1_on, self.day)
        self.assertEqual(section.ssn_masked, "•••-••-9999")
        self.assertEqual(section.sudo().ssn, SSN)
        self.assertTrue(section.digest and "penalty of perjury" in section.wording)
        with self.refused(UserError, "In force"):
            section.street = "1 Other St"

    def test_what_is_missing_is_named(self):
        section = self.section(attestation=False, zip="1", signed_as="Nora")
        with self.refused(UserError, "immigration status"):
            section.action_sign()
        self.assertEqual(self.form.state, "open")

    def test_nobody_signs_for_another_and_no_keeper_completes_it(self):
        section = self.section()
        with self.assertRaises(AccessError):
            section.with_user(self.users["hr"]).action_sign()
        with self.assertRaises(AccessError):
            section.with_user(self.users["i9"]).action_sign()
        with self.refused(UserError, "the person's own"):
            self.form.action_section_1()

    def test_a_correction_before_section_2_is_in_force_at_once(self):
        section = self.section()
        section.action_sign()
        again = self.env[MODEL].with_user(self.users["staff"]).browse(
            section.action_correct()["res_id"]
        )  # fmt: skip
        self.assertEqual(again.street, section.street)
        self.assertFalse(again.attestation or again.signed_as)
        again.write({"attestation": "national", "signed_as": "Nora Nurse"})
        with self.refused(UserError, "What is corrected"):
            again.action_sign()
        again.correction = "Wrong box"
        again.action_sign()
        self.assertEqual((section.state, again.state), ("replaced", "current"))
        self.assertEqual(self.form.attestation, "national")

    def test_a_correction_of_a_complete_form_waits_for_another_keeper(self):
        self.section().action_sign()
        self.complete()
        again = self.section(
            attestation="authorized",
            authorized_until=date(self.day.year + 1, 1, 1),
            uscis_number="A123456789",
            correction="Wrong box",
        )
        again.action_sign()
        self.assertEqual(again.state, "signed")
        self.assertEqual(self.form.attestation, "citizen")
        found = self.env["medical.people.i9"]._medical_check_late()
        self.assertTrue([row for row in found.rows if "correction" in row.summary])
        group = self.env.ref("medical_office.people_group_i9")
        self.users["staff"].sudo().group_ids = [Command.link(group.id)]
        with self.refused(AccessError, "Another keeper"):
            again.action_take()
        again.with_user(self.users["i9"]).action_take()
        self.assertEqual(self.form.attestation, "authorized")
        self.assertEqual(self.form.state, "complete")
        self.assertEqual(self.form.reverify_due, date(self.day.year + 1, 1, 1))

    def test_void_takes_section_and_link_with_it(self):
        section = self.section()
        section.action_sign()
        self.person.sudo().private_email = "nora@example.com"
        link, token = self.env["medical.people.i9.link"]._send(self.form)
        self.form.action_void("Entered for somebody else")
        self.assertEqual(section.state, "replaced")
        self.assertFalse(link._from_token(token))
        with self.refused(UserError, "No Form I-9 is begun"):
            self.section()

    def test_a_late_section_asks_why(self):
        self.form.first_day = date(2026, 1, 5)
        self.section().action_sign()
        summary = [
            row.summary
            for row in self.env["medical.people.i9"]._medical_check_late().rows
        ]
        self.assertTrue([text for text in summary if "signed late" in text])
        self.form.late_reason = "Hired during the move"
        rows = self.env["medical.people.i9"]._medical_check_late().rows
        self.assertFalse([row for row in rows if "signed late" in row.summary])


@tagged("post_install", "-at_install")
class TestPeopleI9SectionDoors(SectionCase, RpcClient):
    def test_others_read_and_write_nothing_and_the_number_is_nobodys(self):
        section = self.section(ssn_new=SSN)
        self.sign_in("i9")
        self.assertFalse(
            self.call(MODEL, "search", [])
        )  # a draft is the person's alone
        section.action_sign()
        for role in ("head", "hr", "manager", "director", "payroll", "auditor"):
            self.sign_in(role)
            with self.subTest(role):
                self.call_refused(MODEL, "read", section.ids, ["last_name"])
        for role in ("staff", "i9"):
            self.sign_in(role)
            with self.subTest(role):
                self.assertEqual(self.call(MODEL, "search", []), section.ids)
                self.call_refused(MODEL, "read", section.ids, ["ssn"])
                self.call_refused(MODEL, "search", [("ssn", "like", "219%")])
                for values in ({"attestation": "national"}, {"state": "draft"},
                               {"ssn_new": "219-09-9998"}, {"i9_id": False},
                               {"signed_at": "2026-01-01"}):  # fmt: skip
                    self.call_refused(MODEL, "write", section.ids, values)
                self.call_refused(MODEL, "unlink", section.ids)
        self.call(MODEL, "action_show_ssn", section.ids)
        self.assertEqual(self.opened(section).user_id, self.users["i9"])

    def test_whose_it_is_is_never_told_by_the_client(self):
        self.sign_in("staff")
        other = self.employees["head"]
        for values in ({"employee_id": other.id}, {"i9_id": self.form.id},
                       {"state": "current"}, {"ssn": SSN}, {"way": "login"}):  # fmt: skip
            with self.subTest(values):
                self.call_refused(MODEL, "create", [self.answers(**values)])
        self.sign_in("head")
        self.call_refused(MODEL, "create", [self.answers()])


@tagged("post_install", "-at_install")
class TestPeopleI9Page(SectionCase, RpcClient):
    def setUp(self):
        super().setUp()
        self.person.private_street = "99 Secret Ln"
        self.person.private_email = "nora@example.com"
        self.link, token = self.env["medical.people.i9.link"]._send(self.form)
        self.address = f"/medical_office/i9/{token}"
        self.authenticate(None, None)

    def post(self, **values):
        csrf = re.search(
            r'name="csrf_token"[^>]*value="([^"]+)"', self.url_open(self.address).text
        )
        answers = {**self.answers(is_true="1"), **values}
        data = {key: value for key, value in answers.items() if value}
        return self.url_open(
            self.address, data={"csrf_token": csrf and csrf[1], **data}
        )

    def test_an_empty_form_then_signed_then_no_more_than_that(self):
        page = self.url_open(self.address)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertNotIn("99 Secret Ln", page.text)
        self.assertNotIn(self.person.name, page.text)
        answer = self.post(ssn=SSN, zip="1")
        self.assertEqual(answer.status_code, 422)
        self.assertIn("12 Elm St", answer.text)  # what this very request has sent
        self.assertNotIn(SSN, answer.text)
        self.assertFalse(self.form.section_ids)
        self.assertEqual(self.link.tries, 1)
        answer = self.post(ssn=SSN)
        self.assertIn("Section 1 is signed", answer.text)
        section = self.form.section_ids
        self.assertEqual((section.state, section.way), ("current", "link"))
        self.assertEqual(section.sudo().ssn, SSN)
        self.assertEqual(self.form.state, "section_1")
        for text in ("Nora", "12 Elm St", "9999"):
            self.assertNotIn(text, self.url_open(self.address).text)

    def test_what_is_wrong_is_said_and_nothing_half_written(self):
        for values in (
            {"ssn": "000-00-0000"},
            {"birth_date": "no day"},
            {"birth_date": "2026-02-31"},
            {"birth_date": "99999-01-01"},
            {"state_id": "999999"},
            {"state_id": "-1"},
            {"attestation": "king"},
            {"is_true": ""},
            {"signed_as": "\x00"},
            {"attestation": "authorized"},
        ):
            self.env["medical.core.hit"].search([]).unlink()
            with self.subTest(values):
                self.assertEqual(self.post(**values).status_code, 422)
        self.assertFalse(self.form.section_ids)
        self.assertEqual(self.form.state, "open")

    def test_a_robot_and_who_tries_too_often(self):
        self.post(website="http://x")
        self.assertFalse(self.form.section_ids)
        self.env["medical.core.hit"].search([]).unlink()
        codes = [self.post(zip="1").status_code for _try in range(11)]
        self.assertEqual(codes, [422] * 10 + [429])

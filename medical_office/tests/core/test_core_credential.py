"""Credentials: entered by one, verified by another, asked for by the day."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.core.check.answerable import Answerable, answerable, finding
from ..common import PracticeCase

DAY = date(2026, 11, 2)


@tagged("post_install", "-at_install")
class TestCoreCredential(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        types = cls.env["medical.core.credential.type"]
        cls.wiring, cls.license, cls.insurance = types.create(
            [
                {"name": "Wiring", "code": "test_wiring"},
                {"name": "State license", "code": "test_rn", "must_verify": True},
                {"name": "Liability", "code": "test_coi", "holder_kind": "vendor"},
            ]
        )
        cls.electrician = cls.env["res.partner"].create({"name": "Bright Electric"})

    def enter(self, kind, role="hr", **values):
        defaults = {"type_id": kind.id, "date_from": "2026-01-01"}
        if kind.holder_kind == "person":
            defaults["user_id"] = self.users["staff"].id
        credentials = self.env["medical.core.credential"].with_user(self.users[role])
        return credentials.create({**defaults, **values})

    def holders(self, kind, day=DAY):
        credentials = self.env["medical.core.credential"]
        return credentials._holders(kind, day)[kind]

    def test_held_between_its_first_and_last_day(self):
        self.enter(self.wiring, date_to="2026-11-02")
        for day, held in (
            (date(2025, 12, 31), False),
            (date(2026, 1, 1), True),
            (DAY, True),
            (date(2026, 11, 3), False),
        ):
            with self.subTest(day):
                found = self.users["staff"] in self.holders(self.wiring, day)
                self.assertEqual(found, held)

    def test_one_that_must_be_verified_counts_once_it_is(self):
        credential = self.enter(self.license)
        self.assertFalse(self.holders(self.license))
        problem = credential._problem(self.users["staff"], self.license, DAY)
        self.assertIn("State license", problem)
        with self.assertRaisesRegex(AccessError, "somebody else"):
            credential.action_verify("Board website")
        credential.with_user(self.users["manager"]).action_verify("Board website")
        self.assertIn(self.users["staff"], self.holders(self.license))
        self.assertFalse(credential._problem(self.users["staff"], self.license, DAY))
        self.assertEqual(credential.verified_source, "Board website")

    def test_who_changed_it_does_not_verify_it(self):
        hr, head = self.users["hr"], self.users["head"]
        credential = self.enter(self.license, role="manager", number="1")
        mine = credential.with_user(hr)
        mine.note = "Asked for the card"  # a note is no entry
        self.assertNotIn(hr, credential.entered_by_ids)
        mine.write({"user_id": head.id, "number": "999"})
        credential.with_user(self.users["manager"]).issuer = "Board"
        for role in ("hr", "manager"):
            with self.subTest(role):
                with self.assertRaisesRegex(AccessError, "somebody else"):
                    credential.with_user(self.users[role]).action_verify("Seen")
        with self.assertRaises(AccessError):
            mine.write({"entered_by_ids": [Command.clear()]})

    def test_nobody_verifies_the_own(self):
        hr = self.users["hr"]
        credential = self.enter(self.license, role="manager", user_id=hr.id)
        with self.assertRaisesRegex(AccessError, "somebody else"):
            credential.with_user(hr).action_verify("I know it")

    def test_a_verified_one_is_not_changed(self):
        credential = self.enter(self.license)
        credential.with_user(self.users["manager"]).action_verify("Board website")
        for values in (
            {"date_to": "2030-01-01"},
            {"number": "1"},
            {"user_id": self.users["head"].id},
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, "Verified"):
                credential.write(values)
        with self.assertRaises(UserError):
            credential.unlink()
        credential.note = "Copy is in the drawer"

    def test_a_void_one_is_held_by_nobody(self):
        credential = self.enter(self.wiring)
        credential.action_void("Mixed up with the sister")
        self.assertFalse(self.holders(self.wiring))

    def test_it_is_not_born_verified(self):
        for context in (
            {"default_state": "verified"},
            {"default_verified_by_id": self.users["director"].id},
        ):
            credentials = self.env["medical.core.credential"]
            born = (
                credentials.with_user(self.users["hr"])
                .with_context(**context)
                .create({"type_id": self.license.id, "user_id": self.users["staff"].id})
            )
            self.assertEqual(born.state, "entered")
            self.assertFalse(born.verified_by_id)

    def test_of_a_vendor(self):
        self.enter(self.insurance, partner_id=self.electrician.id)
        self.assertEqual(self.holders(self.insurance), self.electrician)
        with self.assertRaises(ValidationError):
            self.enter(self.insurance, user_id=self.users["staff"].id)
        with self.assertRaises(ValidationError):
            self.enter(self.wiring, user_id=False)

    @mute_logger("odoo.sql_db")
    def test_it_does_not_end_before_it_begins(self):
        with self.assertRaises(Exception) as refusal, self.cr.savepoint():
            self.enter(self.wiring, date_to="2025-12-31")
        self.assertIn("dates", str(refusal.exception))

    def test_who_reads_whose(self):
        self.enter(self.wiring)
        credentials = self.env["medical.core.credential"]
        for role, seen in (("staff", 1), ("head", 0), ("director", 1), ("plain", None)):
            with self.subTest(role):
                asked = credentials.with_user(self.users[role])
                if seen is None:
                    with self.assertRaises(AccessError):
                        asked.search_count([])
                else:
                    self.assertEqual(asked.search_count([]), seen)
        with self.assertRaises(AccessError):
            self.enter(self.wiring, role="staff")

    def test_many_kinds_are_one_query(self):
        self.enter(self.wiring)
        self.enter(self.license)
        credentials = self.env["medical.core.credential"]
        kinds = self.wiring | self.license
        credentials._holders(kinds, DAY)
        self.env.invalidate_all()
        with self.assertQueryCount(3):  # the kinds, the credentials, their users
            credentials._holders(kinds, DAY)


@tagged("post_install", "-at_install")
class TestCoreLimit(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["medical.core.limit"].search([]).unlink()

    def limit(self, amount, role="head", **values):
        return self.env["medical.core.limit"].create(
            {"role": role, "amount": amount, **values}
        )

    def of(self, role, day=DAY, department=None):
        limits = self.env["medical.core.limit"].with_user(self.users[role])
        return limits._of_user("purchase", self.company, day, department)

    def test_who_has_no_limit_approves_nothing(self):
        self.limit(500)
        self.assertEqual(self.of("staff"), 0)
        self.assertEqual(self.of("head"), 500)

    def test_the_company_before_all_the_department_before_the_company(self):
        self.limit(500)
        self.limit(300, company_id=self.company.id)
        self.assertEqual(self.of("head"), 300)
        self.limit(900, department_id=self.nursing.id)
        self.assertEqual(self.of("head", department=self.nursing), 900)
        self.assertEqual(self.of("head", department=self.front_desk), 300)

    def test_by_the_day(self):
        self.limit(500, date_to="2026-10-31")
        self.limit(800, date_from="2026-11-01")
        self.assertEqual(self.of("head", date(2026, 10, 31)), 500)
        self.assertEqual(self.of("head", date(2026, 11, 1)), 800)

    def test_the_highest_role_counts_and_unlimited_is_none(self):
        self.limit(500)
        self.limit(2000, role="manager")
        self.assertEqual(self.of("manager"), 2000)
        self.limit(0, role="director", is_unlimited=True)
        self.assertIsNone(self.of("director"))

    def test_what_is_above_the_limit_is_refused_to_the_cent(self):
        self.limit(0.3, company_id=self.company.id)
        limits = self.env["medical.core.limit"].with_user(self.users["head"])
        # any record with a company and its currency
        record = self.env["medical.core.limit"].search([])
        limits._check_amount("purchase", record, 0.1 + 0.2, None)
        with self.assertRaisesRegex(AccessError, "more than you may approve"):
            limits._check_amount("purchase", record, 0.31, None)

    def test_only_the_director_sets_limits(self):
        for role in ("staff", "head", "manager", "accountant", "auditor"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.env["medical.core.limit"].with_user(self.users[role]).create(
                    {"role": "head", "amount": 1_000_000}
                )


@tagged("post_install", "-at_install")
class TestCoreOpened(PracticeCase):
    def test_a_look_leaves_a_row_that_nobody_writes(self):
        opened = self.env["medical.core.opened"]
        person = self.employees["staff"]
        opened.with_user(self.users["payroll"])._log(person, "Account number", "••1234")
        row = opened.search([("employee_id", "=", person.id)])
        self.assertEqual(row.user_id, self.users["payroll"])
        self.assertEqual((row.what, row.detail), ("Account number", "••1234"))
        for role in ("payroll", "manager", "director", "auditor"):
            with self.subTest(role):
                mine = row.with_user(self.users[role])
                for attempt in (
                    lambda mine=mine: mine.write({"user_id": 1}),
                    lambda mine=mine: mine.unlink(),
                    lambda mine=mine: mine.create(
                        {"user_id": 1, "res_model": "res.users", "what": "Nothing"}
                    ),
                ):
                    with self.assertRaises(AccessError):
                        attempt()

    def test_several_are_written_together(self):
        opened = self.env["medical.core.opened"]
        people = self.employees["staff"] | self.employees["head"]
        opened._log(people, "Social Security number")
        self.assertEqual(
            opened.search_count([("employee_id", "in", people.ids)]), len(people)
        )


@tagged("post_install", "-at_install")
class TestAnswerable(PracticeCase):
    def test_the_room_then_the_site(self):
        room = self.rooms[0]
        self.site.medical_manager_id = self.users["director"]
        expected = Answerable(
            self.users["manager"].id,
            self.users["director"].id,
            self.nursing.id,
            self.company.id,
        )
        self.assertEqual(answerable(room), expected)
        room.medical_manager_id = False
        self.assertEqual(answerable(room).user_id, self.users["director"].id)
        row = finding(room, "It is dark", severity="high", user_id=7)
        self.assertEqual(
            (row.res_model, row.res_id, row.severity, row.user_id, row.department_id),
            ("stock.location", room.id, "high", 7, self.nursing.id),
        )

    def test_a_record_without_a_place(self):
        self.assertFalse(any(answerable(self.env.ref("base.USD"))))
        user = self.users["staff"]
        user.group_ids = [Command.link(self.env.ref("base.group_user").id)]
        self.assertFalse(
            answerable(self.env["res.country"].search([], limit=1)).user_id
        )

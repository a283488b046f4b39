"""CE hours: entered by the person, accepted by somebody else, counted by cycle."""

import base64
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..common import RpcClient
from .people_case import PeopleCase

COURSE = "medical.people.education"
PAPER = base64.b64encode(b"%PDF-1.4 certificate")


class EducationCase(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ref = cls.env.ref
        cls.general = ref("medical_office.people_education_category_general")
        cls.ethics = ref("medical_office.people_education_category_ethics")
        cls.wisconsin = ref("base.state_us_50")
        cls.rule = cls.env["medical.people.education.rule"].create(
            {
                "type_id": cls.rn.id,
                "state_id": cls.wisconsin.id,
                "hours": 20,
                "cycle_months": 24,
                "line_ids": [(0, 0, {"category_id": cls.ethics.id, "hours": 2})],
                "citation": "Invented for the test",
            }
        )

    def course(self, role="staff", **values):
        return (
            self.env[COURSE]
            .with_user(self.users[role])
            .create(
                {
                    "name": "Wound care",
                    "date": "2026-03-01",
                    "hours": 10,
                    "category_id": self.general.id,
                    "file": PAPER,
                    **values,
                }
            )
        )

    def accepted(self, **values):
        course = self.course(**values)
        course.with_user(self.users["hr"]).action_accept()
        return course


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 15:00:00")
class TestPeopleEducation(EducationCase):
    def license(self, **values):
        return self.enter(
            self.rn,
            **{
                "state_id": self.wisconsin.id,
                "date_from": "2025-01-01",
                "date_to": "2026-12-31",
                **values,
            },
        )

    def found(self):
        check = self.env["medical.core.credential"]._medical_check_education()
        return {row.res_id: row for row in check.rows}

    def test_hours_count_once_somebody_else_accepted_them(self):
        card = self.license()
        course = self.course()
        self.assertIn("0 of 20 hours since 01/01/2025", card.education_status)
        with self.refused(AccessError, "Required|role|may not|HR"):
            course.action_accept()
        course.with_user(self.users["hr"]).action_accept()
        card.invalidate_recordset()
        self.assertIn("10 of 20 hours", card.education_status)
        self.assertIn("missing: Ethics and law 2", card.education_status)
        self.accepted(date="2024-12-31")  # of the cycle before
        card.invalidate_recordset()
        self.assertIn("10 of 20 hours", card.education_status)

    def test_short_hours_are_found_until_they_are_there(self):
        card = self.license()
        row = self.found()[card.id]
        self.assertEqual((row.user_id, row.date_due), (
            self.users["staff"].id, date(2026, 12, 31)
        ))  # fmt: skip
        self.accepted(hours=18)
        self.assertIn("missing: Ethics and law 2", self.found()[card.id].summary)
        self.accepted(hours=2, category_id=self.ethics.id)
        self.assertNotIn(card.id, self.found())

    def test_a_license_of_another_state_or_term_is_not_asked(self):
        other = self.license(state_id=self.env.ref("base.state_us_13").id)
        self.assertFalse(other.education_status)
        self.rule.date_from = "2028-01-01"
        card = self.license()
        self.assertFalse(card.education_status)
        self.assertFalse(self.found().keys() & {other.id, card.id})

    def test_what_cannot_be_is_refused(self):
        with self.refused(ValidationError, "once it is over"):
            self.course(date="2026-12-24")
        bare = self.course(file=False)
        with self.refused(UserError, "has no certificate"):
            bare.with_user(self.users["hr"]).action_accept()

    def test_nobody_accepts_what_they_entered_for_somebody(self):
        course = self.course("hr", user_id=self.users["staff"].id)
        with self.refused(AccessError, "somebody else"):
            course.action_accept()
        course.with_user(self.users["manager"]).action_accept()
        with self.refused(UserError, "Accepted"):
            course.with_user(self.users["hr"]).hours = 12

    def test_thousands_are_counted_in_a_fixed_number_of_queries(self):
        cards = self.env["medical.core.credential"]
        cards |= self.license()
        cards._education()
        self.env.invalidate_all()
        with self.assertQueryCount(9):
            cards._education()


@tagged("post_install", "-at_install")
class TestPeopleEducationRpc(EducationCase, RpcClient):
    def test_staff_enters_the_own_hours_alone(self):
        self.sign_in("staff")
        values = {
            "name": "CPR",
            "date": "2026-02-01",
            "hours": 4,
            "category_id": self.general.id,
        }
        (own,) = self.call(COURSE, "create", [values])
        self.call(COURSE, "write", [own], {"hours": 5})
        for hours in (0, -1, 900):
            self.call_refused(
                COURSE,
                "write",
                [own],
                {"hours": hours},
                error="ValidationError",
            )
        self.call_refused(
            COURSE, "create", [values | {"user_id": self.users["head"].id}]
        )
        for key, value in (
            ("state", "accepted"),
            ("accepted_by_id", self.users["hr"].id),
            ("user_id", self.users["head"].id),
        ):
            self.call_refused(COURSE, "write", [own], {key: value})
        self.call_refused(COURSE, "action_accept", [own])
        self.call_refused(COURSE, "action_void", [own], "x")
        self.call_refused(
            "medical.people.education.rule", "write", self.rule.ids, {"hours": 1}
        )
        for role in ("head", "payroll", "accountant"):
            self.sign_in(role)
            self.assertEqual(self.call(COURSE, "search_count", [["id", "=", own]]), 0)
            self.call_refused(COURSE, "read", [own], ["hours"])
        self.sign_in("auditor")
        self.call_refused(COURSE, "write", [own], {"hours": 9})


@tagged("post_install", "-at_install")
@freeze_time("2026-11-30 15:00:00")
class TestPeopleEducationShipped(EducationCase):
    """Rules that are shipped: cited, marked, and remarks until somebody compared them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shipped = cls.env["medical.people.education.rule"].search(
            [("status", "!=", "own")]
        )

    def test_each_has_its_state_its_source_and_no_claim(self):
        self.assertGreaterEqual(len(self.shipped), 20)
        for rule in self.shipped:
            self.assertTrue(rule.state_id and rule.citation, rule.display_name)
            self.assertFalse(rule.is_checked, rule.display_name)
            self.assertLessEqual(
                sum(rule.line_ids.mapped("hours")), rule.hours, rule.display_name
            )

    def test_a_rule_that_nobody_compared_gives_a_remark(self):
        license = self.env["medical.core.credential"].create(
            {
                "type_id": self.env.ref(
                    "medical_office.people_credential_type_license_md"
                ).id,
                "user_id": self.users["staff"].id,
                "company_id": self.company.id,
                "state_id": self.wisconsin.id,
                "date_from": "2024-12-01",
                "date_to": "2026-12-10",
            }
        )
        self.assertIn("0 of 30 hours since 12/11/2024", license.education_status)

        def found():
            rows = license._medical_check_education().rows
            return next(row for row in rows if row.res_id == license.id)

        self.assertEqual(found().severity, "low")
        self.assertIn(
            "Compare the rule with the board: Wis. Adm. Code", found().summary
        )
        rule = self.env.ref("medical_office.people_education_rule_md_wi")
        # shipped rules are shared: whoever works for all companies compares them
        self.let_work_for_all("hr")
        rule.with_user(self.users["hr"]).is_checked = True
        self.assertEqual(found().severity, "high")
        self.assertNotIn("Compare", found().summary)

    def test_nobody_says_that_a_rule_of_the_practice_was_shipped(self):
        with self.assertRaises(AccessError):
            self.rule.with_user(self.users["staff"]).status = "text"

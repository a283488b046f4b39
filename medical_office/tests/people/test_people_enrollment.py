"""Enrollments through RPC: one term of a plan at a time, and nobody's own."""

from odoo import Command
from odoo.tests import tagged

from ..common import RpcClient
from .people_case import PeopleCase

ENROLLMENT = "medical.people.enrollment"
PLAN = "medical.people.benefit.plan"


@tagged("post_install", "-at_install")
class TestPeopleEnrollment(PeopleCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tier = {"covered": "employee", "employee_month": 120, "employer_month": 480}
        cls.health, cls.dental, cls.loan = cls.env[PLAN].create(
            [
                {
                    "name": kind.title(),
                    "company_id": cls.company.id,
                    "benefit": kind,
                    "tier_ids": [Command.create(tier)],
                }
                for kind in ("medical", "dental", "other")
            ]
        )

    def values(self, **values):
        return {
            "employee_id": self.nurse.id,
            "plan_id": self.health.id,
            "tier_id": self.health.tier_ids.id,
            "date_from": "2026-01-01",
            "event": "hire",
            **values,
        }

    def test_two_terms_of_a_plan_at_a_time_are_refused(self):
        self.sign_in("hr")
        (first,) = self.call(ENROLLMENT, "create", [self.values()])
        for day in ("2026-01-01", "2025-06-01", "2026-07-01"):
            sentence = self.sentence_of(
                ENROLLMENT, "create", [self.values(date_from=day)]
            )
            self.assertIn("Give it a last day", sentence)
        self.call(ENROLLMENT, "write", [first], {"date_to": "2026-06-30"})
        (second,) = self.call(
            ENROLLMENT, "create", [self.values(date_from="2026-07-01")]
        )
        sentence = self.sentence_of(ENROLLMENT, "write", [first], {"date_to": False})
        self.assertIn("is not over on 07/01/2026", sentence)
        kept = self.env[ENROLLMENT].browse([first, second])
        self.assertEqual([str(one.date_to) for one in kept], ["2026-06-30", str(False)])
        # a second loan runs beside the first
        other = {"plan_id": self.loan.id, "tier_id": False, "amount": 10, "goal": 90}
        for _twice in range(2):
            self.assertTrue(self.call(ENROLLMENT, "create", [self.values(**other)]))

    def test_nobody_enters_their_own(self):
        for role in ("hr", "payroll", "manager"):
            with self.subTest(role):
                self.sign_in(role)
                own = self.employees[role]
                sentence = self.sentence_of(
                    ENROLLMENT, "create", [self.values(employee_id=own.id)]
                )
                self.assertIn("Somebody else has to enter your own", sentence)
                (made,) = self.env[ENROLLMENT].create([self.values(employee_id=own.id)])
                for change in ({"employer_month": 9999}, {"date_to": "2026-02-01"}):
                    self.sentence_of(ENROLLMENT, "write", [made.id], change)
                self.env.invalidate_all()
                self.assertEqual((made.employer_month, made.date_to), (480, False))

    def test_a_tier_stays_with_its_plan(self):
        self.sign_in("hr")
        tier = self.health.tier_ids
        self.sentence_of(tier._name, "write", tier.ids, {"plan_id": self.dental.id})
        self.env.invalidate_all()
        self.assertEqual(tier.plan_id, self.health)

    def test_no_plan_makes_people_wait_a_million_days(self):
        self.sign_in("hr")
        sentence = self.sentence_of(
            PLAN, "write", self.dental.ids, {"waiting_days": 1_000_000}
        )
        self.assertIn("36,525", sentence)

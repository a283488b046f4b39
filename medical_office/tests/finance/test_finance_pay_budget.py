"""What a raise and an offer do to what was granted for a department's pay."""

from datetime import date
from decimal import Decimal
from unittest.mock import patch

from odoo.tests import tagged

from .budget_case import JULY, BudgetCase

PAID = {"pay": 27000, "taxes": 2100, "benefits": 900}  # 30,000 in three months


def plain(record):
    """The sentence without the blanks that keep an amount together."""
    return record.budget_effect.replace("\xa0", "").replace("\ufeff", "")


@tagged("post_install", "-at_install")
class TestFinancePayBudget(BudgetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wages = cls.env["account.account"].create(
            {"name": "Nurses", "code": "610900", "account_type": "expense"}
        )
        cls.map_account(cls.wages, "staff_clinical")
        cls.person = cls.employees["staff"]
        cls.person.version_id.date_version = date(2025, 1, 6)
        cls.person.write(
            {"department_id": cls.nursing.id, "wage": 5000, "medical_wage_per": "month"}
        )

    def paid(self):
        """What payroll would tell of the last three months: one person, 30,000."""

        def answer(people, _first, _last):
            none = dict.fromkeys(PAID, 0)
            return {each: PAID if each == self.person else none for each in people}

        return patch.object(
            type(self.env["hr.employee"]), "_medical_pay_of_year", answer
        )

    def grant(self, amount):
        self.granted({self.category("staff_clinical"): amount}, span="year")

    def change(self, **values):
        return (
            self.env["medical.people.pay.change"]
            .with_user(self.users["hr"])
            .create(
                {
                    "employee_id": self.person.id,
                    "date_from": date(2026, 7, 6),
                    "wage_after": 5500,
                    **values,
                }
            )
        )

    def test_grants_against_what_people_cost(self):
        self.grant(126000)
        with self.paid():
            found = (self.nursing | self.front_desk)._medical_pay_budget(JULY)
        budget = found[self.nursing.id]
        self.assertIsNone(found[self.front_desk.id])
        self.assertEqual(
            (budget.first, budget.last, budget.months),
            (JULY, date(2027, 6, 1), 12),
        )
        self.assertEqual(budget.granted, Decimal(126000))
        self.assertEqual(budget.needed, Decimal(120000))  # 10,000 a month

    def test_only_pay_counts(self):
        self.granted({self.supply: 500}, span="year")
        self.assertIsNone(self.nursing._medical_pay_budget(JULY)[self.nursing.id])

    def test_a_raise_shows_what_is_left_and_when_nothing_is(self):
        self.grant(126000)
        change = self.change()
        with self.paid():
            # 6,000 a year and 2,100 / 27,000 of it in taxes, in twelve months
            self.assertIn("this adds $6,466.67; $-466.67 left", plain(change))
            self.assertTrue(change.budget_short)
            change.wage_after = 5100
            change.invalidate_recordset()
            self.assertIn("this adds $1,293.33; $4,706.67 left", plain(change))
            self.assertFalse(change.budget_short)

    def test_a_raise_in_force_is_part_of_what_people_cost(self):
        self.grant(126000)
        change = self.change(wage_after=5250)
        change.action_submit()
        change.with_user(self.users["director"]).action_approve()
        with self.paid():
            change.invalidate_recordset()
            self.assertFalse(change.budget_effect)
            budget = self.nursing._medical_pay_budget(JULY)[self.nursing.id]
        self.assertEqual(budget.needed, Decimal(123000))

    def test_a_department_without_a_grant_says_so(self):
        self.assertIn("nothing is granted for pay", self.change().budget_effect)

    def test_a_review_names_each_department(self):
        self.grant(126000)
        review = (
            self.env["medical.people.pay.review"]
            .with_user(self.users["hr"])
            .create(
                {
                    "name": "Pay Review",
                    "date_from": JULY,
                    "company_id": self.company.id,
                    "department_ids": [(6, 0, self.nursing.ids)],
                }
            )
        )
        self.change(review_id=review.id, wage_after=5100)
        with self.paid():
            review.invalidate_recordset()
            self.assertIn("this adds $1,293.33", plain(review))
            self.assertFalse(review.budget_short)

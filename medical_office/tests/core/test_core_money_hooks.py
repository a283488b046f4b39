"""The questions of money that the core asks and nobody answers yet."""

from datetime import date

from odoo.tests import tagged

from ..common import PracticeCase

DAY = date(2026, 11, 2)


@tagged("post_install", "-at_install")
class TestCoreMoneyHooks(PracticeCase):
    def test_a_department_without_a_budget_has_no_figure_left(self):
        departments = self.nursing | self.front_desk
        left = departments._medical_budget_left(DAY)
        self.assertEqual(left.keys(), set(departments.ids))

    def test_every_person_asked_for_is_in_the_answer(self):
        people = self.employees["staff"] | self.employees["head"]
        self.assertEqual(people._medical_hour_cost(DAY).keys(), set(people.ids))

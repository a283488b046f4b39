"""What the law limits by the month goes by the month that was paid, also where pay is
taken back and paid again."""

from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .run_case import NOW, RunCase

# first day, last day, pay date: two of June and July, one of August
JUNE = date(2026, 5, 24), date(2026, 6, 6), date(2026, 6, 12)
JUNE_AGAIN = date(2026, 6, 7), date(2026, 6, 20), date(2026, 6, 26)
JULY = date(2026, 6, 21), date(2026, 7, 4), date(2026, 7, 10)
JULY_AGAIN = date(2026, 7, 5), date(2026, 7, 18), date(2026, 7, 24)
AUGUST = date(2026, 7, 19), date(2026, 8, 1), date(2026, 8, 7)
LIMIT = -340  # a month of 2026 (26 USC 132(f)(2), Rev. Proc. 2025-32)


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollMonth(RunCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plan = cls.env["medical.people.benefit.plan"].create(
            {"name": "Parking", "kind": "commuter", "company_id": cls.company.id}
        )
        cls.env["medical.people.enrollment"].create(
            {
                "employee_id": cls.nurse.id,
                "plan_id": plan.id,
                "date_from": "2026-01-01",
                "amount": 340,
            }
        )

    def pay(self, span, **values):
        start, end, day = span
        with freeze_time(f"{day} 15:00:00"):
            return self.posted(start=start, end=end, day=day, **values)

    def commuting(self, run):
        slip = run.slip_ids.filtered(lambda one: one.employee_id == self.nurse)
        return sum(
            slip.medical_item_ids.filtered(
                lambda item: item.key.startswith("election:")
            ).mapped("amount")
        )

    def void(self, run, day):
        slip = run.slip_ids.filtered(lambda one: one.employee_id == self.nurse)
        with freeze_time(f"{day} 15:00:00"):
            void = run.browse(slip.action_medical_void("not cashed")["res_id"])
            void.action_medical_submit()
            self.as_role(void, "director").action_medical_approve()
            void.action_medical_post()
        return void

    def again(self, span, day):
        start, end, _paid = span
        return self.pay(
            (start, end, day),
            medical_kind="offcycle",
            medical_employee_ids=[(6, 0, self.nurse.ids)],
        )

    def test_a_month_has_its_limit_and_no_more(self):
        self.assertEqual(self.commuting(self.pay(JUNE)), LIMIT)
        self.assertEqual(self.commuting(self.pay(JUNE_AGAIN)), 0)
        self.assertEqual(self.commuting(self.pay(JULY)), LIMIT)

    def test_a_void_makes_no_room_in_the_month_in_which_it_is_made(self):
        june = self.pay(JUNE)
        self.void(june, date(2026, 7, 8))
        self.assertEqual(self.commuting(self.pay(JULY)), LIMIT)
        self.assertEqual(self.commuting(self.pay(JULY_AGAIN)), 0)

    def test_pay_in_place_of_another_counts_in_the_month_of_that_one(self):
        june = self.pay(JUNE)
        self.void(june, date(2026, 7, 8))
        self.assertEqual(self.commuting(self.pay(AUGUST)), LIMIT)
        self.assertEqual(self.commuting(self.again(JUNE, date(2026, 8, 12))), LIMIT)

    def test_the_room_that_a_later_pay_of_the_month_took_is_gone(self):
        june = self.pay(JUNE)
        self.void(june, date(2026, 6, 24))
        self.assertEqual(self.commuting(self.pay(JUNE_AGAIN)), LIMIT)
        self.assertEqual(self.commuting(self.again(JUNE, date(2026, 8, 12))), 0)

    def test_paid_again_twice_it_is_still_of_its_month(self):
        june = self.pay(JUNE)
        self.void(june, date(2026, 7, 8))
        second = self.again(JUNE, date(2026, 7, 15))
        self.assertEqual(self.commuting(second), LIMIT)
        self.void(second, date(2026, 7, 20))
        self.assertEqual(self.commuting(self.pay(AUGUST)), LIMIT)
        self.assertEqual(self.commuting(self.again(JUNE, date(2026, 8, 12))), LIMIT)

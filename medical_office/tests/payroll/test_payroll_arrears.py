"""What a pay does not cover: advanced or owed, taken back later; a 27th pay date."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .run_case import NOW, RunCase

EARLIER = (date(2026, 5, 24), date(2026, 6, 6), date(2026, 6, 12))


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestPayrollArrears(RunCase):
    def enroll(self, kind, plan=None, **values):
        """The clerk in a plan."""
        made = self.env["medical.people.benefit.plan"].create(
            {"name": kind, "kind": kind, "company_id": self.company.id, **(plan or {})}
        )
        return self.env["medical.people.enrollment"].create(
            {
                "employee_id": self.clerk.id,
                "plan_id": made.id,
                "date_from": "2026-01-01",
                **values,
            }
        )

    def two_pays(self):
        """Slips of the clerk: without any hours, then with eighty."""
        first = self.posted(start=EARLIER[0], end=EARLIER[1], day=EARLIER[2])
        second = self.prepared()
        return [
            run.slip_ids.filtered(lambda slip: slip.employee_id == self.clerk)
            for run in (first, second)
        ]

    def test_a_part_that_the_pay_did_not_cover_is_taken_with_the_next(self):
        self.enroll("health_125", {"arrears": "next"}, amount=100)
        first, second = self.two_pays()
        self.assertEqual(self.total(first, "S125"), 0)
        self.assertEqual(self.total(first, "OWE"), 100)
        self.assertEqual(self.total(second, "S125"), -200)
        self.assertEqual(self.total(second, "OWE"), -100)
        self.assertGreater(second.medical_net, 0)

    def test_without_the_rule_the_practice_bears_it(self):
        self.enroll("health_125", amount=100)
        first, second = self.two_pays()
        self.assertEqual(self.total(first, "OWE"), 0)
        self.assertEqual(self.total(second, "S125"), -100)

    def test_taxes_on_life_insurance_without_pay_are_advanced_and_taken_back(self):
        """500,000 at 52: 450 x 0.23 x 12/26 = 47.77; 2.96 and 0.69 of taxes."""
        self.clerk.birthday = date(1974, 3, 3)
        self.clerk.with_user(self.users["payroll"]).medical_shortfall = "advance"
        self.enroll("group_term_life", coverage=500000)
        first, second = self.two_pays()
        self.assertEqual(self.total(first, "ADV"), 3.65)
        self.assertEqual(first.medical_net, 0)
        self.assertEqual(self.total(second, "ADV"), -3.65)
        self.assertEqual(
            first.payslip_run_id.medical_tie_out,
            "The bank file has not been created yet.",  # the books agree
        )
        account = self.env["medical.payroll.posting"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "advance")]
        )
        lines = first.payslip_run_id.medical_move_id.line_ids
        own = lines.filtered(lambda line: line.account_id == account.account_id)
        self.assertEqual(own.mapped("balance"), [3.65])

    def test_of_a_former_employee_they_are_not_collected(self):
        """26 USC 3102(d): W-2 codes M and N, Form 941 line 9."""
        self.clerk.birthday = date(1974, 3, 3)
        self.clerk.medical_shortfall = "former"
        self.enroll("group_term_life", coverage=500000)
        self.posted(start=EARLIER[0], end=EARLIER[1], day=EARLIER[2])
        returns = self.env["medical.payroll.tax.return"].with_user(
            self.users["payroll"]
        )
        values = {"company_id": self.company.id, "year": 2026}
        w2 = returns.create({"kind": "w2", **values})
        w2.action_compute()
        boxes = {
            line.key: line.amount
            for line in w2.line_ids
            if line.employee_id == self.clerk
        }
        self.assertEqual((boxes["12M"], boxes["12N"]), (2.96, 0.69))
        self.assertNotIn("4", boxes)
        form = returns.create({"kind": "941", "quarter": "2", **values})
        form.action_compute()
        lines = {line.key: line.amount for line in form.line_ids}
        self.assertEqual(lines["9"], -3.65)
        self.assertLess(abs(lines["7"]), 0.05)

    def test_who_may_not_say_what_is_done(self):
        for role in ("accountant", "staff"):
            with self.assertRaises(AccessError, msg=role):
                self.clerk.with_user(self.users[role]).medical_shortfall = "former"

    def test_a_27th_pay_date_is_said_in_october(self):
        schedule = self.schedule  # biweekly, paid on Fridays
        extra = {
            year: day
            for year in range(2024, 2040)
            if (day := schedule._extra_date(year))
        }
        self.assertTrue(extra)
        for year, day in extra.items():
            ends = [
                schedule._period_on(date(year - 1, 12, 1) + timedelta(14 * n)).end
                for n in range(30)
            ]
            paid = [d for end in ends if (d := schedule._pay_date(end)).year == year]
            self.assertEqual((len(paid), paid[-1]), (27, day))
        year, day = next(iter((y, d) for y, d in extra.items() if y > 2026))
        schedules = self.env["medical.payroll.schedule"]
        for today, said in ((date(year - 1, 9, 30), 0), (date(year - 1, 10, 1), 1)):
            with freeze_time(fields.Datetime.to_datetime(str(today))):
                rows = schedules._medical_check_extra_date().rows
                own = [row for row in rows if row.res_id == schedule.id]
                self.assertEqual(len(own), said, today)
        self.assertIn(f"27 pay dates in {year}", own[0].summary)

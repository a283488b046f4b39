"""What a pay does not cover: advanced or owed, taken back later; a 27th pay date."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...engine.payroll.facts_reader import FactsReader
from ...engine.payroll.time_reader import TimeReader
from ...tools.payroll.deduct.deductions import take
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
            list(first.payslip_run_id._tie_out()),
            ["The bank file has not been created yet."],  # the books agree
        )
        account = self.env["medical.payroll.posting"].search(
            [("company_id", "=", self.company.id), ("kind", "=", "advance")]
        )
        lines = first.payslip_run_id.sudo().medical_move_id.line_ids
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

    def test_half_of_the_limit_counts_for_who_files_separately(self):
        """26 USC 129(a)(2): 3,750 of 7,500."""
        own = self.enroll("dependent_care_fsa", {"benefit": "fsa"}, amount=1500)
        run = self.prepared()
        slip = run.slip_ids.filtered(lambda one: one.employee_id == self.clerk)

        def limit():
            dates = (slip.date_from, slip.date_to, run.medical_date_pay)
            facts = FactsReader(slip.sudo(), *dates).facts(slip.sudo())[0]
            election = replace(facts.chosen[0].election, taken=Decimal(3000))
            taken = take(Decimal(5000), [election], facts.person, facts.pay_date)
            return taken[0].amount

        self.assertEqual(limit(), 1500)
        own.separate = True
        self.assertEqual(limit(), 750)

    def gone(self, *, archived=False):
        """The clerk has left on May 31; life insurance goes on."""
        self.clerk.birthday = date(1974, 3, 3)
        self.clerk.medical_shortfall = "former"
        self.clerk.current_version_id.contract_date_end = date(2026, 5, 31)
        self.enroll("group_term_life", coverage=500000)
        self.clerk.active = not archived

    def paid_by_name(self, kind):
        return self.prepared(
            medical_kind=kind, medical_employee_ids=[Command.set(self.clerk.ids)]
        )

    def test_who_has_left_gets_the_slip_that_codes_m_and_n_need(self):
        """26 CFR 1.79-1, 26 USC 3102(d): 47.77, of it 2.96 and 0.69 not collected."""
        for archived in (False, True):
            with self.subTest(archived=archived), self.env.cr.savepoint() as point:
                self.gone(archived=archived)
                slip = self.paid_by_name("offcycle").slip_ids
                self.assertFalse(slip.medical_problem)
                self.assertEqual(slip.employee_id, self.clerk)
                self.assertEqual(slip.medical_net, 0)
                self.assertEqual(self.total(slip, "IMP"), 47.77)
                self.assertEqual(self.total(slip, "UNC"), 3.65)
                self.assertFalse(self.total(slip, "REG"))
                self.assertIn("no time is paid", slip.medical_notes)
                point.rollback()
                self.env.invalidate_all()

    def test_who_has_left_is_not_in_a_regular_run(self):
        self.gone()
        self.assertNotIn(self.clerk, self.prepared().slip_ids.employee_id)

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

    def extra_year(self):
        """The next year of the schedule with 27 pay dates, and its first period."""
        year = next(
            year for year in range(2027, 2040) if self.schedule._extra_date(year)
        )
        end = self.schedule._period_on(date(year - 1, 11, 1)).end
        while self.schedule._pay_date(end).year < year:
            end += timedelta(days=14)
        return year, end

    def test_a_salary_is_divided_by_27_where_the_schedule_says_so(self):
        """104,000: 4,000.00 by the 26th part, 3,851.85 by the 27th; 27 make 104,000."""
        version = self.nurse.current_version_id
        version.write({"medical_wage_per": "year", "wage": 104000})
        year, end = self.extra_year()
        before = self.schedule._salary_parts(end - timedelta(days=14))
        self.assertEqual(self.schedule._salary_parts(end), 26)
        self.assertEqual(version._pay_salary(26), 4000)
        self.schedule.with_user(self.users["payroll"]).extra_salary = "spread"
        self.assertEqual(self.schedule._salary_parts(end), 27)
        self.assertEqual(
            self.schedule._salary_parts(end - timedelta(days=14)), before
        )  # the year before keeps its 26ths
        self.assertEqual(self.schedule._salary_parts_in(year), 27)
        self.assertEqual(version._pay_salary(27), Decimal("3851.85"))
        self.assertLess(abs(27 * version._pay_salary(27) - 104000), Decimal("0.14"))
        self.assertEqual(version._pay_weekly_salary(26), 2000)
        # 54 weeks are paid in that year
        self.assertAlmostEqual(version._pay_weekly_salary(27) * 54, 104000, 2)

    def test_the_time_of_a_year_with_27_dates_is_paid_by_the_27th_part(self):
        version = self.nurse.current_version_id
        version.write({"medical_wage_per": "year", "wage": 104000})
        _year, end = self.extra_year()
        self.schedule.extra_salary = "spread"
        for last, wanted in ((end, 3851.85), (end - timedelta(days=14), 4000)):
            reader = TimeReader(self.env, self.nurse, last - timedelta(days=13), last)
            earnings, _hours, _remarks = reader.pay(self.nurse, self.schedule)
            self.assertEqual(
                round(float(sum(one.amount for one in earnings)), 2), wanted
            )

    def test_both_choices_are_said_with_their_effect(self):
        self.nurse.current_version_id.write(
            {"medical_wage_per": "year", "wage": 104000}
        )
        costs, less = self.schedule._extra_costs([self.schedule])
        self.assertGreaterEqual(costs[self.schedule], 4000)
        usual = self.schedule._extra_effect(costs[self.schedule], less[self.schedule])
        self.assertIn("costs", usual)
        self.assertIn("Divided by 27", usual)
        self.schedule.extra_salary = "spread"
        spread = self.schedule._extra_effect(costs[self.schedule], less[self.schedule])
        self.assertIn("divided by 27 in that year", spread)
        self.assertIn(f"{less[self.schedule]:,.2f}", spread)

    def test_the_choice_stands_once_the_year_has_begun(self):
        run = self.posted(start=EARLIER[0], end=EARLIER[1], day=EARLIER[2])
        self.assertEqual(run.state, "posted")
        self.schedule.extra_salary = "spread"  # 2026 has 26 dates here: free to choose
        with (
            patch.object(
                type(self.schedule),
                "_extra_date",
                lambda _self, year: date(year, 12, 31),
            ),
            self.assertRaisesRegex(UserError, "has paid salaries of 2026"),
        ):
            self.schedule.extra_salary = "usual"

    def test_who_may_not_choose(self):
        for role in ("hr", "staff", "director"):
            with self.assertRaises(AccessError, msg=role):
                self.schedule.with_user(self.users[role]).extra_salary = "spread"

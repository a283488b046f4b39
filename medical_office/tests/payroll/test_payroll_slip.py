"""One slip from gross to net, by the engine and by OCA's own button."""

from collections import defaultdict
from datetime import date

from odoo import Command
from odoo.tests import tagged

from .payroll_case import START, PayrollCase


@tagged("post_install", "-at_install")
class TestPayrollSlip(PayrollCase):
    def test_a_salary_of_78000_in_wisconsin(self):
        """3,000 each two weeks: Pub. 15-T, W-166 Method A, 6.2 and 1.45 percent."""
        nurse = self.hire("Nora Salary", 78000)
        run = self.paid()
        slip = run.slip_ids
        self.assertEqual(slip.employee_id, nurse)
        self.assertFalse(slip.medical_problem)
        self.assertEqual(self.total(slip, "REG"), 3000.00)
        self.assertEqual(self.total(slip, "GROSS"), 3000.00)
        self.assertEqual(self.total(slip, "SS"), -186.00)
        self.assertEqual(self.total(slip, "MED"), -43.50)
        self.assertLess(self.total(slip, "FIT"), -250)
        self.assertLess(self.total(slip, "SIT"), -100)
        self.assertEqual(self.total(slip, "ER_SS"), 186.00)
        self.assertEqual(self.total(slip, "FUTA"), 18.00)
        self.assertEqual(self.total(slip, "SUTA"), 91.50)
        codes = ("GROSS", "FIT", "SS", "MED", "SIT")
        self.assertAlmostEqual(
            self.total(slip, "NET"), sum(self.total(slip, code) for code in codes), 2
        )

    def test_hourly_with_overtime_on_the_regular_rate(self):
        """45 hours in the first week, 40 in the second, at 20 an hour."""
        clerk = self.hire("Hal Hourly", 20, "hour")
        self.work(clerk, 9, self.days(START, 5))
        self.work(clerk, 8, self.days(START.replace(day=15), 5))
        slip = self.paid().slip_ids
        self.assertFalse(slip.medical_problem)
        self.assertEqual(self.total(slip, "REG"), 85 * 20)
        self.assertEqual(self.total(slip, "OTP"), 5 * 10)
        hours = {line.code: line.number_of_hours for line in slip.worked_days_line_ids}
        self.assertEqual((hours["REG"], hours["OT"]), (80, 5))

    def test_oca_button_gives_the_same_slip(self):
        self.hire("Nora Salary", 78000)
        slip = self.paid().slip_ids
        before = {line.code: line.total for line in slip.line_ids}
        items = slip.medical_item_ids.mapped(lambda i: (i.code, i.key, i.amount))
        slip.compute_sheet()
        self.assertEqual({line.code: line.total for line in slip.line_ids}, before)
        self.assertEqual(
            slip.medical_item_ids.mapped(lambda i: (i.code, i.key, i.amount)), items
        )

    def later(self):
        """The next run of the schedule."""
        return self.paid(date(2026, 6, 21), date(2026, 7, 4), date(2026, 7, 10))

    def test_a_forgotten_day_is_paid_with_the_next_pay(self):
        """Friday of the second week was entered after the pay: 8 hours at 20."""
        clerk = self.hire("Hal Hourly", 20, "hour")
        self.work(clerk, 9, self.days(START, 5))
        self.work(clerk, 8, self.days(date(2026, 6, 15), 4))
        run = self.paid()
        self.assertEqual(self.total(run.slip_ids, "REG"), 77 * 20)
        run._medical_confirm()
        self.work(clerk, 10, [date(2026, 6, 19)])
        later = self.later()
        slip = later.slip_ids
        # 10 hours, and the second week comes to 42: two hours of overtime premium
        self.assertEqual(self.total(slip, "RETRO"), 10 * 20 + 2 * 10)
        self.assertIn("corrects the period", slip.medical_notes)
        later.action_medical_compute()
        self.assertEqual(self.total(later.slip_ids, "RETRO"), 220)
        later._medical_confirm()
        third = self.paid(date(2026, 7, 5), date(2026, 7, 18), date(2026, 7, 24))
        self.assertEqual(self.total(third.slip_ids, "RETRO"), 0)

    def test_what_did_not_change_is_not_corrected(self):
        clerk = self.hire("Hal Hourly", 19.99, "hour")
        self.work(clerk, 9.37, self.days(START, 10))
        self.hire("Nora Salary", 77777)
        self.paid()._medical_confirm()
        later = self.later()
        self.assertFalse(later.slip_ids.filtered("medical_problem"))
        self.assertEqual(sum(self.total(s, "RETRO") for s in later.slip_ids), 0)

    def test_a_retroactive_raise_is_paid_once(self):
        nurse = self.hire("Nora Salary", 78000)
        self.paid()._medical_confirm()
        nurse.create_version({"date_version": START, "wage": 91000})
        slip = self.later().slip_ids
        self.assertEqual(self.total(slip, "RETRO"), 500)
        self.assertEqual(self.total(slip, "REG"), 3500)
        self.assertEqual(self.total(slip, "GROSS"), 4000)

    def test_an_evening_is_corrected_in_the_period_of_its_own_day(self):
        """8 to 10 p.m. of June 20 in Chicago, the last day of a period paid before the
        last one, is June 21 in UTC."""
        clerk = self.hire("Hal Hourly", 20, "hour")
        spans = [
            (date(2026, 6, 7), date(2026, 6, 20), date(2026, 6, 26)),
            (date(2026, 6, 21), date(2026, 7, 4), date(2026, 7, 10)),
        ]
        for first, last, day in spans:
            self.work(clerk, 8, self.days(first, 10))
            self.paid(first, last, day)._medical_confirm()
        # the evening is entered after both were paid, and nothing else has changed
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_payslip SET create_date = '2026-01-02'")
        self.env.cr.execute("UPDATE hr_version SET write_date = '2026-01-01'")
        self.env.cr.execute("UPDATE hr_attendance SET write_date = '2026-01-01'")
        self.work(clerk, 2, [date(2026, 6, 21)], begin=1)
        slip = self.paid(
            date(2026, 7, 5), date(2026, 7, 18), date(2026, 7, 24)
        ).slip_ids
        # two hours over the 40 of that week, at one and a half times 20 dollars
        self.assertEqual(self.total(slip, "RETRO"), 60)

    def test_a_raise_dated_back_corrects_every_period_with_its_overtime(self):
        """22.40 to 24.40 over three periods, 1.5 hours of overtime in the second: 160.00,
        164.50 and 160.00 (29 CFR 778.303)."""
        clerk = self.hire("Hal Hourly", 22.40, "hour")
        spans = [
            (date(2026, 6, 7), date(2026, 6, 20), date(2026, 6, 26)),
            (date(2026, 6, 21), date(2026, 7, 4), date(2026, 7, 10)),
            (date(2026, 7, 5), date(2026, 7, 18), date(2026, 7, 24)),
        ]
        for number, (first, last, day) in enumerate(spans):
            monday, *others = self.days(first, 10)
            self.work(clerk, 9.5 if number == 1 else 8, [monday])
            self.work(clerk, 8, others)
            self.paid(first, last, day)._medical_confirm()
        # the raise is entered after all of them were paid
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_payslip SET create_date = '2026-01-01'")
        clerk.create_version({"date_version": spans[0][0], "wage": 24.40})
        run = self.paid(date(2026, 7, 19), date(2026, 8, 1), date(2026, 8, 7))
        slip = run.slip_ids
        self.assertFalse(slip.medical_problem)
        self.assertEqual(self.total(slip, "RETRO"), 484.50)
        by_period = defaultdict(float)
        for item in slip.medical_item_ids.filtered(lambda i: i.code == "RETRO"):
            by_period[item.name.partition(":")[0]] += item.amount
        self.assertEqual(
            [round(amount, 2) for amount in by_period.values()], [160, 164.5, 160]
        )
        run._medical_confirm()
        later = self.paid(date(2026, 8, 2), date(2026, 8, 15), date(2026, 8, 21))
        self.assertEqual(self.total(later.slip_ids, "RETRO"), 0)

    def test_wage_bases_begin_anew_with_another_employer(self):
        """26 USC 3121(a)(1) and 3306(b)(1): wages paid by the same employer count."""
        nurse = self.hire("Nora Salary", 130000)
        peer = self.hire("Paul Peer", 130000)
        first = self.paid()
        first._medical_confirm()
        # as if another company had paid her before she came here, and a raise late
        other = self.env["res.company"].create({"name": "Another employer"})
        past = first.slip_ids.filtered(lambda slip: slip.employee_id == nurse)
        past.medical_item_ids.company_id = other
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_payslip SET company_id = %s WHERE id = %s", [other.id, past.id]
        )
        self.env.invalidate_all()
        nurse.create_version({"date_version": START, "wage": 156000})
        slips = {slip.employee_id: slip for slip in self.later().slip_ids}
        self.assertEqual(self.total(slips[peer], "FUTA"), 12)  # of 2,000
        slip = slips[nurse]
        self.assertEqual(self.total(slip, "RETRO"), 0)
        self.assertEqual(self.total(slip, "FUTA"), 36)  # of 6,000
        self.assertEqual(slip._medical_year()[slip.id]["FUTA", ""][0], 36)

    def test_a_bonus_run_pays_the_bonus_alone(self):
        nurse = self.hire("Nora Salary", 78000)
        self.env["medical.payroll.earning"].create(
            {
                "employee_id": nurse.id,
                "name": "Year bonus",
                "kind": "discretionary",
                "amount": 1000,
                "once": True,
                "date_from": "2026-06-01",
            }
        )
        self.paid(
            day=date(2026, 6, 12),
            medical_kind="bonus",
            medical_employee_ids=[Command.set(nurse.ids)],
        )._medical_confirm()
        regular = self.paid().slip_ids
        self.assertEqual(self.total(regular, "BONUS"), 0)  # paid once, apart
        self.assertEqual(self.total(regular, "GROSS"), 3000)

    def test_two_orders_and_a_loan_end_at_their_totals(self):
        nurse = self.hire("Nora Salary", 78000)
        plan = self.env["medical.people.benefit.plan"].create(
            {"name": "Loan", "kind": "posttax", "company_id": self.company.id}
        )
        self.env["medical.people.enrollment"].create(
            {
                "employee_id": nurse.id,
                "plan_id": plan.id,
                "amount": 60,
                "goal": 100,
                "date_from": START,
            }
        )
        self.env["medical.payroll.garnishment"].create(
            {
                "employee_id": nurse.id,
                "name": "C-1",
                "claim": "creditor",
                "amount": 200,
                "balance": 250,
                "payee_id": self.partner("Court").id,
                "date_from": START,
            }
        )
        run = self.paid()
        run._medical_confirm()
        slip = run.slip_ids
        self.assertEqual(
            (self.total(slip, "POST"), self.total(slip, "GARN")), (-60, -200)
        )
        later = self.later().slip_ids
        self.assertEqual(
            (self.total(later, "POST"), self.total(later, "GARN")), (-40, -50)
        )
        self.assertEqual(
            later.medical_item_ids.filtered(lambda i: i.code == "GARN").payee_id.name,
            "Court",
        )

    def test_a_state_without_a_table_blocks_until_one_is_entered(self):
        nurse = self.hire("Nora Salary", 78000)
        self.env["medical.payroll.state.account"].create(
            {
                "company_id": self.company.id,
                "state_id": self.wisconsin.id,
                "year": 2025,
                "suta_percent": 3.05,
                "suta_base": 14000,
            }
        )
        dates = date(2025, 6, 8), date(2025, 6, 21), date(2025, 6, 27)
        run = self.paid(*dates)
        self.assertIn("no withholding table", run.slip_ids.medical_problem)
        self.env["medical.payroll.state.table"].create(
            {
                "company_id": self.company.id,
                "state_id": self.wisconsin.id,
                "date_from": "2025-01-01",
                "date_to": "2025-12-31",
                "citation": "W-166 (2025), entered by the practice",
                "line_ids": [
                    Command.create({"floor": 0, "base": 0, "percent": 3.5}),
                    Command.create({"floor": 50000, "base": 1750, "percent": 5}),
                ],
            }
        )
        run.action_medical_compute()
        slip = run.slip_ids
        self.assertFalse(slip.medical_problem)
        self.assertEqual(slip.employee_id, nurse)
        # (1,750 + 28,000 x 5 %) / 26
        self.assertEqual(self.total(slip, "SIT"), -121.15)

    def test_an_unproven_state_says_so_on_the_slip(self):
        self.hire(
            "Cora Colorado",
            78000,
            medical_work_state_id=self.env.ref("base.state_us_6").id,
        )
        self.env["medical.payroll.state.account"].create(
            {
                "company_id": self.company.id,
                "state_id": self.env.ref("base.state_us_6").id,
                "year": 2026,
                "suta_percent": 1.7,
                "suta_base": 30600,
            }
        )
        slip = self.paid().slip_ids
        self.assertIn("not proven", slip.medical_notes)
        self.assertIn("CC BY 4.0", slip.medical_attribution)

    def test_an_allowance_raises_the_rate_of_overtime(self):
        """29 CFR 778.207(b): 100 over weeks of 50 and 40 hours; severance does not."""
        clerk = self.hire("Hal Hourly", 20, "hour")
        self.work(clerk, 10, self.days(START, 5))
        self.work(clerk, 8, self.days(date(2026, 6, 14), 5))
        self.env["medical.payroll.earning"].create(
            [
                {
                    "employee_id": clerk.id,
                    "name": kind,
                    "kind": kind,
                    "amount": 100,
                    "date_from": START,
                }
                for kind in ("allowance", "addl")
            ]
        )
        slip = self.paid().slip_ids
        self.assertEqual(self.total(slip, "ADDL"), 200)
        # 10 hours x half of 20, and of half the allowance / 50 hours
        self.assertEqual(self.total(slip, "OTP"), 105)

    def test_a_pay_apart_never_pays_the_same_time_twice(self):
        """The forgotten Friday and an allowance, the day after the regular pay."""
        clerk = self.hire("Hal Hourly", 20, "hour")
        self.work(clerk, 8, self.days(START, 9))
        self.paid()._medical_confirm()
        self.work(clerk, 8, [date(2026, 6, 19)])
        self.env["medical.payroll.earning"].create(
            {
                "employee_id": clerk.id,
                "name": "Course fee",
                "kind": "addl",
                "amount": 75,
                "once": True,
                "date_from": START,
            }
        )
        run = self.paid(
            day=date(2026, 6, 30),
            medical_kind="offcycle",
            medical_employee_ids=[Command.set(clerk.ids)],
        )
        slip = run.slip_ids
        self.assertFalse(slip.medical_problem)
        self.assertEqual(self.total(slip, "REG"), 0)
        self.assertEqual(self.total(slip, "RETRO"), 160)
        self.assertEqual(self.total(slip, "ADDL"), 75)
        self.assertIn("only additional earnings", slip.medical_notes)
        run._medical_confirm()
        self.assertEqual(self.total(self.later().slip_ids, "RETRO"), 0)

    def test_a_final_pay_pays_the_days_until_the_end(self):
        nurse = self.hire("Nora Salary", 78000)
        nurse.version_id.contract_date_end = date(2026, 6, 10)
        run = self.paid(
            day=date(2026, 6, 11),
            medical_kind="final",
            medical_employee_ids=[Command.set(nurse.ids)],
        )
        self.assertEqual(self.total(run.slip_ids, "REG"), 900)

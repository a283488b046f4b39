"""Pay across the month's end: by the slips' days, else by those of the period before."""

from datetime import date

from odoo.tests import freeze_time, tagged

from ..payroll.payroll_case import PayrollCase

JUNE, JUNE_END = date(2026, 6, 1), date(2026, 6, 30)
# Sunday, June 21 to Saturday, July 4: seven of its ten weekdays lie in June
NEXT = (date(2026, 6, 21), date(2026, 7, 4), date(2026, 7, 10))


@tagged("post_install", "-at_install")
class TestFinanceAccruedPay(PayrollCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-07-08 15:00:00"))
        cls.env["medical.payroll.posting"]._set_up(cls.company)
        cls.env["account.journal"].create(
            {
                "name": "Adjusting",
                "code": "ADJ",
                "type": "general",
                "company_id": cls.company.id,
            }
        )
        cls.nurse = cls.hire("Nora Salary", 78000)

    def accrued(self):
        closes = self.env["medical.finance.close"].with_user(self.users["accountant"])
        close = closes.search([("company_id", "=", self.company.id)])
        if close:
            close.action_refresh()
        else:
            close = closes.create({"month": JUNE, "company_id": self.company.id})
        return close.adjusting_ids.filtered(lambda row: row.kind == "payroll")

    def wages(self, entry):
        """Debit of wages and salaries, credit of accrued expenses."""
        book = self.env["medical.payroll.posting"]._book(self.company)
        lines = entry.move_id.line_ids
        wages = lines.filtered(
            lambda line: line.account_id == book["wages", ""].account_id
        )
        owed = lines.filtered(
            lambda line: line.account_id == self.company.medical_accrued_account_id
        )
        return wages, owed

    def test_the_days_of_june_by_the_slips(self):
        run = self.paid(*NEXT)
        slip = run.slip_ids
        entry = self.accrued()
        wages, owed = self.wages(entry)
        self.assertFalse(entry.is_estimate)
        # 78,000 / 26 = 3,000, of which seven tenths
        self.assertEqual(wages.debit, 2100)
        employer = sum(
            round(0.7 * item.amount, 2)
            for item in slip.medical_item_ids
            if item.code in ("ER_SS", "ER_MED", "FUTA", "SUTA")
        )
        self.assertGreater(employer, 100)
        self.assertAlmostEqual(owed.credit, 2100 + employer, places=2)
        self.assertAlmostEqual(entry.amount, owed.credit, places=2)
        self.assertEqual(
            wages.analytic_distribution,
            {str(self.nursing.medical_analytic_account_id.id): 100},
        )
        self.assertEqual(entry.move_id.date, JUNE_END)

    def test_without_slips_by_those_of_the_period_before(self):
        self.paid()
        entry = self.accrued()
        self.assertTrue(entry.is_estimate)
        self.assertEqual(self.wages(entry)[0].debit, 2100)
        self.assertIn("70.0 %", entry.working)
        # once they are there, the entry follows them
        self.paid(*NEXT)
        self.env["hr.employee"].flush_model()
        again = self.accrued()
        self.assertEqual(again, entry)
        self.assertFalse(entry.is_estimate)

    def test_taken_back_on_the_first_so_that_the_run_costs_july_its_own(self):
        self.paid(*NEXT)
        entry = self.accrued()
        entry.with_user(self.users["accountant"]).action_post()
        self.assertEqual(entry.reversal_id.date, date(2026, 7, 1))
        self.assertEqual(self.wages(entry)[0].debit, 2100)
        back = entry.reversal_id.line_ids.filtered("credit")
        self.assertEqual(sum(back.mapped("credit")), entry.amount)
        self.assertEqual(len(self.accrued()), 1)

    def test_hours_that_were_written_down_go_before_weekdays(self):
        run = self.paid(*NEXT)
        sheet = self.env["medical.payroll.timesheet"]
        sheet = sheet.search(
            [("employee_id", "=", self.nurse.id)]
        ) or sheet._pen().create(
            {
                "employee_id": self.nurse.id,
                "company_id": self.company.id,
                "schedule_id": self.schedule.id,
                "date_start": NEXT[0],
                "date_end": NEXT[1],
            }
        )
        lines = self.env["medical.payroll.timesheet.line"].sudo()._pen()
        lines.search([("timesheet_id", "=", sheet.id)]).unlink()
        lines.create(
            [
                {"timesheet_id": sheet.id, "date": date(2026, 6, 29), "hours": 6},
                {"timesheet_id": sheet.id, "date": date(2026, 7, 2), "hours": 4},
            ]
        )
        self.assertTrue(run.slip_ids)
        self.assertEqual(self.wages(self.accrued())[0].debit, 1800)

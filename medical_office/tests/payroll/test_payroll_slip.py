"""One slip from gross to net, by the engine and by OCA's own button."""

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

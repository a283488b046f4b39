"""The next payday stands on the first screen of who prepares it."""

from datetime import date

from odoo.tests import tagged

from ..common import PracticeCase


@tagged("post_install", "-at_install")
class TestPayrollDesk(PracticeCase):
    def ahead(self, role):
        desk = self.env["medical.core.desk"].with_user(self.users[role])
        rows = desk.with_company(self.company)._ahead(
            date(2026, 11, 24), date(2026, 12, 1)
        )
        return [(row.day, row.text) for row in rows]

    def test_the_next_payday_and_whether_a_run_is_ready(self):
        self.env["medical.payroll.schedule"].create(
            {
                "name": "Fridays",
                "company_id": self.company.id,
                "frequency": "weekly",
                "date_anchor": "2026-11-01",
                "pay_days_after": 6,
            }
        )
        self.env.flush_all()
        expected = [(date(2026, 11, 27), "Payday, Fridays: no pay run yet")]
        self.assertEqual(self.ahead("payroll"), expected)
        self.assertEqual(self.ahead("head"), [])

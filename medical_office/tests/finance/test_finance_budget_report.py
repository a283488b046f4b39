"""Budget against actual on paper: what the reader may see, the same in PDF and XLSX."""

from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .budget_case import JULY, JUNE, BudgetCase


@tagged("post_install", "-at_install")
class TestFinanceBudgetReport(BudgetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.granted({cls.supply: 500, cls.building: 100}, date_from=JUNE)
        cls.granted({cls.supply: 40}, "hr", department=cls.front_desk, date_from=JUNE)
        cls.bill([(cls.supplies, 120, cls.of_nursing)])
        cls.env.flush_all()

    def wizard(self, role, **values):
        return (
            self.env["medical.finance.budget.wizard"]
            .with_user(self.users[role])
            .create({"month_from": JUNE, "month_to": JUNE, **values})
        )

    def sheets(self, role, **values):
        wizard = self.wizard(role, **values)
        report = self.env["report.medical_office.finance_budget"]
        return report.with_user(self.users[role])._sheets(
            wizard.with_user(self.users[role]), {}
        )

    def test_a_head_prints_the_own_department_the_director_all(self):
        for role, granted in (("head", 600), ("director", 640)):
            by_department, by_category = self.sheets(role)
            self.assertEqual(by_department.totals()["granted"], granted)
            self.assertEqual(by_department.totals()["left_over"], granted - 120)
            self.assertEqual(by_category.totals(), by_department.totals())

    def test_months_beside_each_other(self):
        months = self.sheets("director", month_to=JULY)[-1]
        self.assertEqual([row["month"] for row in months.rows], ["Jun 2026"])

    def test_the_page_and_the_spreadsheet_show_the_same(self):
        wizard = self.wizard("director")
        html = (
            self.env["ir.actions.report"]
            .with_user(self.users["director"])
            ._render_qweb_html("medical_office.finance_budget", wizard.ids)[0]
            .decode()
        )
        self.assertIn("Front Desk", html)
        data, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.users["director"])
            ._render_xlsx("medical_office.finance_budget_xlsx", wizard.ids, {})
        )
        tab = load_workbook(BytesIO(data)).worksheets[0]
        cells = [[cell.value for cell in row] for row in tab.iter_rows()]
        self.assertIn(
            ["Medical and surgical supply", 500, 120, None, None, 380, 0.24],
            [[value or None for value in row] for row in cells],
        )

    def test_staff_prints_nothing(self):
        with self.assertRaises(AccessError):
            self.wizard("staff")

    def test_months_the_wrong_way_round(self):
        with self.assertRaisesRegex(UserError, "after"):
            self.wizard("director", month_from=JULY)

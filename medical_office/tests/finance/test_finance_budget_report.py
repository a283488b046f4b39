"""Budget against actual on paper: what the reader may see, the same in PDF and XLSX."""

from decimal import Decimal
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
            *departments, by_department, by_category = self.sheets(role)
            # one department needs no sum of its own
            self.assertEqual(len(departments), role == "director")
            for sheet in departments:
                self.assertEqual(
                    {row["department"]: row["granted"] for row in sheet.rows},
                    {"Nursing": 600, "Front Desk": 40},
                )
                self.assertEqual(sheet.totals(), by_department.totals())
            self.assertEqual(by_department.totals()["granted"], granted)
            self.assertEqual(by_department.totals()["left_over"], granted - 120)
            self.assertEqual(by_category.totals(), by_department.totals())
            self.assertEqual(by_category.totals()["used"], Decimal(120) / granted)

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
        tab = load_workbook(BytesIO(data))["By department"]
        cells = [[cell.value for cell in row] for row in tab.iter_rows()]
        self.assertIn(
            ["Medical and surgical supply", 500, 120, None, None, 380, 0.24],
            [[value or None for value in row] for row in cells],
        )
        total = next(row for row in cells if row[0] == "Total")
        self.assertEqual(total[:2], ["Total", 640])
        self.assertEqual(round(total[-1], 4), 0.1875)

    def test_staff_prints_nothing(self):
        with self.assertRaises(AccessError):
            self.wizard("staff")

    def test_months_the_wrong_way_round(self):
        with self.assertRaisesRegex(UserError, "after"):
            self.wizard("director", month_from=JULY)

    # ------------------------------------------------------------------ the request

    def printed(self, request, role):
        """(page, workbook) of requests as a role gets them."""
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        page = reports._render_qweb_html("medical_office.finance_request", request.ids)
        data, _kind = reports._render_xlsx(
            "medical_office.finance_request_xlsx", request.ids, {}
        )
        return page[0].decode(), load_workbook(BytesIO(data))

    def test_a_request_is_printed_with_its_reasons_and_what_was_cut(self):
        request = self.request({self.supply: 900})
        line = request.line_ids
        line.write({"reason": "Flu season", "consequence": "No shots in July"})
        page, book = self.printed(request, "head")
        self.assertIn("No shots in July", page)
        # nobody has granted anything yet: no column of zeros says so
        titles = [cell.value for row in book["Lines"].iter_rows() for cell in row]
        self.assertIn("Asked", titles)
        self.assertNotIn("Granted", titles)
        request.action_submit()
        request.with_user(self.users["manager"]).action_review()
        own = line.with_user(self.users["director"])
        own.write({"granted": 600, "grant_reason": "Last year took 600"})
        request.with_user(self.users["director"]).action_grant()
        for role in ("head", "accountant", "manager", "director", "auditor"):
            with self.subTest(role):
                page, book = self.printed(request, role)
                self.assertIn("Last year took 600", page)
                rows = list(book["Lines"].iter_rows(values_only=True))
                self.assertIn((900, 900, 600), [row[3:6] for row in rows])

    def test_a_request_of_another_department_is_not_printed(self):
        request = self.request({self.supply: 40}, "hr", department=self.front_desk)
        for role in ("head", "staff", "payroll"):
            with self.subTest(role), self.assertRaises(AccessError):
                self.printed(request, role)

"""The list of exceptions on paper and as a spreadsheet."""

import io
from datetime import datetime

from openpyxl import load_workbook
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .check_case import CheckCase

NAME = "medical_office.core_exception_report"


@tagged("post_install", "-at_install")
class TestExceptionReport(CheckCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        payer = cls.new_check("payer_test", domain="payer")
        cls.exceptions = cls.found(
            cls.row(0, "=cmd()", date_due=datetime(2026, 11, 24, 13, 15)),
            cls.row(1, "The second", severity="critical", user_id=cls.staff.id),
        ) | cls.found(cls.row(2, "A notice"), check=payer)
        cls.users["manager"].tz = "Asia/Tokyo"

    def sheet(self, role="manager"):
        report = self.as_role(self.env["ir.actions.report"], role)
        data, kind = report._render_xlsx(f"{NAME}_xlsx", self.exceptions.ids, {})
        self.assertEqual(kind, "xlsx")
        rows = load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)
        rows = list(rows)
        start = next(i for i, row in enumerate(rows) if row[0] == "Severity")
        return rows[start], rows[start + 1 :]

    def test_the_spreadsheet_lists_by_area_the_severe_first(self):
        head, rows = self.sheet()
        self.assertEqual(head[1:4], ("What is wrong", "Owner", "Due"))
        self.assertNotIn("At risk", head)  # nothing is
        self.assertEqual(
            [row[:2] for row in rows],
            [
                ("Supplies", None),
                ("Critical", "The second"),
                ("Medium", "=cmd()"),
                ("Payers", None),
                ("Medium", "A notice"),
            ],
        )
        # on the practice's clock, though the reader sits in Tokyo
        self.assertEqual(rows[2][3], datetime(2026, 11, 24, 7, 15))

    def test_sums_are_for_those_who_may_read_them(self):
        self.found(self.row(0, money_at_risk=10), self.row(1, money_at_risk=5.5))
        head, rows = self.sheet()
        place = head.index("At risk")
        self.assertEqual(rows[-1][place], 15.5)
        self.exceptions.sudo().user_id = self.staff
        self.assertNotIn("At risk", self.sheet("staff")[0])

    def test_the_paper_says_the_same(self):
        report = self.as_role(self.env["ir.actions.report"], "manager")
        pdf, kind = report.with_context(force_report_rendering=True)._render_qweb_pdf(
            NAME, self.exceptions.ids
        )
        self.assertEqual(kind, "pdf")
        text = " ".join(
            page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages
        )
        for words in ("Exceptions", "Supplies", "The second", "A notice", "7:15"):
            self.assertIn(words, text)

    def test_what_one_does_not_see_is_not_printed(self):
        with self.assertRaises(AccessError):
            self.sheet("hr")

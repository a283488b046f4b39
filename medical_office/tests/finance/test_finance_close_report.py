"""The close and its variances on paper and as a spreadsheet: for whom, with what."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .close_case import CloseCase


@tagged("post_install", "-at_install")
class TestFinanceCloseReport(CloseCase):
    def printed(self, name, records, role, kind="html"):
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        render = getattr(reports, f"_render_{'qweb_html' if kind == 'html' else kind}")
        suffix = "" if kind == "html" else "_xlsx"
        content = render(f"medical_office.{name}{suffix}", records.ids, {})[0]
        return content.decode() if kind == "html" else content

    def test_the_close_says_who_signed_and_why_it_was_off(self):
        close = self.closed()
        page = self.printed("finance_close", close, "director")
        for words in (
            "May 2026",
            close.signed_by_id.name,
            close.approved_by_id.name,
            "The landlord raised the rent in May",
            "Explain the variances",
        ):
            self.assertIn(words, page)
        data = self.printed("finance_close", close, "accountant", "xlsx")
        self.assertTrue(data.startswith(b"PK"))
        source = self.env["report.medical_office.finance_close"]
        signatures, steps, variances, _entries = source._sheets(close, {})
        self.assertEqual(len(signatures.rows), 1)
        self.assertEqual(len(steps.rows), len(close.step_ids))
        found = {row["category"]: row["difference"] for row in variances.rows}
        self.assertEqual(
            found,
            {row.category_id.name: row.difference for row in close.variance_ids},
        )

    def test_a_head_prints_the_own_variances_and_no_close(self):
        close = self.closed()
        own = close.variance_ids
        self.assertIn(
            "The landlord raised", self.printed("finance_variances", own, "head")
        )
        self.assertTrue(
            self.printed("finance_variances", own, "head", "xlsx").startswith(b"PK")
        )
        with self.assertRaises(AccessError):
            self.printed("finance_close", close, "head")
        with self.assertRaises(AccessError):
            self.printed("finance_close", close, "head", "xlsx")
        own.sudo()._pen().department_id = self.front_desk
        with self.assertRaises(AccessError):
            self.printed("finance_variances", own, "head")
        with self.assertRaises(AccessError):
            self.printed("finance_variances", own, "staff")

    def test_several_months_name_the_month_of_each_step(self):
        closes = self.env["medical.finance.close"]
        may = self.closed()
        april = closes.with_user(self.users["accountant"]).create(
            {"month": "2026-04-01"}
        )
        source = self.env["report.medical_office.finance_close"]
        _signed, steps, _variances, entries = source._sheets(may + april, {})
        for sheet in (steps, entries):
            self.assertEqual(sheet.columns[0].key, "month")
        months = {row["month"] for row in steps.rows}
        self.assertEqual(months, {"May 2026", "Apr 2026"})
        alone = source._sheets(may, {})[1]
        self.assertNotIn("month", [column.key for column in alone.columns])

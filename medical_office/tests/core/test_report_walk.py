"""Every report of ours by its address: who may not print it is refused, and an address
that makes no sense ends in words."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..common import PracticeCase

RENDERERS = ("_render_qweb_html", "_render_qweb_text", "_render_xlsx")


@tagged("post_install", "-at_install")
class TestReportWalk(PracticeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["ir.actions.report"].search(
            [("report_name", "=like", "medical_office.%")]
        )
        cls.users["portal"] = new_test_user(
            cls.env, "test_portal", groups="base.group_portal"
        )

    def printed(self, report, role, renderer, ids=()):
        """Whether a report is handed out; an error other than words fails the test."""
        reports = self.env["ir.actions.report"].with_user(self.users[role])
        try:
            getattr(reports, renderer)(report.report_name, list(ids), data={})
        except (AccessError, UserError):
            return False
        return True

    def test_there_are_reports(self):
        self.assertGreater(len(self.reports), 100)

    def test_who_has_no_role_prints_nothing(self):
        for report in self.reports:
            for role in ("plain", "portal"):
                for renderer in RENDERERS:
                    with self.subTest(report.report_name, role=role, way=renderer):
                        self.assertFalse(self.printed(report, role, renderer))

    def test_an_address_without_records_or_of_another_kind_ends_in_words(self):
        """A spreadsheet asked for as a page, a page as a spreadsheet, a dialog's report
        without its dialog."""
        for report in self.reports:
            for role in ("manager", "payroll"):
                for renderer in RENDERERS:
                    with self.subTest(report.report_name, role=role, way=renderer):
                        self.printed(report, role, renderer)

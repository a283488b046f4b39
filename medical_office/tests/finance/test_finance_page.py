"""The department's page: for its head, once a month, by mail on day 3."""

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ..common import RpcClient
from .close_case import MAY, CloseCase


@tagged("post_install", "-at_install")
class TestFinancePage(CloseCase, RpcClient):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["head"].partner_id.email = "head@example.com"
        cls.pages = cls.env["medical.finance.page"]

    def page(self):
        return self.pages._make(self.company, MAY).filtered(
            lambda page: page.department_id == self.nursing
        )

    def rows(self, page, key):
        part = next(part for part in page.content["sections"] if part["key"] == key)
        return {row["id"]: row for row in part["rows"]}

    def test_what_was_expected_and_what_came(self):
        page = self.page()
        rent = self.rows(page, "budget")["building"]
        self.assertEqual(
            (rent["actual"], rent["base"], rent["difference"]), (3000, 1000, 2000)
        )
        self.assertEqual((rent["off"], rent["outlook"]), ("200.0 %", "Unfavorable"))
        self.assertEqual(page.owner_id, self.users["head"])
        self.assertIn("Building and occupancy", page.content_html)

    def test_a_cost_below_its_budget_is_no_red_figure(self):
        report = self.env["report.medical_office.finance_pack_report"]
        pack = self.env["medical.finance.pack"]
        cases = (
            # difference, favorable, printed red
            (-207.0, True, False),
            (1167.0, False, True),
            (-500.0, False, True),  # revenue that did not come
            (500.0, True, False),
            (0.0, False, False),
        )
        for difference, favorable, red in cases:
            row = {"difference": difference, "favorable": favorable}
            cell = report._cell(pack, row, {"key": "difference", "kind": "money"})
            self.assertEqual("mo_negative" in cell["css"], red, row)
        # packs that were issued before say nothing of it; other figures are signed
        old = report._cell(
            pack, {"difference": -1.0}, {"key": "difference", "kind": "money"}
        )
        self.assertIn("mo_negative", old["css"])

    def test_open_tickets_and_what_is_overdue(self):
        team = self.env["maintenance.team"].search(
            [("company_id", "in", (False, self.company.id))], limit=1
        ) or self.env["maintenance.team"].create({"name": "Repairs"})
        self.env["maintenance.request"].create(
            {
                "name": "The exam lamp flickers",
                "medical_room_id": self.rooms[1].id,
                "company_id": self.company.id,
                "maintenance_team_id": team.id,
            }
        )
        close = self.month()
        check = self.env["medical.core.check"]
        check._cron_run_codes(["finance_variance_unexplained"])
        page = self.page()
        tickets = [row["name"] for row in self.rows(page, "tickets").values()]
        self.assertEqual(tickets, ["The exam lamp flickers"])
        self.assertEqual(close.variance_ids.department_id, self.nursing)
        self.assertTrue(self.rows(page, "overdue") is not None)

    def test_mailed_on_day_3_and_once(self):
        def mails():
            return self.env["mail.mail"].search(
                [("email_to", "like", "head@example.com")]
            )

        with freeze_time("2026-06-02 15:00:00"):
            self.pages._cron_send()
        self.assertFalse(mails())
        with freeze_time("2026-06-03 15:00:00"):
            self.pages._cron_send()
            self.pages._cron_send()
        self.assertEqual(len(mails()), 1)
        self.assertIn("Expected and Actual", mails().body_html)
        with freeze_time("2026-06-04 15:00:00"):
            self.pages._cron_send()
        self.assertEqual(len(mails()), 1)

    def test_a_head_sees_the_own_department_alone(self):
        page = self.page()
        model = "medical.finance.page"
        self.sign_in("head")
        found = self.call(model, "search_read", [], ["department_id", "content_html"])
        self.assertEqual([row["id"] for row in found], [page.id])
        self.call(model, "action_refresh", [page.id])
        self.call_refused(model, "action_make")
        self.call_refused(model, "write", [page.id], {"content": {}})
        self.nursing.manager_id = self.employees["staff"]
        self.assertEqual(self.call(model, "search_count", []), 0)
        self.call_refused(model, "action_refresh", [page.id])
        for role in ("staff", "accountant", "payroll", "hr"):
            self.sign_in(role)
            self.call_refused(model, "search_read", [], ["month"])
        self.sign_in("outsider")
        self.assertEqual(self.call(model, "search_count", []), 0)

    def test_printed_for_its_head_and_nobody_else(self):
        page = self.page()
        reports = self.env["ir.actions.report"]
        name = "medical_office.finance_page_report_xlsx_action"
        book, kind = reports.with_user(self.users["head"])._render_xlsx(
            name, page.ids, {}
        )
        self.assertEqual((kind, book[:2]), ("xlsx", b"PK"))
        with self.assertRaises(AccessError):
            reports.with_user(self.users["accountant"])._render_xlsx(name, page.ids, {})

    def test_few_queries_for_many_departments(self):
        self.pages._make(self.company, MAY)
        self.pages.search([])._pen().unlink()
        self.front_desk.manager_id = self.employees["manager"]
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(200):
            self.pages._make(self.company, MAY)
